package answer_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/locales"
	"helpcenter/site/answer"
	"helpcenter/site/civil"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// A library lends books and rooms to members with a card, which they renew each year.
const lendingRules = `id = "may-i-borrow"
hit_policy = "output order"
valid_from = 2025-01-01
[[fact]]
id = "card"
values = ["adult", "child", "none"]
find_out = "library/cards#which"
changeable = { from = "none", to = "adult", by = "join" }
[[fact]]
id = "thing"
values = ["book", "room"]
[[outcome]]
id = "no"
[[outcome]]
id = "yes"
action = "catalogue"
alone = true
[[rule]]
id = "no-card"
when = { card = "none", thing = "book" }
then = "no"
cite = "library/cards#needed"
[[rule]]
id = "has-card"
when = { card = ["adult", "child"], thing = "book" }
then = "yes"
cite = "library/cards#needed"
[[rule]]
id = "room"
when = { thing = "room" }
then = "yes"
cite = "library/rooms#open"
[[anchor]]
id = "renewal"
[[date]]
id = "renew-by"
from = "renewal"
when = { card = "child" }
days = -7
[[date]]
id = "lost"
from = "renewal"
when = { card = "child" }
days = 30
[ranking]
better = ["yes", "no"]
`

const lendingWords = `"may-i-borrow.title" = "May I borrow it?"
"may-i-borrow.description" = "Who may borrow what."
"may-i-borrow.start" = "Find out"
"may-i-borrow.fact.card" = "Card"
"may-i-borrow.fact.card.question" = "Which card do you have?"
"may-i-borrow.fact.card.hint" = "It is in your wallet."
"may-i-borrow.value.card.adult" = "A blue card"
"may-i-borrow.value.card.child" = "A red card"
"may-i-borrow.value.card.child.hint" = "Up to 14 years."
"may-i-borrow.value.card.none" = "No card"
"may-i-borrow.change.join" = "Join the library."
"may-i-borrow.fact.thing" = "Thing"
"may-i-borrow.fact.thing.question" = "What do you want?"
"may-i-borrow.value.thing.book" = "A book"
"may-i-borrow.outcome.no" = "No"
"may-i-borrow.outcome.yes" = "Yes"
"may-i-borrow.outcome.yes.text" = "Come by."
"may-i-borrow.rule.no-card" = "Books need a card."
"may-i-borrow.rule.has-card" = "You have a card."
"may-i-borrow.rule.room" = "Rooms are for all."
"may-i-borrow.anchor.renewal" = "When does your card end?"
"may-i-borrow.date.renew-by" = "Renew by {{.Date}}."
"may-i-borrow.date.renew-by.text" = "Renew a week ahead."
"may-i-borrow.date.renew-by.late" = "Ask for a new card."
"may-i-borrow.date.lost" = "Your list is deleted on {{.Date}}."
"may-i-borrow.date.lost.text" = "Your list is kept for 30 days."
`

// lending returns the checker in English. Only "room" has no message: like products, it gets its name from
// elsewhere.
func lending() answer.Checker {
	set, found := ruleset.Compile(nil, "may-i-borrow.toml", []byte(lendingRules))
	shipped, err := fs.ReadFile(locales.Files, "interface.en.toml")
	if err != nil {
		panic(err)
	}
	files := fstest.MapFS{"active.en.toml": {Data: []byte(lendingWords)}, "interface.en.toml": {Data: shipped}}
	catalog, more := locale.Load(files, []string{"en"}, "en")
	if found = append(found, more...); len(found) > 0 {
		panic(fmt.Sprint(found))
	}
	return answer.Checker{
		Set: set, Words: catalog.Words("en"), Lang: "en",
		Name: func(_, value string) string { return "The " + value },
		Act: func(id string) *answer.Action {
			return &answer.Action{ID: id, Name: "the " + id + " link", URL: "https://" + id + ".example/"}
		},
		Cite: func(ref string) *answer.Citation {
			if ref == "" {
				return nil
			}
			return &answer.Citation{Title: "About " + ref, URL: "/en/" + ref}
		},
	}
}

func decide(t *testing.T, given, renewal, on string) answer.Decision {
	t.Helper()
	c := lending()
	return c.Decide(answers(t, c, given), ruleset.Typed{"renewal": renewal}, date(t, on))
}

