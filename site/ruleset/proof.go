package ruleset

import (
	"fmt"
	"math"
	"slices"

	"helpcenter/site/diag"
)

// How many gaps (the largest first) and conflicts are listed.
const (
	mostGaps      = 20
	mostConflicts = 100
)

// proof checks the table of a ruleset.
type proof struct{ words }

// prove returns what is wrong with the table in any of its cases, except for gaps.
func (r proof) prove() []diag.Finding {
	return slices.Concat(r.conflicts(), r.deadFacts(), r.deadRules(), r.redundantRules(), r.miscounted(), r.failedChecks())
}

// gaps finds the cases that no rule hits.
func (r proof) gaps() (found []diag.Finding) {
	d := newDiagram(r.table.classes)
	list, more := d.somePatches(d.product(r.diagram, r.diagram, r.root, r.root, func(label, _ int32) int32 {
		if label != 0 && r.verdicts[label].Outcome < 0 {
			return 1
		}
		return 0
	}))
	slices.SortStableFunc(list, func(x, y patch) int { return y.box.Cases() - x.box.Cases() })
	if left := len(list) - mostGaps; left > 0 {
		list = list[:mostGaps]
		found = append(found, diag.Errorf(r.Position, "gap", "no rule decides in %s%d more groups of cases", more, left).
			Suggest("close the gaps that are listed first"))
	}
	for _, p := range list {
		at, advice := r.nearest(p.box)
		found = append(found, diag.Errorf(at, "gap", "no rule decides here: %s", r.caseWords(p.box)).Suggest("%s", advice))
	}
	return found
}

// nearest returns where and how to close a gap: at the rule that misses it by the fewest facts, and among those at
// the one that tests most of its facts.
func (r proof) nearest(gap Box) (diag.Position, string) {
	at, advice, best := r.Position, "add a rule for them", math.MinInt
	for _, rule := range r.Rules {
		lacks, missed, met := r.anything(), 0, 0
		for f, all := range lacks {
			switch left := gap[f].minus(rule.When[f]); {
			case !left.Empty():
				lacks[f], missed = left, missed+1
			case rule.When[f] != all:
				met++
			}
		}
		if score := met - missed*(len(r.Facts)+1); score > best {
			at, best, advice = rule.Position, score, "add a rule for them"
			if missed == 1 {
				advice += fmt.Sprintf(", or widen %q, which does not cover %s", rule.ID, r.boxWords(lacks))
			}
		}
	}
	return at, advice
}

// conflicts finds pairs of rules that hit the same cases although the outcome of one must stand alone.
func (r proof) conflicts() (found []diag.Finding) {
	together := r.together()
	for i, rule := range r.Rules {
		if !r.Outcomes[rule.Then].Alone {
			continue
		}
		for j := range together[i].All() {
			other := r.Rules[j]
			both := rule.shares(other)
			told := r.Outcomes[other.Then].Alone && j < i
			if i == j || told || both.Cases() == 0 {
				continue
			}
			if len(found) == mostConflicts {
				return found
			}
			found = append(found, diag.Errorf(rule.Position, "conflict",
				"rule %q gives %q, which stands alone, but in %s rule %q (line %d) hits too",
				rule.ID, r.Outcomes[rule.Then].ID, r.caseWords(both), other.ID, other.Position.Line).
				Suggest("narrow the `when` of one of them so that they share no case"))
		}
	}
	return found
}

// boxes returns the cases of a rule.
func (r Rule) boxes() []Box {
	if r.parts == nil {
		return []Box{r.When}
	}
	return r.parts
}

// shares returns the cases that two rules have in common, taken from the first pair of parts that share any.
func (r Rule) shares(other Rule) (both Box) {
	for _, part := range r.boxes() {
		for _, part2 := range other.boxes() {
			if both = part.and(part2); both.Cases() > 0 {
				return both
			}
		}
	}
	return both
}

// together returns, for each rule, the rules that hit in at least one of its cases.
func (r proof) together() []Bits {
	rules := make([]Bits, len(r.Rules))
	for _, v := range r.verdicts {
		for i := range v.Hits.All() {
			rules[i] = rules[i].or(v.Hits)
		}
	}
	return rules
}

// deadFacts finds facts and values that can never matter. A fact matters if some rule tells its values apart, since
// the reasons then change with it. Values that no rule names are really one value.
func (r proof) deadFacts() (found []diag.Finding) {
	for f, fact := range r.Facts {
		all := firstBits(len(fact.Values))
		var named Bits
		for _, box := range slices.Concat(r.boxes, r.never) {
			if values := box[f].and(all); values != all {
				named = named.or(values)
			}
		}
		left := all.minus(named)
		switch {
		case named.Empty():
			found = append(found, diag.Errorf(fact.Position, "dead-fact", "no rule depends on fact %q", fact.ID).
				Suggest("remove the fact, or name it in the `when` of a rule"))
		case fact.Type == SetOf:
			found = append(found, r.deadElements(f)...)
		case fact.numeric():
			found = append(found, r.deadThresholds(f)...)
		case left.Len() > 1 && fact.From == "":
			found = append(found, diag.Errorf(fact.Position, "dead-value",
				"no rule tells %s of fact %q apart", series(quoted(pick(fact.Values, left)), "and"), fact.ID).
				Suggest("make them one value, or name them in the rules that are meant for them"))
		}
	}
	return found
}

