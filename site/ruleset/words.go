package ruleset

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// Says reports whether a set of values restricts a fact: it is neither all of its values nor none.
func (r *Ruleset) Says(fact int, values Bits) bool {
	n := values.and(firstBits(len(r.Facts[fact].Values))).Len()
	return n > 0 && n < len(r.Facts[fact].Values)
}

// A Condition is what a box says about one fact, by name.
type Condition struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"`
}

// Conditions returns what the box says about each fact, leaving out facts that may have any value.
func (r *Ruleset) Conditions(b Box) []Condition {
	list := []Condition{}
	for f, fact := range r.Facts {
		if r.Says(f, b[f]) {
			list = append(list, Condition{fact.ID, fact.Names(b[f])})
		}
	}
	return list
}

// words describes parts of a ruleset in findings.
type words struct{ *Ruleset }

// boxWords returns the box as a writer would put it, such as `contract = "monthly" and role = "other"`, or "" for
// the box of all cases.
func (r words) boxWords(b Box) string {
	var parts []string
	for f, fact := range r.Facts {
		if r.Says(f, b[f]) {
			parts = append(parts, fact.ID+" = "+r.valueWords(f, b[f]))
		}
	}
	return strings.Join(parts, " and ")
}

// valueWords names the values of a fact: by a group if one has exactly these, else one by one, listing about four.
func (r words) valueWords(fact int, values Bits) string {
	const most = 4
	for _, g := range r.Groups {
		if g.Fact == fact && g.Values == values {
			return fmt.Sprintf("%q", g.ID)
		}
	}
	names := r.Facts[fact].Names(values)
	if left := len(names) - most; left > 1 {
		return series(append(quoted(names[:most]), fmt.Sprintf("%d more", left)), "or")
	}
	return series(quoted(names), "or")
}

// caseWords says how many cases a box has and which they are.
func (r words) caseWords(b Box) string {
	words := ""
	if w := r.boxWords(b); w != "" {
		words = " with " + w
	}
	if n := b.Cases(); n != 1 {
		return fmt.Sprintf("all %d cases%s", n, words)
	}
	return "the case" + words
}

// tooManyCases refuses facts that make too many cases.
func (r words) tooManyCases(cases float64) diag.Finding {
	number := fmt.Sprintf("%.0f", cases)
	if cases > 1e15 {
		number = fmt.Sprintf("10^%.0f", math.Log10(cases))
	}
	return diag.Errorf(r.Position, "table-limit", "the facts make %s cases, and at most %d are allowed", number, maxCases).
		Suggest("leave out a fact, merge values, or make two checkers of it; %s", r.mostAnswers())
}

// mostAnswers says which fact multiplies cases and states the most.
func (r words) mostAnswers() string {
	f := slices.MaxFunc(r.Facts, func(x, y Fact) int { return len(x.Values) - len(y.Values) })
	return fmt.Sprintf("fact %q multiplies them most: by its %d answers", f.ID, len(f.Values))
}

func (r words) outcomeWords(set Bits) string { return none(quoted(pick(r.outcomeIDs(), set))) }

func (r words) ruleWords(set Bits) string { return none(quoted(r.Reasons(set))) }

func (r words) factWords(fact int) string {
	if fact < 0 {
		return "none"
	}
	return fmt.Sprintf("%q", r.Facts[fact].ID)
}

func (r words) dayWords(days []expectedDay) string {
	var words []string
	for _, d := range days {
		words = append(words, fmt.Sprintf("%s %s", r.Dates[d.date].ID, d.day))
	}
	return none(words)
}

// givenWords says what an example gives.
func (r words) givenWords(given [][]int) string {
	var words []string
	for f, answers := range given {
		switch answers[0] {
		case Unanswered:
		case Unknown:
			words = append(words, fmt.Sprintf("%s = %q", r.Facts[f].ID, unknown))
		default:
			var set Bits
			for _, v := range answers {
				set = set.with(v)
			}
			words = append(words, r.Facts[f].ID+" = "+r.valueWords(f, set))
		}
	}
	if len(words) == 0 {
		return "no answer"
	}
	return series(words, "and")
}

func (r words) answerWords(a Answers) string {
	given := make([][]int, len(r.Facts))
	for f := range given {
		given[f] = []int{a.At(f)}
	}
	return r.givenWords(given)
}

func none(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return series(words, "and")
}

// series joins words with commas, and with last before the last one: a, b or c.
func series(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

func quoted(words []string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = fmt.Sprintf("%q", w)
	}
	return list
}
