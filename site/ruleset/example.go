package ruleset

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

func (b *builder) examples() {
	for i, src := range b.src.Examples {
		e := example{typed: Typed{}, on: src.On, position: b.loc.Key("example", i)}
		e.given = b.given(src.Given, e.typed, src.On, "example", i, "given")
		if src.Expect != nil {
			e.expect = b.indexes("outcome", src.Expect, b.rs.outcomeIDs(), "example", i, "expect")
		} else if !b.loc.Misspelt("example", i, "expect") {
			b.add(diag.Errorf(e.position, "missing-expect", "this example expects nothing").
				Suggest("add a line `expect`, of %s", diag.List(quoted(b.rs.outcomeIDs()))))
		}
		if src.Reasons != nil {
			reasons := b.indexes("rule", src.Reasons, b.rs.ruleIDs(), "example", i, "reasons")
			e.reasons = &reasons
		}
		if src.Asks != nil {
			asks := -1
			if *src.Asks != "" {
				asks = b.index("fact", *src.Asks, b.rs.factIDs(), "example", i, "asks")
			}
			e.asks = &asks
		}
		e.days = b.expectedDays(src, i)
		b.rs.examples = append(b.rs.examples, e)
	}
}

// given reads answers: values, groups, lists of both, or "unknown", and days of anchors. Days are stored in typed.
func (b *builder) given(given map[string]any, typed Typed, on civil.Date, path ...any) [][]int {
	answers := make([][]int, len(b.rs.Facts))
	for f := range answers {
		answers[f] = []int{Unanswered}
	}
	for _, id := range slices.Sorted(maps.Keys(given)) {
		at := append(slices.Clone(path), id)
		f := b.rs.Fact(id)
		switch {
		case b.rs.anchor(id):
			typed[id], _ = dayText(given[id])
			if _, err := civil.ParseDate(typed[id]); err != nil {
				b.add(diag.Errorf(b.loc.Value(at...), "wrong-type", "%s: %s", id, err).
					Suggest("write a day such as 2027-01-31"))
			}
		case f < 0:
			b.unknown(b.loc.Key(at...), "fact", id, b.rs.factIDs())
		case given[id] == unknown:
			answers[f] = []int{b.rs.Value(f, unknown, civil.Date{})}
			if answers[f][0] == Unanswered {
				b.unknown(b.loc.Value(at...), "value", unknown, b.rs.Facts[f].Allowed())
			}
		case b.rs.Facts[f].Type == Days || b.rs.Facts[f].Type == SetOf:
			if text, ok := dayText(given[id]); ok {
				typed[id] = text
			}
			answers[f] = []int{b.givenText(f, given[id], on, at...)}
		default:
			answers[f] = slices.Collect(b.values(f, given[id], at...).All())
		}
	}
	return answers
}

// givenText reads a day, or the values of a set.
func (b *builder) givenText(fact int, raw any, on civil.Date, path ...any) int {
	text, ok := dayText(raw)
	if list, isList := raw.([]any); isList {
		names, _ := b.names(list, path...)
		text, ok = strings.Join(names, ","), len(names) == len(list)
	}
	v := b.rs.Facts[fact].value(text, on)
	if !ok || v < 0 {
		b.add(diag.Errorf(b.loc.Value(path...), "unknown-value", "this gives no value of fact %q", b.rs.Facts[fact].ID).
			Suggest("write a day with `on`, a number of days, or a list of values"))
	}
	return max(v, 0)
}

// dayText returns a day or a number of days as a reader would type it.
func dayText(raw any) (string, bool) {
	switch v := raw.(type) {
	case string:
		return v, true
	case time.Time:
		return v.Format(time.DateOnly), true
	}
	return digits(raw)
}

func (b *builder) expectedDays(src exampleTable, i int) []expectedDay {
	if src.Dates == nil {
		return nil
	}
	days := []expectedDay{}
	names := ids(b.rs.Dates, func(d Date) string { return d.ID })
	for _, id := range slices.Sorted(maps.Keys(src.Dates)) {
		if n := slices.Index(names, id); n >= 0 {
			days = append(days, expectedDay{n, src.Dates[id]})
		} else {
			b.unknown(b.loc.Key("example", i, "dates", id), "date", id, names)
		}
	}
	slices.SortFunc(days, func(x, y expectedDay) int { return x.date - y.date })
	return days
}

// combinations yields each set of answers that an example gives.
func combinations(given [][]int) iter.Seq[Answers] {
	return func(yield func(Answers) bool) { combine(Answers{}, 0, given, yield) }
}

func combine(a Answers, fact int, given [][]int, yield func(Answers) bool) bool {
	if fact == len(given) {
		return yield(a)
	}
	for _, answer := range given[fact] {
		if !combine(a.With(fact, answer), fact+1, given, yield) {
			return false
		}
	}
	return true
}

// visits returns how many nodes and kids it takes to try an example, or some number above maxVisits.
func (e example) visits(r *Ruleset) int {
	n := len(r.table.nodes) + len(r.table.kids)
	if e.asks != nil {
		n += min(8*n, 2*maxAsk) // the question may have to be computed, which takes longer
	}
	for _, answers := range e.given {
		if n <= maxVisits {
			n *= len(answers)
		}
	}
	return n
}

// fails returns what is wrong with an example and the first answers that show it, or "" if it holds.
func (e example) fails(r words) (wrong string, with Answers) {
	for a := range combinations(e.given) {
		if wrong := e.differs(r, a); wrong != "" {
			return wrong, a
		}
	}
	return "", Answers{}
}

func (e example) differs(r words, a Answers) string {
	sum, gap := r.reach(a)
	switch {
	case gap: // reported as a gap
		return ""
	case sum.possible != e.expect:
		return fmt.Sprintf("the outcome is %s, not %s", r.outcomeWords(sum.possible), r.outcomeWords(e.expect))
	case e.reasons != nil && sum.reasons != *e.reasons:
		return fmt.Sprintf("the reasons are %s, not %s", r.ruleWords(sum.reasons), r.ruleWords(*e.reasons))
	case e.asks != nil && r.ask(a) != *e.asks:
		return fmt.Sprintf("the fact asked next is %s, not %s", r.factWords(r.ask(a)), r.factWords(*e.asks))
	case e.days != nil:
		return e.daysDiffer(r, a)
	}
	return ""
}

func (e example) daysDiffer(r words, a Answers) string {
	got := []expectedDay{}
	for _, d := range r.Schedule(a, e.typed, e.on).Days() {
		if !d.Day.IsZero() {
			got = append(got, expectedDay{d.Date, d.Day})
		}
	}
	if slices.Equal(got, e.days) {
		return ""
	}
	return fmt.Sprintf("the dates are %s, not %s", r.dayWords(got), r.dayWords(e.days))
}
