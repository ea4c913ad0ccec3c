package ruleset

import "slices"

// A Box is a set of cases: for each fact, in their order, the values that it
// takes in. What a rule's `when` says is a box, and so is a row of the table.
type Box []Bits

// Cases returns the number of cases in the box.
func (b Box) Cases() int {
	n := 1
	for _, values := range b {
		n *= values.Len()
	}
	return n
}

// and returns the cases that are in both boxes.
func (b Box) and(c Box) Box {
	both := slices.Clone(b)
	for f := range both {
		both[f] = b[f].and(c[f])
	}
	return both
}

// anything returns the box of all cases.
func (r *Ruleset) anything() Box {
	box := make(Box, len(r.Facts))
	for f, fact := range r.Facts {
		box[f] = firstBits(len(fact.Values))
	}
	return box
}

// A Condition is what a box says about one fact, by name.
type Condition struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"`
}

// Conditions returns what the box says about each fact, without those that may
// have any value.
func (r *Ruleset) Conditions(b Box) []Condition {
	list := []Condition{}
	for f, fact := range r.Facts {
		if b[f].Len() < len(fact.Values) {
			list = append(list, Condition{fact.ID, pick(fact.Values, b[f])})
		}
	}
	return list
}
