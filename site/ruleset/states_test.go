package ruleset

import (
	"slices"
	"strings"
	"testing"

	"helpcenter/site/civil"
)

func TestStates(t *testing.T) {
	r := shipped(t)
	states := map[Answers]bool{}
	paths := map[string]bool{}
	kinds := map[string]int{}
	for a := range r.States() {
		if states[a] {
			t.Errorf("%v comes twice", r.Segments(a))
		}
		states[a], paths[strings.Join(r.Segments(a), "/")] = true, true
		if r.Canonical(a) != a {
			t.Errorf("%v is not canonical", r.Segments(a))
		}
		back, err := r.ParsePath(r.Segments(a), civil.Date{})
		if err != nil || back != a {
			t.Errorf("%v is read back as %v, %v", r.Segments(a), r.Segments(back), err)
		}
		switch d := r.Decide(a); {
		case d.Decided() && d.Ask >= 0:
			kinds["decided, a reason may follow"]++
		case d.Decided():
			kinds["decided"]++
		case d.Ask >= 0:
			kinds["question"]++
		case d.Deciding.Empty():
			t.Errorf("%v is open, and nothing decides it", r.Segments(a))
		default:
			kinds["open for want of knowledge"]++
		}
	}
	for _, path := range []string{
		"", "product=goto-meeting", "product=unknown/contract=unknown/role=unknown/balance=unknown",
		"product=goto-meeting/contract=monthly/role=billing-admin/balance=clear", "product=rescue/contract=monthly",
	} {
		if !paths[path] {
			t.Errorf("%q is no state", path)
		}
	}
	for a := range partials(r) {
		if !states[r.Canonical(a)] {
			t.Errorf("%v leads to no state", r.Segments(a))
		}
	}
	t.Logf("%d states: %v", len(states), kinds)
}

func TestCanonical(t *testing.T) {
	r := shipped(t)
	for given, want := range map[string]string{
		"balance=clear product=goto-meeting":                  "product=goto-meeting",
		"role=other":                                          "",
		"product=goto-room contract=monthly role=other":       "product=goto-room contract=monthly",
		"product=goto-meeting contract=trial balance=unknown": "product=goto-meeting contract=trial",
		"balance=clear role=unknown contract=monthly product=openvoice": "product=openvoice contract=monthly role=unknown " +
			"balance=clear",
	} {
		a := r.Canonical(answers(t, r, given))
		if got := strings.Join(r.Segments(a), " "); got != want {
			t.Errorf("%q leads to %q, want %q", given, got, want)
		}
	}
}

func TestStatesStopWhenAsked(t *testing.T) {
	r := shipped(t)
	n := 0
	for range r.States() {
		if n++; n == 7 {
			break
		}
	}
	if n != 7 {
		t.Errorf("%d states", n)
	}
}

// questions counts those asked of a reader who knows every answer: the mean over all cases, and the most.
type questions struct {
	mean float64
	most int
}

// tree computes the best possible questionnaire, in which each answer may lead to a different question, by dynamic
// programming over all parts of the table.
type tree struct {
	*Ruleset
	alike func(a, b verdict) bool
	known map[string]questions
}

// best returns the fewest questions that divide the cells into parts whose verdicts are alike. A fact is open where
// at is negative.
func (tr tree) best(at []int) questions {
	key := string(slices.Collect(func(yield func(byte) bool) {
		for _, c := range at {
			yield(byte(c))
		}
	}))
	if q, ok := tr.known[key]; ok {
		return q
	}
	if tr.settled(at) {
		return questions{}
	}
	best := questions{1e9, 1e9}
	for f := range at {
		if at[f] >= 0 {
			continue
		}
		q, total := questions{}, 0
		for v := range tr.Facts[f].Values {
			at[f] = v
			below := tr.best(at)
			q.mean += below.mean
			q.most = max(q.most, below.most)
			total++
		}
		at[f] = -1
		best.mean = min(best.mean, 1+q.mean/float64(total))
		best.most = min(best.most, 1+q.most)
	}
	tr.known[key] = best
	return best
}

func (tr tree) settled(at []int) bool {
	given := make([][]int, len(at))
	for f, v := range at {
		given[f] = []int{v}
		if v < 0 {
			given[f] = slices.Collect(firstBits(len(tr.Facts[f].Values)).All())
		}
	}
	var first *verdict
	for a := range combinations(given) {
		v, _ := tr.eval(a)
		if first == nil {
			first = &v
		}
		if !tr.alike(*first, v) {
			return false
		}
	}
	return true
}

// asked walks through the questions with every case until enough is known.
func asked(r *Ruleset, enough func(Decision) bool) (q questions) {
	for c := range cases(r) {
		n := 0
		var a Answers
		for d := r.Decide(a); d.Ask >= 0 && !enough(d); d = r.Decide(a) {
			a = a.With(d.Ask, c.At(d.Ask))
			n++
		}
		q.mean += float64(n) / float64(r.Cases())
		q.most = max(q.most, n)
	}
	return q
}

func TestQuestionsAgainstTheBestTree(t *testing.T) {
	r := shipped(t)
	tests := []struct {
		until  string
		enough func(Decision) bool
		alike  func(a, b verdict) bool
	}{
		{"the outcome is decided", Decision.Decided, func(a, b verdict) bool { return a.Outcome == b.Outcome }},
		{"no reason can follow", func(Decision) bool { return false }, func(a, b verdict) bool { return a == b }},
	}
	for _, tt := range tests {
		got := asked(r, tt.enough)
		best := tree{r, tt.alike, map[string]questions{}}.best([]int{-1, -1, -1, -1})
		t.Logf("until %s: mean %.3f, most %d; the best tree: mean %.3f, most %d",
			tt.until, got.mean, got.most, best.mean, best.most)
		if got.mean < best.mean-1e-9 || got.most < best.most {
			t.Errorf("until %s: fewer questions than the best tree", tt.until)
		}
		if got.most > best.most {
			t.Errorf("until %s: more questions than the best tree", tt.until)
		}
	}
}
