package search

// Limits of a query, which bound its cost. The page's script has the same.
const (
	mostLetters   = 200 // characters of a query that are read
	mostWords     = 16  // words that are looked up; each part of a compound is one
	mostCorrected = 40  // letters of a word that is corrected
)

// firstLetters returns the beginning of a query that is read, and reports whether the
// query is longer.
func firstLetters(text string) (string, bool) {
	n := 0
	for i := range text {
		if n == mostLetters {
			return text[:i], true
		}
		n++
	}
	return text, false
}
