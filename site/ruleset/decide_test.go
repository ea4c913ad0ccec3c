package ruleset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/testsample"
)

// naive decides by looping over rules and over all completions, using only the boxes. Decide must agree with it.
type naive struct {
	*Ruleset
	all map[Answers]verdict
}

func newNaive(r *Ruleset) naive {
	n := naive{r, map[Answers]verdict{}}
	for a := range cases(r) {
		v := verdict{Outcome: len(r.Outcomes)}
		for i, rule := range r.Rules {
			hit := true
			for f := range r.Facts {
				hit = hit && rule.When[f].Has(a.At(f))
			}
			if hit {
				v.Hits = v.Hits.with(i)
				v.Outcome = min(v.Outcome, rule.Then)
			}
		}
		n.all[a] = v
	}
	return n
}

// completions returns the complete answers that agree with the given ones.
func (n naive) completions(a Answers) (list []Answers) {
	given := make([][]int, len(n.Facts))
	for f, fact := range n.Facts {
		given[f] = []int{a.At(f)}
		if a.At(f) < 0 {
			given[f] = nil
			for v := range fact.Values {
				given[f] = append(given[f], v)
			}
		}
	}
	return slices.Collect(combinations(given))
}

func (n naive) sum(a Answers) (s sum) {
	s.reasons = firstBits(len(n.Rules))
	for _, c := range n.completions(a) {
		s.reasons = s.reasons.and(n.all[c].Hits)
		s.possible = s.possible.with(n.all[c].Outcome)
	}
	return s
}

func (n naive) outcome(a Answers) int {
	if p := n.sum(a).possible; p.Len() == 1 {
		return p.first()
	}
	return -1
}

// matters reports whether some answers to the other unanswered facts lead to a decision that the given fact still
// influences.
func (n naive) matters(fact int, a Answers, see func(Answers) any) bool {
	given := make([][]int, len(n.Facts))
	for f, of := range n.Facts {
		given[f] = []int{a.At(f)}
		if a.At(f) == Unanswered && f != fact {
			given[f] = nil
			for v := range of.Values {
				given[f] = append(given[f], v)
			}
		}
	}
	for b := range combinations(given) {
		for v := range n.Facts[fact].Values {
			if see(b.With(fact, v)) != see(b.With(fact, 0)) {
				return true
			}
		}
	}
	return false
}

func (n naive) ask(a Answers) int {
	for f := range n.Facts {
		if a.At(f) == Unanswered && n.matters(f, a, func(b Answers) any { return n.sum(b) }) {
			return f
		}
	}
	return -1
}

func (n naive) deciding(a Answers) (facts Bits) {
	asked := a
	for f := range n.Facts {
		if a.At(f) == Unknown {
			asked = asked.With(f, Unanswered)
		}
	}
	for f := range n.Facts {
		if a.At(f) < 0 && n.matters(f, asked, func(b Answers) any { return n.all[b].Outcome }) {
			facts = facts.with(f)
		}
	}
	return facts
}

// fewest returns the size of the smallest subset of the answers that settles
// their outcome, by trying all of them.
func (n naive) fewest(a Answers) int {
	least := len(n.Facts)
	for mask := range 1 << len(n.Facts) {
		var b Answers
		size := 0
		for f := range n.Facts {
			if mask>>f&1 == 1 && a.At(f) >= 0 {
				b, size = b.With(f, a.At(f)), size+1
			}
		}
		if n.outcome(b) == n.outcome(a) {
			least = min(least, size)
		}
	}
	return least
}

// remedies returns the nearest better cases in words, sorted.
func (n naive) remedies(a Answers) []string {
	best, list := len(n.Facts)+1, []string{}
	for mask := range 1 << len(n.Facts) {
		b, size, possible := a, 0, n.rank != nil
		var set []string
		for f, fact := range n.Facts {
			if mask>>f&1 == 0 {
				continue
			}
			c := fact.Changeable
			size++
			if c == nil || a.At(f) == c.To {
				possible = false
				continue
			}
			for v := range fact.Values {
				if (a.At(f) < 0 || a.At(f) == v) && v != c.To && !c.From.Has(v) {
					possible = false
				}
			}
			b, set = b.With(f, c.To), append(set, fmt.Sprintf("%d:%d:%s", f, c.To, c.By))
		}
		if !possible || n.outcome(b) < 0 || n.rank[n.outcome(b)] >= n.rank[n.outcome(a)] {
			continue
		}
		if size < best {
			best, list = size, nil
		}
		if size == best {
			list = append(list, fmt.Sprint(strings.Join(set, " "), " -> ", n.outcome(b)))
		}
	}
	slices.Sort(list)
	return list
}

