package search

import "strings"

// A lexicon numbers texts from 0, in the order in which they are added. It is a hash
// table with open addressing. Every word of every document is looked up in one, with a
// hash made while the word is scanned. A Go map has to hash the letters again, and
// takes half as long again.
type lexicon struct {
	letters strings.Builder // of all texts
	ends    []uint32        // of the texts in letters, after a first 0
	slots   []slot          // a power of two; at least half of them are free
}

// A slot holds a text's hash and number.
type slot struct {
	hash hash
	text uint32 // its number plus one; 0 if the slot is free
}

func newLexicon() *lexicon { return &lexicon{ends: []uint32{0}, slots: make([]slot, 1024)} }

// len returns how many texts have a number.
func (l *lexicon) len() int { return len(l.ends) - 1 }

// text returns the text of a number.
func (l *lexicon) text(n uint32) string { return l.letters.String()[l.ends[n]:l.ends[n+1]] }

// number returns the number of a text. It reports whether the text is new.
func (l *lexicon) number(text string, h hash) (n uint32, isNew bool) {
	last := uint32(len(l.slots) - 1)
	for i := uint32(h) & last; ; i = (i + 1) & last {
		s := l.slots[i]
		if s.text == 0 {
			return l.add(text, h), true
		}
		if s.hash == h && l.text(s.text-1) == text {
			return s.text - 1, false
		}
	}
}

func (l *lexicon) add(text string, h hash) uint32 {
	l.letters.WriteString(text)
	l.ends = append(l.ends, uint32(l.letters.Len()))
	if len(l.slots) < 2*l.len() {
		l.grow()
	}
	s := slot{h, uint32(l.len())}
	l.fill(s)
	return s.text - 1
}

func (l *lexicon) grow() {
	old := l.slots
	l.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.text > 0 {
			l.fill(s)
		}
	}
}

// fill puts a text into the next free slot.
func (l *lexicon) fill(s slot) {
	last := uint32(len(l.slots) - 1)
	i := uint32(s.hash) & last
	for l.slots[i].text > 0 {
		i = (i + 1) & last
	}
	l.slots[i] = s
}

// A hash is that of the letters so far, by FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo).
type hash uint32

const unhashed hash = 2166136261

func (h hash) with(letter rune) hash { return (h ^ hash(letter)) * 16777619 }

func hashOf(text string) hash {
	h := unhashed
	for _, r := range text {
		h = h.with(r)
	}
	return h
}