// deadThresholds finds bounds of tests that change neither a verdict nor a date.
func (r proof) deadThresholds(f int) (found []diag.Finding) {
	fact := r.Facts[f]
	for v := range fact.Cells[1:] {
		apart := r.class[f][v] != r.class[f][v+1]
		for _, date := range r.Dates {
			apart = apart || date.When[f].Has(v) != date.When[f].Has(v+1)
		}
		if !apart {
			low, high := fact.Domain.Format(fact.Cells[v].High), fact.Domain.Format(fact.Cells[v+1].Low)
			found = append(found, diag.Errorf(fact.Position, "dead-value",
				"telling %s of fact %q from %s changes nothing", low, fact.ID, high).
				Suggest("remove the threshold, or use it in a rule"))
		}
	}
	return found
}

// deadElements finds values of a set that change nothing.
func (r proof) deadElements(f int) (found []diag.Finding) {
	fact := r.Facts[f]
	for i, name := range fact.Elements {
		apart := false
		for set := range fact.Values {
			apart = apart || r.class[f][set] != r.class[f][set^1<<i]
		}
		if !apart {
			found = append(found, diag.Errorf(fact.Position, "dead-value", "no rule depends on %q of fact %q", name, fact.ID).
				Suggest("remove the value, or name it in a rule"))
		}
	}
	return found
}

// miscounted reports a rule for all other cases if their number is not the stated one.
func (r proof) miscounted() (found []diag.Finding) {
	if r.otherwise < 0 {
		return nil
	}
	owner := r.owners[r.otherwise]
	rule := r.Rules[owner]
	n := r.count(r.root, func(label int32) bool { return r.verdicts[label].Hits.Has(owner) })
	if n != rule.otherwise {
		found = append(found, diag.Errorf(rule.Position, "otherwise",
			"rule %q is for %d other cases, but there are %d", rule.ID, rule.otherwise, n).
			Suggest("look at them with `rules table`; if they are right, write otherwise = %d", n))
	}
	return found
}

// deadRules finds rules that never decide, because a higher outcome is given wherever they hit, and outcomes that
// no case has.
func (r proof) deadRules() (found []diag.Finding) {
	giving := make([]Bits, len(r.Outcomes)) // by outcome: rules
	for i, rule := range r.Rules {
		giving[rule.Then] = giving[rule.Then].with(i)
	}
	var decisive, outcomes Bits
	for _, v := range r.verdicts {
		if v.Outcome >= 0 {
			decisive = decisive.or(v.Hits.and(giving[v.Outcome]))
			outcomes = outcomes.with(v.Outcome)
		}
	}
	for i := range firstBits(len(r.Rules)).minus(decisive).All() {
		rule := r.Rules[i]
		found = append(found, diag.Errorf(rule.Position, "dead-rule",
			"rule %q never decides: in %s a higher outcome is given by %s",
			rule.ID, r.caseWords(rule.When), r.ruleWords(r.above(i))).
			Suggest("remove the rule, or, if only its reason is wanted, let it give the outcome that stands there"))
	}
	for o := range firstBits(len(r.Outcomes)).minus(outcomes).All() {
		outcome := r.Outcomes[o]
		found = append(found, diag.Errorf(outcome.Position, "dead-outcome", "no case has the outcome %q", outcome.ID).
			Suggest("remove the outcome, or give it by a rule that no higher outcome covers"))
	}
	return found
}

// above returns the rules that decide where the given rule hits.
func (r proof) above(rule int) (rules Bits) {
	for _, v := range r.verdicts {
		if v.Hits.Has(rule) {
			rules = rules.with(v.Hits.first())
		}
	}
	return rules
}

// redundantRules finds rules that hit the same cases for the same outcome as an earlier one.
func (r proof) redundantRules() (found []diag.Finding) {
	for i, rule := range r.Rules {
		same := func(other Rule) bool {
			return other.otherwise < 0 && rule.otherwise < 0 && other.Then == rule.Then &&
				slices.EqualFunc(other.boxes(), rule.boxes(), func(x, y Box) bool { return slices.Equal(x, y) })
		}
		if j := slices.IndexFunc(r.Rules[:i], same); j >= 0 {
			found = append(found, diag.Errorf(rule.Position, "redundant-rule",
				"rule %q hits the same cases for the same outcome as %q (line %d)",
				rule.ID, r.Rules[j].ID, r.Rules[j].Position.Line).
				Suggest("remove one of them, and say both reasons in the words of the other"))
		}
	}
	return found
}

// tooManyStates refuses rules that lead to more than maxStates states without "unknown".
func (r proof) tooManyStates() []diag.Finding {
	if cases := r.Cases(); r.questions != nil && cases > maxCases {
		return []diag.Finding{r.tooManyCases(float64(cases))}
	}
	number := fmt.Sprintf("at least %d states", len(r.table.kids)) // each answer at each node leads to another
	advice := "ask first what decides most, merge values, or make two checkers of it"
	if r.questions == nil {
		advice += "; " + r.mostAnswers()
	} else {
		n := r.countStates(-1)
		if n <= maxStates {
			return nil
		}
		fact, least := 0, n
		for f := range r.Facts {
			if m := r.countStates(f); m < least {
				fact, least = f, m
			}
		}
		number = fmt.Sprintf("%d states", n)
		advice += fmt.Sprintf("; fact %q multiplies them most: without it there are at most %d", r.Facts[fact].ID, least)
	}
	return []diag.Finding{diag.Errorf(r.Position, "state-limit",
		"the questions lead to %s, and at most %d may become pages", number, maxStates).Suggest("%s", advice)}
}
