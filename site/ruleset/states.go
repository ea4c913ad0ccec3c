package ruleset

import "iter"

// Canonical returns the answers as a walk through the questions would have
// collected them: a fact is kept while it is the next one asked, and the walk
// ends at the first that is not answered. Answers that can change nothing, or
// that come before their question, are dropped.
func (r *Ruleset) Canonical(a Answers) Answers {
	var kept Answers
	for f := r.Next(kept); f >= 0 && a.At(f) != Unanswered; f = r.Next(kept) {
		kept = kept.With(f, a.At(f))
	}
	return kept
}

// States yields all canonical answers, each before those that continue it: the
// pages of the checker. Among them are states still open, states decided where
// a further question may add a reason, and states that end in "unknown".
func (r *Ruleset) States() iter.Seq[Answers] {
	return func(yield func(Answers) bool) { r.states(Answers{}, yield) }
}

func (r *Ruleset) states(a Answers, yield func(Answers) bool) bool {
	if !yield(a) {
		return false
	}
	f := r.Next(a)
	if f < 0 {
		return true
	}
	for v := range r.Facts[f].Values {
		if !r.states(a.With(f, v), yield) {
			return false
		}
	}
	return r.states(a.With(f, Unknown), yield)
}
