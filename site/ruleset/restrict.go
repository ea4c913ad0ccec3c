package ruleset

import "sync"

// work is the diagram of what some answers leave of a table, in the making.
type work struct {
	diagram
	table   *table
	answers Answers
	memo    []int32 // by node of the table: what became of it, or unseen

	joined   bool // unknown facts are joined, not kept
	outcomes bool // leaves are told apart by their outcomes alone

	sums    []sum // by label
	labels  map[sum]int32
	total   sum // of the leaves collected
	reached bool
	any     Bits // rules that hit in one of them
	gap     bool // one of them has no outcome
}

const unseen = -2

// maxWork bounds the nodes that joins make for one decision. Beyond it a fact may be
// asked that can no longer change anything.
const maxWork = 1 << 16

var works = sync.Pool{New: func() any { return &work{diagram: *newDiagram(nil), labels: map[sum]int32{}} }}

func borrow(t *table) *work {
	w := works.Get().(*work)
	w.table, w.limit = t, maxWork
	w.joined, w.outcomes, w.total, w.any, w.reached, w.gap = false, false, sum{}, Bits{}, false, false
	w.sums = append(w.sums[:0], sum{})
	clear(w.labels)
	w.reset(t.classes)
	w.none = t.none
	w.memo = w.memo[:0]
	for range t.nodes {
		w.memo = append(w.memo, unseen)
	}
	return w
}

func (w *work) giveBack() { works.Put(w) }

// collect adds the leaves below a node of the table that the answers leave.
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
	for class, next := range w.table.next(n) {
		if w.table.classes[n.fact][class].meets(possible) {
			w.collect(next)
		}
	}
}

// and returns what is common to two sums; the first counts only if it has been
// reached.
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

// restrict returns the node of what is left of one of the table.
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

// asks returns the facts that are asked at or below a node and matter.
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
