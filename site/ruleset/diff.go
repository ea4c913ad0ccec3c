package ruleset

import (
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/civil"
)

// What a [Change] is about.
const (
	factAdded      = "fact-added"
	factRemoved    = "fact-removed"
	valueAdded     = "value-added"
	valueRemoved   = "value-removed"
	outcomeChanged = "outcome"
	reasonsChanged = "reasons"
	orderChanged   = "order"         // the same reasons in another order
	casesAdded     = "cases-added"   // with a value that only the new rules have
	casesRemoved   = "cases-removed" // with a value that only the old rules had
)

// A Change is one difference between two rulesets: a fact or value that one of them lacks, or a box of cases that
// they decide differently.
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

// decided is the answer of a ruleset to a case, by name.
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

// Diff returns the cases whose outcome or reasons change from old to new, and the facts and values that only one of
// them has. Facts and values are matched by id; a ruleset that lacks a fact treats all its values alike. Diff fails
// if both together make more than [maxCases] cases, or if they differ in too many ways.
func Diff(old, new *Ruleset) ([]Change, error) {
	both := union(old, new)
	cases := 1
	for f := range both.Facts {
		if cases *= both.size(f); cases > maxCases || both.size(f) > maxValues {
			return nil, fmt.Errorf("%s and %s together make more than %d cases", old.Position.File, new.Position.File, maxCases)
		}
	}
	was, is := newSide(old, both), newSide(new, both)
	changes, ok := changedCases(both, was, is)
	if !ok {
		return nil, fmt.Errorf("%s and %s are too different to be compared; change less at once",
			old.Position.File, new.Position.File)
	}
	return append(vocabulary(both, was, is), changes...), nil
}

// union returns the facts, values and groups of both rulesets.
func union(old, new *Ruleset) *Ruleset {
	both := &Ruleset{}
	for _, f := range old.Facts {
		if n := new.Fact(f.ID); n >= 0 {
			f = f.with(new.Facts[n])
		}
		both.Facts = append(both.Facts, f)
	}
	for _, f := range new.Facts {
		if old.Fact(f.ID) < 0 {
			both.Facts = append(both.Facts, f)
		}
	}
	for _, g := range new.Groups {
		fact := both.Fact(new.Facts[g.Fact].ID)
		var values Bits
		for v, value := range both.Facts[fact].Values {
			if own := new.Facts[g.Fact].value(value, civil.Date{}); own >= 0 && g.Values.Has(own) {
				values = values.with(v)
			}
		}
		both.Groups = append(both.Groups, Group{g.ID, fact, values, g.Position})
	}
	return both
}

// with returns a fact that has the answers of both.
func (f Fact) with(g Fact) Fact {
	f.sometimes = f.sometimes || g.sometimes
	if f.numeric() && f.Type == g.Type && f.Domain.Step == g.Domain.Step && f.Domain.Decimals == g.Domain.Decimals {
		f.Domain.Min, f.Domain.Max = min(f.Domain.Min, g.Domain.Min), max(f.Domain.Max, g.Domain.Max)
		f.Cells, f.Values = f.Domain.Cut(slices.Concat(f.Cells, g.Cells)), nil
		for _, cell := range f.Cells {
			f.Values = append(f.Values, f.Domain.Name(cell))
		}
		return f
	}
	f.Type, f.Values = "", slices.Clone(f.Values) // facts of other kinds can only be compared by name
	for _, v := range g.Values {
		if !slices.Contains(f.Values, v) {
			f.Values = append(f.Values, v)
		}
	}
	return f
}

// A side is one of two rulesets, expressed in the facts and values of both.
type side struct {
	*Ruleset
	own   [][]int // by fact and value: its own value, or absent; whatever if it lacks the fact
	boxes []Box   // of its rules
	never []Box   // of the values that it lacks
}

const (
	absent   = -1
	whatever = -2
)

