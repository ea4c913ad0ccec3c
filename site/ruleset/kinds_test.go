package ruleset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// kinds is a checker with a number from 0 to 20, a set, a fact that is asked only in some cases, and one that can
// only be "no" in others. Its thresholds are random.
type kinds struct {
	low, high, days int
	rule            [3]bool // whether each rule is present
}

func randomKinds(rnd *rand.Rand) kinds {
	low := 1 + rnd.IntN(18)
	k := kinds{low: low, high: low + 1 + rnd.IntN(19-low), days: -rnd.IntN(5)}
	for i := range k.rule {
		k.rule[i] = rnd.IntN(4) > 0
	}
	return k
}

func (k kinds) file(others int) string {
	var s strings.Builder
	fmt.Fprintf(&s, `id = "kinds"
hit_policy = "output order"
[[fact]]
id = "seats"
type = "number"
min = 0
max = 20
[[fact]]
id = "plan"
values = ["free", "paid"]
[[fact]]
id = "addons"
type = "set"
values = ["audio", "rooms"]
only_if = { plan = "paid" }
[[fact]]
id = "received"
type = "days"
min = -5
max = 5
[[impossible]]
when = { plan = "free", seats = "> %d" }
because = "free plans are small"
[[outcome]]
id = "high"
[[outcome]]
id = "low"
`, k.high)
	rules := []string{
		fmt.Sprintf(`when = { seats = "< %d" }`, k.low),
		`when = { addons = { any = ["audio"], count = "< 2" } }`,
		fmt.Sprintf(`when = { seats = ["[%d..%d)", %d], received = "[%d..0]" }`, k.low, k.high, k.high, k.days),
	}
	s.WriteString("[[branch]]\nwhen = { plan = \"paid\" }\n[[branch.rule]]\nid = \"branch\"\n" +
		"when = { addons = { none = [\"audio\"], all = [\"rooms\"] } }\nthen = \"high\"\ncite = \"a#b\"\n")
	for i, when := range rules {
		if k.rule[i] {
			fmt.Fprintf(&s, "[[rule]]\nid = \"r%d\"\n%s\nthen = %q\ncite = \"a#b\"\n", i, when,
				[]string{"low", "high", "low"}[i])
		}
	}
	fmt.Fprintf(&s, "[[rule]]\nid = \"rest\"\notherwise = %d\nthen = \"low\"\ncite = \"a#b\"\n", others)
	return s.String()
}

// decide says in plain Go what the file decides; ok is false if the answers are impossible. addons is "not asked"
// where the set is not asked.
func (k kinds) decide(seats int, plan, addons string, days int) (outcome string, reasons []string, ok bool) {
	if plan == "free" && (seats > k.high || addons != "not asked") || plan == "paid" && addons == "not asked" {
		return "", nil, false
	}
	if addons == "rooms" {
		reasons = append(reasons, "branch")
	}
	if k.rule[1] && addons == "audio" {
		reasons = append(reasons, "r1")
	}
	high := len(reasons) > 0
	if k.rule[0] && seats < k.low {
		reasons = append(reasons, "r0")
	}
	if k.rule[2] && seats >= k.low && seats <= k.high && days >= k.days && days <= 0 {
		reasons = append(reasons, "r2")
	}
	if len(reasons) == 0 {
		reasons = []string{"rest"}
	}
	return map[bool]string{true: "high", false: "low"}[high], reasons, true
}

