package ruleset

// Limits of a checker.
const (
	maxCases  = 1 << 22 // cases of one table
	maxStates = 20_000  // state pages of one checker, in each language
	maxRules  = 256     // and outcomes and groups
	maxValues = 250     // of one fact: Bits, and Answers in a byte
	maxFacts  = 22      // follows from maxCases, for a fact has two values at least
	maxVisits = 1 << 25 // of nodes, by all examples together
	maxSize   = 1 << 17 // of a table: nodes and their kids
)

// A table holds the verdict of every case. It knows facts, values, rules and outcomes
// by their indexes alone.
type table struct {
	*diagram // its leaves are verdicts
	root     int32
	verdicts []verdict // by label
	sizes    []int     // by fact: how many values it has in a case
	class    [][]uint8 // by fact and value

	questions *diagram // those asked of somebody who knows every answer; nil where the table is too large
	start     int32
}

// newTable builds the table of rules with some boxes, the first of which that hits gives
// the outcome.
func newTable(sizes []int, boxes []Box, then []int) *table {
	t := &table{verdicts: []verdict{{Outcome: -1}}, sizes: sizes, class: make([][]uint8, len(sizes))}
	classes := make([][]Bits, len(sizes))
	for f, size := range sizes {
		classes[f] = classify(f, size, boxes)
		t.class[f] = make([]uint8, size)
		for c, class := range classes[f] {
			for v := range class.All() {
				t.class[f][v] = uint8(c)
			}
		}
	}
	b := newRuleBuilder(classes, boxes, nil, func(hits Bits) int32 {
		v := verdict{-1, hits}
		if first := hits.first(); first >= 0 {
			v.Outcome = then[first]
		}
		t.verdicts = append(t.verdicts, v)
		return int32(len(t.verdicts) - 1)
	})
	b.limit = maxSize
	t.diagram, t.root = b.diagram, b.build(0, b.all)
	if !b.full() {
		t.buildQuestions()
	}
	t.seal()
	return t
}

// possible returns the values that a fact may have after an answer.
func (t *table) possible(fact, answer int) Bits {
	if answer < 0 {
		return firstBits(t.sizes[fact])
	}
	return Bits{}.with(answer)
}
