package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A scanner finds the runs of a text, one after the other. A run is a sequence of letters and digits, which may be
// joined by single hyphens and dots: abbonamento, e-1042, join.me.
type scanner struct {
	text       string
	at         int  // where to continue
	start, end int  // of the run, in bytes
	elided     bool // an apostrophe follows the run: dell'
	paired     bool // the letter at at has ended a pair; see next
}

// next finds the next run. It returns false at the end of the text. In scripts without spaces, each pair of letters
// is a run, so that words are found wherever they are.
func (s *scanner) next() bool {
	text, i := s.text, s.at
	start, joined := -1, false // joined: the last rune was a joiner
	for i < len(text) {
		r, size := rune(text[i]), 1
		c := classes[r]
		if c == wide {
			r, size = utf8.DecodeRuneInString(text[i:])
			c = classOf(r)
		}
		if c == spaceless && start < 0 {
			next, after := utf8.DecodeRuneInString(text[i+size:])
			isPair := classOf(next) == spaceless
			s.start, s.end, s.at, s.elided = i, i+size, i+size, false
			if isPair {
				s.end += after
			}
			single := !isPair && !s.paired
			if s.paired = isPair; isPair || single {
				return true
			}
			i += size
			continue
		}
		if c == spaceless {
			break
		}
		if c.spells() {
			if start < 0 {
				start = i
			}
			i += size
			s.start, s.end, joined = start, i, false
			continue
		}
		i += size
		switch {
		case c == invisible, start < 0:
		case c == joiner && !joined:
			joined = true
		default:
			s.at, s.elided = i, c == apostrophe && !joined
			return true
		}
	}
	s.at, s.elided = i, false
	return start >= 0
}

// run returns the run as it is written; see spell.
func (s *scanner) run() string { return s.text[s.start:s.end] }

// parts splits a run at joiners and between letters and digits: e-1042 and e1042 both become e and 1042.
func parts(run string) []string {
	var all []string
	start, last := 0, other
	for i, r := range run {
		c := letter
		switch {
		case r == '-':
			c = joiner
		case unicode.IsNumber(r):
			c = digit
		}
		if c != last && last != other {
			if last != joiner {
				all = append(all, run[start:i])
			}
			start = i
		}
		last = c
	}
	return append(all, run[start:])
}

// An analyzer reads the words of one language. The page's script reads queries in the same way, from the same data.
type analyzer struct {
	elided, stop, ask, apart map[string]bool
	letters                  *strings.Replacer // replaces letters that may be written as two
	links                    []string          // between the words of a compound; the first is empty
	stemmer
	phrases map[string]string   // stems of several words, separated by spaces → the phrase's term
	longest int                 // most stems in a phrase
	begins  map[string]bool     // stems that phrases begin with
	spelled map[string][]string // names written as one word → their words
}

func newAnalyzer(l language) *analyzer {
	return &analyzer{
		elided: l.Elided.set(), stop: l.Stop.set(), ask: l.Ask.set(), apart: l.Apart.set(), stemmer: l.Stem,
		letters: strings.NewReplacer(strings.Fields(string(l.Spell))...),
		links:   append([]string{""}, strings.Fields(string(l.Links))...),
		phrases: map[string]string{}, begins: map[string]bool{}, spelled: map[string][]string{},
	}
}

// spell folds a run and applies the spellings of the language.
func (a *analyzer) spell(run string) string {
	return strings.TrimSuffix(a.letters.Replace(spell(run)+"$"), "$")
}

// A word is a word that a reader typed.
type word struct {
	text  string   // folded
	term  string   // its stem, or the term of its phrase
	parts []word   // of a compound, which is looked up as a whole first
	apart []string // later words with which it may form a verb: sage ... ab
	stop  bool
	ask   bool

	start, end int // in the text, in bytes
}

// query reads what a reader typed, each word once, up to the limit. It reports whether words beyond the limit were
// dropped.
func (a *analyzer) query(text string) (once []word, dropped bool) {
	free := mostWords
	for _, w := range a.words(text) {
		if slices.ContainsFunc(once, func(known word) bool { return known.term == w.term }) {
			continue
		}
		if free == 0 {
			return once, true
		}
		w, dropped = w.first(&free)
		if once = append(once, w); dropped {
			return once, true
		}
	}
	return once, false
}

// first returns a word with as many of its parts as are free, and reports whether parts were dropped. Each part
// without parts of its own uses up one.
func (w word) first(free *int) (_ word, dropped bool) {
	if len(w.parts) == 0 {
		*free--
		return w, false
	}
	parts := w.parts
	w.parts = nil
	for _, p := range parts {
		if *free == 0 {
			return w, true
		}
		p, dropped = p.first(free)
		if w.parts = append(w.parts, p); dropped {
			return w, true
		}
	}
	return w, false
}

// words reads a text: its words without elided articles and, unless nothing else is left, without stop words. A
// phrase is one word.
func (a *analyzer) words(text string) []word { return a.join(a.kept(text)) }

// kept returns the words of a text that count.
func (a *analyzer) kept(text string) []word {
	var all []word
	s := scanner{text: text}
	for s.next() {
		if text := a.spell(s.run()); !isRemnant(text) && !(s.elided && a.elided[text]) {
			w := a.word(text)
			w.start, w.end = s.start, s.end
			all = append(all, w)
		}
	}
	for i, w := range all {
		for j := 0; j < i && a.apart[w.text]; j++ {
			all[j].apart = append(all[j].apart, w.text)
		}
	}
	if kept := slices.DeleteFunc(slices.Clone(all), func(w word) bool { return w.stop }); len(kept) > 0 {
		return kept
	}
	return all
}

func (a *analyzer) word(run string) word {
	if !strings.ContainsFunc(run, func(r rune) bool { return r == '-' || unicode.IsNumber(r) }) {
		return a.part(run) // true of most words
	}
	pieces := parts(run)
	if len(pieces) == 1 {
		return a.part(run)
	}
	w := word{text: strings.Join(pieces, "")}
	w.term = a.stem(w.text)
	for _, p := range pieces {
		w.parts = append(w.parts, a.part(p))
	}
	return w
}

func (a *analyzer) part(text string) word {
	return word{text: text, term: a.stem(text), stop: a.stop[text] || isRemnant(text), ask: a.ask[text]}
}

// isRemnant reports whether a word is a single letter, such as an apostrophe leaves of another word.
func isRemnant(text string) bool { return len(text) == 1 && 'a' <= text[0] && text[0] <= 'z' }

// join replaces the words of a phrase by one word, trying the longest phrases first.
func (a *analyzer) join(words []word) []word {
	var all []word
	for i := 0; i < len(words); i++ {
		w := words[i]
		longest := min(a.longest, len(words)-i)
		if len(w.parts) == 0 && !a.begins[w.term] {
			longest = 0
		}
		for n := longest; n > 0; n-- {
			if term, ok := a.phrases[terms(words[i:i+n])]; ok {
				phrase := words[i : i+n]
				w = word{text: texts(phrase), term: term, parts: phrase, start: w.start, end: phrase[n-1].end}
				i += n - 1
				break
			}
		}
		all = append(all, w)
	}
	return all
}

// terms returns the key of words in phrases: their stems, or those of the parts of compounds, without stop words.
func terms(words []word) string {
	var all []string
	for _, w := range words {
		if len(w.parts) == 0 {
			all = append(all, w.term)
		}
		for _, p := range w.parts {
			if !p.stop {
				all = append(all, p.term)
			}
		}
	}
	return strings.Join(all, " ")
}

func texts(words []word) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.text
	}
	return strings.Join(all, " ")
}