// answers reads "card=none thing=book".
func answers(t *testing.T, c answer.Checker, given string) ruleset.Answers {
	t.Helper()
	a, err := c.Set.ParsePath(strings.Fields(given), civil.Date{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// date parses a date; "" is the zero date.
func date(t *testing.T, s string) (d civil.Date) {
	t.Helper()
	if s != "" {
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func ExampleChecker_Decide() {
	c := lending()
	a, _ := c.Set.ParsePath([]string{"card=none", "thing=book"}, civil.Date{})
	d := c.Decide(a, nil, civil.Date{})
	fmt.Println(d.Outcome.Title)
	for _, reason := range d.Reasons {
		fmt.Println("-", reason.Text, reason.Cite.URL)
	}
	for _, change := range d.Changes {
		fmt.Println(change.How[0], "Then:", change.Title)
	}
	// Output:
	// No
	// - Books need a card. /en/library/cards#needed
	// Join the library. Then: Yes
}

// JSON shows what the API promises: every field, in order, with no list or map null.
func TestDecisionAsJSON(t *testing.T) {
	version := lending().Set.Version()
	early, err := json.Marshal(decide(t, "card=none thing=book", "2027-01-31", "2024-12-31"))
	want := `{"checker":"may-i-borrow","version":"` + version + `","lang":"en","facts":{"card":"none","thing":"book"},` +
		`"status":"not-in-force","from":"2025-01-01","outcome":null,` +
		`"reasons":[],"ask":null,"possible":[],"changes":[],"dates":[]}`
	if err != nil || string(early) != want {
		t.Errorf("before the first day: %v\ngot  %s\nwant %s", err, early, want)
	}
	for _, test := range []struct{ given, renewal, want string }{
		{"card=unknown", "", `"facts":{"card":"unknown"},"status":"open","outcome":null,"reasons":[],` +
			`"ask":{"fact":"thing","question":"What do you want?",` +
			`"values":[{"id":"book","label":"A book"},{"id":"room","label":"The room"}],"find_out":null},` +
			`"possible":["no","yes"],"changes":[],"dates":[]}`},
		{"", "", `"facts":{},"status":"open","outcome":null,"reasons":[],` +
			`"ask":{"fact":"card","question":"Which card do you have?","values":[{"id":"adult","label":"A blue card"},` +
			`{"id":"child","label":"A red card"},{"id":"none","label":"No card"}],` +
			`"find_out":{"title":"About library/cards#which","url":"/en/library/cards#which"}},` +
			`"possible":["no","yes"],"changes":[],"dates":[]}`},
		{"card=none thing=book", "2027-01-31", `"facts":{"card":"none","thing":"book"},"status":"decided",` +
			`"outcome":{"id":"no","title":"No","action":null},"reasons":[{"rule":"no-card","text":"Books need a card.",` +
			`"cite":{"title":"About library/cards#needed","url":"/en/library/cards#needed"}}],` +
			`"ask":null,"possible":["no"],"changes":[{"set":{"card":"adult"},"outcome":"yes"}],"dates":[]}`},
		{"card=child thing=book", "2027-01-31", `"facts":{"card":"child","thing":"book"},"status":"decided",` +
			`"outcome":{"id":"yes","title":"Yes",` +
			`"action":{"id":"catalogue","name":"the catalogue link","url":"https://catalogue.example/"}},` +
			`"reasons":[{"rule":"has-card","text":"You have a card.",` +
			`"cite":{"title":"About library/cards#needed","url":"/en/library/cards#needed"}}],` +
			`"ask":null,"possible":["yes"],"changes":[],` +
			`"dates":[{"id":"renew-by","date":"2027-01-24","text":"Renew by 24 January 2027."},` +
			`{"id":"lost","date":"2027-03-02","text":"Your list is deleted on 2 March 2027."}]}`},
	} {
		got, err := json.Marshal(decide(t, test.given, test.renewal, "2027-01-24"))
		want := `{"checker":"may-i-borrow","version":"` + version + `","lang":"en",` + test.want
		if err != nil || string(got) != want {
			t.Errorf("%q: %v\ngot  %s\nwant %s", test.given, err, got, want)
		}
	}
}

// The fields that JSON leaves out are for people.
func TestDecisionForPeople(t *testing.T) {
	d := decide(t, "card=unknown", "", "")
	given := []answer.Given{{Fact: "card", Value: answer.Unknown, Name: "Card", Label: "I don’t know"}}
	if !reflect.DeepEqual(d.Given, given) {
		t.Errorf("given %+v, want %+v", d.Given, given)
	}
	yes := answer.Outcome{ID: "yes", Title: "Yes", Text: answer.Text{Plain: "Come by."}, Good: true}
	yes.Action = &answer.Action{ID: "catalogue", Name: "the catalogue link", URL: "https://catalogue.example/"}
	if len(d.Outcomes) != 2 || d.Outcomes[0].Title != "No" || !reflect.DeepEqual(d.Outcomes[1], yes) {
		t.Errorf("possible are %+v", d.Outcomes)
	}
	if len(d.Deciding) != 2 || d.Deciding[0].Hint.Plain != "It is in your wallet." ||
		d.Deciding[0].Values[1].Hint != "Up to 14 years." || d.Deciding[1].Hint.Plain != "" {
		t.Errorf("deciding are %+v", d.Deciding)
	}

	d = decide(t, "card=none thing=room", "", "")
	if d.Outcome == nil || d.Outcome.ID != "yes" || len(d.Deciding) > 0 {
		t.Errorf("decided %+v by %+v", d.Outcome, d.Deciding)
	}
	if d.Given[0].Settles || !d.Given[1].Settles || d.Given[1].Label != "The room" {
		t.Errorf("given %+v, of which only the room settles it", d.Given)
	}

	d = decide(t, "card=none thing=book", "", "")
	c := lending()
	to := answers(t, c, "card=adult thing=book")
	if d.Changes[0].Answers != to || d.Changes[0].How[0].Plain != "Join the library." {
		t.Errorf("change %+v", d.Changes[0])
	}
}

func TestNotInForce(t *testing.T) {
	d := decide(t, "card=unknown", "", "2024-12-31")
	if !strings.Contains(d.Notice, "1 January 2025") || len(d.Given) != 1 || len(d.Outcomes)+len(d.Deciding) > 0 {
		t.Errorf("before the first day: %+v", d)
	}
	for _, on := range []string{"", "2025-01-01"} {
		if d := decide(t, "card=none thing=book", "", on); d.Notice != "" || d.Status != answer.Decided {
			t.Errorf("on %q: %+v", on, d)
		}
	}
}

func TestDates(t *testing.T) {
	const both = "renew-by: 2027-01-24 Renew by 24 January 2027. false, " +
		"lost: 2027-03-02 Your list is deleted on 2 March 2027. false"
	for _, test := range []struct{ given, renewal, on, want string }{
		{"card=adult", "2027-01-31", "", ""},
		{"card=child", "", "2027-01-31",
			"renew-by:  Renew a week ahead. false, lost:  Your list is kept for 30 days. false"},
		{"card=child", "2027-01-31", "", both},
		{"card=child", "2027-01-31", "2027-01-24", both},
		{"card=child", "2027-01-31", "2027-01-25", "renew-by: 2027-01-24 Ask for a new card. true"},
	} {
		c := lending()
		var got []string
		for _, d := range c.Dates(answers(t, c, test.given), ruleset.Typed{"renewal": test.renewal}, date(t, test.on)) {
			text := d.Text
			if d.Day.Plain == "" {
				text = d.Count.Plain
			}
			got = append(got, fmt.Sprintf("%s: %s %s %t", d.ID, d.Date, text, d.Past))
			if (d.Late.Plain != "") != (d.ID == "renew-by") || !strings.Contains(d.Pattern.Plain, "{date}") {
				t.Errorf("%+v", d)
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s, renewal %q on %q:\ngot  %s\nwant %s", test.given, test.renewal, test.on, got, test.want)
		}
	}
}

func TestTrace(t *testing.T) {
	for given, want := range map[string]string{
		"":                     "no-card open [card thing], has-card open [card thing], room open [thing]",
		"card=unknown":         "no-card open [card thing], has-card open [card thing], room open [thing]",
		"card=none":            "no-card open [thing], has-card miss [card=none], room open [thing]",
		"card=none thing=book": "no-card hit [card=none thing=book], has-card miss [card=none], room miss [thing=book]",
	} {
		c := lending()
		var got []string
		for _, rule := range c.With(answers(t, c, given), nil, civil.Date{}).Trace() {
			got = append(got, fmt.Sprint(rule.Rule, " ", rule.State, " ", rule.Tests))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", given, got, want)
		}
	}
}
