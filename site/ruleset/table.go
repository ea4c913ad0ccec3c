package ruleset

import "slices"

// What a file may contain. The manual in package rules states these numbers.
const (
	maxCases    = 1 << 22 // of one table
	maxStates   = 20_000  // pages of states of one checker, in each language
	maxRules    = 256     // counting one for each number of a limit; also the most outcomes, groups and limits
	maxValues   = 250     // of one fact, to fit in Bits and in the bytes of Answers
	maxElements = 7       // values of a set; each subset of them is a cell
	maxFacts    = 32
	maxNever    = 64 // boxes of impossible combinations, which Bits holds beside the rules
	maxDates    = 64
	maxChain    = 16 // dates counted from each other
	maxName     = 80 // bytes of an id
)

// What bounds the work on a file that uses all of that.
const (
	maxNumbers  = 1 << 17 // numbers that replace limits in tests
	maxProduct  = 1 << 40 // product of the numbers of values of all facts
	maxVisits   = 1 << 24 // to nodes and kids, by all examples together
	maxSize     = 1 << 17 // nodes and kids of a table
	maxCompared = 1 << 19 // steps to compare two diagrams
	maxListing  = 1 << 17 // nodes and kids, to list the states
	maxShared   = 1 << 10 // combinations of answers to facts that two checkers share
)

// A table holds the verdict of every case. It identifies facts, values, rules and outcomes only by index.
type table struct {
	*diagram  // its leaves are verdicts
	root      int32
	verdicts  []verdict // by label
	sizes     []int     // by fact: how many values it has in a case
	onlyIf    []Box     // by fact: where it is asked; nil for everywhere
	tests     [][]int   // by fact: the facts that its onlyIf tests
	boxes     []Box     // of the parts of the rules
	owners    []int     // by part: the rule
	never     []Box     // boxes of impossible combinations
	none      []int     // by fact: the class that stands for no value, or -1
	then      []int     // by rule: its outcome
	otherwise int       // the part that hits if no other does, or -1
	class     [][]uint8 // by fact and value

	questions *diagram // asked of a reader who knows every answer; nil if the table is too large
	start     int32
	pages     pages
}

// build builds the diagrams.
func (t *table) build() {
	t.verdicts, t.class = []verdict{{Outcome: -1}}, make([][]uint8, len(t.sizes))
	t.none, t.tests = make([]int, len(t.sizes)), make([][]int, len(t.sizes))
	classes := make([][]Bits, len(t.sizes))
	for f, size := range t.sizes {
		classes[f] = classify(f, size, slices.Concat(t.boxes, t.never))
		t.class[f] = make([]uint8, size)
		for c, class := range classes[f] {
			for v := range class.All() {
				t.class[f][v] = uint8(c)
			}
		}
		t.none[f] = -1
		if t.onlyIf[f] != nil {
			t.none[f] = int(t.class[f][size-1])
		}
		for g, values := range t.onlyIf[f] {
			if values.Len() < t.sizes[g] {
				t.tests[f] = append(t.tests[f], g)
			}
		}
	}
	labels := map[Bits]int32{} // by the rules that hit
	b := newRuleBuilder(classes, t.boxes, t.never, t.otherwise, func(parts Bits) int32 {
		hits := t.rules(parts)
		label, ok := labels[hits]
		if !ok {
			v := verdict{-1, hits}
			if first := hits.first(); first >= 0 {
				v.Outcome = t.then[first]
			}
			label = int32(len(t.verdicts))
			t.verdicts, labels[hits] = append(t.verdicts, v), label
		}
		return label
	})
	b.limit, b.none = maxSize, t.none
	t.diagram, t.root = b.diagram, b.build(0, b.all)
	if !b.full() {
		t.buildQuestions()
	}
	t.seal()
}

// rules returns the rules that the parts belong to.
func (t *table) rules(parts Bits) (rules Bits) {
	for part := range parts.All() {
		rules = rules.with(t.owners[part])
	}
	return rules
}

// possible returns the values that a fact may have after some answers. Where a fact is not asked, it has its last
// value.
func (t *table) possible(fact int, a Answers) Bits {
	values := t.answered(fact, a)
	if t.onlyIf[fact] == nil {
		return values
	}
	none := Bits{}.with(t.sizes[fact] - 1)
	switch {
	case t.inside(a, t.onlyIf[fact]):
		return values.minus(none)
	case t.outside(a, t.onlyIf[fact]):
		return none
	}
	return values
}

// answered returns the values that a fact may have according to its own answer alone.
func (t *table) answered(fact int, a Answers) Bits {
	values := firstBits(t.sizes[fact])
	v := a.At(fact)
	switch {
	case v < 0:
		return values
	case t.onlyIf[fact] == nil:
		return Bits{}.with(v)
	}
	return Bits{}.with(v).with(t.sizes[fact] - 1) // the last value means "not asked"
}

// inside reports whether every completion of the answers is in the box.
func (t *table) inside(a Answers, b Box) bool {
	for f, size := range t.sizes {
		if b[f].Len() < size && !t.possible(f, a).within(b[f]) {
			return false
		}
	}
	return true
}

// outside reports whether some fact keeps every completion of the answers out of the box.
func (t *table) outside(a Answers, b Box) bool {
	for f, size := range t.sizes {
		if b[f].Len() < size && !t.possible(f, a).meets(b[f]) {
			return true
		}
	}
	return false
}

// waits reports whether a fact is not asked because an unknown fact decides whether it has a value.
func (t *table) waits(fact int, a Answers) bool {
	box := t.onlyIf[fact]
	if box == nil || t.inside(a, box) {
		return false
	}
	for f, size := range t.sizes {
		if box[f].Len() < size && a.At(f) == Unknown {
			return true
		}
	}
	return false
}
