package ruleset

import "slices"

// A diagram represents a function of the facts as a reduced ordered decision diagram: a node asks the first fact
// that changes the result, and each class of its values leads to another node. Equal parts share a node, so the
// size depends little on the number of cases.
type diagram struct {
	classes [][]Bits // by fact: its values, grouped by where they lead
	nodes   []node
	kids    []int32          // of all nodes
	chains  map[uint64]int32 // numbers of lists, by the number of the list without its last member, and that member
	ids     map[int32]int32  // nodes, by the number of the list that they are made of
	joins   map[uint64]int32 // keyed by two nodes
	merges  map[uint64]int32
	none    []int // by fact: the class that stands for no value, or -1; nil if every fact always has one
	limit   int   // on kids plus nodes, and on half the steps; results beyond it are unusable; 0 for no limit
	steps   int   // taken to make nodes
}

// A node asks a fact, or is a leaf.
type node struct {
	fact    int32 // the fact asked here; one past the last fact for a leaf
	at      int32 // index of its first kid; for a leaf, its label
	partial bool  // void is reachable below
}

// void is the leaf for impossible combinations. Its label is 0.
const void = 0

// conflict is what [diagram.merge] returns for nodes that differ.
const conflict = -1

func newDiagram(classes [][]Bits) *diagram {
	d := &diagram{chains: map[uint64]int32{}, ids: map[int32]int32{}}
	d.joins, d.merges = map[uint64]int32{}, map[uint64]int32{}
	d.reset(classes)
	return d
}

func (d *diagram) reset(classes [][]Bits) {
	d.classes, d.nodes, d.kids, d.steps = classes, d.nodes[:0], d.kids[:0], 0
	clear(d.chains)
	clear(d.ids)
	clear(d.joins)
	clear(d.merges)
	d.leaf(0)
}

// seal frees what is needed only to make nodes.
func (d *diagram) seal() { d.chains, d.ids, d.joins, d.merges = nil, nil, nil, nil }

// next returns the kids of a node, by class of its fact.
func (d *diagram) next(n node) []int32 { return d.kids[n.at:][:len(d.classes[n.fact])] }

// label returns the label of a leaf, or false for an inner node.
func (d *diagram) label(id int32) (int32, bool) {
	n := d.nodes[id]
	return n.at, int(n.fact) == len(d.classes)
}

func (d *diagram) full() bool {
	return d.limit > 0 && (len(d.kids)+len(d.nodes) > d.limit || d.steps > 2*d.limit)
}

