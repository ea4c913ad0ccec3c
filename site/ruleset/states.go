package ruleset

import (
	"iter"
	"slices"
)

// Canonical returns the answers that a walk through the questions would have collected: it keeps a fact if it is
// the next one asked, and stops at the first that is not answered. Answers that can change nothing, or that come
// before their question, are dropped.
func (r *Ruleset) Canonical(a Answers) (kept Answers) {
	for {
		next := r.ask(kept)
		if next < 0 || a.At(next) == Unanswered {
			return kept
		}
		kept = kept.With(next, a.At(next))
	}
}

// Asked returns the answers without those to questions that the other answers make unnecessary. While another
// question is open, it returns all of them.
func Asked(r *Ruleset, a Answers) Answers {
	if kept := r.Canonical(a); r.ask(kept) < 0 {
		return kept
	}
	return a
}

// Page returns the canonical answers if they are among [Ruleset.States]. Otherwise it returns the answers unchanged
// and false, without computing the canonical ones.
func (r *Ruleset) Page(a Answers) (state Answers, ok bool) {
	for {
		next := r.ask(state)
		if next < 0 || a.At(next) == Unanswered {
			return state, true
		}
		if state = state.With(next, a.At(next)); !r.IsPage(state) {
			return a, false
		}
	}
}

// follow returns the node of the questions to which the answers lead. It returns false unless all answers are known
// and were given in the order of the questions.
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

// States yields the canonical answers that are pages of the checker, each before those that continue it. These are
// all states without "unknown", and those with it, fewest first, as long as there are no more than maxStates and
// they are not too costly to list. They include states that are still open, and decided ones in which another
// question may add a reason.
func (r *Ruleset) States() iter.Seq[Answers] { return slices.Values(r.pages.states) }

// IsPage reports whether canonical answers are among [Ruleset.States].
func (r *Ruleset) IsPage(a Answers) bool { return a.unknown() <= r.pages.unknown }

// HasMore reports whether some states are not pages.
func (r *Ruleset) HasMore() bool { return r.pages.more }

// Possible reports whether some case agrees with the answers.
func (r *Ruleset) Possible(a Answers) bool {
	return !r.nodes[r.root].partial || r.sum(a) != sum{}
}

// buildQuestions builds the diagram of the questions asked of readers who know every answer.
func (t *table) buildQuestions() {
	t.questions = newDiagram(t.classes)
	t.start = t.questions.rebuild(t.diagram, t.root, t.asked, func(n node, class int) int32 { return t.next(n)[class] })
}

// countStates returns the number of states without "unknown". The fact answered, unless -1, is taken as already
// answered in the way that leaves the most states.
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

// pages holds the states that are pages.
type pages struct {
	states  []Answers
	facts   map[Answers]int // in states with unknown facts: the fact asked next, or -1
	unknown int             // the most unknown facts in any of them
	more    bool            // other states are not pages
}

// A lister lists states. It keeps what the answers of a state leave of the table, so the next state takes little
// work.
type lister struct {
	*Ruleset
	*work
	pages
	level []Answers // states with the same number of unknown facts
	next  []start   // where the next level starts
}

// A start is a state, and the fact that becomes unknown in the states that follow.
type start struct {
	state Answers
	left  int32 // what is left of the table: a node of the lister
	fact  int
}

func listPages(r *Ruleset) pages {
	l := lister{Ruleset: r, work: borrow(r.table), pages: pages{facts: map[Answers]int{}, unknown: -1}}
	defer l.giveBack()
	l.limit = maxListing
	l.known(Answers{}, r.start, l.restrict(r.root))
	for {
		if l.more = l.tooMany() || l.work.full() && l.pages.unknown >= 0; l.more {
			break
		}
		l.states = append(l.states, l.level...)
		l.pages.unknown++
		starts := l.next
		if l.level, l.next = nil, nil; len(starts) == 0 {
			break
		}
		for _, s := range starts {
			l.open(s.state.With(s.fact, Unknown), l.drop(s.left, s.fact))
		}
	}
	for a := range l.facts {
		if a.unknown() > l.pages.unknown {
			delete(l.facts, a)
		}
	}
	return l.pages
}

func (l *lister) tooMany() bool { return len(l.states)+len(l.level) > maxStates }

// known lists a state without unknown facts, given by its node of the questions, and those that continue it.
func (l *lister) known(a Answers, id, left int32) {
	if l.level = append(l.level, a); l.tooMany() {
		return
	}
	n := l.questions.nodes[id]
	f := l.question(n)
	if f < 0 {
		return
	}
	for v := range l.Facts[f].Values {
		class := int(l.class[f][v])
		if next := l.questions.next(n)[class]; next != void {
			l.known(a.With(f, v), next, l.fix(left, f, class))
		}
	}
	l.later(a, left, f)
}

// open lists a state with unknown facts and those that continue it with known facts.
func (l *lister) open(a Answers, left int32) {
	for f := range l.Facts {
		if a.At(f) == Unanswered && l.waits(f, a) {
			left = l.drop(left, f)
		}
	}
	f := l.question(l.work.nodes[l.asked(left)])
	l.level, l.facts[a] = append(l.level, a), f
	if f < 0 || l.tooMany() || l.work.full() {
		return
	}
	for v := range l.Facts[f].Values {
		if next := l.fix(left, f, int(l.class[f][v])); next != void {
			l.open(a.With(f, v), next)
		}
	}
	l.later(a, left, f)
}

// later records that a fact may be unknown, for the next level.
func (l *lister) later(a Answers, left int32, fact int) {
	if f := l.Facts[fact]; !f.NoUnknown && f.unknownAs < 0 {
		l.next = append(l.next, start{a, left, fact})
	}
}

// fix returns what is left of a node when a fact has a value of a class.
func (w *work) fix(id int32, fact, class int) int32 {
	return w.replace(id, fact, func(next []int32) int32 {
		if none := w.table.none[fact]; none >= 0 {
			return w.join(next[class], next[none], w.common)
		}
		return next[class]
	})
}

// drop returns what is left of a node whatever value a fact has.
func (w *work) drop(id int32, fact int) int32 {
	return w.replace(id, fact, func(next []int32) (all int32) {
		for i := range next {
			all = w.join(all, next[i], w.common)
		}
		return all
	})
}

// replace returns a copy of a node in which by replaces each node that asks a fact.
func (w *work) replace(id int32, fact int, by func(next []int32) int32) int32 {
	known := map[int32]int32{}
	var visit func(id int32) int32
	visit = func(id int32) int32 {
		n := w.nodes[id]
		if int(n.fact) > fact {
			return id
		}
		made, ok := known[id]
		if ok {
			return made
		}
		next := slices.Clone(w.next(n))
		if int(n.fact) == fact {
			made = by(next)
		} else {
			for i := range next {
				next[i] = visit(next[i])
			}
			made = w.ask(int(n.fact), next)
		}
		known[id] = made
		return made
	}
	return visit(id)
}