// Every number of every domain and every set is decided as plain Go decides it.
func TestNumbersDaysAndSetsAgainstPlainGo(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	on := mustDate(t, "2026-11-26")
	for range 60 {
		k := randomKinds(rnd)
		r, found, _ := compileFile("rules/x.toml", []byte(k.file(0)))
		if i := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Rule == "otherwise" }); i >= 0 {
			others, _ := strconv.Atoi(found[i].Suggestion[strings.LastIndex(found[i].Suggestion, " ")+1:])
			r, found, _ = compileFile("rules/x.toml", []byte(k.file(others)))
		}
		for _, f := range found {
			if !strings.HasPrefix(f.Rule, "dead-") { // expected, with rules left out
				t.Fatalf("%+v: %s", k, f)
			}
		}
		seen, left := map[string]bool{}, 0
		verdicts := map[Answers]Bits{}
		for seats := range 21 {
			for _, plan := range []string{"free", "paid"} {
				for _, addons := range []string{"not asked", "", "audio", "rooms", "rooms,audio"} {
					for days := -5; days <= 5; days++ {
						given := []string{
							fmt.Sprint("seats=", seats),
							"plan=" + plan,
							"received=" + on.AddDays(days).String(),
						}
						if addons != "not asked" {
							given = append(given, "addons="+addons)
						} else if plan == "paid" {
							continue
						}
						if plan == "free" && addons != "not asked" {
							continue // the answer would be dropped
						}
						outcome, reasons, ok := k.decide(seats, plan, addons, days)
						a, err := r.ParsePath(given, on)
						if ok != (err == nil) {
							t.Fatalf("%+v: %v: %v", k, given, err)
						}
						if !ok {
							continue
						}
						v, whole := r.eval(a)
						verdicts[a] = v.Hits
						if !whole || r.Outcomes[v.Outcome].ID != outcome ||
							!slices.Equal(pick(r.ruleIDs(), v.Hits), reasons) {
							t.Fatalf("%+v: %v: %v, want %s by %v", k, given, v, outcome, reasons)
						}
						if name := strings.Join(r.Segments(a), "/"); !seen[name] {
							seen[name] = true
							if reasons[0] == "rest" {
								left++
							}
						}
					}
				}
			}
		}
		if r.Cases() != len(seen) || r.Rules[r.otherwise].otherwise != left && left > 0 {
			t.Errorf("%+v: %d cases, counted %d; others %d, counted %d", k, len(seen), r.Cases(), left,
				r.Rules[r.otherwise].otherwise)
		}
		in := 0
		for _, row := range r.Rows() {
			in += row.When.Cases()
		}
		if in != len(seen) {
			t.Errorf("%+v: rows of %d cases", k, in)
		}
		checkStates(t, r)
		checkTraces(t, r, verdicts)
	}
}

// checkTraces leaves out one answer of each case. A rule hits if it hits in all remaining cases, misses if it hits
// in none, and is traced to tests that say so.
func checkTraces(t *testing.T, r *Ruleset, verdicts map[Answers]Bits) {
	t.Helper()
	for _, fact := range []string{"seats", "addons", "received"} {
		f := r.Fact(fact)
		all, any := map[Answers]Bits{}, map[Answers]Bits{}
		for a, hits := range verdicts {
			part := a.With(f, Unanswered)
			if before, ok := all[part]; ok {
				all[part], any[part] = before.and(hits), any[part].or(hits)
			} else {
				all[part], any[part] = hits, hits
			}
		}
		for a := range all {
			for i, trace := range r.Trace(a) {
				if trace.Hit != all[a].Has(i) || trace.Miss == any[a].Has(i) ||
					!trace.Out.Empty() && !trace.Miss || trace.Out.Has(f) && a.At(r.Fact("plan")) < 0 {
					t.Fatalf("%v: %s: %+v", r.Segments(a), r.Rules[i].ID, trace)
				}
			}
		}
	}
}

// checkStates visits all states. Each is possible and canonical, and the question asked next has at least two
// answers that are, too.
func checkStates(t *testing.T, r *Ruleset) {
	t.Helper()
	known := 0
	for a := range r.States() {
		if a.unknown() == 0 {
			known++
		}
		if r.Canonical(a) != a || !r.Possible(a) {
			t.Fatalf("%v is no state", r.Segments(a))
		}
		ask := r.ask(a)
		if ask < 0 {
			continue
		}
		left := 0
		for v := range r.Facts[ask].Values {
			if r.Possible(a.With(ask, v)) {
				left++
			}
		}
		if left < 2 {
			t.Errorf("%v: %s is asked, and has %d answers", r.Segments(a), r.Facts[ask].ID, left)
		}
	}
	if n := r.countStates(-1); n != known {
		t.Errorf("counted %d states, listed %d", n, known)
	}
}

const seatsFile = `id = "seats"
hit_policy = "output order"
[[fact]]
id = "seats"
type = "number"
min = 1
max = 10000
[[fact]]
id = "kind"
values = ["a", "b"]
unknown = "b"
[[fact]]
id = "sure"
values = ["yes", "no"]
unknown = false
[[outcome]]
id = "few"
[[outcome]]
id = "many"
[[rule]]
id = "small"
when = { seats = "< 50" }
then = "few"
cite = "a#b"
[[rule]]
id = "large"
when = { seats = ">= 50", kind = "a" }
then = "many"
cite = "a#b"
[[rule]]
id = "rest"
when = { seats = ">= 50", kind = "b", sure = "yes" }
then = "many"
cite = "a#b"
[[rule]]
id = "unsure"
when = { seats = ">= 50", kind = "b", sure = "no" }
then = "few"
cite = "a#b"
`