func pair(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// chain returns the number of the list that extends another by one member.
func (d *diagram) chain(list, last int32) int32 {
	key := pair(list, last)
	number, ok := d.chains[key]
	if !ok {
		number = int32(len(d.chains))
		d.chains[key] = number
	}
	return number
}

// add returns the node with a number, making it if necessary.
func (d *diagram) add(number int32, make func() node) int32 {
	id, ok := d.ids[number]
	if !ok {
		id = int32(len(d.nodes))
		d.nodes = append(d.nodes, make())
		d.ids[number] = id
	}
	return id
}

// leaf returns the leaf with a label.
func (d *diagram) leaf(label int32) int32 {
	fact := int32(len(d.classes))
	return d.add(d.chain(-1-fact, label), func() node { return node{fact, label, label == 0} })
}

// ask returns a node that asks a fact, or the common successor if the answer changes nothing.
func (d *diagram) ask(fact int, next []int32) int32 {
	d.steps += len(next)
	number := int32(-1 - fact)
	same, partial := true, false
	for _, id := range next {
		same = same && id == next[0]
		partial = partial || d.nodes[id].partial
		number = d.chain(number, id)
	}
	if same {
		return next[0]
	}
	return d.add(number, func() node {
		d.kids = append(d.kids, next...)
		return node{int32(fact), int32(len(d.kids) - len(next)), partial}
	})
}

// pairwise combines two nodes, which may be in other diagrams of the same classes: it asks the first fact that
// either asks, and lets f combine what they lead to. It stops as soon as f returns conflict.
func (d *diagram) pairwise(of, by *diagram, x, y int32, f func(x, y int32) int32) int32 {
	a, b := of.nodes[x], by.nodes[y]
	fact := min(a.fact, b.fact)
	var buffer [256]int32
	next := buffer[:len(d.classes[fact])]
	for class := range next {
		if next[class] = f(of.step(x, fact, class), by.step(y, fact, class)); next[class] == conflict {
			return conflict
		}
	}
	return d.ask(int(fact), next)
}

// step returns the node that a class of a fact leads to. If the node does not ask that fact, that is the node
// itself.
func (d *diagram) step(id, fact int32, class int) int32 {
	if n := d.nodes[id]; n.fact == fact {
		return d.kids[int(n.at)+class]
	}
	return id
}

// join returns the node of what two nodes have in common, whichever of them is reached. Two labels are combined by
// common.
func (d *diagram) join(x, y int32, common func(a, b int32) int32) int32 {
	switch {
	case x == y || y == void || d.full():
		return x
	case x == void:
		return y
	}
	key := pair(min(x, y), max(x, y))
	id, ok := d.joins[key]
	if ok {
		return id
	}
	d.steps++
	a, leafA := d.label(x)
	b, leafB := d.label(y)
	if leafA && leafB {
		id = d.leaf(common(a, b))
	} else {
		id = d.pairwise(d, d, x, y, func(x, y int32) int32 { return d.join(x, y, common) })
	}
	d.joins[key] = id
	return id
}

// merge returns one node for two that agree wherever both have a case, or conflict.
func (d *diagram) merge(x, y int32) int32 {
	switch {
	case x == y || y == void:
		return x
	case x == void:
		return y
	case d.full() || !d.nodes[x].partial && !d.nodes[y].partial:
		return conflict
	}
	key := pair(min(x, y), max(x, y))
	id, ok := d.merges[key]
	if !ok {
		if id = d.pairwise(d, d, x, y, d.merge); id != conflict && d.mixed(id) {
			id = conflict
		}
		d.merges[key] = id
	}
	return id
}

// mixed reports whether the fact that a node asks may have a value but may also have none.
func (d *diagram) mixed(id int32) bool {
	n := d.nodes[id]
	if int(n.fact) == len(d.classes) || d.none == nil || d.none[n.fact] < 0 {
		return false
	}
	values, none := false, false
	for class, next := range d.next(n) {
		switch {
		case next == void:
		case class == d.none[n.fact]:
			none = true
		default:
			values = true
		}
	}
	return values && none
}

// asked returns the first node, at or below the given one, whose answer matters. It skips facts whose values all
// lead to the same.
func (d *diagram) asked(id int32) int32 {
	for {
		n := d.nodes[id]
		if int(n.fact) == len(d.classes) {
			return id
		}
		same := int32(void)
		for i := 0; i < len(d.classes[n.fact]) && same != conflict; i++ {
			same = d.merge(same, d.next(n)[i])
		}
		if same == conflict {
			return id
		}
		id = same
	}
}

// product combines two nodes of other diagrams into one, with labels computed by f. The result is unusable if the
// diagram is full.
func (d *diagram) product(of, by *diagram, x, y int32, f func(a, b int32) int32) int32 {
	known := map[uint64]int32{}
	var visit func(x, y int32) int32
	visit = func(x, y int32) int32 {
		id, ok := known[pair(x, y)]
		if ok || d.full() {
			return id
		}
		a, leafA := of.label(x)
		b, leafB := by.label(y)
		if leafA && leafB {
			id = d.leaf(f(a, b))
		} else {
			id = d.pairwise(of, by, x, y, visit)
		}
		known[pair(x, y)] = id
		return id
	}
	return visit(x, y)
}

// rebuild copies a node of another diagram. Each node is first replaced by the one that seen returns for it, and each
// class of a fact leads to a copy of kid.
func (d *diagram) rebuild(
	of *diagram, id int32, seen func(id int32) int32, kid func(n node, class int) int32,
) int32 {
	known := map[int32]int32{}
	var visit func(id int32) int32
	visit = func(id int32) int32 {
		made, ok := known[id]
		if ok {
			return made
		}
		at := seen(id)
		n := of.nodes[at]
		if label, leaf := of.label(at); leaf {
			made = d.leaf(label)
		} else {
			next := make([]int32, len(d.classes[n.fact]))
			for class := range next {
				next[class] = visit(kid(n, class))
			}
			made = d.ask(int(n.fact), next)
		}
		known[id] = made
		return made
	}
	return visit(id)
}

// count returns the number of cases below a node that have a counted label.
func (d *diagram) count(root int32, counted func(label int32) bool) int {
	sizes := make([]int, len(d.classes)+1) // product of the sizes of all facts before one
	sizes[0] = 1
	for f, classes := range d.classes {
		n := 0
		for _, class := range classes {
			n += class.Len()
		}
		sizes[f+1] = sizes[f] * n
	}
	known := map[int32]int{}
	var below func(id int32) int // over the facts from the node's own on
	below = func(id int32) int {
		sum, ok := known[id]
		n := d.nodes[id]
		if label, leaf := d.label(id); leaf && label != 0 && counted(label) {
			return 1
		} else if ok || leaf {
			return sum
		}
		for class, next := range d.next(n) {
			skipped := sizes[d.nodes[next].fact] / sizes[n.fact+1]
			sum += d.classes[n.fact][class].Len() * skipped * below(next)
		}
		known[id] = sum
		return sum
	}
	return sizes[d.nodes[root].fact] * below(root)
}

// ruleBuilder builds the diagram of the rules that hit in each case.
type ruleBuilder struct {
	*diagram
	accepts [][]Bits // by fact and class: rules that accept it
	later   []Bits   // by fact: rules that depend on it or on a later one
	never   Bits     // boxes of impossible combinations
	all     Bits     // rules and never, without rest
	rest    Bits     // the rule that hits if no other does
	label   func(hits Bits) int32
	known   map[standing]int32
	root    int32
}

// standing holds the rules that can still hit once the facts before one are answered.
type standing struct {
	fact  int
	rules Bits
}

// build returns the node for the cases, from a fact on, in which the given rules can still hit.
func (b *ruleBuilder) build(fact int, rules Bits) int32 {
	for fact < len(b.accepts) && !b.tells(fact, rules) {
		fact++
	}
	if impossible := rules.and(b.never).minus(b.later[fact]); !impossible.Empty() {
		return void
	}
	key := standing{fact, rules}
	id, ok := b.known[key]
	switch {
	case ok || b.full():
		return id
	case fact == len(b.accepts):
		if rules.Empty() {
			rules = b.rest
		}
		id = b.leaf(b.label(rules))
	default:
		next := make([]int32, len(b.accepts[fact]))
		for class, by := range b.accepts[fact] {
			next[class] = b.build(fact+1, rules.and(by))
		}
		id = b.ask(fact, next)
	}
	b.known[key] = id
	return id
}

// tells reports whether some of the rules tell values of a fact apart.
func (b *ruleBuilder) tells(fact int, rules Bits) bool {
	return slices.ContainsFunc(b.accepts[fact], func(by Bits) bool { return !rules.within(by) })
}

// newRuleBuilder returns a builder for rules with the given boxes; never holds the boxes of impossible
// combinations.
func newRuleBuilder(
	classes [][]Bits, boxes, never []Box, otherwise int, label func(hits Bits) int32,
) *ruleBuilder {
	b := &ruleBuilder{diagram: newDiagram(classes), label: label, known: map[standing]int32{}}
	b.all = firstBits(len(boxes) + len(never))
	b.never = b.all.minus(firstBits(len(boxes)))
	if otherwise >= 0 {
		b.rest = b.rest.with(otherwise)
		b.all = b.all.minus(b.rest)
	}
	b.accepts, b.later = make([][]Bits, len(classes)), make([]Bits, len(classes)+1)
	list := slices.Concat(boxes, never)
	for f := len(classes) - 1; f >= 0; f-- {
		b.later[f] = b.later[f+1]
		b.accepts[f] = make([]Bits, len(classes[f]))
		for i, box := range list {
			for c, class := range classes[f] {
				if class.within(box[f]) {
					b.accepts[f][c] = b.accepts[f][c].with(i)
				} else {
					b.later[f] = b.later[f].with(i)
				}
			}
		}
	}
	return b
}

// classify groups the first n values of a fact by the boxes that contain them, ordered by their first values.
func classify(fact, n int, boxes []Box) (classes []Bits) {
	number := map[string]int{}
	key := make([]byte, (len(boxes)+7)/8)
	for v := range n {
		clear(key)
		for i, box := range boxes {
			if box[fact].Has(v) {
				key[i/8] |= 1 << (i % 8)
			}
		}
		c, ok := number[string(key)]
		if !ok {
			c = len(classes)
			number[string(key)] = c
			classes = append(classes, Bits{})
		}
		classes[c] = classes[c].with(v)
	}
	return classes
}
