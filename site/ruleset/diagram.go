package ruleset

import (
	"encoding/binary"
	"math"
	"slices"
)

// The work of building a diagram is bounded: it counts up to maxNodes states, or
// more where they share nodes. A checker of [maxStates] states stays far below.
const (
	maxNodes = 1 << 15
	maxSteps = 1 << 20
)

// diagramBuilder makes nodes, each once.
type diagramBuilder struct {
	*diagram
	accepts [][]Bits // by fact and class: rules
	then    []int    // by rule: its outcome
	hits    map[standing]int
	leaves  map[sum]int
	inner   map[string]int // by fact and next
	joined  map[string]int // by the nodes joined
}

// standing is the rules that still stand when the facts before one are answered.
type standing struct {
	fact  int
	rules Bits
}

// newDiagram returns the diagram of some rules, as far as the limits allow.
func newDiagram(r *Ruleset, accepts, classes [][]Bits) *diagram {
	b := diagramBuilder{
		diagram: &diagram{classes: classes}, accepts: accepts, hits: map[standing]int{},
		leaves: map[sum]int{}, inner: map[string]int{}, joined: map[string]int{},
	}
	for _, rule := range r.Rules {
		b.then = append(b.then, rule.Then)
	}
	b.root = b.build(0, firstBits(len(r.Rules)))
	if b.known = !b.full(); b.known {
		b.expand(b.root)
		b.complete = !b.full()
	}
	return b.diagram
}

func (d *diagram) full() bool { return d.steps > maxSteps || len(d.nodes) > maxNodes }

// build returns the node of the cases in which some rules still stand.
func (b *diagramBuilder) build(fact int, rules Bits) int {
	for fact < len(b.accepts) && !b.tells(fact, rules) {
		fact++
	}
	key := standing{fact, rules}
	id, ok := b.hits[key]
	switch {
	case ok || b.full():
		return id
	case fact == len(b.accepts):
		s := sum{reasons: rules}
		if first := rules.first(); first >= 0 {
			s.possible = s.possible.with(b.then[first])
		}
		id = b.leaf(s)
	default:
		next := make([]int, len(b.accepts[fact]))
		for class, by := range b.accepts[fact] {
			next[class] = b.build(fact+1, rules.and(by))
		}
		id = b.ask(fact, next)
	}
	b.hits[key] = id
	return id
}

// tells reports whether some of the rules tell values of a fact apart.
func (b *diagramBuilder) tells(fact int, rules Bits) bool {
	return slices.ContainsFunc(b.accepts[fact], func(by Bits) bool { return !rules.within(by) })
}

func (b *diagramBuilder) leaf(s sum) int {
	id, ok := b.leaves[s]
	if !ok {
		id = b.add(node{fact: len(b.classes), sum: s})
		b.leaves[s] = id
	}
	return id
}

// ask returns the node that asks a fact, unless its answer changes nothing.
func (b *diagramBuilder) ask(fact int, next []int) int {
	if !slices.ContainsFunc(next, func(id int) bool { return id != next[0] }) {
		return next[0]
	}
	key := key(append([]int{fact}, next...))
	id, ok := b.inner[key]
	if !ok {
		id = b.add(node{fact: fact, next: next, unknown: -1})
		b.inner[key] = id
	}
	return id
}

func (b *diagramBuilder) add(n node) int {
	b.nodes = append(b.nodes, n)
	b.steps += 1 + len(n.next)
	return len(b.nodes) - 1
}

// expand leads "unknown" on from a node and from all below it.
func (b *diagramBuilder) expand(id int) {
	n := b.nodes[id]
	if n.fact == len(b.classes) || n.unknown >= 0 || b.full() {
		return
	}
	n.unknown = b.join(slices.Clone(n.next))
	b.nodes[id] = n
	for _, next := range append(n.next[:len(n.next):len(n.next)], n.unknown) {
		b.expand(next)
	}
}

// join returns the node of what is so whichever of some nodes is reached.
func (b *diagramBuilder) join(nodes []int) int {
	slices.Sort(nodes)
	nodes = slices.Compact(nodes)
	if len(nodes) == 1 {
		return nodes[0]
	}
	key := key(nodes)
	id, ok := b.joined[key]
	if ok || b.full() {
		return id
	}
	fact := len(b.classes)
	for _, id := range nodes {
		fact = min(fact, b.nodes[id].fact)
	}
	if fact == len(b.classes) {
		s := b.nodes[nodes[0]].sum
		for _, id := range nodes[1:] {
			s.possible, s.reasons = s.possible.or(b.nodes[id].sum.possible), s.reasons.and(b.nodes[id].sum.reasons)
		}
		id = b.leaf(s)
	} else {
		id = b.ask(fact, b.joinBelow(fact, nodes))
	}
	b.joined[key] = id
	return id
}

// joinBelow joins, by class of a fact, what some nodes lead to.
func (b *diagramBuilder) joinBelow(fact int, nodes []int) []int {
	next := make([]int, len(b.classes[fact]))
	for class := range next {
		b.steps += len(nodes)
		below := slices.Clone(nodes)
		for i, id := range nodes {
			if b.nodes[id].fact == fact {
				below[i] = b.nodes[id].next[class]
			}
		}
		next[class] = b.join(below)
	}
	return next
}

func key(numbers []int) string {
	var key []byte
	for _, n := range numbers {
		key = binary.LittleEndian.AppendUint32(key, uint32(n))
	}
	return string(key)
}

// states counts the states: without "unknown", unless it is set, and as if one
// fact had been answered so that the most remain, or -1 for none.
func (d *diagram) states(unknown bool, answered int) int {
	known := make([]int, len(d.nodes))
	var count func(id int) int
	count = func(id int) int {
		n := d.nodes[id]
		if known[id] > 0 {
			return known[id]
		}
		sum, most := 1, 1
		for class, next := range n.next {
			most = max(most, count(next))
			sum += d.classes[n.fact][class].Len() * count(next)
		}
		if unknown && len(n.next) > 0 {
			most = max(most, count(n.unknown))
			sum += count(n.unknown)
		}
		if n.fact == answered {
			sum = most
		}
		known[id] = sum
		return sum
	}
	return count(d.root)
}

// count returns the number of states, or, if that is not known exactly, a number
// that is exceeded.
func (d *diagram) count() (n int, exact bool) {
	switch {
	case d.complete:
		return d.states(true, -1), true
	case d.known:
		return max(len(d.nodes), d.states(false, -1)), false
	}
	return len(d.nodes), false // each is reached by some path
}

// multiplier returns the fact without which the fewest states would be left, and
// how many.
func (d *diagram) multiplier(unknown bool) (fact, least int) {
	least = math.MaxInt
	for f := range d.classes {
		if n := d.states(unknown, f); n < least {
			fact, least = f, n
		}
	}
	return fact, least
}
