package ruleset

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// permit is a checker of its own. street takes a fact from it, and shares some of its facts.
const (
	permitRules = `id = "permit"
hit_policy = "output order"
[[fact]]
id = "home"
values = ["inside", "outside"]
[[fact]]
id = "vans"
type = "number"
min = 0
max = 9
[[fact]]
id = "job"
values = ["nurse", "other"]
[[outcome]]
id = "none"
[[outcome]]
id = "visitor"
[[outcome]]
id = "resident"
[[rule]]
id = "far"
when = { home = "outside", job = "other" }
then = "none"
cite = "a/b/c#d"
[[rule]]
id = "nurse"
when = { home = "outside", job = "nurse" }
then = "visitor"
cite = "a/b/c#d"
[[rule]]
id = "vans"
when = { home = "inside", vans = "> 2" }
then = "none"
cite = "a/b/c#d"
[[rule]]
id = "near"
when = { home = "inside", vans = "<= 2" }
then = "resident"
cite = "a/b/c#d"
`
	streetRules = `id = "street"
hit_policy = "output order"
[[fact]]
id = "home"
values = ["inside", "outside", "abroad"]
[[fact]]
id = "vans"
type = "number"
min = 0
max = 9
[[fact]]
id = "permit"
from = "permit"
[[outcome]]
id = "no"
[[outcome]]
id = "yes"
action = "permit"
[[rule]]
id = "abroad"
when = { home = "abroad" }
then = "no"
cite = "a/b/c#d"
[[rule]]
id = "without"
when = { permit = "none" }
then = "no"
cite = "a/b/c#d"
[[rule]]
id = "van"
when = { vans = "> 5" }
then = "no"
cite = "a/b/c#d"
[[rule]]
id = "with"
when = { home = ["inside", "outside"], permit = ["visitor", "resident"], vans = "<= 5" }
then = "yes"
cite = "a/b/c#d"
`
)

// loadAll loads files given by name and text.
func loadAll(files map[string]string) (*Set, []diag.Finding) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name+".toml"] = &fstest.MapFile{Data: []byte(text)}
	}
	return Load(fsys)
}

func street(t *testing.T) (street, permit *Ruleset) {
	t.Helper()
	set, found := loadAll(map[string]string{"a-street": streetRules, "permit": permitRules})
	if len(found) > 0 {
		t.Fatal(found)
	}
	return set.At("street", civil.Date{}), set.At("permit", civil.Date{})
}

// The outcomes of the other checker become the values, in order, and readers are sent there.
func TestFactFromChecker(t *testing.T) {
	r, _ := street(t)
	fact := r.Facts[r.Fact("permit")]
	if !slices.Equal(fact.Values, []string{"none", "visitor", "resident"}) || fact.FindOut != "permit" {
		t.Errorf("values %q, find out %q", fact.Values, fact.FindOut)
	}
	for _, m := range r.Messages() {
		if strings.HasPrefix(m.ID, "street.value.permit.") && !m.Optional {
			t.Errorf("%s is needed", m.ID)
		}
	}
}

// Answers to shared facts leave possible exactly the outcomes that the other checker has with these answers, and a
// settled outcome is not asked for.
func TestSharedAnswersSettleOutcomes(t *testing.T) {
	r, other := street(t)
	permit := r.Fact("permit")
	for a := range partials(r) {
		if a.At(permit) != Unanswered || a.unknown() > 0 {
			continue
		}
		theirs := Answers{}
		for f, fact := range other.Facts {
			own := r.Fact(fact.ID)
			if own < 0 || a.At(own) < 0 {
				continue
			}
			if v := fact.value(r.Facts[own].Values[a.At(own)], civil.Date{}); v >= 0 {
				theirs = theirs.With(f, v)
			}
		}
		possible := other.sum(theirs).possible
		for o := range other.Outcomes {
			if got := r.Possible(a.With(permit, o)); got != possible.Has(o) {
				t.Errorf("%v: permit %q is possible: %t", r.Segments(a), other.Outcomes[o].ID, got)
			}
		}
		if possible.Len() == 1 && r.ask(a) == permit {
			t.Errorf("%v: the permit is asked", r.Segments(a))
		}
	}
}

func TestCarry(t *testing.T) {
	r, other := street(t)
	on := mustDate(t, "2027-01-31")
	for _, tt := range []struct {
		from, to *Ruleset
		given    string
		typed    Typed
		want     string
	}{
		{r, other, "", nil, ""},
		{r, other, "home=inside", nil, "home=inside"},
		{r, other, "home=abroad vans=0..2", nil, ""},
		{r, other, "home=unknown", nil, ""},
		{r, other, "vans=0..5", nil, ""},                                  // it is asked later there
		{r, other, "home=inside vans=6..9", nil, "home=inside vans=3..9"}, // one cell within another
		{r, other, "home=inside vans=4", nil, "home=inside"},              // one cell across two
		{r, other, "home=inside vans=4", Typed{"vans": "4"}, "home=inside vans=3..9"},
		{other, r, "home=inside vans=1", nil, "home=inside vans=0..5 permit=resident"},
		{other, r, "home=outside job=nurse", nil, "home=outside"},        // vans is asked before it
		{other, r, "home=outside job=nurse vans=7", nil, "home=outside"}, // in more than one cell
	} {
		a := answers(t, tt.from, tt.given)
		got := strings.Join(tt.to.Segments(Carry(tt.from, tt.to, a, tt.typed, on)), " ")
		if got != tt.want {
			t.Errorf("%s to %s: %q with %v are %q, want %q", tt.from.ID, tt.to.ID, tt.given, tt.typed, got, tt.want)
		}
	}
}

