package ruleset

import (
	"fmt"
	"slices"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

func (r proof) failedChecks() (found []diag.Finding) {
	for _, c := range r.Test() {
		if c.Finding != nil {
			found = append(found, *c.Finding)
		}
	}
	for _, e := range r.examples {
		for a := range combinations(e.given) {
			s := r.Schedule(a, e.typed, e.on)
			found = append(found, s.beyondHolidays(s.Days(), "in the example of "+e.position.String())...)
			break
		}
	}
	return found
}

// A Check is an example or an invariant of the file, with its result.
type Check struct {
	Kind     string // example, invariant
	Name     string // the invariant's id, or what the example gives
	Position diag.Position
	Finding  *diag.Finding // nil if it holds
}

// Test tries all examples and checks all invariants, in the order of the file.
func (r *Ruleset) Test() (checks []Check) {
	p := proof{words{r}}
	for _, e := range r.examples {
		checks = append(checks, Check{"example", p.givenWords(e.given), e.position, p.try(e)})
	}
	steps := 2 * maxCompared
	for _, inv := range r.invariants {
		checks = append(checks, Check{"invariant", inv.id, inv.position, p.proveInvariant(inv, &steps)})
	}
	return checks
}

// tooManyVisits refuses examples that would take too long to try.
func (r proof) tooManyVisits() []diag.Finding {
	visits := 0
	for _, e := range r.examples {
		if visits += e.visits(r.Ruleset); visits > maxVisits {
			return []diag.Finding{diag.Errorf(e.position, "table-limit",
				"the examples up to this one give too many combinations of values").
				Suggest("remove some of them, or give fewer values at once")}
		}
	}
	return nil
}

func (r proof) try(e example) *diag.Finding {
	wrong, with := e.fails(r.words)
	if wrong == "" {
		return nil
	}
	f := diag.Errorf(e.position, "example-fails", "with %s %s", r.answerWords(with), wrong).
		Suggest("correct the rules, or the example if the answer is meant to change")
	return &f
}

func (r proof) proveInvariant(inv invariant, steps *int) *diag.Finding {
	list, least, ok := inv.failures(r.Ruleset, steps)
	if !ok {
		f := diag.Errorf(inv.position, "table-limit", "the invariants up to %q compare too many cases", inv.id).
			Suggest("narrow them by `given`, remove some, or make two checkers of it")
		return &f
	}
	if len(list) == 0 {
		return nil
	}
	worst := slices.MaxFunc(list, func(x, y patch) int { return x.box.Cases() - y.box.Cases() })
	more := ""
	if len(list) > 1 {
		more = fmt.Sprintf("; and in %s%d other groups of cases", least, len(list)-1)
	}
	f := diag.Errorf(inv.position, "invariant-fails", "invariant %q fails in %s: %s%s",
		inv.id, r.caseWords(worst.box), inv.words(r.words, worst.box), more).
		Suggest("correct the rules that hit there, or the invariant")
	return &f
}

// Unreached returns the rules that are a reason in no example, in output order.
func (r *Ruleset) Unreached() []string {
	var reached Bits
	for _, e := range r.examples {
		for a := range combinations(e.given) {
			reached = reached.or(r.sum(a).reasons)
		}
	}
	return r.Reasons(firstBits(len(r.Rules)).minus(reached))
}

// A Boundary is a number at or next to a threshold, and the outcomes that it leaves possible.
type Boundary struct {
	Fact, Number string
	Possible     []string
}

// Boundaries returns, for each threshold, the number and its neighbours, one step below and above.
func (r *Ruleset) Boundaries() (list []Boundary) {
	for f, fact := range r.Facts {
		var numbers []int64
		for v := 1; v < len(fact.Cells); v++ {
			for step := int64(-1); step <= 1; step++ {
				n := fact.Cells[v].Low + step*fact.Domain.Step
				if n <= fact.Domain.Max && !slices.Contains(numbers, n) {
					numbers = append(numbers, n)
				}
			}
		}
		for _, n := range numbers {
			text := fact.Domain.Format(n)
			s := r.sum(Answers{}.With(f, fact.value(text, civil.Date{})))
			list = append(list, Boundary{fact.ID, text, pick(r.outcomeIDs(), s.possible)})
		}
	}
	return list
}
