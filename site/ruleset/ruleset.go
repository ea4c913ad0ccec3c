package ruleset

import (
	"slices"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// A Ruleset is one version of one checker: a decision table whose every case
// has been computed and judged. It is immutable and may be used by many
// goroutines at once. Facts, values, outcomes, rules and dates are named by
// their index in these lists.
type Ruleset struct {
	ID        string
	ValidFrom civil.Date // the first day on which it holds; the zero Date: always
	Facts     []Fact     // in the order in which they are asked
	Groups    []Group
	Outcomes  []Outcome // highest first
	Rules     []Rule    // in output order: by outcome, then as the file has them
	Dates     []Date
	Position  diag.Position

	rank       []int // by outcome: 0 for the best; empty where nothing ranks them
	references []Reference
	examples   []example
	invariants []invariant
	version    string
	table      table
	diagram    *diagram
}

// A Fact is one question with a closed list of answers.
type Fact struct {
	ID         string
	Values     []string
	FindOut    string      // the section for those who do not know, "path#section"; may be empty
	Changeable *changeable // nil where nobody can do anything about it
	Position   diag.Position
}

// A changeable fact can be brought from one of some values to a better one.
type changeable struct {
	From Bits // values
	To   int
	By   string // how, the id of a message: pay, wait
}

// A Group is a name for some values of a fact.
type Group struct {
	ID     string
	Fact   int
	Values Bits
}

// An Outcome is an answer that the checker can give.
type Outcome struct {
	ID       string
	Alone    bool     // no other rule may hit where it stands
	Show     []string // sections, "path#section"
	Position diag.Position
}

// A Rule gives an outcome to the cases of its box, and a reason for it.
type Rule struct {
	ID       string
	When     Box
	Then     int      // an outcome
	Cite     string   // the section that says so, "path#section"; may be empty
	Facts    []string // what it rests on
	Position diag.Position
}

// Fact returns the index of the fact of that id, or -1.
func (r *Ruleset) Fact(id string) int {
	return slices.IndexFunc(r.Facts, func(f Fact) bool { return f.ID == id })
}

// Outcome returns the index of the outcome of that id, or -1.
func (r *Ruleset) Outcome(id string) int {
	return slices.IndexFunc(r.Outcomes, func(o Outcome) bool { return o.ID == id })
}

// Version returns a short hash of the file: equal versions decide alike.
func (r *Ruleset) Version() string { return r.version }

// InForce reports whether the version holds on a day: it does from [Ruleset.ValidFrom]
// on. A zero day is any day.
func (r *Ruleset) InForce(day civil.Date) bool { return day.IsZero() || !day.Before(r.ValidFrom) }

// Cases returns the number of cases: all combinations of the facts' values.
func (r *Ruleset) Cases() int { return r.anything().Cases() }

func (r *Ruleset) factIDs() []string {
	return ids(r.Facts, func(f Fact) string { return f.ID })
}

func (r *Ruleset) outcomeIDs() []string {
	return ids(r.Outcomes, func(o Outcome) string { return o.ID })
}

func (r *Ruleset) ruleIDs() []string {
	return ids(r.Rules, func(r Rule) string { return r.ID })
}

func ids[T any](list []T, id func(T) string) []string {
	names := make([]string, len(list))
	for i, item := range list {
		names[i] = id(item)
	}
	return names
}
