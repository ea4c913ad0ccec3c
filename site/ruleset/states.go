package ruleset

import (
	"iter"
	"slices"
)

// Canonical returns the answers as a walk through the questions would have
// collected them: a fact is kept while it is the next one asked, and the walk
// ends at the first that is not answered. Answers that can change nothing, or
// that come before their question, are dropped.
func (r *Ruleset) Canonical(a Answers) (kept Answers) {
	for {
		next := r.ask(kept)
		if next < 0 || a.At(next) == Unanswered {
			return kept
		}
		kept = kept.With(next, a.At(next))
	}
}

// follow returns the node of the questions that answers lead to which are all
// known and were given in the order of the questions.
func (t *table) follow(a Answers) (id int32, ok bool) {
	var used Answers
	for id = t.start; ; {
		n := t.questions.nodes[id]
		f := t.question(n)
		if f < 0 || a.At(f) < 0 {
			return id, used == a
		}
		used = used.With(f, a.At(f))
		id = t.questions.kids[int(n.at)+int(t.class[f][a.At(f)])]
	}
}

// pages is the states that are pages.
type pages struct {
	states  []Answers
	unknown int // the most facts that are unknown in one
	more    bool
}

// States yields the canonical answers that are pages of the checker, each before those
// that continue it: all without "unknown", and those with, the fewest first, as long as
// there are no more than maxStates. Among them are states still open, and states decided
// where a further question may add a reason.
func (r *Ruleset) States() iter.Seq[Answers] { return slices.Values(r.pages().states) }

// IsPage reports whether canonical answers are among [Ruleset.States].
func (r *Ruleset) IsPage(a Answers) bool { return a.unknown() <= r.pages().unknown }

// HasMore reports whether some states are no pages.
func (r *Ruleset) HasMore() bool { return r.pages().more }

func (r *Ruleset) listStates() pages {
	var p pages
	for starts := []Answers{{}}; len(starts) > 0; p.unknown++ {
		var more []Answers // that differ from a state in one more unknown fact
		list := p.states
		for _, a := range starts {
			list, more = knownStates(r, a, list, more)
		}
		if p.more = len(list) > maxStates; p.more {
			break
		}
		p.states, starts = list, more
	}
	p.unknown--
	return p
}

// knownStates appends a state and those that further known answers lead to.
func knownStates(r *Ruleset, a Answers, list, more []Answers) ([]Answers, []Answers) {
	f := r.ask(a)
	if list = append(list, a); f < 0 || len(list) > maxStates {
		return list, more
	}
	for v := range r.Facts[f].Values {
		if next := a.With(f, v); r.Possible(next) {
			list, more = knownStates(r, next, list, more)
		}
	}
	if fact := r.Facts[f]; !fact.NoUnknown && fact.unknownAs < 0 {
		more = append(more, a.With(f, Unknown))
	}
	return list, more
}

// Possible reports whether some case agrees with the answers.
func (r *Ruleset) Possible(a Answers) bool {
	return !r.nodes[r.root].partial || r.sum(a) != sum{}
}

// buildQuestions makes the diagram of the questions that are asked of those who
// know every answer.
func (t *table) buildQuestions() {
	t.questions = newDiagram(t.classes)
	known := map[int32]int32{}
	var visit func(id int32) int32
	visit = func(id int32) int32 {
		if made, ok := known[id]; ok {
			return made
		}
		at := t.asked(id)
		n := t.nodes[at]
		made := int32(void)
		if label, leaf := t.label(at); leaf {
			made = t.questions.leaf(label)
		} else {
			next := make([]int32, len(t.classes[n.fact]))
			for class := range next {
				next[class] = visit(t.next(n)[class])
			}
			made = t.questions.ask(int(n.fact), next)
		}
		known[id] = made
		return made
	}
	t.start = visit(t.root)
}

// countStates returns the number of states without "unknown", as if one fact had been
// answered so that the most remain, or -1 for none.
func (t *table) countStates(answered int) int {
	d := t.questions
	known := map[int32]int{}
	var count func(id int32) int
	count = func(id int32) int {
		n := d.nodes[id]
		if sum, ok := known[id]; ok {
			return sum
		}
		sum, most := 1, 1
		if f := t.question(n); f >= 0 {
			for class, next := range d.next(n) {
				if next != void {
					most = max(most, count(next))
					sum += d.classes[f][class].Len() * count(next)
				}
			}
			if f == answered {
				sum = most
			}
		}
		known[id] = sum
		return sum
	}
	return count(t.start)
}
