package search

import (
	"strings"
	"unicode/utf8"
)

// A known word is one that mistyped and unfinished words are compared with.
type known struct {
	term, form string
	common     int // the binary logarithm of the number of documents, rounded up

	spelledTerm, spelledForm spelling
}

// parseKnown reads a line that (*list).word wrote.
func parseKnown(line string) (known, bool) {
	term, rest, ok := strings.Cut(line, " ")
	if !ok || len(rest) < 2 {
		return known{}, false
	}
	end := strings.IndexFunc(rest[1:], func(r rune) bool { return r < utf8.RuneSelf && value(byte(r)) < base }) + 2
	cut, ok := numbers(rest[1:max(end, 1)])
	letters := []rune(term)
	if !ok || len(cut) != 1 || cut[0] > len(letters) {
		return known{}, false
	}
	k := known{term: term, form: string(letters[:len(letters)-cut[0]]) + rest[end:], common: value(rest[0])}
	k.spelledTerm, k.spelledForm = spellingOf(k.term), spellingOf(k.form)
	return k, true
}

// vocabulary returns the known words with a first letter, in the order of terms.
func (ix *Index) vocabulary(first rune) []known {
	data := string(ix.files["w-"+plain(string(first))])
	var all []known
	for line := range strings.SplitSeq(strings.Trim(data, `["]`), `","`) { // as in list, nothing is escaped
		if k, ok := parseKnown(line); ok {
			all = append(all, k)
		}
	}
	return all
}

// vocabulary returns the known words with a first letter, read once for a query.
func (s *search) vocabulary(first rune) []known {
	words, ok := s.vocabularies[first]
	if !ok {
		words = s.Index.vocabulary(first)
		s.cost += len(words)
		s.vocabularies[first] = words
	}
	return words
}
