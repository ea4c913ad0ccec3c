// Package ruleset decides: facts in, decision out. It contains no prose, HTML or HTTP, and nothing about any
// particular checker, which is all in its file. The comment of package rules describes what such a file may
// contain.
//
// [Load] compiles each file of a folder into a [Ruleset]. Its table holds the verdict of every case as a reduced
// decision diagram, so nothing grows with the number of cases: a case is looked up by following its answers, and
// statements about many cases are computed on the nodes that they share. [Ruleset.Decide] takes [Answers], any of
// which may be missing or unknown, and is exact over all their completions: "I don't know" is not a value but
// leaves the fact open. A decision says what is possible, which reasons hold whatever the open facts are, what to
// ask next, which answers settle it, and what a person could change for the better. It never asks for a fact that
// can no longer change the outcome or the reasons; while a fact is unknown, that is judged over all its values
// together.
//
// Each state of the questions is a page: [Ruleset.States] lists them, [Ruleset.Canonical] reduces any answers to a
// state, and [Ruleset.Segments] and [Ruleset.ParsePath] write and read its path. [Ruleset.Rows] is the whole table
// in as few rows as merging allows, [Diff] shows what a change of rules changes, [Ruleset.Trace] why a rule did or
// did not hit, [Ruleset.Schedule] the dates, and [Ruleset.Test] the results of examples and invariants.
//
// Rules do not see articles or words. [Ruleset.References] and [Ruleset.Messages] say which sections and messages
// they need, and where in the file to report a missing one.
package ruleset

import (
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"

	"helpcenter/site/unary"
)

// A Ruleset is one version of one checker: a decision table whose every case has been computed and checked. It is
// immutable and may be used by many goroutines at once. Facts, values, outcomes, rules and dates are identified by
// their index in these lists.
type Ruleset struct {
	ID        string
	ValidFrom civil.Date // the first day on which it is in force; zero for always
	Facts     []Fact     // in the order in which they are asked
	Groups    []Group
	Outcomes  []Outcome // highest first
	Rules     []Rule    // in output order: by outcome, then as the file has them
	Anchors   []Anchor
	Dates     []Date
	Holidays  civil.Holidays // for dates in working days
	Position  diag.Position

	rank       []int // by outcome: 0 for the best; empty if they are not ranked
	references []Reference
	examples   []example
	invariants []invariant
	impossible []impossible
	version    string

	*table
}

// A Fact is one question with a closed list of answers: values, sets of values, or cells, which are ranges of
// numbers or days that no rule tells apart.
type Fact struct {
	ID         string
	Type       string           // "", [Number], [Days] or [SetOf]
	From       string           // the checker whose outcomes are the values; may be empty
	Values     []string         // the names of the answers
	Elements   []string         // of a set: its possible members
	Domain     unary.Domain     // of numbers and days
	Cells      []unary.Interval // of numbers and days, in the order of Values
	NoUnknown  bool             // "unknown" is not an answer
	unknownAs  int              // the value that "unknown" counts as, or -1
	onlyIf     Box              // where it is asked; nil for everywhere
	sometimes  bool             // it has an onlyIf
	FindOut    string           // a [Reference] for those who do not know; may be empty
	Changeable *changeable      // nil if nobody can change it
	Position   diag.Position
}

// A changeable fact can be changed from one of some values to a better one.
type changeable struct {
	From Bits // values
	To   int
	By   string // how: the id of a message, such as pay or wait
}

// A Group is a name for some values of a fact.
type Group struct {
	ID     string
	Fact   int
	Values Bits

	Position diag.Position
}

// An Outcome is an answer that the checker can give.
type Outcome struct {
	ID       string
	Alone    bool     // no other rule may hit where it is given
	Show     []string // a [Reference] each
	Action   string   // the id of a link of site.toml or of a checker where the reader can act; may be empty
	Position diag.Position
}

// A Rule gives an outcome, and a reason for it, to the cases of its box.
type Rule struct {
	ID        string
	When      Box      // with limits, the smallest box that contains all parts
	parts     []Box    // the boxes of its cases, one for each number of a limit; nil if When is the only one
	Then      int      // an outcome
	otherwise int      // the stated number of its cases, if these are those that no other rule hits; else -1
	Cite      string   // the [Reference] that it is based on; may be empty
	Facts     []string // what it is based on
	Position  diag.Position
}

// A limit is a number that depends on a fact. Tests may name it in place of a number.
type limit struct {
	id      string
	by      int // a fact
	numbers []limitNumber
}

type limitNumber struct {
	text   string
	values Bits // of the fact
}

// impossible is a box of answers that cannot occur.
type impossible struct {
	when    Box
	because string
}

// A Reference is something that the rules cite: a section, "path#section", the id of another checker, or an address
// on another site. Callers that have the articles must check that it exists.
type Reference struct {
	Ref      string
	What     string // who cites it, such as `rule "trial-expires"`
	Action   bool   // it is the action of an outcome, and may be the id of a link of site.toml
	Position diag.Position
}

