package ruleset

import (
	"fmt"
	"helpcenter/site/diag"
	"math"
	"slices"
)

// How many gaps are listed, the largest first, and how many conflicts.
const (
	mostGaps      = 20
	mostConflicts = 100
)

// proof judges the table of a ruleset.
type proof struct{ words }

// prove returns what is wrong with a table beside gaps, which [Ruleset.gaps]
// finds: errors of form, proven on all cases.
func (r proof) prove() []diag.Finding {
	return slices.Concat(r.conflicts(), r.deadFacts(), r.deadRules(), r.redundantRules(), r.failedChecks())
}

// gaps finds the cases that no rule hits.
func (r proof) gaps() (found []diag.Finding) {
	d := newDiagram(r.table.classes)
	list := d.patches(d.product(r.diagram, r.diagram, r.root, r.root, func(label, _ int32) int32 {
		if label != 0 && r.verdicts[label].Outcome < 0 {
			return 1
		}
		return 0
	}))
	slices.SortStableFunc(list, func(x, y patch) int { return y.box.Cases() - x.box.Cases() })
	if left := len(list) - mostGaps; left > 0 {
		list = list[:mostGaps]
		found = append(found, diag.Errorf(r.Position, "gap", "no rule decides in %d more groups of cases", left).
			Suggest("close the gaps that are listed first"))
	}
	for _, p := range list {
		at, advice := r.nearest(p.box)
		found = append(found, diag.Errorf(at, "gap", "no rule decides here: %s", r.caseWords(p.box)).Suggest("%s", advice))
	}
	return found
}

// nearest returns where to close a gap, and how: at the rule that misses it by
// the fewest facts, and among these says the most about it.
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
				advice += fmt.Sprintf(", or widen %q, which does not take %s", rule.ID, r.boxWords(lacks))
			}
		}
	}
	return at, advice
}

// conflicts finds pairs of rules that hit the same cases, where the outcome of
// one stands alone.
func (r proof) conflicts() (found []diag.Finding) {
	for i, rule := range r.Rules {
		if !r.Outcomes[rule.Then].Alone {
			continue
		}
		for j, other := range r.Rules {
			both := rule.When.and(other.When)
			told := r.Outcomes[other.Then].Alone && j < i
			if i == j || told || both.Cases() == 0 || len(found) == mostConflicts {
				continue
			}
			found = append(found, diag.Errorf(rule.Position, "conflict",
				"rule %q gives %q, which stands alone, but in %s rule %q (line %d) hits too",
				rule.ID, r.Outcomes[rule.Then].ID, r.caseWords(both), other.ID, other.Position.Line).
				Suggest("narrow the `when` of one of them so that they share no case"))
		}
	}
	return found
}

// deadFacts finds facts and values that can never matter. A fact matters where
// some rule tells its values apart, for then the rule's other cases change
// their reasons with it. Values that no rule names are one value in truth.
func (r proof) deadFacts() (found []diag.Finding) {
	for f, fact := range r.Facts {
		var named Bits
		for _, rule := range r.Rules {
			if rule.When[f].Len() < len(fact.Values) {
				named = named.or(rule.When[f])
			}
		}
		left := firstBits(len(fact.Values)).minus(named)
		switch {
		case named.Empty():
			found = append(found, diag.Errorf(fact.Position, "dead-fact", "no rule depends on fact %q", fact.ID).
				Suggest("remove the fact, or name it in the `when` of a rule"))
		case left.Len() > 1:
			found = append(found, diag.Errorf(fact.Position, "dead-value",
				"no rule tells %s of fact %q apart", series(quoted(pick(fact.Values, left)), "and"), fact.ID).
				Suggest("make them one value, or name them in the rules that are meant for them"))
		}
	}
	return found
}

// deadRules finds rules whose outcome never comes about, since a higher one
// hits wherever they do, and outcomes that no case has.
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

// above returns the rules that decide where the given one hits.
func (r proof) above(rule int) (rules Bits) {
	for _, v := range r.verdicts {
		if v.Hits.Has(rule) {
			rules = rules.with(v.Hits.first())
		}
	}
	return rules
}

// redundantRules finds rules that hit the same cases for the same outcome as an
// earlier one: one rule would say as much.
func (r proof) redundantRules() (found []diag.Finding) {
	for i, rule := range r.Rules {
		same := func(other Rule) bool { return other.Then == rule.Then && slices.Equal(other.When, rule.When) }
		if j := slices.IndexFunc(r.Rules[:i], same); j >= 0 {
			found = append(found, diag.Errorf(rule.Position, "redundant-rule",
				"rule %q hits the same cases for the same outcome as %q (line %d)",
				rule.ID, r.Rules[j].ID, r.Rules[j].Position.Line).
				Suggest("remove one of them, and say both reasons in the words of the other"))
		}
	}
	return found
}

// tooManyStates refuses rules of more than maxStates states without "unknown".
func (r proof) tooManyStates() []diag.Finding {
	number := "more states than can be counted"
	advice := "ask first what decides most, merge values, or make two checkers of it"
	if r.questions != nil {
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
