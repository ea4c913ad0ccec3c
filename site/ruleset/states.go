package ruleset

import "iter"

// Canonical returns the answers as a walk through the questions would have
// collected them: a fact is kept while it is the next one asked, and the walk
// ends at the first that is not answered. Answers that can change nothing, or
// that come before their question, are dropped.
func (r *Ruleset) Canonical(a Answers) Answers {
	kept, _ := r.walk(a)
	return kept
}

// walk goes through the questions as far as they are answered, and returns the
// answers used and the next question, or -1.
func (r *Ruleset) walk(a Answers) (kept Answers, next int) {
	d := r.diagram
	for id := d.root; ; {
		f := d.nodes[id].fact
		switch {
		case f == len(r.Facts):
			return kept, -1
		case a.At(f) == Unanswered:
			return kept, f
		}
		kept = kept.With(f, a.At(f))
		id = d.follow(id, a.At(f))
	}
}

// States yields all canonical answers, each before those that continue it: the
// pages of the checker. Among them are states still open, states decided where
// a further question may add a reason, and states that end in "unknown".
func (r *Ruleset) States() iter.Seq[Answers] {
	return func(yield func(Answers) bool) { r.states(r.diagram.root, Answers{}, yield) }
}

func (r *Ruleset) states(id int, a Answers, yield func(Answers) bool) bool {
	if !yield(a) {
		return false
	}
	f := r.diagram.nodes[id].fact
	if f == len(r.Facts) {
		return true
	}
	for v := range r.Facts[f].Values {
		if !r.states(r.diagram.follow(id, v), a.With(f, v), yield) {
			return false
		}
	}
	return r.states(r.diagram.follow(id, Unknown), a.With(f, Unknown), yield)
}
