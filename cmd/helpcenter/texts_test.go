package main

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/locale"
	"helpcenter/site/mcp"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

const seatsRules = `id = "seats"
hit_policy = "output order"
[[fact]]
id = "plan"
values = ["team", "business"]
find_out = "https://www.gov.uk/plans"
[[fact]]
id = "seats-left"
type = "number"
min = 1
max = 10000
[[fact]]
id = "delivered"
type = "days"
min = -3650
max = 30
[[outcome]]
id = "no"
show = ["goto-meeting/billing/free-trial#expires", "https://www.gov.uk/plans"]
[[outcome]]
id = "yes"
[[rule]]
id = "too-many"
when = { seats-left = ">= 50" }
then = "no"
cite = "https://www.gov.uk/plans"
[[rule]]
id = "late"
when = { delivered = "< -14" }
then = "no"
cite = "goto-meeting/billing/free-trial#expires"
[[rule]]
id = "team"
when = { seats-left = "[2..50)", delivered = ">= -14", plan = "team" }
then = "yes"
cite = "goto-meeting/billing/free-trial#expires"
[[rule]]
id = "business"
when = { seats-left = "[2..50)", delivered = ">= -14", plan = "business" }
then = "yes"
cite = "goto-meeting/billing/free-trial#expires"
[[rule]]
id = "one"
when = { seats-left = 1, delivered = ">= -14" }
then = "yes"
cite = "goto-meeting/billing/free-trial#expires"
[[date]]
id = "last-day"
from = "delivered"
days = 14
deadline = true
`

const seatsWords = `"seats.title" = "May I return seats?"
"seats.start" = "May I return seats?"
"seats.description" = "Find out whether you may return your seats."
"seats.cite.www-gov-uk-plans" = "Plans on GOV.UK"
"seats.fact.plan" = "Plan"
"seats.fact.plan.open" = "any plan"
"seats.fact.plan.question" = "Which plan?"
"seats.value.plan.team" = "Team & *friends*"
"seats.value.plan.business" = "Business <b>"
"seats.fact.seats-left" = "Seats"
"seats.fact.seats-left.question" = "How many seats of {{.Plan}}?"
"seats.fact.seats-left.hint" = "Look into **Settings**."
"seats.fact.delivered" = "Delivery"
"seats.fact.delivered.question" = "When were they delivered?"
"seats.outcome.no" = "No, not **{{.SeatsLeft}}**"
"seats.outcome.no.text" = "Read [the *terms*](goto-meeting/billing/free-trial.md#expires), <b>stay</b> with {{.Plan}}."
"seats.outcome.yes" = "Yes"
"seats.rule.late" = "Delivered: {{.Delivered}}, too late for **{{.Plan}}**, [ask](link:contact)."
"seats.rule.team" = "You have _{{.Plan}}_ & ` + "`{{.SeatsLeft}}`" + `."
"seats.rule.business" = "# Not a heading"
"seats.date.last-day" = "Send by **{{.Date}}**"
"seats.date.last-day.text" = "Fourteen days, says [the law](https://www.gov.uk/x)."
"seats.date.last-day.late" = "Over: [write](link:contact)."
`

const seatsForms = `
["seats.rule.too-many"]
MANYone = "{{.SeatsLeft}} seat is too many."
other = "{{.SeatsLeft}} seats are *too* many."
["seats.rule.one"]
MANYone = "{{.SeatsLeft}} seat."
other = "{{.SeatsLeft}} seats."
`

