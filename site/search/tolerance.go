package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/diag"
)

const (
	mostCompletions = 3
	leastCompleted  = 2 // letters of a word that may be unfinished
	leastCorrected  = 4 // letters of a word that may be mistyped
	leastTwice      = 8 // letters of a word that may be mistyped twice
	leastStem       = 5 // letters of a stem that may be mistyped
	leastStemTwice  = 9 // letters of a stem that may be mistyped twice
	leastHead       = 3 // letters of a word that may be written together with another
	leastTail       = 2 // letters of that other word
	leastBeginning  = 5 // letters of a word that a longer one begins with
)

// complete returns the lists of the commonest words that begin with a text.
func (s *search) complete(text string) []*hits {
	first, _ := utf8.DecodeRuneInString(text)
	var found []known
	words := s.vocabulary(first)
	s.cost += len(words)
	for _, k := range words {
		if strings.HasPrefix(k.form, text) || strings.HasPrefix(k.term, text) {
			found = append(found, k)
		}
	}
	slices.SortStableFunc(found, func(a, b known) int { return cmp.Compare(b.common, a.common) })
	var lists []*hits
	for _, k := range found[:min(len(found), mostCompletions)] {
		if h := s.list(k.term); h != nil {
			lists = append(lists, h)
		}
	}
	return lists
}

// correct returns what a word without a list was meant to be. It tries, in this order, a word after an article
// without its apostrophe, one that differs by doubled letters or one edit, two words written together, one that
// differs by two edits, and one that it begins with.
func (s *search) correct(w word) (string, []*hits) {
	letters := utf8.RuneCountInString(w.text)
	if letters < leastCorrected || letters > mostCorrected || strings.IndexFunc(w.text, unicode.IsNumber) >= 0 {
		return "", nil
	}
	if rest, h := s.splitArticle(w.text); h != nil {
		return rest, []*hits{h}
	}
	first, size := utf8.DecodeRuneInString(w.text)
	second, _ := utf8.DecodeRuneInString(w.text[size:])
	words := s.vocabulary(first)
	near, edits := s.nearest(w, words, true)
	if edits > 1 {
		if text, lists := s.split(w.text, words); lists != nil {
			return text, lists
		}
		if other, n := s.nearest(w, s.vocabulary(second), false); n < edits && n < 2 {
			near, edits = other, n
		}
	}
	if edits > 2 {
		near = beginning(w.text, words)
	}
	if h := s.list(near.term); h != nil {
		return near.form, []*hits{h}
	}
	return "", nil
}

// beginning returns the last of the words that a text begins with.
func beginning(text string, words []known) (last known) {
	begins := func(part string) bool { return len(part) >= leastBeginning && strings.HasPrefix(text, part) }
	for _, k := range words {
		if begins(k.term) || begins(k.form) {
			last = k
		}
	}
	return last
}

// splitArticle removes an elided article that was typed without its apostrophe.
func (s *search) splitArticle(text string) (string, *hits) {
	for n := min(5, len(text)-leastHead); n > 0; n-- {
		if rest := text[n:]; s.elided[text[:n]] && strings.ContainsRune("aeiouh", rune(rest[0])) {
			if h := s.list(s.stem(rest)); h != nil {
				return rest, h
			}
		}
	}
	return "", nil
}

// split divides a text into two known words, the first as long as possible. The first must be one of words, which
// are in the order of terms.
func (s *search) split(text string, words []known) (string, []*hits) {
	letters := []rune(text)
	for n := len(letters) - leastTail; n >= leastHead; n-- {
		head, tail := string(letters[:n]), string(letters[n:])
		s.cost++
		term := s.stem(head)
		byTerm := func(k known, term string) int { return strings.Compare(k.term, term) }
		if _, ok := slices.BinarySearchFunc(words, term, byTerm); !ok || s.elided[head] {
			continue
		}
		a, b := s.list(term), s.list(s.stem(tail))
		if a != nil && b != nil {
			if s.stop[tail] {
				return head + " " + tail, []*hits{a}
			}
			return head + " " + tail, []*hits{a, b}
		}
	}
	return "", nil
}

// nearest returns the known word that differs least from w, and the number of edits, 3 if none is within reach.
// Among equal ones it prefers one with the same letters in another order, then the commonest, then the first.
// Doubled letters make no difference. Forms are compared with forms and stems with stems, which may differ less. A
// word with another first letter must have a form that is near.
func (s *search) nearest(w word, words []known, sameFirst bool) (known, int) {
	s.cost += len(words)
	text, term := spellingOf(w.text), spellingOf(w.term)
	var best known
	least := 3
	for _, k := range words {
		edits := text.edits(&k.spelledForm, leastCorrected, leastTwice)
		if sameFirst {
			edits = min(edits, term.edits(&k.spelledTerm, leastStem, leastStemTwice))
		}
		if edits > 2 || edits > least {
			continue
		}
		better := cmp.Or(sameLetters(w, k)-sameLetters(w, best), cmp.Compare(k.common, best.common)) > 0
		if edits < least || better {
			best, least = k, edits
		}
	}
	return best, least
}

// A spelling is a word in the form in which it is compared with others.
type spelling struct {
	letters   []rune
	undoubled string
	set       uint64 // a bit for each letter, by its code modulo 64
}

func spellingOf(text string) spelling {
	s := spelling{letters: []rune(text)}
	s.undoubled = string(slices.Compact(slices.Clone(s.letters)))
	for _, r := range s.letters {
		s.set |= 1 << (r % 64)
	}
	return s
}

// edits counts the edits between two words, or returns 3 if they are out of reach. Words of at least once letters
// may differ by one edit, words of at least twice letters by two. An edit adds at most one letter to a word's set
// and removes at most one, so the sets rule out most words without a comparison letter by letter.
func (s *spelling) edits(to *spelling, once, twice int) int {
	reach := 0
	switch {
	case s.undoubled == to.undoubled && utf8.RuneCountInString(s.undoubled) >= leastCorrected:
		return 0
	case len(s.letters) >= twice:
		reach = 2
	case len(s.letters) >= once:
		reach = 1
	}
	if bits.OnesCount64(s.set&^to.set) > reach || bits.OnesCount64(to.set&^s.set) > reach {
		return 3
	}
	if n, ok := diag.Distance(s.letters, to.letters, reach); ok {
		return n
	}
	return 3
}

// sameLetters returns 1 if a word has the letters of another, in any order, and 0 otherwise.
func sameLetters(w word, k known) int {
	a, b := []byte(w.text), []byte(k.form)
	slices.Sort(a)
	slices.Sort(b)
	if slices.Equal(a, b) {
		return 1
	}
	return 0
}

// A known word is one that mistyped and unfinished words are compared with.
type known struct {
	term, form string
	common     int // the binary logarithm of the number of documents, rounded up

	spelledTerm, spelledForm spelling
}

// parseKnown parses a line written by (*term).word.
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

// vocabulary returns the known words with the given first letter, in the order of terms.
func (ix *Index) vocabulary(first rune) []known {
	data := string(ix.data("w-" + plain(string(first))))
	var all []known
	for line := range strings.SplitSeq(strings.Trim(data, `["]`), `","`) { // as in list, nothing is escaped
		if k, ok := parseKnown(line); ok {
			all = append(all, k)
		}
	}
	return all
}

// vocabulary is like (*Index).vocabulary, but reads each file only once for a query.
func (s *search) vocabulary(first rune) []known {
	words, ok := s.vocabularies[first]
	if !ok {
		words = s.Index.vocabulary(first)
		s.cost += len(words)
		s.vocabularies[first] = words
	}
	return words
}
