package ruleset

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/civil"
)

// benefits decides who may have benefits. The income limit depends on the household, two sizes of which share a
// group; above a higher limit another outcome follows.
const benefits = `id = "benefits"
hit_policy = "output order"
[[fact]]
id = "household"
values = ["one", "two", "three", "four"]
[[fact]]
id = "income"
type = "number"
min = 0
max = 5000
[[group]]
id = "families"
fact = "household"
values = ["three", "four"]
[[limit]]
id = "gross"
by = "household"
values = { one = 1580, two = 2137, families = 2694 }
[[limit]]
id = "double"
by = "household"
values = { one = 3160, two = 4274, three = 4900, four = 4900 }
[[outcome]]
id = "no"
[[outcome]]
id = "partly"
[[outcome]]
id = "yes"
[[rule]]
id = "too-much"
when = { income = "> double" }
then = "no"
cite = "a#b"
[[rule]]
id = "between"
when = { income = "(gross..double]" }
then = "partly"
cite = "a#b"
[[rule]]
id = "little"
when = { income = "<= gross" }
then = "yes"
cite = "a#b"
[[example]]
given = { household = "two", income = 2137 }
expect = "yes"
reasons = ["little"]
`

// Every income of every household is decided as plain Go decides it.
func TestLimitsAgreeWithAnOracle(t *testing.T) {
	r := compiled(t, benefits)
	gross := map[string]int{"one": 1580, "two": 2137, "three": 2694, "four": 2694}
	double := map[string]int{"one": 3160, "two": 4274, "three": 4900, "four": 4900}
	for h, size := range r.Facts[0].Values {
		for income := range 5001 {
			want := "yes"
			switch {
			case income > double[size]:
				want = "no"
			case income > gross[size]:
				want = "partly"
			}
			a := Answers{}.With(0, h).With(1, r.Value(1, fmt.Sprint(income), civil.Date{}))
			v, ok := r.eval(a)
			if got := r.Outcomes[max(v.Outcome, 0)].ID; !ok || got != want || v.Hits.Len() != 1 {
				t.Fatalf("%s, %d: %s, want %s", size, income, got, want)
			}
		}
	}
	if n := len(r.Rows()); n < 6 || n > 12 {
		t.Errorf("%d rows", n)
	}
	for given, want := range map[string]string{
		"household=one income=1581": "miss [household income], hit, miss [household income]",
		"household=four":            "open [income], open [income], open [income]",
		"income=4500":               "open [household], open [household], miss [income]",
	} {
		var got []string
		a := answers(t, r, given)
		for _, trace := range r.Trace(a) {
			names := func(b Bits) []string { return pick(r.factIDs(), b) }
			switch {
			case trace.Hit:
				got = append(got, "hit")
			case !trace.Out.Empty():
				got = append(got, fmt.Sprint("miss ", names(trace.Out)))
			default:
				got = append(got, fmt.Sprint("open ", names(trace.Waits)))
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s, want %s", given, s, want)
		}
	}
}

// The checks work with limits too: they find gaps, conflicts and differences at each number of a limit.
func TestProofsWithLimits(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"(gross..double]", "(gross..double)", "gap"},
		{`id = "yes"`, "id = \"yes\"\nalone = true", ""},
		{"when = { income = \"<= gross\" }", "when = { income = \"<= 1580\" }", "gap"},
		{"one = 3160, ", "", "missing-value"},
		{"one = 3160, ", "one = 3160, five = 3, ", "unknown-value"},
		{"one = 3160, ", "one = \"x\", ", "wrong-type"},
		{"> double", "> dubble", "unknown-value"},
		{"families = 2694", "families = 2694, three = 2694", ""},
		{"[[outcome]]", "[[limit]]\nid = \"net\"\nby = \"household\"\n" +
			"values = { one = 1, two = 1, families = 1 }\n[[outcome]]", "dead-limit"},
		{`by = "household"`, `by = "house"`, "unknown-fact"},
	} {
		_, found := Compile(nil, "rules/x.toml", []byte(strings.Replace(benefits, tt.old, tt.new, 1)))
		if got := fmt.Sprint(found); tt.want == "" && len(found) > 0 || !strings.Contains(got, tt.want) {
			t.Errorf("%q for %q: %s, want %s", tt.new, tt.old, got, tt.want)
		}
	}
	for text, want := range map[string]string{
		strings.Replace(benefits, "> double", "> dubble", 1):                                         `"double"`,
		benefits + "[[invariant]]\nid = \"i\"\ngiven = { income = \"> double\" }\nnever = \"yes\"\n": "only in rules",
	} {
		_, found := Compile(nil, "rules/x.toml", []byte(text))
		if len(found) != 1 || !strings.Contains(found[0].Suggestion, want) {
			t.Errorf("%v, want advice that says %s", found, want)
		}
	}
	alone := strings.Replace(benefits, `id = "yes"`, "id = \"yes\"\nalone = true", 1)
	_, found := Compile(nil, "rules/x.toml", []byte(strings.Replace(alone, "<= gross", "<= double", 1)))
	if !strings.Contains(fmt.Sprint(found), "[conflict]") {
		t.Errorf("a conflict: %v", found)
	}
	changes, err := Diff(compiled(t, benefits), compiled(t, strings.Replace(benefits, "one = 1580", "one = 1600", 1)))
	if err != nil || len(changes) != 1 || !strings.Contains(fmt.Sprint(changes), `1581..1600`) {
		t.Errorf("a higher limit: %v, %v", changes, err)
	}
}