// IsAddress reports whether a reference is an address, not a section.
func IsAddress(ref string) bool { return strings.Contains(ref, ":") }

// AddressMessage returns the end of the id of the message that describes an address.
func AddressMessage(address string) string {
	_, rest, _ := strings.Cut(strings.ToLower(address), "://")
	words := strings.FieldsFunc(rest, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	return "cite." + strings.Join(words, "-")
}

// Typed holds what readers typed, by the id of a fact or an anchor: a number, or a day such as 2027-01-31. It is
// more precise than the cell it lies in, which alone determines the decision.
type Typed map[string]string

// An Anchor is a day that the reader gives. It does not affect the decision; dates are counted from it.
type Anchor struct {
	ID       string
	Position diag.Position
}

// A Date is a day that a reader needs to know, counted in one step from an anchor, from a fact of days or from an
// earlier date. It applies if every completion of the answers is in its box.
type Date struct {
	ID       string
	When     Box
	Source   string   // the anchor or fact that it is counted from, directly or through other dates
	Deadline bool     // something must be done by that day
	Facts    []string // what it is based on
	Position diag.Position

	after int // the earlier date that it is counted from, or -1
	step  civil.Step
}

// example is a decision that the writer expects. It may give several answers to a fact, and holds for each
// combination of them.
type example struct {
	given   [][]int // by fact: values, or Unknown, or Unanswered
	expect  Bits    // the outcomes that are then possible; a single one if decided
	reasons *Bits   // nil if the example does not state them
	asks    *int    // a fact, or -1 for no question
	typed   Typed
	on      civil.Date
	days    []expectedDay // nil if the example does not state them

	position diag.Position
}

type expectedDay struct {
	date int
	day  civil.Date
}

// What an invariant may exclude besides an outcome.
const (
	neverWorse     = "worse"     // by the ranking
	neverDifferent = "different" // in outcome or reasons
)

// invariant says what never happens in the given cases when some facts change in a certain way or, if nothing
// changes, which outcome they never have.
type invariant struct {
	id       string
	given    Box // includes the values that the changed facts change from
	moves    []move
	never    string
	outcome  int // if never is an outcome, else -1
	position diag.Position
}

type move struct{ fact, to int }

// Fact returns the index of the fact with this id, or -1.
func (r *Ruleset) Fact(id string) int {
	return slices.IndexFunc(r.Facts, func(f Fact) bool { return f.ID == id })
}

func (r *Ruleset) anchor(id string) bool {
	return slices.ContainsFunc(r.Anchors, func(a Anchor) bool { return a.ID == id })
}

// Outcome returns the index of the outcome with this id, or -1.
func (r *Ruleset) Outcome(id string) int {
	return slices.IndexFunc(r.Outcomes, func(o Outcome) bool { return o.ID == id })
}

// Version returns a short hash of the file. Equal versions decide alike.
func (r *Ruleset) Version() string { return r.version }

// InForce reports whether the version is in force on a day, which it is from [Ruleset.ValidFrom] on. A zero day
// stands for any day.
func (r *Ruleset) InForce(day civil.Date) bool { return day.IsZero() || !day.Before(r.ValidFrom) }

// Cases returns the number of possible cases: the combinations of the facts' values, without impossible ones.
func (r *Ruleset) Cases() int { return r.table.count(r.root, func(int32) bool { return true }) }

// References returns all references in the file, ordered by kind: facts, outcomes, rules.
func (r *Ruleset) References() []Reference { return slices.Clone(r.references) }

func (r *Ruleset) factIDs() []string {
	return ids(r.Facts, func(f Fact) string { return f.ID })
}

func (r *Ruleset) outcomeIDs() []string {
	return ids(r.Outcomes, func(o Outcome) string { return o.ID })
}

func (r *Ruleset) ruleIDs() []string {
	return ids(r.Rules, func(r Rule) string { return r.ID })
}

// Reasons returns the ids of some rules, in output order.
func (r *Ruleset) Reasons(rules Bits) []string { return pick(r.ruleIDs(), rules) }

func ids[T any](list []T, id func(T) string) []string {
	names := make([]string, len(list))
	for i, item := range list {
		names[i] = id(item)
	}
	return names
}

// size returns how many values a fact has in a case: its answers and, if it has no value in some cases, one more,
// the last, for that.
func (r *Ruleset) size(fact int) int {
	if f := r.Facts[fact]; f.sometimes {
		return len(f.Values) + 1
	}
	return len(r.Facts[fact].Values)
}

// anything returns the box of all cases.
func (r *Ruleset) anything() Box {
	box := make(Box, len(r.Facts))
	for f := range r.Facts {
		box[f] = firstBits(r.size(f))
	}
	return box
}