// check compares Decide with the loops above on some answers.
func (n naive) check(t *testing.T, a Answers) {
	t.Helper()
	d, s := n.Decide(a), n.sum(a)
	where := strings.Join(n.Segments(a), "/")
	if d.Possible != s.possible || d.Reasons != s.reasons || d.Outcome != n.outcome(a) {
		t.Errorf("%s: got %+v, want %+v", where, d, s)
	}
	if want := n.ask(a); d.Ask != want {
		t.Errorf("%s: asks %d, want %d", where, d.Ask, want)
	}
	if !d.Decided() {
		if want := n.deciding(a); d.Deciding != want {
			t.Errorf("%s: deciding %v, want %v", where, d.Deciding, want)
		}
		return
	}
	var less Answers
	for f := range d.Settles.All() {
		less = less.With(f, a.At(f))
	}
	if n.outcome(less) != d.Outcome || d.Settles.Len() != n.fewest(a) {
		t.Errorf("%s: settled by %v, which has not the fewest facts or does not settle it", where, d.Settles)
	}
	changes := []string{}
	for _, c := range d.Changes {
		var set []string
		for _, s := range c.Set {
			set = append(set, fmt.Sprintf("%d:%d:%s", s.Fact, s.Value, s.By))
		}
		changes = append(changes, fmt.Sprint(strings.Join(set, " "), " -> ", c.Outcome))
	}
	slices.Sort(changes)
	if want := n.remedies(a); !slices.Equal(changes, want) {
		t.Errorf("%s: changes %v, want %v", where, changes, want)
	}
}

func TestDecideIsExactForAllAnswers(t *testing.T) {
	n := newNaive(shipped(t))
	count := 0
	for a := range partials(n.Ruleset) {
		n.check(t, a)
		count++
	}
	if want := 21 * 5 * 6 * 4; count != want {
		t.Errorf("%d answers tried, want %d", count, want)
	}
}

