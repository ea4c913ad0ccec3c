package ruleset

import (
	"fmt"
	"slices"
	"strings"
)

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

// Words returns the box as a writer would put it, such as
// `contract = "monthly" and role = "other"`, or "" for the box of all cases.
func (r *Ruleset) Words(b Box) string {
	var parts []string
	for f, fact := range r.Facts {
		if b[f].Len() < len(fact.Values) {
			parts = append(parts, fact.ID+" = "+r.valueWords(f, b[f]))
		}
	}
	return strings.Join(parts, " and ")
}

// valueWords names the values of a fact: by their group where one fits, and no
// more than four of them one by one.
func (r *Ruleset) valueWords(fact int, values Bits) string {
	const most = 4
	for _, g := range r.Groups {
		if g.Fact == fact && g.Values == values {
			return fmt.Sprintf("%q", g.ID)
		}
	}
	var names []string
	for v := range values.All() {
		if len(names) == most && values.Len() > most+1 {
			names = append(names, fmt.Sprintf("%d more", values.Len()-most))
			break
		}
		names = append(names, fmt.Sprintf("%q", r.Facts[fact].Values[v]))
	}
	return either(names)
}

// caseWords counts the cases of a box and says which they are.
func (r *Ruleset) caseWords(b Box) string {
	words := ""
	if w := r.Words(b); w != "" {
		words = " with " + w
	}
	if n := b.Cases(); n != 1 {
		return fmt.Sprintf("all %d cases%s", n, words)
	}
	return "the case" + words
}

// either joins words as English does: a, b or c.
func either(words []string) string { return series(words, "or") }

// series joins words as English does, with a word such as "and" before the last.
func series(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

func quoted(words []string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = fmt.Sprintf("%q", w)
	}
	return list
}