func TestAnswersOfNumbers(t *testing.T) {
	r := compiled(t, seatsFile)
	for given, want := range map[string]string{
		"seats=1": "seats=1..49", "seats=49": "seats=1..49", "seats=50": "seats=50..10000", "seats=050": "seats=50..10000",
		"seats=60..70": "seats=50..10000", "seats=unknown": "seats=unknown", "kind=unknown": "kind=b",
	} {
		if got := strings.Join(r.Segments(answers(t, r, given)), " "); got != want {
			t.Errorf("%s is %s, want %s", given, got, want)
		}
	}
	for _, given := range []string{
		"seats=0", "seats=10001", "seats=1.5", "seats=", "seats=1..60", "seats=x", "sure=unknown",
	} {
		if a, err := r.ParsePath([]string{given}, civil.Date{}); err == nil {
			t.Errorf("%s is %v", given, r.Segments(a))
		}
	}
	if f := r.Facts[0]; !f.Spans("1..60") || f.Spans("1..20") || f.Spans("1..20000") {
		t.Error("a range over two cells is not told from others")
	}
}

// Each test breaks the checker of seats in one way, as in TestFindings.
func TestFindingsOfNumbers(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"a gap is a range", `seats = "< 50"`, `seats = ["< 40", "[45..50)"]`, `gap: seats = "40..44"`},
		{"a threshold that changes nothing", `when = { seats = "< 50" }`,
			`when = { seats = ["< 40", "[40..50)"] }`, `dead-value: 39`},
		{"a test outside the domain", `seats = "< 50"`, `seats = "< 50000"`, "unknown-value: 50000"},
		{"a test that is none", `seats = "< 50"`, `seats = "many"`, "unknown-value: many"},
		{"no bounds", "max = 10000\n", "", "wrong-type: max"},
		{"a rule without when", "when = { seats = \"< 50\" }\n", "", `missing-when: "small"`},
		{"a fact of another type", `type = "number"`, `type = "real"`, `unknown-type: "real"`},
		{"a fact that depends on a later one", "values = [\"a\", \"b\"]\n",
			"values = [\"a\", \"b\"]\nonly_if = { sure = \"yes\" }\n", `circle: "kind"`},
		{"unknown as no value", `unknown = "b"`, `unknown = "c"`, `unknown-value: "c"`},
		{"a wrong number of others", `when = { seats = ">= 50", kind = "b", sure = "no" }`, "otherwise = 3", "otherwise: 1"},
	} {
		if strings.Count(seatsFile, tt.old) != 1 {
			t.Fatalf("%s: %q", tt.name, tt.old)
		}
		_, found := Load(oneFile(strings.Replace(seatsFile, tt.old, tt.new, 1)))
		rule, words, _ := strings.Cut(tt.want, ": ")
		if !slices.ContainsFunc(found,
			func(f diag.Finding) bool { return f.Rule == rule && strings.Contains(f.Message+f.Suggestion, words) }) {
			t.Errorf("%s: %v", tt.name, found)
		}
	}
}

// Each threshold is listed with its neighbours and the outcomes that they leave possible.
func TestBoundaries(t *testing.T) {
	r := compiled(t, seatsFile+"[[example]]\ngiven = { seats = 7 }\nexpect = \"few\"\n")
	var got []string
	for _, b := range r.Boundaries() {
		got = append(got, fmt.Sprintf("%s=%s: %s", b.Fact, b.Number, strings.Join(b.Possible, " ")))
	}
	if want := []string{"seats=49: few", "seats=50: few many", "seats=51: few many"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if left := r.Unreached(); !slices.Equal(left, []string{"unsure", "large", "rest"}) {
		t.Errorf("not reached are %q", left)
	}
}

func TestDiffOfThresholds(t *testing.T) {
	from := compiled(t, seatsFile)
	to := compiled(t, strings.ReplaceAll(seatsFile, "50", "60"))
	got := changes(t, from, to)
	if len(got) != 3 || !strings.Contains(strings.Join(got, "\n"), `seats = "50..59"`) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	for _, c := range got {
		if !strings.HasPrefix(c, outcomeChanged) && !strings.HasPrefix(c, reasonsChanged) {
			t.Errorf("%s", c)
		}
	}
}
