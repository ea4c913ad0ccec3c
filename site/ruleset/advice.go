package ruleset

import (
	"cmp"
	"iter"
	"math"
	"slices"
)

// A Remedy is a nearest better case: the fewest changes that a person can make to get a better outcome, or the best
// one, whatever the open facts are. Setting an open fact means making sure that it has the value. A decision has at
// most mostRemedies.
type Remedy struct {
	Set     []Setting // in the order of the facts
	Outcome int
}

// A Setting changes a fact to its better value.
type Setting struct {
	Fact, Value int
	By          string // how, from the fact's Changeable
}

// mostRemedies is the most remedies that a decision lists.
const mostRemedies = 20

// settles returns the smallest set of answered facts that settles the outcome. Of several such sets it prefers the
// one whose facts are asked first.
func (t *table) settles(a Answers, outcome int) (facts Bits) {
	w := borrow(t)
	defer w.giveBack()
	for f := range t.sizes {
		w.options[f] = option{values: t.answered(f, a)}
		if a.At(f) >= 0 {
			facts = facts.with(f)
			w.options[f] = option{values: t.answered(f, Answers{}), chosen: t.answered(f, a)}
		}
	}
	root := w.choices(func(possible Bits) bool { return possible == Bits{}.with(outcome) })
	for some := range w.fewest(root, outcome) {
		return some
	}
	return facts // all of them, if there are too many choices to search
}

// remedies returns the nearest better cases, best first. If reaching the best possible outcome takes more changes,
// the nearest cases with that outcome come before them.
func (r *Ruleset) remedies(a Answers, outcome int) (list []Remedy) {
	if len(r.rank) == 0 {
		return nil
	}
	nearest := ways(r, a, r.rank[outcome])
	var best []Remedy
	for more := nearest; len(more) > 0; {
		if more = ways(r, a, r.rank[more[0].Outcome]); len(more) > 0 {
			best = more
		}
	}
	list = append(best, nearest...)
	return list[:min(len(list), mostRemedies)]
}

// ways returns the smallest sets of changes that lead to a better outcome than rank, best first.
func ways(r *Ruleset, a Answers, rank int) (list []Remedy) {
	if rank == 0 {
		return nil
	}
	w := borrow(r.table)
	defer w.giveBack()
	changeable := r.changeable(a)
	for f, fact := range r.Facts {
		w.options[f] = option{values: r.answered(f, a)}
		if changeable.Has(f) {
			w.options[f].chosen = r.answered(f, Answers{}.With(f, fact.Changeable.To))
		}
	}
	root := w.choices(func(possible Bits) bool { return possible.Len() == 1 && r.rank[possible.first()] < rank })
	better := slices.Collect(w.least[root].outcomes.All())
	slices.SortFunc(better, func(x, y int) int { return cmp.Compare(r.rank[x], r.rank[y]) })
	for _, o := range better {
		for some := range w.fewest(root, o) {
			if list = append(list, Remedy{r.settings(some), o}); len(list) == mostRemedies {
				return list
			}
		}
	}
	return list
}

// changeable returns the facts that do not surely have their better value yet and that can be changed whatever
// their value is.
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

// An option holds the values that a fact may have, and those it has if a choice is made; chosen is empty if there
// is no choice.
type option struct{ values, chosen Bits }

// least holds the fewest choices that lead from a node to a goal, and the outcomes reached by them.
type least struct {
	choices  int
	outcomes Bits
}

// choices builds a diagram in which every node asks whether a choice is made, and returns its root. For each node
// it computes the fewest choices after which the possible outcomes meet the goal.
func (w *work) choices(goal func(possible Bits) bool) (root int32) {
	w.reset(slices.Repeat([][]Bits{make([]Bits, 2)}, len(w.table.sizes))) // not made, made
	root = w.decide(w.table.root)
	w.least = w.least[:0]
	for id, n := range w.nodes { // a node comes after those that it leads to
		l := least{choices: math.MaxInt32}
		if label, leaf := w.label(int32(id)); !leaf {
			not, made := w.least[w.kids[n.at]], w.least[w.kids[n.at+1]]
			made.choices++
			if l = not; made.choices < not.choices {
				l = made
			} else if made.choices == not.choices {
				l.outcomes = l.outcomes.or(made.outcomes)
			}
		} else if possible := w.sums[label].possible; !w.full() && goal(possible) {
			l = least{0, possible}
		}
		w.least = append(w.least, l)
	}
	return root
}

// decide returns the node for the choices at and below a node of the table.
func (w *work) decide(id int32) int32 {
	if id == void {
		return void
	}
	if w.memo[id] != unseen {
		return w.memo[id]
	}
	made := int32(void)
	if label, leaf := w.table.label(id); leaf {
		made = w.leaf(w.number(sum{possible: w.table.verdicts[label].sum().possible}))
	} else {
		n := w.table.nodes[id]
		at, chosen := w.options[n.fact], int32(void)
		for class, next := range w.table.next(n) {
			values := w.table.classes[n.fact][class]
			if values.meets(at.values) {
				made = w.join(made, w.decide(next), w.common)
			}
			if values.meets(at.chosen) {
				chosen = w.join(chosen, w.decide(next), w.common)
			}
		}
		if !at.chosen.Empty() {
			made = w.ask(int(n.fact), []int32{made, chosen})
		}
	}
	w.memo[id] = made
	return made
}

// fewest yields the smallest sets of choices that lead from a node to an outcome, those with the lowest members
// first.
func (w *work) fewest(root int32, outcome int) iter.Seq[Bits] {
	return func(yield func(Bits) bool) {
		if w.least[root].outcomes.Has(outcome) {
			w.choose(root, outcome, Bits{}, yield)
		}
	}
}

func (w *work) choose(id int32, outcome int, some Bits, yield func(Bits) bool) bool {
	n := w.nodes[id]
	if _, leaf := w.label(id); leaf {
		return yield(some)
	}
	for _, made := range []int{1, 0} {
		next := w.least[w.kids[int(n.at)+made]]
		if next.choices+made > w.least[id].choices || !next.outcomes.Has(outcome) {
			continue
		}
		with := some
		if made == 1 {
			with = some.with(int(n.fact))
		}
		if !w.choose(w.kids[int(n.at)+made], outcome, with, yield) {
			return false
		}
	}
	return true
}
