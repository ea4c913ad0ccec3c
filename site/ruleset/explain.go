package ruleset

import (
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// A Trace reports how one rule fared with some answers.
type Trace struct {
	Rule  int
	Hit   bool // in every completion
	Miss  bool // in no completion
	Out   Bits // facts that keep the rule from hitting, by their answers or because they are not asked
	Waits Bits // open facts that the rule still depends on
}

// Trace returns how each rule fared, in output order.
func (r *Ruleset) Trace(a Answers) []Trace {
	list := make([]Trace, len(r.Rules))
	w := borrow(r.table)
	defer w.giveBack()
	w.answers = a
	w.collect(r.root)
	for i, rule := range r.Rules {
		list[i].Rule, list[i].Hit, list[i].Miss = i, w.total.reasons.Has(i), !w.any.Has(i)
		if rule.otherwise >= 0 {
			if !list[i].Hit && !list[i].Miss {
				list[i].Waits = r.deciding(a)
			}
			continue
		}
		list[i].Out, list[i].Waits = compare(r, a, rule)
	}
	return list
}

// compare returns out, the facts that contradict parts of a rule, if they contradict all of them, and waits, the
// open facts that some part depends on.
func compare(r *Ruleset, a Answers, rule Rule) (out, waits Bits) {
	left := false
	for _, part := range rule.boxes() {
		var differs, open Bits
		for f := range r.Facts {
			switch possible := r.possible(f, a); {
			case possible.within(part[f]):
			case !possible.meets(part[f]):
				differs = differs.with(f)
			default:
				open = open.with(f)
			}
		}
		if out, waits = out.or(differs), waits.or(open); differs.Empty() {
			left = true
		}
	}
	if left {
		out = Bits{}
	}
	return out, waits
}

// Reaches returns the values of a fact with which an outcome can be reached, in the order of the file. It fails if
// there is no such fact or outcome.
func (r *Ruleset) Reaches(fact, outcome string) ([]string, error) {
	f, o := r.Fact(fact), r.Outcome(outcome)
	switch {
	case f < 0:
		return nil, nameError(r.ID, "fact", fact, r.factIDs())
	case o < 0:
		return nil, nameError(r.ID, "outcome", outcome, r.outcomeIDs())
	}
	values := []string{}
	for v, value := range r.Facts[f].Values {
		if r.sum(Answers{}.With(f, v)).possible.Has(o) {
			values = append(values, value)
		}
	}
	return values, nil
}

func nameError(checker, what, name string, allowed []string) error {
	err := fmt.Errorf("%s has no %s %q; it has %s", checker, what, name, series(allowed, "and"))
	if near := diag.Nearest(name, allowed); near != "" {
		err = fmt.Errorf("%w; did you mean %q?", err, near)
	}
	return err
}

// A Message is a text that the checker needs in each language.
type Message struct {
	ID       string
	Optional bool
	Data     []string // fields that its text must contain, as in {{.Date}}
	Markdown bool     // it may have emphasis and links
	Position diag.Position

	shown func(state) bool // whether a state shows it; nil if its text may not include answers
}

// A state is what [Answered] examines.
type state struct {
	Schedule
	sum
}

func (s state) decided() bool { return s.possible.Len() == 1 }

// Messages returns the texts that the checker needs, in the order of the file. If one is missing and not optional,
// that is an error at Position.
func (r *Ruleset) Messages() []Message {
	var list []Message
	need := func(at diag.Position, optional bool, format string, args ...any) *Message {
		list = append(list, Message{ID: r.ID + "." + fmt.Sprintf(format, args...), Optional: optional, Position: at})
		return &list[len(list)-1]
	}
	for _, word := range []string{"title", "description", "start"} {
		need(r.Position, false, "%s", word)
	}
	need(r.Position, true, "note").where(true, state.decided)
	need(r.Position, true, "calendar")
	for i, f := range r.Facts {
		asked := func(s state) bool { return s.ask(s.answers) == i }
		need(f.Position, false, "fact.%s", f.ID)
		need(f.Position, true, "fact.%s.open", f.ID)
		need(f.Position, false, "fact.%s.question", f.ID).where(false, asked)
		need(f.Position, true, "fact.%s.hint", f.ID).where(true, asked)
		list = append(list, valueMessages(r, f)...)
		if f.Changeable != nil {
			need(f.Position, false, "change.%s", f.Changeable.By).where(true, state.decided)
		}
	}
	for i, o := range r.Outcomes {
		is := func(s state) bool { return s.possible == Bits{}.with(i) }
		need(o.Position, false, "outcome.%s", o.ID).where(true, is)
		need(o.Position, true, "outcome.%s.text", o.ID).where(true, is)
	}
	for i, rule := range r.Rules {
		need(rule.Position, false, "rule.%s", rule.ID).where(true, func(s state) bool { return s.reasons.Has(i) })
	}
	for _, anchor := range r.Anchors {
		need(anchor.Position, false, "anchor.%s", anchor.ID)
		need(anchor.Position, true, "anchor.%s.over", anchor.ID).
			where(true, func(s state) bool { return slices.Contains(s.Sources(), anchor.ID) })
	}
	list = append(list, dateMessages(r)...)
	for _, ref := range r.references {
		if strings.HasPrefix(ref.Ref, "https://") { // other schemes are refused
			need(ref.Position, false, "%s", AddressMessage(ref.Ref))
		}
	}
	return unique(list)
}

func (m *Message) where(markdown bool, shown func(state) bool) { m.Markdown, m.shown = markdown, shown }

// Answered returns, for each message, the facts that are answered in some state that shows it. It visits every
// state.
func Answered(r *Ruleset, messages []Message) []Bits {
	facts := make([]Bits, len(messages))
	for a := range r.States() {
		s := state{r.Schedule(a, nil, civil.Date{}), r.sum(a)}
		var answered Bits
		for f := range r.Facts {
			if a.At(f) >= 0 {
				answered = answered.with(f)
			}
		}
		for i, m := range messages {
			if m.shown != nil && !answered.within(facts[i]) && m.shown(s) {
				facts[i] = facts[i].or(answered)
			}
		}
	}
	return facts
}

// valueMessages returns the texts of a fact's answers. The program itself has the words for ranges and sets.
func valueMessages(r *Ruleset, f Fact) (list []Message) {
	need := func(id string, optional bool) {
		list = append(list, Message{ID: id, Optional: optional, Position: f.Position})
	}
	if f.Type == Number {
		need(r.ID+".fact."+f.ID+".unit", true)
	}
	for _, value := range f.Named() {
		need(r.ID+".value."+f.ID+"."+value, f.From != "") // optional if the other checker has the words
		if f.Type == "" {
			need(r.ID+".value."+f.ID+"."+value+".hint", true)
		}
	}
	for _, g := range r.Groups {
		if r.Facts[g.Fact].ID == f.ID && f.Type == "" {
			need(r.ID+".value."+f.ID+"."+g.ID, true)
		}
	}
	return list
}

func dateMessages(r *Ruleset) (list []Message) {
	for _, d := range r.Dates {
		need := func(more string, data ...string) {
			m := Message{ID: r.ID + ".date." + d.ID + more, Data: data, Position: d.Position}
			m.where(true, func(s state) bool { return s.stands(d) })
			list = append(list, m)
		}
		need("", "Date")
		need(".text")
		if d.Deadline {
			need(".late")
		}
	}
	return list
}

// unique removes repeated messages, such as those that two facts share.
func unique(list []Message) []Message {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(m Message) bool {
		defer func() { seen[m.ID] = true }()
		return seen[m.ID]
	})
}