// seats returns the shipped site with a checker whose texts show answers and have markup; replace lists
// replacements in its words and rules.
func seats(t *testing.T, replace ...string) (*site.Site, []diag.Finding) {
	t.Helper()
	change := strings.NewReplacer(replace...)
	in := sitetest.Input(t)
	set, found := ruleset.Load(sitetest.Overlay(t, rules.Files, map[string][]byte{
		"seats.toml": []byte(change.Replace(seatsRules)),
	}))
	sitetest.FailOnErrors(t, found)
	in.Rules, in.Now = set, time.Date(2027, 1, 15, 12, 0, 0, 0, time.UTC)
	words := map[string][]byte{}
	for lang, many := range map[string]string{"en": "", "it": "many = \"{{.SeatsLeft}} di posti.\"\n"} {
		name := "active." + lang + ".toml"
		shipped, err := fs.ReadFile(locales.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		text := change.Replace(seatsWords + string(shipped) + seatsForms)
		words[name] = []byte(strings.ReplaceAll(text, "MANY", many))
	}
	in.Words, found = locale.Load(sitetest.Overlay(t, locales.Files, words), in.Library.Site.Tags(), "en")
	s, more := site.New(in)
	return s, append(found, more...)
}

// In every case, texts that show answers say the same in every form and language.
func TestTextsAgree(t *testing.T) {
	sitetest.WithoutRaces(t)
	s, found := seats(t)
	sitetest.FailOnErrors(t, found)
	f := forms{t, s, server.NewHandler(s, server.Environment{
		Now: func() time.Time { return s.Now }, Mount: map[string]server.Mount{"mcp": mcp.Mount("")},
	})}
	set, cases := s.Ruleset("seats"), 0
	for a := range sitetest.AllCases(set) {
		cases++
		for _, lang := range []string{"en", "it"} {
			f.agree(set, a, lang)
		}
	}
	if cases != 12 {
		t.Errorf("%d cases", cases)
	}
}

// What was typed is shown exactly, in the form that its number needs; otherwise the label is shown, and for open
// facts what the rule says, or the words for that.
func TestTextsShowAnswers(t *testing.T) {
	sitetest.WithoutRaces(t)
	s, found := seats(t)
	sitetest.FailOnErrors(t, found)
	f := forms{T: t, site: s, handler: server.NewHandler(s, server.Environment{Now: func() time.Time { return s.Now }})}
	for _, test := range []struct{ lang, given, want string }{
		{"en", "plan=team seats-left=60 delivered=2027-01-10", "No, not 60|60 seats are too many."},
		{"it", "plan=team seats-left=6000 delivered=2027-01-10", "No, not 6000|6000 seats are too many."},
		{"it", "plan=team seats-left=10000 delivered=2027-01-10", "No, not 10.000|10.000 seats are too many."},
		{"en", "plan=team seats-left=50..10000", "No, not 50 or more|50 or more seats are too many."},
		{"en", "plan=team seats-left=1 delivered=2027-01-10", "Yes|1 seat."},
		{"en", "plan=team seats-left=7 delivered=-2", "Yes|You have Team & *friends* & 7."},
		{"en", "plan=unknown seats-left=7 delivered=2026-12-01",
			"No, not 7|Delivered: 1 December 2026, too late for any plan, ask."},
		{"it", "plan=business seats-left=2..49 delivered=-3650..-15",
			"No, not Da 2 a 49|Delivered: Più di 14 giorni fa, too late for Business <b>, ask."},
		{"en", "plan=business seats-left=3 delivered=2027-01-15", "Yes|# Not a heading"},
	} {
		given := append([]string{"seats"}, strings.Fields(test.given)...)
		d := f.decision(f.terminal(test.lang, true, given))
		got := d.Outcome.Title
		for _, reason := range d.Reasons {
			got += "|" + reason.Text.Plain
		}
		if got != test.want {
			t.Errorf("%s %s:\ngot  %s\nwant %s", test.lang, test.given, got, test.want)
		}
	}
}

// Pages show emphasis and links, and never HTML from a writer or a label.
func TestTextsOnPages(t *testing.T) {
	sitetest.WithoutRaces(t)
	s, found := seats(t)
	sitetest.FailOnErrors(t, found)
	f := forms{T: t, site: s, handler: server.Handler(s)}
	contact := s.Library.Site.Link("contact").Link
	for address, want := range map[string][]string{
		"en/seats/plan=business/": {
			"<h1>How many seats of Business &lt;b&gt;?</h1>", `<p class="lead">Look into <strong>Settings</strong>.</p>`,
		},
		"en/seats/plan=business/seats-left=50..10000/delivered=-3650..-15/": {
			"<h1>No, not 50 or more</h1>", "<title>No, not 50 or more",
			`Read <a href="/en/goto-meeting/billing/free-trial/#expires">the <em>terms</em></a>, ` +
				`&lt;b&gt;stay&lt;/b&gt; with Business &lt;b&gt;.`,
			`too late for <strong>Business &lt;b&gt;</strong>, <a href="` + contact + `">ask</a>.`,
			`<a href="https://www.gov.uk/plans">Plans on GOV.UK</a>`,
			`data-day="Send by &lt;strong&gt;{date}&lt;/strong&gt;"`,
		},
		"en/seats/all/": {"<li>50 or more seats are <em>too</em> many."},
		"en/seats/plan=team/seats-left=50..10000/?seats-left=60": {
			"<h1>No, not 60</h1>", `/delivered=unknown/?seats-left=60"`,
			`<input type="hidden" name="seats-left" value="60">`,
		},
	} {
		page := string(f.get(s.Link(address)))
		for _, text := range want {
			if !strings.Contains(page, text) {
				t.Errorf("%s lacks %s", address, text)
			}
		}
		if strings.Contains(page, "<b>stay") || strings.Contains(page, "Business <b>") {
			t.Errorf("%s has HTML of a text", address)
		}
	}
}

// A placeholder without a value where its text is shown, a broken link and an unsafe address are findings.
func TestTextsThatAreRefused(t *testing.T) {
	sitetest.WithoutRaces(t)
	for _, test := range testsample.Of([]struct{ old, new, rule, suggestion string }{
		{"of {{.Plan}}", "of {{.Plans}}", "message-placeholder", "use only {{.Plan}}"},
		{"of {{.Plan}}", "of {{.Delivered}}", "message-placeholder", "use only {{.Plan}}"},
		{`"May I return seats?"`, `"{{.Plan}}"`, "message-placeholder", "write it without placeholders"},
		{"{{.SeatsLeft}} seat.", "{{.Plan}} seat.", "", ""}, // the other form has the number
		{`one = "{{.SeatsLeft}} seat."
other = "{{.SeatsLeft}} seats."`, `one = "{{.Plan}}."
other = "{{.Plan}}"`, "message-plural", "let it have one of {{.SeatsLeft}}"},
		{"billing/free-trial.md#expires", "billing/free-trial.md#expire", "broken-anchor", `did you mean "expires"?`},
		{"billing/free-trial.md", "billing/fre-trial.md", "broken-link", "free-trial"},
		{"link:contact", "link:contct", "broken-link", `did you mean "contact"?`},
		{"https://www.gov.uk/x", "javascript:alert", "unsafe-link", ""},
		{"https://www.gov.uk/x", "https://www.gov.uk/{{.Plan}}", "broken-link", "the same for all answers"},
		{"[the *terms*]", "![the *terms*]", "unsafe-link", ""},
		{`find_out = "https:`, `find_out = "http:`, "unsafe-link", "https://"},
		{`find_out = "https://`, `find_out = "https://me@`, "unsafe-link", "delete it"},
		{`"seats.cite.www-gov-uk-plans"`, `"seats.cite.www-gov-uk-plan"`, "message-missing", "seats.cite.www-gov-uk-plans"},
	}, 5) {
		_, found := seats(t, test.old, test.new)
		errors := map[string]string{}
		for _, f := range found {
			if f.Severity == diag.Error {
				errors[f.Rule] += f.Suggestion
			}
		}
		advice, ok := errors[test.rule]
		if test.rule == "" && len(errors) > 0 || test.rule != "" && (!ok || !strings.Contains(advice, test.suggestion)) {
			t.Errorf("%q: %v, %q", test.new, slices.Collect(maps.Keys(errors)), advice)
		}
	}
}
