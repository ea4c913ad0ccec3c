package ruleset

import (
	"fmt"
	"slices"
	"strings"
)

// What a [Change] is about.
const (
	factAdded      = "fact-added"
	factRemoved    = "fact-removed"
	valueAdded     = "value-added"
	valueRemoved   = "value-removed"
	outcomeChanged = "outcome"
	reasonsChanged = "reasons"
	casesAdded     = "cases-added"   // with a value that only the new rules have
	casesRemoved   = "cases-removed" // with a value that only the old rules had
)

// A Change is one difference between two rulesets: a fact or value that one of
// them lacks, or a box of cases that they decide differently.
type Change struct {
	Kind  string `json:"kind"`
	Fact  string `json:"fact,omitempty"`
	Value string `json:"value,omitempty"`

	When   []Condition `json:"when,omitempty"` // the box, by name; empty for all cases
	Cases  int         `json:"cases,omitempty"`
	Before *decided    `json:"before,omitempty"`
	After  *decided    `json:"after,omitempty"`

	words string
}

// decided is what a ruleset says of a case, by name.
type decided struct {
	Outcome string   `json:"outcome"`
	Reasons []string `json:"reasons"`
}

// String returns the change as a sentence.
func (c Change) String() string {
	answer := func(a *decided) string {
		return fmt.Sprintf("%q (%s)", a.Outcome, strings.Join(a.Reasons, ", "))
	}
	switch {
	case c.Value != "":
		return fmt.Sprintf("%s: %q of fact %q", c.Kind, c.Value, c.Fact)
	case c.Fact != "":
		return fmt.Sprintf("%s: %q", c.Kind, c.Fact)
	case c.Before == nil:
		return fmt.Sprintf("%s: %s: %s", c.Kind, c.words, answer(c.After))
	case c.After == nil:
		return fmt.Sprintf("%s: %s: %s", c.Kind, c.words, answer(c.Before))
	}
	return fmt.Sprintf("%s: %s: from %s to %s", c.Kind, c.words, answer(c.Before), answer(c.After))
}

// Diff returns which cases change outcome or reasons from old to new, and which
// facts and values only one of them has. Facts and values are the same where
// their ids are; for a ruleset that lacks a fact, all its values are alike. It
// fails where both together make more than [maxCases] cases.
func Diff(old, new *Ruleset) ([]Change, error) {
	u := union(old, new)
	cases := 1
	for _, f := range u.both.Facts {
		if cases *= len(f.Values); cases > maxCases || len(f.Values) > maxValues {
			return nil, fmt.Errorf("%s and %s together make more than %d cases", old.Position.File, new.Position.File, maxCases)
		}
	}
	return append(u.vocabulary(), u.cases()...), nil
}

// merged is the space in which two rulesets are compared: the facts and values
// of both, parted into the classes that either tells apart.
type merged struct {
	both     *Ruleset // facts and groups only
	old, new side
	grid
}

// side is one of the rulesets, as seen from the merged facts and values.
type side struct {
	*Ruleset
	offset [][]int // by merged fact and value; absent where it lacks the value
}

const absent = -1

func union(old, new *Ruleset) merged {
	both := &Ruleset{}
	for _, f := range old.Facts {
		fact := Fact{ID: f.ID, Values: slices.Clone(f.Values)}
		if n := new.Fact(f.ID); n >= 0 {
			for _, v := range new.Facts[n].Values {
				if !slices.Contains(fact.Values, v) {
					fact.Values = append(fact.Values, v)
				}
			}
		}
		both.Facts = append(both.Facts, fact)
	}
	for _, f := range new.Facts {
		if old.Fact(f.ID) < 0 {
			both.Facts = append(both.Facts, Fact{ID: f.ID, Values: f.Values})
		}
	}
	for _, g := range new.Groups {
		var values Bits
		fact := both.Fact(new.Facts[g.Fact].ID)
		for v := range g.Values.All() {
			values = values.with(slices.Index(both.Facts[fact].Values, new.Facts[g.Fact].Values[v]))
		}
		both.Groups = append(both.Groups, Group{g.ID, fact, values})
	}
	m := merged{both: both, old: newSide(old, both), new: newSide(new, both)}
	m.grid = newGrid(m.classify())
	return m
}

func newSide(r, both *Ruleset) side {
	s := side{Ruleset: r, offset: make([][]int, len(both.Facts))}
	for i, fact := range both.Facts {
		s.offset[i] = make([]int, len(fact.Values))
		f := r.Fact(fact.ID)
		if f < 0 {
			continue
		}
		for j, value := range fact.Values {
			s.offset[i][j] = absent
			if v := slices.Index(r.Facts[f].Values, value); v >= 0 {
				s.offset[i][j] = r.table.offset[f][v]
			}
		}
	}
	return s
}

