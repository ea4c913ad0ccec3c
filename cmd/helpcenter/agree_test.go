package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/mcp"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// A said is what a form says about a case: the outcome and the reasons.
type said struct {
	Outcome string // its title
	Reasons []because
}

type because struct{ Text, Cite, URL string }

// Every case of every shipped checker is decided alike wherever it is asked, in every language: by the page of its
// state, the page in Markdown, decision.json, the API, the tools of assistants, the terminal, and the rules.
func TestFormsAgree(t *testing.T) {
	sitetest.WithoutRaces(t)
	s := sitetest.Sampled(t)
	f := forms{t, s, server.NewHandler(s, server.Environment{
		Now: func() time.Time { return s.Now }, Mount: map[string]server.Mount{"mcp": mcp.Mount("")},
	})}
	cases, every := 0, testsample.Times(1, 7) // of the cases, which are 456
	for _, id := range s.Rules.IDs() {
		set := s.Ruleset(id)
		for a := range sitetest.AllCases(set) {
			if cases++; cases%every != 0 {
				continue
			}
			for _, l := range s.Library.Site.Languages {
				f.agree(set, a, l.Tag)
				if t.Failed() {
					t.Fatalf("in %s: %v", l.Tag, set.Segments(a))
				}
			}
		}
	}
	if cases != 456 {
		t.Errorf("%d cases", cases)
	}
}

type forms struct {
	*testing.T
	site    *site.Site
	handler http.Handler
}

func (f forms) agree(set *ruleset.Ruleset, a ruleset.Answers, lang string) {
	given := set.Segments(a)
	query := "?lang=" + lang + "&" + strings.Join(given, "&")
	api := f.decision(f.get(f.site.Link("api/v1/checkers/"+set.ID+"/decision") + query))
	byRules := set.Decide(a)
	if api.Outcome == nil || api.Outcome.ID != set.Outcomes[byRules.Outcome].ID || api.Status != answer.Decided {
		f.Fatalf("the rules say %s, the API says %+v", set.Outcomes[byRules.Outcome].ID, api.Outcome)
	}
	var rules []string
	for i := range byRules.Reasons.All() {
		rules = append(rules, set.Rules[i].ID)
	}
	if got := ruleIDs(api); !slices.Equal(got, rules) {
		f.Errorf("the rules that hit are %q, the API says %q", rules, got)
	}
	want := saidBy(api)
	same := func(form string, got any, want any) {
		if !reflect.DeepEqual(got, want) {
			f.Errorf("%s says\n%+v\nbut the API\n%+v", form, got, want)
		}
	}
	same("a tool", f.byTool(set.ID, lang, given), api)
	same("the terminal in JSON", f.decision(f.terminal(lang, true, append([]string{set.ID}, given...))), api)
	same("the terminal", f.inWords(f.terminal(lang, false, append([]string{set.ID}, given...))), want)

	address := f.site.Link(lang + "/" + set.ID + "/" + strings.Join(given, "/") + "/")
	if moved := sitetest.Ask(f.handler, "GET", address, "").Header().Get("Location"); moved != "" {
		address = moved
	}
	same("the page", f.onPage(f.get(address)), want)
	same("Markdown", f.inMarkdown(f.get(strings.TrimSuffix(address, "/")+".md")), want)
	static := f.decision(f.get(address + "decision.json"))
	static.Facts = api.Facts // only those that matter
	same("decision.json", static, api)
}

func (f forms) get(address string) []byte {
	w := sitetest.Ask(f.handler, "GET", address, "")
	if w.Code != http.StatusOK {
		f.Fatalf("%s: %d", address, w.Code)
	}
	return w.Body.Bytes()
}

func (f forms) decision(body []byte) (d answer.Decision) {
	if err := json.Unmarshal(body, &d); err != nil {
		f.Fatalf("%s: %s", err, body)
	}
	return d
}

func ruleIDs(d answer.Decision) (ids []string) {
	for _, r := range d.Reasons {
		ids = append(ids, r.Rule)
	}
	return ids
}

func saidBy(d answer.Decision) said {
	v := said{Outcome: d.Outcome.Title}
	for _, r := range d.Reasons {
		v.Reasons = append(v.Reasons, because{r.Text.Plain, r.Cite.Title, r.Cite.URL})
	}
	return v
}

