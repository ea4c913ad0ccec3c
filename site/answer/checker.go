package answer

import (
	"helpcenter/site/civil"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// A Checker is a ruleset in the words of one language.
type Checker struct {
	Set   *ruleset.Ruleset
	Words *locale.Words
	Lang  string                     // the language of Words
	Cite  func(ref string) *Citation // returns the section or address that the rules name; nil for ""
	// Name returns the name of a value or group of values that has no message, or "" if there is none.
	Name func(fact, value string) string
	Act  func(id string) *Action // returns the link with that id in site.toml; nil if there is none
	// Other returns the rules of another checker and a function that returns its address after some answers, or nil
	// if there is no checker with that id.
	Other func(id string) (*ruleset.Ruleset, func(ruleset.Answers) string)
	// Markdown reads a text in a language; see [article.Phrase]. If it is nil, texts have no markup.
	Markdown func(lang, text string) Text

	reader reader
}

// Decide returns the decision on some answers. Dates are counted from the days that were typed, and a deadline is
// past if it is before on, the day of asking. If on is zero, no deadline is past and the rules are in force.
func (c Checker) Decide(a ruleset.Answers, typed ruleset.Typed, on civil.Date) Decision {
	c = c.With(a, typed, on)
	d := Decision{
		Checker: c.Set.ID, Version: c.Set.Version(), Lang: c.Lang, Facts: map[string]string{}, Status: Open,
		Note:    c.optional("note"),
		Reasons: []Reason{}, Possible: []string{}, Changes: []Change{}, Dates: []Date{},
	}
	r := ruleset.Decision{Answers: a}
	if c.Set.InForce(on) {
		r = c.Set.Decide(a)
	}
	d.Given = c.given(r)
	for _, g := range d.Given {
		d.Facts[g.Fact] = g.Value
	}
	if !c.Set.InForce(on) {
		d.Status, d.From, d.Notice = NotInForce, c.Set.ValidFrom, c.Notice(on)
		return d
	}
	d.Reasons = c.Reasons(r.Reasons)
	if r.Decided() {
		o := c.Outcome(r.Outcome)
		d.Status, d.Outcome = Decided, &o
	}
	if r.Ask >= 0 {
		q := c.Question(r.Ask)
		d.Ask = &q
	}
	for o := range r.Possible.All() {
		d.Outcomes = append(d.Outcomes, c.Outcome(o))
		d.Possible = append(d.Possible, c.Set.Outcomes[o].ID)
	}
	for f := range r.Deciding.All() {
		d.Deciding = append(d.Deciding, c.Question(f))
	}
	for _, remedy := range r.Changes {
		d.Changes = append(d.Changes, c.change(a, remedy))
	}
	for _, date := range c.Dates(a, typed, on) {
		if !date.Date.IsZero() {
			d.Dates = append(d.Dates, date)
		}
	}
	return d
}

// Notice says from which day the rules are in force, or returns "" if they are in force on a day.
func (c Checker) Notice(on civil.Date) string {
	if c.Set.InForce(on) {
		return ""
	}
	return c.Words.Format("checker.from", "Date", c.Set.ValidFrom)
}

// given returns the answers on which a decision rests.
func (c Checker) given(r ruleset.Decision) (list []Given) {
	for f, fact := range c.Set.Facts {
		v := r.Answers.At(f)
		if v == ruleset.Unanswered {
			continue
		}
		g := Given{Fact: fact.ID, Value: Unknown, Name: c.Message("fact." + fact.ID), Settles: r.Settles.Has(f)}
		if v != ruleset.Unknown {
			g.Value = fact.Values[v]
		}
		g.Label = c.Label(fact.ID, g.Value)
		list = append(list, g)
	}
	return list
}

// Outcome returns an outcome of the ruleset by its index.
func (c Checker) Outcome(i int) Outcome {
	outcome := c.Set.Outcomes[i]
	id := "outcome." + outcome.ID
	return Outcome{
		ID: outcome.ID, Title: c.text(id).Plain, Text: c.optional(id + ".text"), Good: outcome.Alone,
		Action: c.action(outcome.Action),
	}
}

// Reasons returns the rules with these indexes as reasons.
func (c Checker) Reasons(hits ruleset.Bits) []Reason {
	list := []Reason{}
	for i := range hits.All() {
		list = append(list, c.reason(i))
	}
	return list
}

func (c Checker) reason(i int) Reason {
	rule := &c.Set.Rules[i]
	c.reader.rule = rule
	return Reason{rule.ID, c.text("rule." + rule.ID), c.Cite(rule.Cite)}
}

// Question returns the question for a fact by its index.
func (c Checker) Question(f int) Question {
	fact := c.Set.Facts[f]
	id := "fact." + fact.ID
	return Question{
		Fact: fact.ID, Question: c.literal(id + ".question"), Hint: c.optional(id + ".hint"),
		Values: c.Values(f), FindOut: c.Refer(fact.FindOut),
	}
}

// Values returns the values of a fact by its index, except [Unknown].
func (c Checker) Values(f int) []Value {
	fact := c.Set.Facts[f]
	list := make([]Value, len(fact.Values))
	for i, value := range fact.Values {
		list[i] = Value{ID: value, Label: c.Label(fact.ID, value)}
		if fact.Type == "" {
			list[i].Hint = c.Optional("value." + fact.ID + "." + value + ".hint")
		}
	}
	return list
}

// change returns what to do, after some answers, for the better outcome of a remedy.
func (c Checker) change(a ruleset.Answers, r ruleset.Remedy) Change {
	outcome := c.Set.Outcomes[r.Outcome].ID
	change := Change{Set: map[string]string{}, Outcome: outcome}
	for _, s := range r.Set {
		fact := c.Set.Facts[s.Fact]
		change.Set[fact.ID] = fact.Values[s.Value]
		change.How = append(change.How, c.text("change."+s.By))
		a = a.With(s.Fact, s.Value)
	}
	change.Answers = a
	c.reader.answers = a
	change.Title = c.text("outcome." + outcome).Plain
	return change
}

// Dates returns the dates that apply to some answers. Those whose source was not typed have no day and say only how
// they are counted. When a deadline is past, dates that rely on its being kept are left out; see
// [ruleset.Schedule.Days].
func (c Checker) Dates(a ruleset.Answers, typed ruleset.Typed, on civil.Date) []Date {
	list := []Date{}
	c = c.With(a, typed, on)
	schedule := c.Set.Schedule(a, typed, on)
	for _, day := range schedule.Days() {
		date := c.Date(day.Date, day.Day)
		date.Steps = schedule.Steps(day.Date)
		if date.Past = day.Late && date.Late != (Text{}); date.Past {
			date.Text = date.Late.Plain
		}
		list = append(list, date)
	}
	return list
}

// Sources returns the days from which the dates that apply to some answers are counted, as they were typed.
func (c Checker) Sources(a ruleset.Answers, typed ruleset.Typed) (list []Source) {
	c.reader.answers, c.reader.typed = a, typed
	for _, id := range c.Set.Schedule(a, typed, civil.Date{}).Sources() {
		s := Source{ID: id, Typed: typed[id]}
		if c.Set.Fact(id) < 0 {
			s.Label, s.Over = c.Message("anchor."+id), c.optional("anchor."+id+".over")
		} else {
			s.Label = c.literal("fact." + id + ".question")
		}
		list = append(list, s)
	}
	return list
}

// Date returns the date with an index on its day, which may be zero.
func (c Checker) Date(i int, day civil.Date) Date {
	rule := c.Set.Dates[i]
	id := "date." + rule.ID
	date := Date{ID: rule.ID, Date: day, Source: rule.Source, Count: c.text(id + ".text")}
	if rule.Deadline {
		date.Late = c.text(id + ".late")
	}
	c.reader.date = true
	date.Pattern = c.text(id)
	if !day.IsZero() {
		date.Day = date.Pattern.replace(dayMark, c.Words.Date(day))
		date.Text = date.Day.Plain
	}
	return date
}

// Trace returns how each rule fares with the answers that the checker knows (see [Checker.With]), in the order of
// the rules.
func (c Checker) Trace() (list []Trace) {
	a := c.reader.answers
	for _, t := range c.Set.Trace(a) {
		rule := c.Set.Rules[t.Rule]
		trace := Trace{
			Reason:  c.reason(t.Rule),
			Outcome: c.Set.Outcomes[rule.Then].ID, State: "open", Tests: []Test{},
		}
		counts := t.Waits.Has
		switch {
		case t.Hit:
			trace.State, counts = "hit", func(f int) bool { return c.Set.Says(f, rule.When[f]) }
		case t.Miss && !t.Out.Empty():
			trace.State, counts = "miss", t.Out.Has
		case t.Miss:
			trace.State = "miss" // each of its tests may hold alone, but not all together
		}
		for f := range c.Set.Facts {
			if counts(f) {
				trace.Tests = append(trace.Tests, c.test(f, rule.When[f], a.At(f)))
			}
		}
		list = append(list, trace)
	}
	return list
}

// test returns what a rule demands of a fact, by the fact's index, and how that was answered.
func (c Checker) test(f int, values ruleset.Bits, given int) Test {
	fact := c.Set.Facts[f]
	t := Test{Fact: fact.ID, Values: fact.Names(values)}
	if given >= 0 {
		t.Given = &fact.Values[given]
	} else if given == ruleset.Unknown {
		t.Given = new(Unknown)
	}
	return t
}

// Message returns a message of the checker by the end of its id, such as "title". The message has no placeholders.
func (c Checker) Message(id string) string { return c.Words.Text(c.Set.ID + "." + id) }

// Optional returns a message of the checker by the end of its id, or "" if there is none.
func (c Checker) Optional(id string) string {
	if !c.Words.Has(c.Set.ID + "." + id) {
		return ""
	}
	return c.Message(id)
}