func TestFactFromCheckerFindings(t *testing.T) {
	later := strings.Replace(permitRules, "[[fact]]", "valid_from = 2027-01-01\n[[fact]]", 1)
	renamed := strings.NewReplacer(`id = "visitor"`, `id = "guest"`, `then = "visitor"`, `then = "guest"`)
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string // prefixes
	}{
		{"other unknown", map[string]string{"street": strings.Replace(streetRules, `from = "permit"`, `from = "permits"`, 1)},
			[]string{`rules/permit.toml`, `rules/street.toml:13:8: error: no such checker: "permits"`}},
		{"nearly itself", map[string]string{"street": strings.Replace(streetRules, `from = "permit"`, `from = "streeet"`, 1)},
			[]string{`rules/street.toml:13:8: error: no such checker: "streeet" (allowed: permit)`}},
		{"outcome gone", map[string]string{"permit": renamed.Replace(permitRules)},
			[]string{`rules/street.toml:36:50: error: unknown value "visitor" (allowed: none, guest, resident)`}},
		{"own keys", map[string]string{"street": strings.Replace(streetRules, `from = "permit"`,
			"from = \"permit\"\ntype = \"number\"\nfind_out = \"a/b/c#d\"\nvalues = [\"x\"]\nmax = 7", 1)},
			[]string{"rules/street.toml:14:1: error: fact", "rules/street.toml:15:1: error: fact",
				"rules/street.toml:16:1: error: fact", "rules/street.toml:17:1: error: fact"}},
		{"itself", map[string]string{"street": strings.Replace(streetRules, `from = "permit"`, `from = "street"`, 1)},
			[]string{`rules/street.toml:13:8: error: the facts of checker "street" are from "street"`}},
		{"circle", map[string]string{
			"permit": strings.Replace(permitRules, `values = ["nurse", "other"]`, `from = "street"`, 1),
		},
			[]string{`rules/street.toml:13:8: error: the facts of checker "permit" are from "street"`}},
		{"an id with a mistake", map[string]string{
			"street": strings.Replace(streetRules, `from = "permit"`, `from = "pass"`, 1),
			"z":      strings.Replace(permitRules, `id = "permit"`, `id = "pass!"`, 1),
		}, []string{"rules/z.toml:1:6: error: invalid checker"}},
		{"other broken", map[string]string{"permit": "id = \n"}, []string{"rules/permit.toml:1:"}},
		{"other misses a case", map[string]string{"permit": strings.Replace(permitRules, "<= 2", "<= 1", 1)},
			[]string{"rules/permit.toml:"}},
		{"later the same", map[string]string{"permit-2": later}, nil},
		{"later others", map[string]string{"permit-2": renamed.Replace(later)},
			[]string{`rules/street.toml:13:8: error: from 2027-01-01 on, checker "permit" has other outcomes`}},
		{"later others, and a version for them", map[string]string{
			"permit-2": renamed.Replace(later),
			"street-2": strings.NewReplacer("[[fact]]\nid = \"home\"", "valid_from = 2027-01-01\n[[fact]]\nid = \"home\"",
				`"visitor"`, `"guest"`).Replace(streetRules),
		}, nil},
	} {
		files := map[string]string{"permit": permitRules, "street": streetRules}
		for name, text := range tt.files {
			files[name] = text
		}
		if tt.name == "other unknown" {
			delete(files, "permit")
			tt.want = tt.want[1:]
		}
		_, found := loadAll(files)
		var got []string
		for _, f := range found {
			got = append(got, fmt.Sprint(f))
		}
		if !slices.EqualFunc(got, tt.want, strings.HasPrefix) {
			t.Errorf("%s: found\n%s\nwant %q", tt.name, strings.Join(got, "\n"), tt.want)
		}
	}
}

// A checker that depends on the rules of another has another version when those change.
func TestVersionRestsOnOthers(t *testing.T) {
	r, _ := street(t)
	set, found := loadAll(map[string]string{
		"street": streetRules, "permit": strings.NewReplacer("> 2", "> 3", "<= 2", "<= 3").Replace(permitRules),
	})
	if other := set.At("street", civil.Date{}); len(found) > 0 || other.Version() == r.Version() {
		t.Errorf("the version stays %s; found %v", r.Version(), found)
	}
	if _, found := Compile(nil, "rules/x.toml", []byte(streetRules)); len(found) == 0 {
		t.Error("without a folder the other checker is known")
	}
}
