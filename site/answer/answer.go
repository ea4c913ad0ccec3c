// Package answer puts decisions into words.
//
// Package ruleset decides by index: outcome 2, because rules 0 and 3 hit; ask for fact 1 next. A [Checker] is such
// a ruleset together with the words of one language. Its Decide method returns a [Decision], in which each of these
// has its name, its text and the section of an article that says so. Pages, the JSON API and the command line all
// show this one value, so they cannot disagree:
//
//	c := answer.Checker{Set: set, Words: words, Lang: "it", Cite: cite, Name: name}
//	a, typed, err := ruleset.Read(set, []string{"permit=none", "renewal=2027-01-31"}, today)
//	d := c.Decide(a, typed, today)
//
// Encoded as JSON, a Decision is what the API answers. Fields that JSON leaves out are for people: hints, the text
// below a heading, how to reach a better outcome.
//
// The id of every text begins with the id of the ruleset: <checker>.outcome.<id> is the title of an outcome,
// <checker>.rule.<id> a reason. [ruleset.Ruleset.Messages] lists them all. A missing message causes a panic, so
// check them once with [locale.Catalog.Require].
package answer

import (
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// Unknown is the value of a fact that the reader does not know.
const Unknown = "unknown"

// A Decision is what follows from some answers, in the words of a language. Lists and maps that JSON shows are
// never nil.
type Decision struct {
	Checker  string            `json:"checker"`
	Version  string            `json:"version"` // of the rules; equal versions decide alike
	Lang     string            `json:"lang"`
	Facts    map[string]string `json:"facts"` // the answers, [Unknown] among them
	Status   Status            `json:"status"`
	From     civil.Date        `json:"from,omitzero"` // while not in force: the first day that can be decided
	Outcome  *Outcome          `json:"outcome"`       // nil while open
	Reasons  []Reason          `json:"reasons"`       // those that hold whatever the answers to the open facts
	Ask      *Question         `json:"ask"`           // what to ask next; nil if no answer can change outcome or reasons
	Possible []string          `json:"possible"`      // ids of the outcomes that are still possible
	Changes  []Change          `json:"changes"`       // the nearest better outcomes and the best; none while open
	Dates    []Date            `json:"dates"`         // those whose source was typed

	Note     Text       `json:"-"` // said below any outcome; optional
	Notice   string     `json:"-"` // while not in force: a sentence that says from which day it will be
	Given    []Given    `json:"-"` // the answers, in the order of the questions
	Outcomes []Outcome  `json:"-"` // the possible ones
	Deciding []Question `json:"-"` // while open: what the outcome still depends on
}

// Status says whether a decision has been reached.
type Status string

// The states of a decision. It is decided when every combination of answers to the open facts leads to the same
// outcome. Before the first day of its rules it is not in force, and says only from which day it will be.
const (
	Decided    Status = "decided"
	Open       Status = "open"
	NotInForce Status = "not-in-force"
)

// An Outcome is one of the outcomes of a ruleset.
type Outcome struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Action *Action `json:"action"` // where the reader can act on the outcome; may be nil
	Text   Text    `json:"-"`      // optional
	Good   bool    `json:"-"`      // no other rule may hit beside its rule; see [ruleset.Outcome]
}

// An Action is a link of site.toml.
type Action struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

// A Reason is the text of a rule that hits.
type Reason struct {
	Rule string    `json:"rule"`
	Text Text      `json:"text"`
	Cite *Citation `json:"cite"` // may be nil
}

// A Citation is a section of an article, or a page of another site.
type Citation struct {
	Title string `json:"title"`
	URL   string `json:"url"` // root-absolute, or beginning with https://
	Lang  string `json:"-"`   // of the title, if not the language of the decision
}

// A Question asks for a fact.
type Question struct {
	Fact     string    `json:"fact"`
	Question string    `json:"question"`
	Values   []Value   `json:"values"`   // without [Unknown], which is allowed too
	FindOut  *Citation `json:"find_out"` // for readers who do not know; may be nil
	Hint     Text      `json:"-"`        // optional
}

// A Value is a possible answer to a question.
type Value struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Hint  string `json:"-"` // optional
}

// A Given is an answer on which a decision rests.
type Given struct {
	Fact, Value string // ids
	Name, Label string // the same in words
	Settles     bool   // whether it settles the outcome, alone or with the others that do
}

// A Change is something the reader can do to reach a better outcome.
type Change struct {
	Set     map[string]string `json:"set"`     // the facts to change, and their new values
	Outcome string            `json:"outcome"` // the id of the outcome that the change leads to

	How     []Text          `json:"-"` // what to do, one text per fact
	Title   string          `json:"-"` // of the outcome
	Answers ruleset.Answers `json:"-"` // the given answers after the change
}

// A Date is a day to remember. [Checker.Dates] also returns dates without a day: those whose source was not typed.
type Date struct {
	ID   string     `json:"id"`
	Date civil.Date `json:"date"`
	Text string     `json:"text"`           // a sentence with the day; for a past deadline, what follows from that
	Past bool       `json:"past,omitempty"` // whether it is a deadline before the day of asking

	Source  string `json:"-"` // the anchor or fact from which it is counted
	Steps   string `json:"-"` // how it is counted; see [ruleset.Schedule.Steps]
	Count   Text   `json:"-"` // the same in a sentence
	Pattern Text   `json:"-"` // the sentence with "{date}" in place of the day
	Day     Text   `json:"-"` // the sentence with the day
	Late    Text   `json:"-"` // for a deadline: what follows when it is past
}

// A Source is a day from which dates are counted.
type Source struct {
	ID    string // of an anchor or a fact
	Label string // the question that asks for it
	Over  Text   // said when the day is past; may be empty
	Typed string // the day as the reader typed it
}

// A Trace says how a rule fares with some answers, and why.
type Trace struct {
	Reason
	Outcome string `json:"outcome"` // the id of the outcome that the rule gives
	State   string `json:"state"`   // "hit", "miss", or "open" while answers are missing
	Tests   []Test `json:"tests"`   // on which the state rests: those that hold, rule it out, or are open
}

// A Test is what a rule demands of a fact.
type Test struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"` // for which the test holds
	Given  *string  `json:"given"`  // the answer; nil while there is none
}

// String returns the answer as fact=value, or the fact alone if it is open.
func (t Test) String() string {
	if t.Given == nil || *t.Given == Unknown {
		return t.Fact
	}
	return t.Fact + "=" + *t.Given
}
