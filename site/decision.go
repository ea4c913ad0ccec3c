package site

import (
	"time"

	"helpcenter"
	"helpcenter/rules"
)

// A Decision is what the rules make of some answers, in the words of a
// language. The service answers with it and the command decide prints it, both
// as the JSON that its tags describe. Lists and maps are never nil. Links are
// addresses on the site, root-absolute under the path of the base URL, as they
// stand on the pages.
type Decision struct {
	Checker  string            `json:"checker"`
	Version  string            `json:"version"` // of the rules: equal versions decide alike
	Lang     string            `json:"lang"`
	Facts    map[string]string `json:"facts"` // the answers, "unknown" among them
	Status   Status            `json:"status"`
	Outcome  *Outcome          `json:"outcome"` // nil while open
	Reasons  []Reason          `json:"reasons"` // those that hold whatever the open facts are
	Ask      *Question         `json:"ask"`     // what can still change outcome or reasons; nil where nothing can
	Possible []string          `json:"possible"`
	Changes  []Change          `json:"changes"` // the nearest better cases; none while open
	Dates    []DateAnswer      `json:"dates"`   // none without a renewal date
}

// Status says whether all that is still unknown leads to one outcome.
type Status string

// The states of a decision.
const (
	Decided Status = "decided"
	Open    Status = "open"
)

// An Outcome is an answer by its id and in words.
type Outcome struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// A Reason is a rule that hits, and the section that says so.
type Reason struct {
	Rule string    `json:"rule"`
	Text string    `json:"text"`
	Cite *Citation `json:"cite"` // nil where the rule cites none
}

// A Citation is a section of an article.
type Citation struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// A Question asks for a fact.
type Question struct {
	Fact     string    `json:"fact"`
	Question string    `json:"question"`
	Values   []Value   `json:"values"`
	FindOut  *Citation `json:"find_out"` // for those who do not know; may be nil
}

// A Value is an answer that a question allows, besides "unknown".
type Value struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// A Change is what a person can do for a better outcome.
type Change struct {
	Set     map[string]string `json:"set"` // facts and the values to bring them to
	Outcome string            `json:"outcome"`
}

// A DateAnswer is a day that the reader has to know. For a deadline that was
// past on the day of asking, the text says what follows from that.
type DateAnswer struct {
	ID   string          `json:"id"`
	Date helpcenter.Date `json:"date"`
	Text string          `json:"text"`
}

// Day returns the day of the calendar on which t falls where the site is.
func (s *Site) Day(t time.Time) helpcenter.Date {
	return helpcenter.DateOf(t.In(s.Library.Site.Location))
}

// Decide returns the decision of a ruleset on answers to its questions, in a
// language of the site or, for any other, the default language. The ruleset is
// the version that holds on the day of asking, which is on; a zero on asks on
// no particular day, and no deadline is past. Without a renewal date there are
// no dates:
//
//	on := s.Day(now)
//	set := s.Rules.At("cancel-online", on) // nil where there is no such checker
//	a, err := set.ParseMap(facts)
//	d := s.Decide(set, "it", a, renewal, on)
func (s *Site) Decide(set *rules.Ruleset, lang string, a rules.Answers, renewal, on helpcenter.Date) Decision {
	l := s.language(lang)
	if l == nil {
		l = s.fallback()
	}
	d := decider{&checker{id: set.ID, set: set, site: s}, l}
	return d.decide(set.Decide(a), renewal, on)
}

// decider puts what a checker decides into the words of a language.
type decider struct {
	*checker
	lang *language
}

func (d decider) decide(r rules.Decision, renewal, on helpcenter.Date) Decision {
	out := Decision{
		Checker: d.id, Version: d.set.Version(), Lang: d.lang.Tag, Status: Open,
		Facts: d.facts(r.Answers), Reasons: []Reason{}, Possible: []string{}, Changes: []Change{}, Dates: []DateAnswer{},
	}
	if r.Decided() {
		o := d.outcome(r.Outcome)
		out.Status, out.Outcome = Decided, &o
	}
	for i := range r.Reasons.All() {
		rule := d.set.Rules[i]
		out.Reasons = append(out.Reasons, Reason{rule.ID, d.words("rule." + rule.ID), d.cite(rule.Cite)})
	}
	if r.Ask >= 0 {
		q := d.question(r.Ask)
		out.Ask = &q
	}
	for o := range r.Possible.All() {
		out.Possible = append(out.Possible, d.set.Outcomes[o].ID)
	}
	for _, remedy := range r.Changes {
		out.Changes = append(out.Changes, d.change(remedy))
	}
	if !renewal.IsZero() {
		for _, day := range d.set.Days(r.Answers, renewal, on) {
			out.Dates = append(out.Dates, d.date(day))
		}
	}
	return out
}

func (d decider) facts(a rules.Answers) map[string]string {
	facts := map[string]string{}
	for f, fact := range d.set.Facts {
		switch v := a.At(f); v {
		case rules.Unanswered:
		case rules.Unknown:
			facts[fact.ID] = unknown
		default:
			facts[fact.ID] = fact.Values[v]
		}
	}
	return facts
}

// unknown is how an answer is written that the reader does not know.
const unknown = "unknown"

func (d decider) outcome(o int) Outcome {
	id := d.set.Outcomes[o].ID
	return Outcome{id, d.words("outcome." + id)}
}

func (d decider) question(f int) Question {
	fact := d.set.Facts[f]
	q := Question{Fact: fact.ID, Question: d.words("fact." + fact.ID + ".question"), FindOut: d.cite(fact.FindOut), Values: []Value{}}
	for _, value := range fact.Values {
		q.Values = append(q.Values, Value{value, d.label(d.lang, fact.ID, value)})
	}
	return q
}

func (d decider) change(r rules.Remedy) Change {
	c := Change{Set: map[string]string{}, Outcome: d.set.Outcomes[r.Outcome].ID}
	for _, s := range r.Set {
		fact := d.set.Facts[s.Fact]
		c.Set[fact.ID] = fact.Values[s.Value]
	}
	return c
}

func (d decider) date(day rules.Day) DateAnswer {
	date := d.set.Dates[day.Date]
	a := DateAnswer{ID: date.ID, Date: day.Day}
	if day.Late && date.Deadline() {
		a.Text = d.words("date." + date.ID + ".late")
	} else {
		a.Text = d.lang.Format(d.id+".date."+date.ID, "Date", day.Day)
	}
	return a
}

// cite returns the section that a reference names, nil for none.
func (d decider) cite(ref string) *Citation {
	c := (&stateView{checker: d.checker, lang: d.lang}).cite(ref)
	if c == nil {
		return nil
	}
	return &Citation{c.Title, c.Link}
}

// words returns a fixed message of the checker.
func (d decider) words(id string) string { return d.lang.Text(d.id + "." + id) }