func newSide(r, both *Ruleset) side {
	s := side{Ruleset: r}
	for i, fact := range both.Facts {
		own := make([]int, both.size(i))
		f := r.Fact(fact.ID)
		var lacks Bits
		for v := range own {
			own[v] = whatever
			switch {
			case f >= 0 && v < len(fact.Values):
				own[v] = r.Facts[f].value(fact.Values[v], civil.Date{})
			case f >= 0 && r.Facts[f].sometimes:
				own[v] = len(r.Facts[f].Values)
			case f >= 0:
				own[v] = absent
			}
			if own[v] == absent {
				lacks = lacks.with(v)
			}
		}
		s.own = append(s.own, own)
		if !lacks.Empty() {
			box := both.anything()
			box[i] = lacks
			s.never = append(s.never, box)
		}
	}
	for _, rule := range r.Rules {
		for _, part := range rule.boxes() {
			s.boxes = append(s.boxes, s.translate(part, both))
		}
	}
	for _, box := range r.table.never {
		s.never = append(s.never, s.translate(box, both))
	}
	return s
}

// translate converts a box of one side to the facts and values of both.
func (s side) translate(box Box, both *Ruleset) Box {
	all := both.anything()
	for i, fact := range both.Facts {
		f := s.Fact(fact.ID)
		for v, own := range s.own[i] {
			if own >= 0 && !box[f].Has(own) {
				all[i] = all[i].without(v)
			}
		}
	}
	return all
}

// vocabulary lists the facts and values that one side lacks.
func vocabulary(both *Ruleset, old, new side) []Change {
	changes := []Change{}
	for f, fact := range both.Facts {
		switch {
		case old.Fact(fact.ID) < 0:
			changes = append(changes, Change{Kind: factAdded, Fact: fact.ID})
		case new.Fact(fact.ID) < 0:
			changes = append(changes, Change{Kind: factRemoved, Fact: fact.ID})
		}
		for v, value := range fact.Values {
			switch absent {
			case old.own[f][v]:
				changes = append(changes, Change{Kind: valueAdded, Fact: fact.ID, Value: value})
			case new.own[f][v]:
				changes = append(changes, Change{Kind: valueRemoved, Fact: fact.ID, Value: value})
			}
		}
	}
	return changes
}

// changedCases returns the boxes of cases whose answers differ, or false if finding them takes too long.
func changedCases(both *Ruleset, old, new side) (changes []Change, ok bool) {
	boxes := slices.Concat(old.boxes, old.never, new.boxes, new.never)
	classes := make([][]Bits, len(both.Facts))
	for f := range classes {
		classes[f] = classify(f, both.size(f), boxes)
	}
	was, before := old.answers(classes)
	is, after := new.answers(classes)
	type pair struct{ before, after *decided }
	pairs := []pair{{}}
	d := newDiagram(classes)
	d.limit = maxCompared
	root := d.product(was.diagram, is.diagram, was.root, is.root, func(a, b int32) int32 {
		p := pair{before[a], after[b]}
		if same(p.before, p.after) {
			return 0
		}
		pairs = append(pairs, p)
		return int32(len(pairs) - 1)
	})
	if d.full() {
		return nil, false
	}
	for _, patch := range d.patches(root) {
		p := pairs[patch.label]
		changes = append(changes, Change{
			Kind: kind(p.before, p.after), When: both.Conditions(patch.box), Cases: patch.box.Cases(),
			Before: p.before, After: p.after, words: words{both}.caseWords(patch.box),
		})
	}
	return changes, true
}

// answers returns the table of a side and its answers by label, nil for impossible combinations.
func (s side) answers(classes [][]Bits) (*ruleBuilder, []*decided) {
	list := []*decided{nil}
	b := newRuleBuilder(classes, s.boxes, s.never, s.otherwise, func(parts Bits) int32 {
		hits := s.rules(parts)
		list = append(list, &decided{s.Outcomes[s.Rules[hits.first()].Then].ID, s.Reasons(hits)})
		return int32(len(list) - 1)
	})
	b.root = b.build(0, b.all)
	return b, list
}

func kind(before, after *decided) string {
	switch {
	case before == nil:
		return casesAdded
	case after == nil:
		return casesRemoved
	case before.Outcome != after.Outcome:
		return outcomeChanged
	case slices.Equal(sorted(before.Reasons), sorted(after.Reasons)):
		return orderChanged
	}
	return reasonsChanged
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// same reports whether two answers agree, including the order of their reasons.
func same(a, b *decided) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Outcome == b.Outcome && slices.Equal(a.Reasons, b.Reasons)
}
