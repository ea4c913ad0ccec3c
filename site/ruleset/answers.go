package ruleset

import (
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/unary"
)

// Results of [Answers.At] for a fact that has no value.
const (
	Unanswered = -2 // not asked yet
	Unknown    = -1 // the reader does not know: open, and not asked again
)

// unknown is the written form of [Unknown]; no value may have this name.
const unknown = "unknown"

// Answers assigns values to some of the facts of a ruleset. It is small and comparable; the zero value holds no
// answer. An index out of range panics.
type Answers struct{ given [maxFacts]uint8 } // answer + 2

// At returns the value of a fact, or [Unanswered] or [Unknown].
func (a Answers) At(fact int) int { return int(a.given[fact]) - 2 }

// With returns a copy in which the answer to one fact is replaced by a value, by [Unknown] or by [Unanswered].
func (a Answers) With(fact, answer int) Answers {
	a.given[fact] = uint8(answer + 2)
	return a
}

// unknown returns how many facts are [Unknown].
func (a Answers) unknown() (n int) {
	for f := range maxFacts {
		if a.At(f) == Unknown {
			n++
		}
	}
	return n
}

// A problem says why an answer is refused.
type problem int

const (
	malformed problem = iota // not of the form fact=value
	noSuchFact
	noSuchValue
	twice         // the fact was answered before
	contradiction // the answers cannot be true together
)

// An AnswerError describes an answer that the ruleset refuses.
type AnswerError struct {
	problem problem
	Field   string   // the fact, as given; empty if the answer is malformed
	Given   string   // the value, or all of a malformed answer
	Allowed []string // the facts or values that are allowed
	Nearest string   // the one of Allowed that was probably meant; may be empty
	because string   // why a contradiction is one; may be empty
}

// Error says what was given and what is allowed.
func (e *AnswerError) Error() string {
	allowed := strings.Join(e.Allowed, ", ")
	switch e.problem {
	case noSuchFact:
		return fmt.Sprintf("unknown fact %q (allowed: %s)", e.Field, allowed)
	case noSuchValue:
		return fmt.Sprintf("invalid value %q for %q (allowed: %s)", e.Given, e.Field, allowed)
	case twice:
		return fmt.Sprintf("%q is answered twice", e.Field)
	case contradiction:
		if e.because != "" {
			return fmt.Sprintf("these answers cannot be true together: %s (%s)", e.Given, e.because)
		}
		return "these answers cannot be true together: " + e.Given
	}
	return fmt.Sprintf("%q is not of the form fact=value (allowed facts: %s)", e.Given, allowed)
}

// Answer adds an answer given by name on a day: a value of the fact or "unknown". The error is an [*AnswerError].
func (r *Ruleset) Answer(a Answers, fact, value string, on civil.Date) (Answers, error) {
	f := r.Fact(fact)
	if f < 0 {
		allowed := r.factIDs()
		return a, &AnswerError{noSuchFact, fact, value, allowed, diag.Nearest(fact, allowed), ""}
	}
	v := r.Value(f, value, on)
	if v == Unanswered {
		allowed := r.Facts[f].Allowed()
		return a, &AnswerError{noSuchValue, fact, value, allowed, diag.Nearest(value, allowed), ""}
	}
	return a.With(f, v), nil
}

// Value returns the index of the value of a fact that a text denotes on a day: by its name, or as a number, range
// or day within it. For "unknown" it returns [Unknown], unless that counts as a value. It returns [Unanswered] if
// the text denotes no value.
func (r *Ruleset) Value(fact int, text string, on civil.Date) int {
	f := &r.Facts[fact] // avoid copying a large struct
	switch v := f.value(text, on); {
	case v >= 0:
		return v
	case text != unknown || f.NoUnknown:
		return Unanswered
	case f.unknownAs >= 0:
		return f.unknownAs
	}
	return Unknown
}

// Allowed returns the possible answers to a fact: its values, or the range of a number.
func (f Fact) Allowed() (list []string) {
	switch {
	case f.numeric():
		list = []string{f.Domain.Name(unary.Interval{Low: f.Domain.Min, High: f.Domain.Max})}
	case f.Type == SetOf:
		list = slices.Clone(f.Elements)
	default:
		list = slices.Clone(f.Values)
	}
	if !f.NoUnknown {
		list = append(list, unknown)
	}
	return list
}

// Refused returns an error if the answers contradict each other, or nil.
func (r *Ruleset) Refused(a Answers) error {
	if r.Possible(a) {
		return nil
	}
	e := &AnswerError{problem: contradiction, Given: strings.Join(r.Segments(a), " ")}
	for _, never := range r.impossible {
		if never.because != "" && r.inside(a, never.when) {
			e.because = never.because
		}
	}
	return e
}

// ParsePath reads answers from segments such as "role=other", in any order. It stops at the first that it refuses
// and returns an [*AnswerError]. Days are counted from on.
func (r *Ruleset) ParsePath(segments []string, on civil.Date) (a Answers, err error) {
	for _, segment := range segments {
		fact, value, ok := strings.Cut(segment, "=")
		if !ok || fact == "" {
			return Answers{}, &AnswerError{problem: malformed, Given: segment, Allowed: r.factIDs()}
		}
		if f := r.Fact(fact); f >= 0 && a.At(f) != Unanswered {
			return Answers{}, &AnswerError{problem: twice, Field: fact, Given: value}
		}
		if a, err = r.Answer(a, fact, value, on); err != nil {
			return Answers{}, err
		}
	}
	if err := r.Refused(a); err != nil {
		return Answers{}, err
	}
	return a, nil
}

// Segments writes the answers as ParsePath reads them, in the order of the facts. They are an address only if the
// answers are canonical.
func (r *Ruleset) Segments(a Answers) []string {
	segments := []string{}
	for f, fact := range r.Facts {
		switch v := a.At(f); v {
		case Unanswered:
		case Unknown:
			segments = append(segments, fact.ID+"="+unknown)
		default:
			segments = append(segments, fact.ID+"="+fact.Values[v])
		}
	}
	return segments
}

// Carry returns the answers to another checker that follow from answers to r: those to facts with the same id, kind
// and value, and r's outcome for a fact that is from r. For numbers and days it uses what was typed, on the day
// given. It omits answers to questions that the other checker does not reach yet.
func Carry(r, to *Ruleset, a Answers, typed Typed, on civil.Date) Answers {
	var kept Answers
	for f, fact := range to.Facts {
		text := ""
		if own := r.Fact(fact.ID); fact.From == r.ID {
			if possible := r.sum(a).possible; possible.Len() == 1 {
				text = r.Outcomes[possible.first()].ID
			}
		} else if own >= 0 && r.Facts[own].alike(fact) && a.At(own) >= 0 {
			text = r.Facts[own].Values[a.At(own)]
			if n, ok := r.Facts[own].Exact(typed[fact.ID], on); ok {
				text = r.Facts[own].Domain.Format(n)
			}
		} else {
			continue
		}
		if v := fact.value(text, on); v >= 0 {
			kept = kept.With(f, v)
		}
	}
	if !to.Possible(kept) {
		return Answers{}
	}
	return to.Canonical(kept)
}

// alike reports whether answers to two facts with the same id mean the same.
func (f Fact) alike(g Fact) bool { return f.Type == g.Type && f.From == g.From }
