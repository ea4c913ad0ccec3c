package search

// Limits of a query, which bound what it may cost. The page's script has the same.
const (
	mostLetters   = 200 // characters of a query that are read
	mostWords     = 16  // words that are looked for; each part of a compound is one
	mostCorrected = 40  // letters of a word that may be mistyped
)

// firstLetters returns a query as far as it is read, and reports whether that is
// less than all of it.
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
