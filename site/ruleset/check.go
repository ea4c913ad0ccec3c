package ruleset

import (
	"fmt"
	"slices"

	"helpcenter/site/diag"
)

func (r *Ruleset) failedChecks() (found []diag.Finding) {
	for _, c := range r.Test() {
		if c.Finding != nil {
			found = append(found, *c.Finding)
		}
	}
	return found
}

// A Check is an example or an invariant of the file, and what came of it.
type Check struct {
	Kind     string // example, invariant
	Name     string // the invariant's id, or what the example gives
	Position diag.Position
	Finding  *diag.Finding // nil where it holds
}

// Test tries all examples and proves all invariants, in the order of the file.
func (r *Ruleset) Test() (checks []Check) {
	for _, e := range r.examples {
		checks = append(checks, Check{"example", r.givenWords(e.given), e.position, r.try(e)})
	}
	for _, inv := range r.invariants {
		checks = append(checks, Check{"invariant", inv.id, inv.position, r.proveInvariant(inv)})
	}
	return checks
}

// tooManyVisits refuses examples and invariants that take too long to try.
func (r *Ruleset) tooManyVisits() []diag.Finding {
	visits := 2 * len(r.table.cells) * len(r.invariants)
	at := r.Position
	for _, e := range r.examples {
		if visits += e.visits(&r.table); visits > maxVisits {
			at = e.position
			break
		}
	}
	if visits <= maxVisits {
		return nil
	}
	return []diag.Finding{diag.Errorf(at, "table-limit",
		"the examples and invariants go through more than the %d cases that are allowed", maxVisits).
		Suggest("remove some of them, or give fewer values at once")}
}

func (r *Ruleset) try(e example) *diag.Finding {
	wrong, with := e.fails(r)
	if wrong == "" {
		return nil
	}
	f := diag.Errorf(e.position, "example-fails", "with %s %s", r.answerWords(with), wrong).
		Suggest("correct the rules, or the example if the answer is meant to change")
	return &f
}

func (r *Ruleset) proveInvariant(inv invariant) *diag.Finding {
	list := inv.failures(r)
	if len(list) == 0 {
		return nil
	}
	worst := slices.MaxFunc(list, func(x, y patch) int { return x.box.Cases() - y.box.Cases() })
	more := ""
	if len(list) > 1 {
		more = fmt.Sprintf("; and in %d other groups of cases", len(list)-1)
	}
	f := diag.Errorf(inv.position, "invariant-fails", "invariant %q fails in %s: %s%s",
		inv.id, r.caseWords(worst.box), inv.words(r, worst.box), more).
		Suggest("correct the rules that hit there, or the invariant")
	return &f
}

// givenWords says what an example gives.
func (r *Ruleset) givenWords(given [][]int) string {
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

func (r *Ruleset) answerWords(a Answers) string {
	given := make([][]int, len(r.Facts))
	for f := range given {
		given[f] = []int{a.At(f)}
	}
	return r.givenWords(given)
}
