package rules

import "iter"

// Limits of a checker. They are checked before the table is built.
const (
	MaxCases  = 1 << 22 // cases of one table
	MaxStates = 20_000  // state pages of one checker, in each language
	maxRules  = 256     // what Bits holds
	maxValues = 250     // of one fact: Bits, and Answers in a byte
	maxFacts  = 22      // follows from MaxCases, for a fact has two values at least
)

// table holds the verdict of every case. Values of a fact that no rule tells
// apart share a class, and cases that differ only within classes share a cell:
// the 456 cases of cancel-online are 36 cells, which is why whole parts of the
// table can be looked through when facts are open.
type table struct {
	grid
	offset   [][]int  // by fact and value: what it adds to the index of the cell
	cells    []uint32 // numbers of verdicts, the last fact counting fastest
	verdicts []Verdict
}

// A Verdict is what the table says of one case. Cases get the same verdict
// where the same rules hit.
type Verdict struct {
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
	return func(yield func(int) bool) { g.walk(base, facts, yield) }
}

func (g *grid) walk(base int, facts Bits, yield func(int) bool) bool {
	f := facts.First()
	if f < 0 {
		return yield(base)
	}
	rest := facts.Without(f)
	for range g.classes[f] {
		if !g.walk(base, rest, yield) {
			return false
		}
		base += g.strides[f]
	}
	return true
}

// compile builds the table. The rules that hit a case are those that accept
// the value of each of its facts, so what accepts the first values is worked
// out once for all cases that begin alike.
func (r *Ruleset) compile() {
	accepts := make([][]Bits, len(r.Facts)) // by fact and class: rules
	classes := make([][]Bits, len(r.Facts))
	for f := range r.Facts {
		accepts[f], classes[f] = r.classify(f)
	}
	t := &r.table
	t.grid = newGrid(classes)
	for f, fact := range r.Facts {
		t.offset = append(t.offset, t.offsets(f, len(fact.Values)))
	}
	c := compiler{accepts: accepts, cells: make([]uint32, 0, t.size()), numbers: map[Bits]uint32{}}
	c.fill(0, firstBits(len(r.Rules)))
	t.cells = c.cells
	for _, hits := range c.verdicts {
		v := Verdict{Outcome: -1, Hits: hits}
		if !hits.Empty() { // rules stand in output order: the first hit is the highest
			v.Outcome = r.Rules[hits.First()].Then
		}
		t.verdicts = append(t.verdicts, v)
	}
}

// classify parts the values of a fact into classes by the rules that accept
// them, in the order of their first values.
func (r *Ruleset) classify(fact int) (accepts, classes []Bits) {
	class := map[Bits]int{}
	for v := range r.Facts[fact].Values {
		var by Bits
		for i, rule := range r.Rules {
			if rule.When[fact].Has(v) {
				by = by.With(i)
			}
		}
		c, ok := class[by]
		if !ok {
			c = len(classes)
			class[by] = c
			accepts, classes = append(accepts, by), append(classes, Bits{})
		}
		classes[c] = classes[c].With(v)
	}
	return accepts, classes
}

type compiler struct {
	accepts  [][]Bits
	cells    []uint32
	verdicts []Bits // by number: the rules that hit
	numbers  map[Bits]uint32
}

// fill appends the cells of the cases in which, as far as the facts before
// fact go, the rules in hits are still standing.
func (c *compiler) fill(fact int, hits Bits) {
	if fact == len(c.accepts) {
		c.cells = append(c.cells, c.number(hits))
		return
	}
	for _, by := range c.accepts[fact] {
		c.fill(fact+1, hits.And(by))
	}
}

func (c *compiler) number(hits Bits) uint32 {
	n, ok := c.numbers[hits]
	if !ok {
		n = uint32(len(c.verdicts))
		c.numbers[hits] = n
		c.verdicts = append(c.verdicts, hits)
	}
	return n
}

// Eval returns the verdict of a complete case, and false where some fact is
// open. It allocates nothing.
func (r *Ruleset) Eval(a Answers) (Verdict, bool) {
	cell := 0
	for f, offset := range r.table.offset {
		v := a.At(f)
		if v < 0 {
			return Verdict{Outcome: -1}, false
		}
		cell += offset[v]
	}
	return r.table.at(cell), true
}

func (t *table) at(cell int) Verdict { return t.verdicts[t.cells[cell]] }
