package ruleset

import (
	"iter"
	"math/bits"
	"slices"
)

// Limits of a checker. They are checked before the table is built.
const (
	maxCases  = 1 << 22 // cases of one table
	maxStates = 20_000  // state pages of one checker, in each language
	maxRules  = 256     // and outcomes and groups: what Bits holds
	maxValues = 250     // of one fact: Bits, and Answers in a byte
	maxFacts  = 22      // follows from maxCases, for a fact has two values at least
	maxVisits = 1 << 25 // of cells, by all examples and invariants together
)

// table holds the verdict of every case. Values of a fact that no rule tells
// apart share a class, and cases that differ only within classes share a cell:
// the 456 cases of cancel-online are 36 cells, which is why whole parts of the
// table can be looked through when facts are open.
type table struct {
	grid
	offset   [][]int   // by fact and value: what it adds to the index of the cell
	cells    []uint32  // the numbers of their verdicts, the last fact counting fastest
	verdicts []verdict // each once, in the order of their first cells
}

// A verdict is what the table says of one case.
type verdict struct {
	Outcome int  // -1 where no rule hits, which a published table excludes
	Hits    Bits // rules
}

// grid is the shape of a table: by fact, the classes of its values.
type grid struct {
	classes [][]Bits
	strides []int
}

func newGrid(classes [][]Bits) grid {
	g := grid{classes, make([]int, len(classes))}
	size := 1
	for f := len(classes) - 1; f >= 0; f-- {
		g.strides[f] = size
		size *= len(classes[f])
	}
	return g
}

// size returns the number of cells.
func (g *grid) size() int {
	if len(g.classes) == 0 {
		return 1
	}
	return g.strides[0] * len(g.classes[0])
}

// offsets returns for a fact what each of its n values adds to a cell's index.
func (g *grid) offsets(fact, n int) []int {
	list := make([]int, n)
	for c, class := range g.classes[fact] {
		for v := range class.All() {
			list[v] = c * g.strides[fact]
		}
	}
	return list
}

// region yields the cells that agree with the cell base on all facts but those
// given, of which base has the first classes.
func (g *grid) region(base int, facts Bits) iter.Seq[int] {
	return func(yield func(int) bool) { g.walk(base, facts[0], yield) }
}

// walk takes the facts as one word, which maxFacts fit: it is where open
// decisions spend their time.
func (g *grid) walk(base int, facts uint64, yield func(int) bool) bool {
	if facts == 0 {
		return yield(base)
	}
	f := bits.TrailingZeros64(facts)
	for range g.classes[f] {
		if !g.walk(base, facts&(facts-1), yield) {
			return false
		}
		base += g.strides[f]
	}
	return true
}

// fill appends the cells of the cases below a node, of which the facts before
// fact are answered. Numbers are those of verdicts, by node.
func (t *table) fill(d *diagram, id, fact int, numbers map[int]uint32) {
	n := d.nodes[id]
	switch {
	case fact == len(t.classes):
		number, ok := numbers[id]
		if !ok {
			number = uint32(len(t.verdicts))
			numbers[id] = number
			t.verdicts = append(t.verdicts, verdict{n.sum.possible.first(), n.sum.reasons})
		}
		t.cells = append(t.cells, number)
	case n.fact == fact:
		for _, next := range n.next {
			t.fill(d, next, fact+1, numbers)
		}
	default:
		start := len(t.cells)
		t.fill(d, id, fact+1, numbers)
		alike := t.cells[start:]
		for range t.classes[fact][1:] {
			t.cells = append(t.cells, alike...)
		}
	}
}

// at returns the verdict of a cell.
func (t *table) at(cell int) verdict { return t.verdicts[t.cells[cell]] }

// A diagram is the table as a graph, a reduced decision diagram: a node asks the
// first fact that still changes the decision, and each class of its values, and
// "unknown", leads to another node. Equal parts of the table share a node, so
// the states, which are the paths from the root, are counted without a walk
// through all of them.
type diagram struct {
	classes [][]Bits // by fact: its values, by what rules make of them
	nodes   []node
	root    int
	steps   int

	known    bool // it has all nodes that are reached without "unknown"
	complete bool // it has all nodes
}

type node struct {
	fact    int   // asked here; one past the last fact where no answer changes anything
	next    []int // nodes, by class of the answer
	unknown int   // the node that "unknown" leads to
	sum     sum   // where nothing is asked
}

// follow returns the node that an answer to the fact asked at a node leads to.
func (d *diagram) follow(id, answer int) int {
	n := d.nodes[id]
	if answer < 0 {
		return n.unknown
	}
	return n.next[slices.IndexFunc(d.classes[n.fact], func(class Bits) bool { return class.Has(answer) })]
}

// part is the part of the table that some answers leave.
type part struct {
	base                int  // its first cell
	unanswered, unknown Bits // facts
}

func (p part) open() Bits { return p.unanswered.or(p.unknown) }

// sum is what the cells of a region have in common.
type sum struct {
	possible Bits // outcomes of any
	reasons  Bits // rules that hit in all
}
