package search

import (
	"slices"
	"strings"
)

// A posting says how much a document is about a term, and where.
type posting struct {
	term    uint32 // the worker's id
	level   uint8  // saturated frequency, 1 to levels; above levels where the title has the term
	section uint8  // from 1; 0 for the document as a whole
}

// A lexeme is a word as it stands in texts and the term it is indexed as.
type lexeme struct {
	term  uint32
	stop  bool
	count uint32     // occurrences: a term is shown in its commonest form
	ends  []sequence // phrases of which it is the last word
}

// A sequence is a phrase of terms, which is a term itself.
type sequence struct {
	terms []uint32
	term  uint32
}

// A reading is what a run of letters is made of: its words in the stream of the
// text, and for a compound the whole besides.
type reading struct {
	words   []*lexeme // none where it is too long for a word
	whole   *lexeme
	elision bool // before an apostrophe it is no word but an article
}

// A worker reads documents, one at a time. It remembers what it has read, so
// that each form of each word is analysed once, and counts in place, so that a
// document costs its postings and nothing else.
type worker struct {
	*analyzer
	ids      map[string]uint32
	names    []string // of terms, by id
	lexemes  map[string]*lexeme
	readings map[string]*reading   // by the run as it stands
	phrasing map[string][]sequence // by last stem
	groups   [][]uint32            // of synonyms

	tallies []tally // by id
	touched []uint32
	lengths [fieldCount]int // of the document's fields, in words that are no stop words
	window  []uint32        // terms of the paragraph, without stop words
}

// A tally counts a term in a document.
type tally struct {
	counts  [fieldCount]uint16
	touched bool
	at      uint8   // section of the last occurrence
	here    uint16  // weight of the occurrences in it
	best    uint16  // greatest such weight
	place   uint8   // section that has it
	all     uint16  // weight of all occurrences in text
	freq    float32 // weighted and normalised: BM25F's pseudo-frequency
	lent    float32 // of its synonyms
}

func newWorker(c Config) *worker {
	w := &worker{
		analyzer: newAnalyzer(tongueOf(c.Lang)), ids: map[string]uint32{}, phrasing: map[string][]sequence{},
		lexemes: map[string]*lexeme{}, readings: map[string]*reading{},
	}
	for _, name := range c.Names {
		w.learnName(name)
	}
	for _, entries := range c.Synonyms {
		var group []uint32
		for _, entry := range entries {
			if term := w.learn(entry); term != "" && !slices.Contains(group, w.id(term)) {
				group = append(group, w.id(term))
			}
		}
		w.groups = append(w.groups, group)
	}
	for stems, term := range w.phrases {
		s := sequence{term: w.id(term)}
		for stem := range strings.FieldsSeq(stems) {
			s.terms = append(s.terms, w.id(stem))
		}
		last := stems[strings.LastIndexByte(stems, ' ')+1:]
		w.phrasing[last] = append(w.phrasing[last], s)
	}
	return w
}

func (w *worker) id(term string) uint32 {
	id, ok := w.ids[term]
	if !ok {
		id = uint32(len(w.names))
		w.ids[term] = id
		w.names = append(w.names, term)
		w.tallies = append(w.tallies, tally{})
	}
	return id
}

func (w *worker) lexeme(text, term string, stop bool) *lexeme {
	l := w.lexemes[text]
	if l == nil {
		l = &lexeme{term: w.id(term), stop: stop, ends: w.phrasing[term]}
		w.lexemes[text] = l
	}
	return l
}

// read returns what a run is made of. It is remembered by the run as it stands,
// so that letters are folded once.
func (w *worker) read(run string) *reading {
	if got := w.readings[run]; got != nil {
		return got
	}
	if len(run) > longestRun {
		return &reading{}
	}
	text := spell(run)
	got := &reading{elision: w.elided[text]}
	w.readings[strings.Clone(run)] = got
	word := w.word(text)
	for _, p := range word.parts {
		got.words = append(got.words, w.lexeme(p.text, p.term, p.stop))
	}
	switch spelled := w.spelled[text]; {
	case len(word.parts) > 0:
		got.whole = w.lexeme(word.text, word.term, false)
	case len(spelled) > 0:
		for _, s := range spelled {
			p := w.word(s)
			got.words = append(got.words, w.lexeme(p.text, p.term, p.stop))
		}
	default:
		got.words = []*lexeme{w.lexeme(text, word.term, word.stop)}
	}
	return got
}

// count takes in a text of a field that stands in a section.
func (w *worker) count(text string, field int, section uint8) {
	w.window = w.window[:0]
	runs(text, func(r run) {
		got := w.read(r.text)
		if r.elided && got.elision {
			return
		}
		if got.whole != nil {
			w.occur(got.whole, field, section)
		}
		for _, l := range got.words {
			w.occur(l, field, section)
			if !l.stop {
				w.lengths[field]++
				w.window = append(w.window, l.term)
				w.matchPhrases(l, field, section)
			}
		}
	})
}

// longestRun is the length in bytes of what is still a word, as it stands.
const longestRun = 96

func (w *worker) occur(l *lexeme, field int, section uint8) {
	l.count++
	w.add(l.term, field, section)
}

func (w *worker) matchPhrases(l *lexeme, field int, section uint8) {
	for _, s := range l.ends {
		if n := len(w.window) - len(s.terms); n >= 0 && slices.Equal(w.window[n:], s.terms) {
			w.add(s.term, field, section)
		}
	}
}

func (w *worker) add(term uint32, field int, section uint8) {
	t := &w.tallies[term]
	if !t.touched {
		t.touched = true
		w.touched = append(w.touched, term)
	}
	t.counts[field]++
	weight := sectionWeight[field]
	if weight == 0 {
		return
	}
	if t.at != section {
		t.at, t.here = section, 0
	}
	t.here += weight
	t.all += weight
	if t.here > t.best {
		t.best, t.place = t.here, section
	}
}

// sectionWeight is how far an occurrence makes a section the place of a term.
var sectionWeight = [fieldCount]uint16{questionField: 6, headingField: 6, bodyField: 1}
