// Package ruleset decides: facts in, decision out. It holds no prose, no HTML and
// no HTTP, and nothing about a particular checker: that is all in its file.
// What such a file may say is in the comment of package rules.
//
// [Load] compiles each file of a folder into a [Ruleset]. Its table holds the verdict
// of every case as a reduced decision diagram, so that nothing grows with the number
// of cases: a case is looked up by following its answers, and what is said of many
// cases is worked out on the nodes that they share. [Ruleset.Decide] takes [Answers]
// of which any may be missing or unknown and is exact over all their completions: "I
// don't know" is not a value but leaves the fact open. A decision says what is
// possible, which reasons hold whatever the open facts are, what to ask next, which
// answers settle it, and what a person could change for the better. It never asks what
// can change neither outcome nor reasons any more; while a fact is unknown, that is
// judged over all its values together.
//
// A state of the questions is a page: [Ruleset.States] lists them,
// [Ruleset.Canonical] leads any answers to theirs, and [Ruleset.Segments] and
// [Ruleset.ParsePath] make and read its path. [Ruleset.Rows] is the whole table
// with as few rows as merging leaves, [Diff] what a change of rules changes,
// [Ruleset.Trace] why a rule did or did not hit, [Ruleset.Schedule] the dates, and
// [Ruleset.Test] what came of examples and invariants.
//
// Rules cannot see articles or words. [Ruleset.References] and
// [Ruleset.Messages] say which sections and which messages they need, and where
// in the file to complain when one is missing.
package ruleset

import (
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"

	"helpcenter/site/unary"
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
	Anchors   []Anchor
	Dates     []Date
	Holidays  civil.Holidays // for dates in working days
	Position  diag.Position

	rank       []int // by outcome: 0 for the best; empty where nothing ranks them
	references []Reference
	examples   []example
	invariants []invariant
	impossible []impossible
	version    string

	*table
}

// A Fact is one question with a closed list of answers: values, sets of them, or cells of
// numbers or days, which no rule tells apart.
type Fact struct {
	ID         string
	Type       string           // "", [Number], [Days] or [SetOf]
	From       string           // the checker whose outcomes are the values; may be empty
	Values     []string         // names of the answers
	Elements   []string         // of a set: what it may have
	Domain     unary.Domain     // of numbers and days
	Cells      []unary.Interval // of numbers and days, as Values names them
	NoUnknown  bool             // it is no answer not to know it
	unknownAs  int              // what not to know it counts as, or -1
	onlyIf     Box              // where it is asked; nil for everywhere
	sometimes  bool             // it has an onlyIf
	FindOut    string           // for those who do not know, a [Reference]; may be empty
	Changeable *changeable      // nil where nobody can do anything about it
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

	Position diag.Position
}

// An Outcome is an answer that the checker can give.
type Outcome struct {
	ID       string
	Alone    bool     // no other rule may hit where it stands
	Show     []string // of a [Reference] each
	Action   string   // the id of a link of site.toml, or of a checker, where the reader can act; may be empty
	Position diag.Position
}

// A Rule gives an outcome to the cases of its box, and a reason for it.
type Rule struct {
	ID        string
	When      Box      // with limits, the smallest box of all parts
	parts     []Box    // the cases, as boxes: one for each number of a limit; nil for When alone
	Then      int      // an outcome
	otherwise int      // how many cases it has, if these are those of no other rule; else -1
	Cite      string   // the [Reference] that says so; may be empty
	Facts     []string // what it rests on
	Position  diag.Position
}

// A limit is a number that depends on a fact: tests may name it in the place of a number.
type limit struct {
	id      string
	by      int // a fact
	numbers []limitNumber
}

type limitNumber struct {
	text   string
	values Bits // of the fact
}

// impossible is a box of answers that cannot be.
type impossible struct {
	when    Box
	because string
}

// A Reference is what the rules cite: a section, "path#section", the id of another checker, or
// the address of another site. Whether it exists is for those to prove who know the articles.
type Reference struct {
	Ref      string
	What     string // who cites it, such as `rule "trial-expires"`
	Action   bool   // it is that of an outcome, and may be the id of a link of site.toml
	Position diag.Position
}

// IsAddress reports whether a reference is an address, not a section.
func IsAddress(ref string) bool { return strings.Contains(ref, ":") }

// AddressMessage returns the end of the id of the message that says what is at an address.
func AddressMessage(address string) string {
	_, rest, _ := strings.Cut(strings.ToLower(address), "://")
	words := strings.FieldsFunc(rest, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	return "cite." + strings.Join(words, "-")
}

// Typed holds what readers typed, by the id of a fact or an anchor: a number, or a day as
// 2027-01-31. It says more than the cell that it lies in, which is what decides.
type Typed map[string]string

// An Anchor is a day that the reader gives and that decides nothing: dates are counted
// from it.
type Anchor struct {
	ID       string
	Position diag.Position
}

// A Date is a day that a reader has to know, counted in one step from an anchor, from a
// fact of days or from an earlier date. It stands where every completion of the answers
// is in its box.
type Date struct {
	ID       string
	When     Box
	Source   string   // the anchor or fact that it is counted from, directly or by way of other dates
	Deadline bool     // something must be done by that day
	Facts    []string // what it rests on
	Position diag.Position

	after int // the earlier date that it is counted from, or -1
	step  civil.Step
}

// example is a decision that the writer expects. What it gives may be several
// answers at once: it holds for each combination of them.
type example struct {
	given   [][]int // by fact: values, or Unknown, or Unanswered
	expect  Bits    // the outcomes that are possible then: one where decided
	reasons *Bits   // nil where nothing is said about them
	asks    *int    // a fact, or -1 for no question
	typed   Typed
	on      civil.Date
	days    []expectedDay // nil where nothing is said about them

	position diag.Position
}

type expectedDay struct {
	date int
	day  civil.Date
}

// What an invariant may exclude beside a certain outcome.
const (
	neverWorse     = "worse"     // by the ranking
	neverDifferent = "different" // in outcome or reasons
)

// invariant says what never happens in the cases given when some facts change
// in a certain way, or, where nothing changes, what never is their outcome.
type invariant struct {
	id       string
	given    Box // with the changed facts at the values they change from
	moves    []move
	never    string
	outcome  int // where never is an outcome, else -1
	position diag.Position
}

type move struct{ fact, to int }

// Fact returns the index of the fact of that id, or -1.
func (r *Ruleset) Fact(id string) int {
	return slices.IndexFunc(r.Facts, func(f Fact) bool { return f.ID == id })
}

func (r *Ruleset) anchor(id string) bool {
	return slices.ContainsFunc(r.Anchors, func(a Anchor) bool { return a.ID == id })
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
func (r *Ruleset) Cases() int { return r.table.count(r.root, everyLabel) }

// References returns all sections and addresses that the file names, in its order by kind:
// facts, outcomes, rules.
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

func ids[T any](list []T, id func(T) string) []string {
	names := make([]string, len(list))
	for i, item := range list {
		names[i] = id(item)
	}
	return names
}

// size returns how many values a fact has in a case: besides its answers one more, the
// last, if there are cases in which it has none.
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
