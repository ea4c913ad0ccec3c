package ruleset

import (
	"slices"
	"sync"
)

// work builds the diagram of what some answers leave of a table.
type work struct {
	diagram
	table   *table
	answers Answers
	memo    []int32 // by node of the table: its result, or unseen

	joined   bool // unknown facts are joined rather than kept
	outcomes bool // leaves are told apart only by their outcomes

	sums    []sum // by label
	labels  map[sum]int32
	total   sum // of the leaves collected
	reached bool
	options []option // by fact, for choices
	least   []least  // by node
	any     Bits     // rules that hit in any collected leaf
	gap     bool     // some collected leaf has no outcome
}

const unseen = -2

// maxWork bounds the work on one decision. Beyond it, Decide reports that an outcome is settled by all answers, or
// depends on all facts that some completion asks, and offers no remedies. maxAsk is lower because a walk through
// the questions asks many times. Beyond it, a fact may be asked that can no longer change anything.
const (
	maxWork = 1 << 14
	maxAsk  = 1 << 11
)

var works = sync.Pool{New: func() any { return &work{diagram: *newDiagram(nil), labels: map[sum]int32{}} }}

func borrow(t *table) *work {
	w := works.Get().(*work)
	w.table, w.limit, w.answers = t, maxWork, Answers{}
	w.joined, w.outcomes, w.total, w.any, w.reached, w.gap = false, false, sum{}, Bits{}, false, false
	w.sums = append(w.sums[:0], sum{})
	clear(w.labels)
	w.reset(t.classes)
	w.none = t.none
	w.forget()
	w.options = append(w.options[:0], make([]option, len(t.sizes))...)
	return w
}

// measured, if set by a test, receives the steps that work took: the nodes made and the kids examined.
var measured func(steps int)

// giveBack returns w to the pool unless it grew large: a map that was once large takes long to clear.
func (w *work) giveBack() {
	if measured != nil {
		measured(w.steps)
	}
	if w.steps <= 2*maxAsk {
		works.Put(w)
	}
}

// leaves reports whether the answers leave more than most kids of the table.
func (w *work) leaves(most int) bool {
	most += w.steps
	var visit func(id int32)
	visit = func(id int32) {
		n := w.table.nodes[id]
		if w.memo[id] != unseen || int(n.fact) == len(w.table.sizes) || w.steps > most {
			return
		}
		w.memo[id] = id
		possible := w.table.possible(int(n.fact), w.answers)
		w.steps += len(w.table.next(n))
		for class, below := range w.table.next(n) {
			if w.table.classes[n.fact][class].meets(possible) {
				visit(below)
			}
		}
	}
	visit(w.table.root)
	w.forget()
	return w.steps > most
}

// forget marks all nodes of the table as unseen.
func (w *work) forget() {
	w.memo = w.memo[:0]
	for range w.table.nodes {
		w.memo = append(w.memo, unseen)
	}
}

// collect adds up the leaves below a node of the table that the answers leave.
func (w *work) collect(id int32) {
	if w.memo[id] != unseen || id == void {
		return
	}
	w.memo[id] = id
	if label, leaf := w.table.label(id); leaf {
		v := w.table.verdicts[label]
		w.total = w.total.and(v.sum(), w.reached)
		w.any = w.any.or(v.Hits)
		w.reached, w.gap = true, w.gap || v.Outcome < 0
		return
	}
	n := w.table.nodes[id]
	possible := w.table.possible(int(n.fact), w.answers)
	w.steps += len(w.table.next(n))
	for class, next := range w.table.next(n) {
		if w.table.classes[n.fact][class].meets(possible) {
			w.collect(next)
		}
	}
}

// and returns what two sums have in common. It ignores s unless reached is set.
func (s sum) and(t sum, reached bool) sum {
	if !reached {
		return t
	}
	return sum{s.possible.or(t.possible), s.reasons.and(t.reasons)}
}

func (v verdict) sum() sum {
	s := sum{reasons: v.Hits}
	if v.Outcome >= 0 {
		s.possible = s.possible.with(v.Outcome)
	}
	return s
}

// restrict returns the node for what the answers leave of a node of the table.
func (w *work) restrict(id int32) int32 {
	if id == void {
		return void
	}
	if w.memo[id] == unseen {
		w.memo[id] = w.left(id)
	}
	return w.memo[id]
}

func (w *work) left(id int32) int32 {
	if w.full() {
		return void
	}
	if label, leaf := w.table.label(id); leaf {
		s := w.table.verdicts[label].sum()
		if w.outcomes {
			s.reasons = Bits{}
		}
		return w.leaf(w.number(s))
	}
	n := w.table.nodes[id]
	var buffer [256]int32
	next := buffer[:0]
	v := w.answers.At(int(n.fact))
	possible := w.table.possible(int(n.fact), w.answers)
	for class, below := range w.table.next(n) {
		left := int32(void)
		if w.table.classes[n.fact][class].meets(possible) {
			left = w.restrict(below)
		}
		next = append(next, left)
	}
	if v == Unknown && !w.joined || v == Unanswered && !(w.joined && w.table.waits(int(n.fact), w.answers)) {
		return w.ask(int(n.fact), next)
	}
	made := int32(void)
	for _, below := range next {
		made = w.join(made, below, w.common)
	}
	return made
}

// mayAsk returns the open facts that some completion of the answers asks or, with onlyNext, just the first one to
// ask.
func (w *work) mayAsk(onlyNext bool) (facts Bits) {
	last := int32(len(w.table.sizes))
	w.forget()
	var visit func(id int32)
	visit = func(id int32) {
		n := w.table.nodes[id]
		f := int(n.fact)
		if w.memo[id] != unseen || n.fact >= last {
			return
		}
		w.memo[id] = id
		possible := w.table.possible(f, w.answers)
		var buffer [256]int32
		next := buffer[:0]
		w.steps += len(w.table.next(n))
		for class, below := range w.table.next(n) {
			if below != void && w.table.classes[f][class].meets(possible) && !slices.Contains(next, below) {
				next = append(next, below)
			}
		}
		switch asks := len(next) > 1; {
		case asks && onlyNext && w.answers.At(f) == Unanswered && !w.table.waits(f, w.answers):
			last = n.fact
			return
		case asks && w.answers.At(f) < 0:
			facts = facts.with(f)
		}
		for _, below := range next {
			visit(below)
		}
	}
	visit(w.table.root)
	if onlyNext {
		return firstBits(len(w.table.sizes)).and(Bits{}.with(int(last)))
	}
	return facts
}

// asks returns the facts asked at or below a node whose answers matter.
func (w *work) asks(root int32) (facts Bits) {
	seen := map[int32]bool{}
	var visit func(id int32)
	visit = func(id int32) {
		n := w.nodes[id]
		if seen[id] || int(n.fact) == len(w.classes) {
			return
		}
		seen[id] = true
		if w.asked(id) == id {
			facts = facts.with(int(n.fact))
		}
		for class := range w.classes[n.fact] {
			visit(w.next(n)[class])
		}
	}
	visit(root)
	return facts
}

func (w *work) number(s sum) int32 {
	label, ok := w.labels[s]
	if !ok {
		label = int32(len(w.sums))
		w.sums, w.labels[s] = append(w.sums, s), label
	}
	return label
}

func (w *work) common(a, b int32) int32 { return w.number(w.sums[a].and(w.sums[b], true)) }