func (f forms) byTool(checker, lang string, given []string) answer.Decision {
	answers := map[string]string{}
	for _, segment := range given {
		fact, value, _ := strings.Cut(segment, "=")
		answers[fact] = value
	}
	message, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": map[string]any{
		"name": "decide", "arguments": map[string]any{"lang": lang, "checker": checker, "answers": answers},
	}})
	w := sitetest.Ask(f.handler, "POST", f.site.Link("mcp"), string(message), "Content-Type: application/json")
	var reply struct {
		Result struct{ StructuredContent json.RawMessage }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &reply); err != nil {
		f.Fatalf("%s: %s", err, w.Body)
	}
	origin := []byte(f.site.Origin()) // addresses in the API have none
	return f.decision(bytes.ReplaceAll(reply.Result.StructuredContent, origin, nil))
}

func (f forms) terminal(lang string, inJSON bool, args []string) []byte {
	var out bytes.Buffer
	d := decide{lang: lang, json: inJSON}
	if err := d.print(&out, f.site, args); err != nil {
		f.Fatal(err)
	}
	return out.Bytes()
}

// inWords reads what the terminal prints.
func (f forms) inWords(out []byte) (v said) {
	v.Outcome, _, _ = strings.Cut(string(out), " [")
	_, why, _ := strings.Cut(string(out), "\nWhy:\n")
	for line := range strings.Lines(why) {
		if text, ok := strings.CutPrefix(line, "  - "); ok {
			v.Reasons = append(v.Reasons, because{Text: text[:strings.LastIndex(text, " [")]})
			continue
		}
		var title, address string
		if n, _ := fmt.Sscanf(line, "    see %q %s", &title, &address); n < 2 {
			break
		}
		last := &v.Reasons[len(v.Reasons)-1]
		last.Cite, last.URL = title, strings.TrimPrefix(address, f.site.Origin())
	}
	return v
}

func (f forms) onPage(page []byte) (v said) {
	d := sitetest.ParsePage(f, "page", page)
	v.Outcome = sitetest.TextOf(d.Tags("h1")[0])
	lists := d.Find(func(n *html.Node) bool { return sitetest.Attr(n, "class") == "reasons" })
	for li := range lists[0].ChildNodes() {
		if li.Data != "li" {
			continue
		}
		cite := li.LastChild
		reason := because{Cite: sitetest.TextOf(cite), URL: sitetest.Attr(cite, "href")}
		reason.Text = strings.TrimSpace(strings.TrimSuffix(sitetest.TextOf(li), reason.Cite))
		v.Reasons = append(v.Reasons, reason)
	}
	return v
}

// markup matches what Markdown has besides words: the ends of links, and signs without a backslash before them.
var markup = regexp.MustCompile("\\[|\\]\\([^)]*\\)|(\\\\.)|[*`]")

// inMarkdown reads a page in Markdown.
func (f forms) inMarkdown(page []byte) (v said) {
	plain := func(text string) string { return strings.ReplaceAll(markup.ReplaceAllString(text, "$1"), `\`, "") }
	lang := ""
	inReasons := false
	for line := range strings.Lines(string(page)) {
		line = strings.TrimSpace(line)
		if tag, ok := strings.CutPrefix(line, `lang: `); ok {
			lang = strings.Trim(tag, `"`)
		}
		if title, ok := strings.CutPrefix(line, "# "); ok {
			v.Outcome = plain(title)
		}
		if title, ok := strings.CutPrefix(line, "## "); ok {
			inReasons = title == f.site.Words.Words(lang).Text("checker.why")
		}
		if text, ok := strings.CutPrefix(line, "- "); ok && inReasons {
			at := strings.LastIndex(text, " [")
			text, cite := text[:at], text[at+len(" ["):]
			title, address, _ := strings.Cut(strings.TrimSuffix(cite, ")"), "](")
			address = strings.Replace(strings.TrimPrefix(address, f.site.Origin()), ".md", "/", 1)
			v.Reasons = append(v.Reasons, because{plain(text), plain(title), address})
		}
	}
	return v
}
