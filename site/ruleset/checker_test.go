package ruleset

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// charge is a second checker, about something else: whether a reader with toll-free numbers must act before the
// next charge (B5 to B10).
const charge = `
id = "before-the-charge"
hit_policy = "output order"
valid_from = 2026-01-01
[[fact]]
id = "plan"
values = ["corporate", "own"]
[[fact]]
id = "wanted"
values = ["yes", "no"]
find_out = "goto-webinar/audio/toll-free-charges#usage"
[[fact]]
id = "card"
values = ["valid", "expired"]
changeable = { from = "expired", to = "valid", by = "renew-card" }
[[outcome]]
id = "ask"
[[outcome]]
id = "act"
[[outcome]]
id = "wait"
alone = true
[[rule]]
id = "account-manager"
when = { plan = "corporate" }
then = "ask"
cite = "goto-webinar/audio/openvoice-integrated#corporate"
facts = ["B3"]
[[rule]]
id = "unsubscribe"
when = { plan = "own", wanted = "no" }
then = "act"
cite = "goto-webinar/audio/openvoice-integrated#unsubscribe"
facts = ["B10"]
[[rule]]
id = "card-expired"
when = { plan = "own", card = "expired" }
then = "act"
cite = "goto-webinar/audio/toll-free-charges#card"
facts = ["B5", "B9"]
[[rule]]
id = "renews-by-itself"
when = { plan = "own", wanted = "yes", card = "valid" }
then = "wait"
cite = "goto-webinar/audio/toll-free-charges#renewal"
facts = ["B9"]
[ranking]
better = ["wait", "act", "ask"]
[[anchor]]
id = "renewal"
[[date]]
id = "charged-on"
from = "renewal"
when = { plan = "own" }
days = 0
`

func TestASecondCheckerNeedsNoGo(t *testing.T) {
	set, found := Load(oneFile(charge))
	if len(found) > 0 || !slices.Equal(set.IDs(), []string{"before-the-charge"}) {
		t.Fatalf("%v, %v", set.IDs(), found)
	}
	n := newNaive(set.At("before-the-charge", mustDate(t, "2026-06-01")))
	for a := range partials(n.Ruleset) {
		n.check(t, a)
	}
	checkRows(t, n.Ruleset)
	d := n.Decide(answers(t, n.Ruleset, "plan=own wanted=yes card=expired"))
	if got := changeWords(n.Ruleset, d.Changes); got != "card=valid by renew-card: wait" {
		t.Errorf("what would help: %s", got)
	}
	if got := n.Segments(n.Canonical(answers(t, n.Ruleset, "card=valid plan=corporate"))); !slices.Equal(got,
		[]string{"plan=corporate"}) {
		t.Errorf("canonical: %v", got)
	}
}

// The code of the package contains no id of the shipped checker.
func TestTheCodeKnowsNoChecker(t *testing.T) {
	r := shipped(t)
	known := append([]string{r.ID}, slices.Concat(r.factIDs(), r.outcomeIDs(), r.ruleIDs())...)
	for _, f := range r.Facts {
		known = append(known, f.Values...)
	}
	for _, d := range r.Dates {
		known = append(known, d.ID)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, _ := strconv.Unquote(lit.Value); slices.Contains(known, text) {
					t.Errorf("%s names %q", file.Name(), text)
				}
			}
			return true
		})
	}
}

// The file shown in the manual loads.
func TestTheManualsExample(t *testing.T) {
	doc, err := os.ReadFile("../../rules/embed.go")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	table := false // in a table of labels, which is another file
	for line := range strings.Lines(string(doc)) {
		code, ok := strings.CutPrefix(line, "//\t")
		table = ok && (table || strings.HasPrefix(code, "fact,value"))
		if ok && !table {
			text.WriteString(code)
		} else if line == "//\n" {
			text.WriteString("\n")
		}
	}
	r := compiled(t, text.String())
	if r.ID != "may-i-park" || len(r.Test()) != 2 {
		t.Errorf("%s: %v", r.ID, r.Test())
	}
}
