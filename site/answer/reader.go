package answer

import (
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
	"helpcenter/site/unary"
)

// A reader is what texts may show of the person who asks.
type reader struct {
	answers ruleset.Answers
	typed   ruleset.Typed
	on      civil.Date

	rule *ruleset.Rule // the rule whose reason the text is; nil for other texts
	date bool          // whether the text is that of a date
}

// With returns the checker for a reader who has given some answers on a day, which its texts then show.
func (c Checker) With(a ruleset.Answers, typed ruleset.Typed, on civil.Date) Checker {
	c.reader = reader{answers: a, typed: typed, on: on}
	return c
}

// Placeholder returns the name of the placeholder for the answer to a fact: MonthsLeft for months-left.
func Placeholder(fact string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(fact, func(c rune) bool { return c == '-' || c == '_' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// The placeholder of dates, and the mark that stands for the day until it is known.
const (
	datePlace = "Date"
	dayMark   = "{date}"
)

// value returns what a text shows in place of a placeholder.
func (c Checker) value(name string) string {
	if c.reader.date && name == datePlace {
		return dayMark
	}
	return c.answer(slices.IndexFunc(c.Set.Facts, func(f ruleset.Fact) bool { return Placeholder(f.ID) == name }))
}

// answer returns the answer to a fact by its index: the number or day that was typed, or the label.
func (c Checker) answer(f int) string {
	fact, v := &c.Set.Facts[f], ruleset.Asked(c.Set, c.reader.answers).At(f)
	if v < 0 {
		return c.open(f)
	}
	n, exact := c.exact(f, v)
	switch {
	case !exact:
		return c.Label(fact.ID, fact.Values[v])
	case fact.Type == ruleset.Number:
		return c.numberLabel(*fact, unary.Interval{Low: n, High: n})
	case c.reader.on.IsZero():
		return c.daysLabel(*fact, unary.Interval{Low: n, High: n})
	}
	return c.Words.Date(c.reader.on.AddDays(int(n)))
}

// open returns what stands for the answer to an open fact: what the rule says of it, the message for that, or its
// name.
func (c Checker) open(f int) string {
	id := "fact." + c.Set.Facts[f].ID
	if rule := c.reader.rule; rule != nil && c.Set.Says(f, rule.When[f]) {
		if labels := c.Labels(f, rule.When[f]); len(labels) == 1 {
			return labels[0]
		}
	}
	if text := c.Optional(id + ".open"); text != "" {
		return text
	}
	return c.Message(id)
}

// exact returns the number typed for fact f, if that number belongs to its value v.
func (c Checker) exact(f, v int) (int64, bool) {
	fact := &c.Set.Facts[f]
	text, ok := c.reader.typed[fact.ID]
	if !ok || c.Set.Value(f, text, c.reader.on) != v {
		return 0, false
	}
	return fact.Exact(text, c.reader.on)
}

// count returns the number that chooses the plural form of a message with these placeholders, or "" if none is
// known exactly.
func (c Checker) count(names []string) string {
	for f := range c.Set.Facts {
		fact, v := &c.Set.Facts[f], ruleset.Asked(c.Set, c.reader.answers).At(f)
		if fact.Type != ruleset.Number || v < 0 || !slices.Contains(names, Placeholder(fact.ID)) {
			continue
		}
		n, exact := c.exact(f, v)
		if cell := fact.Cells[v]; cell.Low == cell.High {
			n, exact = cell.Low, true
		}
		if exact {
			return fact.Domain.Format(n)
		}
	}
	return ""
}