// classify parts the values of each fact by what either side makes of them.
func (m merged) classify() [][]Bits {
	classes := make([][]Bits, len(m.both.Facts))
	for f, fact := range m.both.Facts {
		class := map[[2]int]int{}
		for v := range fact.Values {
			key := [2]int{m.old.offset[f][v], m.new.offset[f][v]}
			if _, ok := class[key]; !ok {
				class[key] = len(classes[f])
				classes[f] = append(classes[f], Bits{})
			}
			classes[f][class[key]] = classes[f][class[key]].with(v)
		}
	}
	return classes
}

// vocabulary lists the facts and values that one side lacks.
func (m merged) vocabulary() []Change {
	changes := []Change{}
	for f, fact := range m.both.Facts {
		inOld, inNew := m.old.Fact(fact.ID) >= 0, m.new.Fact(fact.ID) >= 0
		switch {
		case !inOld:
			changes = append(changes, Change{Kind: factAdded, Fact: fact.ID})
		case !inNew:
			changes = append(changes, Change{Kind: factRemoved, Fact: fact.ID})
		}
		for v, value := range fact.Values {
			switch {
			case m.old.offset[f][v] == absent:
				changes = append(changes, Change{Kind: valueAdded, Fact: fact.ID, Value: value})
			case m.new.offset[f][v] == absent:
				changes = append(changes, Change{Kind: valueRemoved, Fact: fact.ID, Value: value})
			}
		}
	}
	return changes
}

// cases labels every cell of the merged grid with the pair of verdicts that it
// has, unless both say the same, and merges what is labelled.
func (m merged) cases() []Change {
	type pair struct{ old, new int } // numbers of verdicts, or absent
	var pairs []pair
	numbers := map[pair]uint32{}
	labels := make([]uint32, 0, m.size())
	m.each(func(oldCell, newCell int) {
		p := pair{m.old.verdict(oldCell), m.new.verdict(newCell)}
		n, ok := numbers[p]
		if !ok {
			n = unlabelled
			if !same(m.old.answer(p.old), m.new.answer(p.new)) {
				n = uint32(len(pairs))
				pairs = append(pairs, p)
			}
			numbers[p] = n
		}
		labels = append(labels, n)
	})
	var changes []Change
	for _, patch := range m.patches(labels) {
		p := pairs[patch.label]
		c := Change{When: m.both.Conditions(patch.box), Cases: patch.box.Cases(), words: words{m.both}.caseWords(patch.box)}
		c.Before, c.After = m.old.answer(p.old), m.new.answer(p.new)
		c.Kind = kind(c.Before, c.After)
		changes = append(changes, c)
	}
	return changes
}

func kind(before, after *decided) string {
	switch {
	case before == nil:
		return casesAdded
	case after == nil:
		return casesRemoved
	case before.Outcome != after.Outcome:
		return outcomeChanged
	}
	return reasonsChanged
}

// each calls f with the cells that both sides have for each cell of the grid,
// in its order.
func (m merged) each(f func(oldCell, newCell int)) { m.below(0, 0, 0, f) }

func (m merged) below(fact, oldCell, newCell int, f func(oldCell, newCell int)) {
	if fact == len(m.classes) {
		f(oldCell, newCell)
		return
	}
	for _, class := range m.classes[fact] {
		v := class.first()
		m.below(fact+1, plus(oldCell, m.old.offset[fact][v]), plus(newCell, m.new.offset[fact][v]), f)
	}
}

// plus adds an offset, where neither side of the sum is absent.
func plus(cell, offset int) int {
	if cell == absent || offset == absent {
		return absent
	}
	return cell + offset
}

// verdict returns the number of a cell's verdict.
func (s side) verdict(cell int) int {
	if cell == absent {
		return absent
	}
	return int(s.table.cells[cell])
}

func (s side) answer(verdict int) *decided {
	if verdict == absent {
		return nil
	}
	v := s.table.verdicts[verdict]
	return &decided{s.Outcomes[v.Outcome].ID, pick(s.ruleIDs(), v.Hits)}
}

// same reports whether two answers agree; reasons in whatever order.
func same(a, b *decided) bool {
	if a == nil || b == nil {
		return a == b
	}
	sorted := func(list []string) []string { return slices.Sorted(slices.Values(list)) }
	return a.Outcome == b.Outcome && slices.Equal(sorted(a.Reasons), sorted(b.Reasons))
}
