package ruleset

import (
	"iter"
	"math/bits"

	"helpcenter/site/diag"
)

// Limits of a checker. They are checked before the table is built.
const (
	maxCases  = 1 << 22 // cases of one table
	maxStates = 20_000  // state pages of one checker, in each language
	maxRules  = 256     // what Bits holds
	maxValues = 250     // of one fact: Bits, and Answers in a byte
	maxFacts  = 22      // follows from maxCases, for a fact has two values at least
	maxGroups = 256
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

// compile builds the diagram of the table and, if its states are few enough, the
// table.
func (r *Ruleset) compile() []diag.Finding {
	accepts := make([][]Bits, len(r.Facts)) // by fact and class: rules
	classes := make([][]Bits, len(r.Facts))
	for f := range r.Facts {
		accepts[f], classes[f] = r.classify(f)
	}
	r.diagram = newDiagram(r, accepts, classes)
	if found := r.tooManyStates(); found != nil {
		return found
	}
	t := &r.table
	t.grid = newGrid(classes)
	for f, fact := range r.Facts {
		t.offset = append(t.offset, t.offsets(f, len(fact.Values)))
	}
	t.cells = make([]uint32, 0, t.size())
	t.fill(r.diagram, r.diagram.root, 0, map[int]uint32{})
	return nil
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

// classify parts the values of a fact into classes by the rules that accept
// them, in the order of their first values.
func (r *Ruleset) classify(fact int) (accepts, classes []Bits) {
	class := map[Bits]int{}
	for v := range r.Facts[fact].Values {
		var by Bits
		for i, rule := range r.Rules {
			if rule.When[fact].Has(v) {
				by = by.with(i)
			}
		}
		c, ok := class[by]
		if !ok {
			c = len(classes)
			class[by] = c
			accepts, classes = append(accepts, by), append(classes, Bits{})
		}
		classes[c] = classes[c].with(v)
	}
	return accepts, classes
}

// eval returns the verdict of a complete case, and false where some fact is
// open. It allocates nothing.
func (r *Ruleset) eval(a Answers) (verdict, bool) {
	cell := 0
	for f, offset := range r.table.offset {
		v := a.At(f)
		if v < 0 {
			return verdict{Outcome: -1}, false
		}
		cell += offset[v]
	}
	return r.table.at(cell), true
}
