package rules

import "iter"

// cases yields all complete answers, the last fact counting fastest.
func cases(r *Ruleset) iter.Seq[Answers] {
	given := make([][]int, len(r.Facts))
	for f, fact := range r.Facts {
		for v := range fact.Values {
			given[f] = append(given[f], v)
		}
	}
	return combinations(given)
}
