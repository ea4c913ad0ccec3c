package ruleset

import (
	"cmp"
	"iter"
	"slices"
)

// A Remedy is a better case: the fewest changes that a person can make to get a better
// outcome, or the best that can be had, whatever the open facts are. To set an open
// fact means to make sure of it.
type Remedy struct {
	Set     []Setting // in the order of the facts
	Outcome int
}

// A Setting brings a changeable fact to its better value.
type Setting struct {
	Fact, Value int
	By          string // how, as the fact's Changeable says
}

// settles returns the fewest of the answered facts that settle the outcome,
// those asked first among equals.
func (r *Ruleset) settles(a Answers, outcome int) Bits {
	var needed, others Bits
	for f := range r.Facts {
		switch {
		case a.At(f) < 0:
		case r.outcome(a.With(f, Unknown)) == outcome:
			others = others.with(f)
		default:
			needed = needed.with(f)
		}
	}
	for some := range subsets(others) {
		var less Answers
		for f := range some.or(needed).All() {
			less = less.With(f, a.At(f))
		}
		if r.outcome(less) == outcome {
			return some.or(needed)
		}
	}
	return needed.or(others)
}

// remedies returns the nearest better cases, best first; and the nearest of those with the
// best outcome, if it takes more changes.
func (r *Ruleset) remedies(a Answers, outcome int) (list []Remedy) {
	if len(r.rank) == 0 || r.rank[outcome] == 0 {
		return nil
	}
	nearest, best := 0, r.rank[outcome]
	for some := range subsets(r.changeable(a)) {
		better := a
		for f := range some.All() {
			better = better.With(f, r.Facts[f].Changeable.To)
		}
		o := r.outcome(better)
		if o < 0 || r.rank[o] >= r.rank[outcome] || nearest > 0 && some.Len() > nearest && r.rank[o] >= best {
			continue
		}
		if nearest == 0 {
			nearest = some.Len()
		}
		if best = min(best, r.rank[o]); some.Len() > nearest { // in the place of what is further and not as good
			list = slices.DeleteFunc(list, func(m Remedy) bool { return len(m.Set) > nearest })
		}
		list = append(list, Remedy{r.settings(some), o})
	}
	slices.SortStableFunc(list, func(x, y Remedy) int { return cmp.Compare(r.rank[x.Outcome], r.rank[y.Outcome]) })
	return list
}

// changeable returns the facts that may still have to be changed and, whatever
// their value may be, can be.
func (r *Ruleset) changeable(a Answers) (facts Bits) {
	for f, fact := range r.Facts {
		if fact.Changeable == nil {
			continue
		}
		left := r.possible(f, a).and(firstBits(len(fact.Values))).without(fact.Changeable.To)
		if !left.Empty() && left.within(fact.Changeable.From) {
			facts = facts.with(f)
		}
	}
	return facts
}

func (r *Ruleset) settings(facts Bits) (list []Setting) {
	for f := range facts.All() {
		change := r.Facts[f].Changeable
		list = append(list, Setting{f, change.To, change.By})
	}
	return list
}

// subsets yields the subsets of a set, the smallest first and of the same size
// those with the lowest members first.
func subsets(set Bits) iter.Seq[Bits] {
	return func(yield func(Bits) bool) {
		for size := range set.Len() + 1 {
			if !choose(set, size, Bits{}, yield) {
				return
			}
		}
	}
}

// choose yields some together with each choice of n members of a set.
func choose(set Bits, n int, some Bits, yield func(Bits) bool) bool {
	if n == 0 {
		return yield(some)
	}
	for set.Len() >= n {
		first := set.first()
		set = set.without(first)
		if !choose(set, n-1, some.with(first), yield) {
			return false
		}
	}
	return true
}
