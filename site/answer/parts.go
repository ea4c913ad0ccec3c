package answer

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// Long is how many values a question may have before readers need help to find theirs.
const Long = 12

// A Part is a number of values shown together in a question.
type Part struct {
	Name   string // of a group of the rules; "" for values without a group
	Values []int  // indexes of values
}

// Parts returns the values of a fact by its index: first the groups that have a label, in the order of the file,
// then the values in none. A long question without such groups is one part, sorted alphabetically if every label
// begins with a letter.
func (c Checker) Parts(f int) (parts []Part) {
	headed := make([]bool, len(c.Set.Facts[f].Values))
	for _, g := range c.Set.Groups {
		name := c.GroupLabel(g)
		if g.Fact != f || name == "" {
			continue
		}
		parts = append(parts, Part{name, slices.Collect(g.Values.All())})
		for v := range g.Values.All() {
			headed[v] = true
		}
	}
	var rest []int
	for v := range c.Set.Facts[f].Values {
		if !headed[v] {
			rest = append(rest, v)
		}
	}
	label := func(v int) string { return c.Label(c.Set.Facts[f].ID, c.Set.Facts[f].Values[v]) }
	if parts == nil && c.InLetters(f) {
		locale.SortBy(c.Words, rest, label)
	}
	return append(parts, Part{"", rest})
}

// GroupLabel returns the heading of a group of values, or "" if the group is only for rules.
func (c Checker) GroupLabel(g ruleset.Group) string {
	fact := c.Set.Facts[g.Fact].ID
	if text := c.Optional("value." + fact + "." + g.ID); text != "" {
		return text
	}
	return c.Name(fact, g.ID)
}

// InLetters reports whether a fact, by its index, has more than [Long] values, all with labels that begin with a
// letter.
func (c Checker) InLetters(f int) bool {
	fact := c.Set.Facts[f]
	return fact.Type == "" && len(fact.Values) > Long && !slices.ContainsFunc(fact.Values, func(v string) bool {
		return Letter(c.Label(fact.ID, v)) == ""
	})
}

// Letter returns the letter of the alphabet that a label begins with, or "".
func Letter(label string) string {
	r, _ := utf8.DecodeRuneInString(norm.NFD.String(label))
	if !unicode.IsLetter(r) {
		return ""
	}
	return string(unicode.ToUpper(r))
}
