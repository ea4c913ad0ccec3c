package search

import (
	"maps"
	"slices"
	"strings"
)

// A sequence is a phrase: its words' terms and its own.
type sequence struct {
	terms []uint32
	term  uint32
}

// A reading is what a run consists of.
type reading struct {
	from, to uint32 // its lexemes
	count    uint32 // occurrences in all documents
	elision  bool   // before an apostrophe it is an article and not a word
}

// A lexeme is a word of a run, or a compound as a whole.
type lexeme struct {
	term   uint32
	silent bool // phrases ignore it: a stop word, or a compound as a whole
	ends   bool // it is the last word of some phrase
}

// A worker reads documents, one at a time. It remembers each form of a word, so that it
// is analysed once, and counts in place, so that a document allocates its postings and
// nothing else.
type worker struct {
	*analyzer
	runs     *lexicon  // as they are written, so that each is folded once
	readings []reading // by number of the run
	lexemes  []lexeme
	texts    []string // of the lexemes, folded: a term is shown in its commonest form
	terms    *lexicon
	found    []int                 // documents, by term
	phrasing map[uint32][]sequence // by the last term
	groups   [][]uint32            // of synonyms

	tallies  []tally // by term
	touched  []uint32
	lengths  [fieldCount]int // of the document's fields, in words other than stop words
	window   []uint32        // terms of the paragraph, without stop words
	postings []byte          // of the document, see (posting).append
}

// A tally counts a term in a document.
type tally struct {
	counts [fieldCount]uint16
	at     uint16  // section of the last occurrence plus one; 0 before the first
	here   uint16  // weight of the occurrences in it
	best   uint16  // greatest such weight of an earlier section
	all    uint16  // weight of all occurrences in text
	place  uint8   // section of best
	freq   float32 // weighted and normalised: BM25F's pseudo-frequency
	lent   float32 // of its synonyms
}

// leave ends the section of the last occurrence.
func (t *tally) leave() {
	if t.here > t.best {
		t.best, t.place = t.here, uint8(t.at-1)
	}
	t.here = 0
}

func newWorker(c Config) *worker {
	w := &worker{
		analyzer: newAnalyzer(languageOf(c.Lang)), runs: newLexicon(), terms: newLexicon(),
		phrasing: map[uint32][]sequence{},
	}
	for _, name := range c.Names {
		w.learnName(name)
	}
	for _, entries := range c.Synonyms {
		var group []uint32
		for _, entry := range entries {
			if term := w.learn(entry); term != "" && !slices.Contains(group, w.term(term)) {
				group = append(group, w.term(term))
			}
		}
		w.groups = append(w.groups, group)
	}
	for _, stems := range slices.Sorted(maps.Keys(w.phrases)) { // sorted, so that terms always get the same numbers
		s := sequence{term: w.term(w.phrases[stems])}
		for stem := range strings.FieldsSeq(stems) {
			s.terms = append(s.terms, w.term(stem))
		}
		last := s.terms[len(s.terms)-1]
		w.phrasing[last] = append(w.phrasing[last], s)
	}
	return w
}

// term returns the number of a term.
func (w *worker) term(name string) uint32 {
	n, isNew := w.terms.number(name, hashOf(name))
	if isNew {
		w.tallies, w.found = append(w.tallies, tally{}), append(w.found, 0)
	}
	return n
}

// read returns the number of a run, whose reading it adds if need be.
func (w *worker) read(run string, h hash) uint32 {
	n, isNew := w.runs.number(run, h)
	if isNew {
		w.readings = append(w.readings, w.analyse(run))
	}
	return n
}

func (w *worker) analyse(run string) reading {
	text := spell(run)
	r := reading{from: uint32(len(w.lexemes)), elision: w.elided[text]}
	whole := w.word(text)
	switch spelled := w.spelled[text]; {
	case len(whole.parts) > 0:
		w.add(whole, true)
		for _, p := range whole.parts {
			w.add(p, p.stop)
		}
	case len(spelled) > 0:
		for _, s := range spelled {
			p := w.word(s)
			w.add(p, p.stop)
		}
	default:
		w.add(whole, whole.stop)
	}
	r.to = uint32(len(w.lexemes))
	return r
}

func (w *worker) add(p word, silent bool) {
	term := w.term(p.term)
	w.lexemes = append(w.lexemes, lexeme{term, silent, len(w.phrasing[term]) > 0})
	w.texts = append(w.texts, p.text)
}

// count counts the words of a text in a field and section.
func (w *worker) count(text string, field int, section uint8) {
	w.window = w.window[:0]
	s := scanner{text: text}
	for s.next() {
		if len(s.run()) > longestRun {
			continue
		}
		n := w.read(s.run(), s.hash)
		r := &w.readings[n]
		if s.elided && r.elision {
			continue
		}
		r.count++
		for _, l := range w.lexemes[r.from:r.to] {
			w.tally(l.term, field, section)
			if l.silent {
				continue
			}
			w.lengths[field]++
			w.window = append(w.window, l.term)
			if l.ends {
				w.matchPhrases(l.term, field, section)
			}
		}
	}
}

// longestRun is the length in bytes of the longest run that is indexed.
const longestRun = 96

func (w *worker) matchPhrases(last uint32, field int, section uint8) {
	for _, s := range w.phrasing[last] {
		if n := len(w.window) - len(s.terms); n >= 0 && slices.Equal(w.window[n:], s.terms) {
			w.tally(s.term, field, section)
		}
	}
}

// tally counts an occurrence of a term.
func (w *worker) tally(term uint32, field int, section uint8) {
	t := &w.tallies[term]
	if at := uint16(section) + 1; t.at != at {
		if t.at == 0 {
			w.touched = append(w.touched, term)
		}
		t.leave()
		t.at = at
	}
	t.counts[field]++
	t.here += sectionWeight[field]
	t.all += sectionWeight[field]
}

// sectionWeight is how much an occurrence in a field counts towards the term's section.
var sectionWeight = [fieldCount]uint16{questionField: 6, headingField: 6, bodyField: 1}
