package ruleset

// eval returns the verdict of a complete case, and false where some fact is
// open. It allocates nothing.
func (r *Ruleset) eval(a Answers) (verdict, bool) {
	cell := 0
	for f, offset := range r.table.offset {
		v := a.At(f)
		if v < 0 {
			return verdict{Outcome: -1}, false
		}
		cell += offset[v]
	}
	return r.table.at(cell), true
}

// A Decision is what follows from some answers, over all values that the open
// facts may have. Sets hold indexes: range over them with All.
type Decision struct {
	Answers  Answers
	Outcome  int  // -1 while open: the completions do not agree
	Possible Bits // outcomes that some completion has; one where decided
	Reasons  Bits // rules that hit in every completion
	Ask      int  // the fact to ask next, or -1: the first unanswered one that can still change outcome or reasons
	Deciding Bits // open facts that the outcome depends on; none where decided
	Settles  Bits // where decided: the fewest answered facts that alone settle the outcome
	Dates    Bits // dates that stand in every completion
	Changes  []Remedy
}

// Decided reports whether all completions agree on the outcome.
func (d Decision) Decided() bool { return d.Outcome >= 0 }

// Decide returns the decision on the answers, exact over all completions.
func (r *Ruleset) Decide(a Answers) Decision {
	p := r.part(a)
	open := p.open()
	sum := r.table.sum(p.base, open)
	d := Decision{Answers: a, Outcome: -1, Possible: sum.possible, Reasons: sum.reasons, Ask: r.ask(a, p)}
	if sum.possible.Len() == 1 {
		d.Outcome = sum.possible.first()
		d.Settles = r.settles(a, d.Outcome)
		d.Changes = r.remedies(a, d.Outcome)
	} else {
		d.Deciding = r.deciding(p.base, open)
	}
	for i, date := range r.Dates {
		if r.inside(a, date.When) {
			d.Dates = d.Dates.with(i)
		}
	}
	return d
}

// inside reports whether every completion of the answers is in the box.
func (r *Ruleset) inside(a Answers, b Box) bool {
	for f, fact := range r.Facts {
		if !fact.possible(a.At(f)).within(b[f]) {
			return false
		}
	}
	return true
}

func (r *Ruleset) part(a Answers) (p part) {
	for f, offset := range r.table.offset {
		switch v := a.At(f); v {
		case Unanswered:
			p.unanswered = p.unanswered.with(f)
		case Unknown:
			p.unknown = p.unknown.with(f)
		default:
			p.base += offset[v]
		}
	}
	return p
}

func (t *table) sum(base int, open Bits) sum {
	s := sum{reasons: t.at(base).Hits}
	for cell := range t.region(base, open) {
		v := t.at(cell)
		s.reasons = s.reasons.and(v.Hits)
		if v.Outcome >= 0 {
			s.possible = s.possible.with(v.Outcome)
		}
	}
	return s
}

// hasGap reports whether some cell of a region has no outcome.
func (t *table) hasGap(base int, open Bits) bool {
	for cell := range t.region(base, open) {
		if t.at(cell).Outcome < 0 {
			return true
		}
	}
	return false
}

// ask returns the first unanswered fact that can still change the decision.
// Unknown facts stay open whatever else is answered, so what counts is the sum
// over them. Answers that were given in the order of the questions are followed
// through the diagram; others are looked for in the table.
func (r *Ruleset) ask(a Answers, p part) int {
	_, next := r.walk(a)
	if later := firstBits(len(r.Facts)).minus(firstBits(max(0, next))); next < 0 || later.within(p.unanswered) {
		return next
	}
	t := &r.table
	differ := func(x, y int) bool { return t.cells[x] != t.cells[y] }
	if !p.unknown.Empty() {
		differ = func(x, y int) bool { return t.sum(x, p.unknown) != t.sum(y, p.unknown) }
	}
	for f := range p.unanswered.All() {
		if t.matters(f, p.base, p.unanswered.without(f), differ) {
			return f
		}
	}
	return -1
}

// deciding returns those of the open facts on which the outcome depends.
func (r *Ruleset) deciding(base int, open Bits) (facts Bits) {
	t := &r.table
	differ := func(x, y int) bool { return t.at(x).Outcome != t.at(y).Outcome }
	for f := range open.All() {
		if t.matters(f, base, open.without(f), differ) {
			facts = facts.with(f)
		}
	}
	return facts
}

// matters reports whether, in the region of base and the others, two cells
// that agree on all but the given fact differ.
func (t *table) matters(fact, base int, others Bits, differ func(x, y int) bool) bool {
	for cell := range t.region(base, others) {
		for class := 1; class < len(t.classes[fact]); class++ {
			if differ(cell, cell+class*t.strides[fact]) {
				return true
			}
		}
	}
	return false
}

// outcome returns the outcome on which all completions agree, or -1.
func (r *Ruleset) outcome(a Answers) int {
	p := r.part(a)
	first := r.table.at(p.base).Outcome
	for cell := range r.table.region(p.base, p.open()) {
		if r.table.at(cell).Outcome != first {
			return -1
		}
	}
	return first
}
