package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/diag"
)

const (
	mostCompletions = 3
	leastCorrected  = 4 // letters of a word that may be mistyped
	leastTwice      = 8 // letters of a word that may be mistyped twice
	leastHead       = 3 // letters of a word that may have been written together with another,
	leastTail       = 2 // and of that other
)

// complete returns the lists of the commonest words that begin with a text.
func (s *search) complete(text string) []*hits {
	first, _ := utf8.DecodeRuneInString(text)
	var found []known
	for _, k := range s.vocabulary(first) {
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

// correct returns what a word without a hit was meant to be: a word with a
// glued article, one that differs by a doubled consonant or an edit, two words
// written together, a word that differs by two edits.
func (s *search) correct(w word) (string, []*hits) {
	letters := utf8.RuneCountInString(w.text)
	if letters < leastCorrected || strings.IndexFunc(w.text, unicode.IsNumber) >= 0 {
		return "", nil
	}
	if rest, h := s.unglue(w.text); h != nil {
		return rest, []*hits{h}
	}
	first, size := utf8.DecodeRuneInString(w.text)
	second, _ := utf8.DecodeRuneInString(w.text[size:])
	near, edits := nearest(w, s.vocabulary(first))
	if edits > 1 {
		if text, lists := s.split(w.text); lists != nil {
			return text, lists
		}
		if other, n := nearest(w, s.vocabulary(second)); n < edits && n < 2 {
			near, edits = other, n
		}
	}
	if h := s.list(near.term); h != nil && edits <= 2 {
		return near.form, []*hits{h}
	}
	return "", nil
}

// unglue takes off an elided article that was typed without its apostrophe.
func (s *search) unglue(text string) (string, *hits) {
	for n := min(5, len(text)-leastHead); n > 0; n-- {
		if rest := text[n:]; s.elided[text[:n]] && strings.ContainsRune("aeiouh", rune(rest[0])) {
			if h := s.list(stem(s.steps, rest)); h != nil {
				return rest, h
			}
		}
	}
	return "", nil
}

// split takes a text apart into two words that are both known, the longer first
// one preferred.
func (s *search) split(text string) (string, []*hits) {
	first, _ := utf8.DecodeRuneInString(text)
	words := s.vocabulary(first)
	for n := len(text) - leastTail; n >= leastHead; n-- {
		head, tail := text[:n], text[n:]
		i := slices.IndexFunc(words, func(k known) bool { return k.term == stem(s.steps, head) })
		if i < 0 || !utf8.RuneStart(tail[0]) {
			continue
		}
		a, b := s.list(words[i].term), s.list(stem(s.steps, tail))
		if a != nil && b != nil {
			if s.stop[tail] {
				return head + " " + tail, []*hits{a}
			}
			return head + " " + tail, []*hits{a, b}
		}
	}
	return "", nil
}

// nearest returns the known word that differs least from w, of equals one whose
// letters were only swapped, of those the commonest, of those the first, and in how many edits; 3 for none within
// reach. Doubled letters are no difference. Words are compared as they are
// commonly written, and stem with stem.
func nearest(w word, words []known) (known, int) {
	text, stem := undouble(w.text), undouble(w.term)
	var best known
	least := 3
	for _, k := range words {
		edits := min(edits(text, undouble(k.form)), edits(stem, undouble(k.term)))
		if edits > 2 || edits > least {
			continue
		}
		if edits < least || cmp.Or(compare(swapped(w, k), swapped(w, best)), cmp.Compare(k.common, best.common)) > 0 {
			best, least = k, edits
		}
	}
	return best, least
}

// edits counts the edits between two words; 3 for more than the first may be away.
func edits(a, b []rune) int {
	if n, ok := diag.Distance(a, b, reach(a)); ok {
		return n
	}
	return 3
}

// reach is the number of edits that a word may be away.
func reach(letters []rune) int {
	switch {
	case len(letters) < leastCorrected:
		return 0
	case len(letters) < leastTwice:
		return 1
	}
	return 2
}

// undouble writes doubled letters once.
func undouble(text string) []rune { return slices.Compact([]rune(text)) }

// swapped reports whether a word has the letters of another in some order.
func swapped(w word, k known) bool {
	if len(w.text) != len(k.form) {
		return false
	}
	a, b := []byte(w.text), []byte(k.form)
	slices.Sort(a)
	slices.Sort(b)
	return string(a) == string(b)
}

func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