func TestDecideIsExactForRandomRules(t *testing.T) {
	if testing.Short() {
		t.Skip("no goroutines meet in it")
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range testsample.Times(150, 50) {
		n := newNaive(randomRules(rnd))
		for a := range partials(n.Ruleset) {
			n.check(t, a)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}

// randomRules returns a compiled ruleset without gaps, of up to four facts.
func randomRules(rnd *rand.Rand) *Ruleset {
	r := &Ruleset{ID: "random"}
	for f := range 1 + rnd.IntN(4) {
		fact := Fact{ID: fmt.Sprint("f", f), unknownAs: -1}
		for v := range 2 + rnd.IntN(2) {
			fact.Values = append(fact.Values, fmt.Sprint("v", v))
		}
		if rnd.IntN(2) == 0 {
			fact.Changeable = &changeable{
				From: firstBits(1 + rnd.IntN(len(fact.Values)-1)),
				To:   len(fact.Values) - 1,
				By:   "wait",
			}
		}
		r.Facts = append(r.Facts, fact)
	}
	for o := range 1 + rnd.IntN(4) {
		r.Outcomes = append(r.Outcomes, Outcome{ID: fmt.Sprint("o", o)})
		r.rank = append(r.rank, o)
	}
	rnd.Shuffle(len(r.rank), func(i, j int) { r.rank[i], r.rank[j] = r.rank[j], r.rank[i] })
	for i := range rnd.IntN(6) {
		r.Rules = append(r.Rules,
			Rule{ID: fmt.Sprint("r", i), When: randomBox(rnd, r), Then: rnd.IntN(len(r.Outcomes)), otherwise: -1})
	}
	r.Rules = append(r.Rules, Rule{ID: "last", When: r.anything(), Then: len(r.Outcomes) - 1, otherwise: -1})
	slices.SortStableFunc(r.Rules, func(x, y Rule) int { return x.Then - y.Then })
	r.compile()
	return r
}

func randomBox(rnd *rand.Rand, r *Ruleset) Box {
	box := r.anything()
	for f, fact := range r.Facts {
		if rnd.IntN(2) == 0 {
			v := rnd.IntN(len(fact.Values))
			box[f] = Bits{}.with(v).with(rnd.IntN(len(fact.Values)))
		}
	}
	return box
}

func TestDecide(t *testing.T) {
	r := shipped(t)
	tests := []struct {
		given    string
		possible string
		reasons  string
		ask      string
		deciding string
		settles  string
		changes  string
	}{
		{
			given:    "",
			possible: "nothing-to-cancel contact-support not-yet cancel-online",
			ask:      "product",
			deciding: "product contract role balance",
		},
		{given: "product=unknown contract=monthly role=billing-admin balance=clear",
			possible: "contact-support cancel-online", deciding: "product"},
		{
			given:    "product=goto-room",
			possible: "nothing-to-cancel contact-support",
			ask:      "contract",
			deciding: "contract",
		},
		{
			given:    "product=goto-room contract=unknown",
			possible: "nothing-to-cancel contact-support",
			ask:      "",
			deciding: "contract",
		},
		{given: "product=unknown contract=unknown role=other balance=clear",
			possible: "nothing-to-cancel contact-support not-yet", deciding: "product contract"},
		{given: "contract=trial", possible: "nothing-to-cancel", reasons: "trial-expires", settles: "contract"},
		{given: "product=goto-meeting contract=monthly role=other balance=outstanding",
			possible: "not-yet", reasons: "not-billing-admin balance-outstanding",
			settles: "product contract role", changes: "role=billing-admin by permission, balance=clear by pay: cancel-online"},
		{given: "product=openvoice contract=monthly role=billing-admin balance=outstanding",
			possible: "not-yet", reasons: "balance-outstanding",
			settles: "product contract balance", changes: "balance=clear by pay: cancel-online"},
		{given: "product=openvoice contract=monthly balance=outstanding",
			possible: "not-yet", reasons: "balance-outstanding", ask: "role",
			settles: "product contract balance",
			changes: "role=billing-admin by permission, balance=clear by pay: cancel-online"},
		{given: "product=unknown contract=fixed-term role=unknown",
			possible: "contact-support", reasons: "under-contract", settles: "contract"},
		{given: "product=goto-meeting contract=monthly role=billing-admin balance=clear",
			possible: "cancel-online", reasons: "all-clear", settles: "product contract role balance"},
	}
	for _, tt := range tests {
		t.Run(tt.given, func(t *testing.T) {
			d := r.Decide(answers(t, r, tt.given))
			got := []string{
				strings.Join(pick(r.outcomeIDs(), d.Possible), " "), strings.Join(pick(r.ruleIDs(), d.Reasons), " "), "",
				strings.Join(pick(r.factIDs(), d.Deciding), " "), strings.Join(pick(r.factIDs(), d.Settles), " "),
				changeWords(r, d.Changes),
			}
			if d.Ask >= 0 {
				got[2] = r.Facts[d.Ask].ID
			}
			want := []string{tt.possible, tt.reasons, tt.ask, tt.deciding, tt.settles, tt.changes}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func changeWords(r *Ruleset, list []Remedy) string {
	var words []string
	for _, c := range list {
		var set []string
		for _, s := range c.Set {
			fact := r.Facts[s.Fact]
			set = append(set, fmt.Sprintf("%s=%s by %s", fact.ID, fact.Values[s.Value], s.By))
		}
		words = append(words, strings.Join(set, ", ")+": "+r.Outcomes[c.Outcome].ID)
	}
	return strings.Join(words, "; ")
}

// raceDetector reports whether the race detector is on.
var raceDetector bool

func TestNothingIsAllocated(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector empties pools at random")
	}
	r := shipped(t)
	whole := answers(t, r, "product=goto-meeting contract=monthly role=other balance=clear")
	open := answers(t, r, "product=goto-meeting contract=monthly")
	for name, decide := range map[string]func(){
		"complete case":  func() { r.eval(whole) },
		"two open facts": func() { r.Decide(open) },
	} {
		if n := testing.AllocsPerRun(100, decide); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestEvalRefusesOpenFacts(t *testing.T) {
	r := shipped(t)
	for _, given := range []string{
		"", "product=goto-meeting", "product=goto-meeting contract=monthly role=unknown balance=clear",
	} {
		if v, ok := r.eval(answers(t, r, given)); ok || v.Outcome != -1 {
			t.Errorf("%q: %+v, %v", given, v, ok)
		}
	}
}
