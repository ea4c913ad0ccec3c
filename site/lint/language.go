package lint

import (
	"math/bits"
	"strings"
)

// A language is one of the site's as its words and terms are.
type language struct {
	*tongue
	tag      string
	bit      uint64
	texts    []message
	calendar calendar
	siblings []*language // all languages of the site, in its order

	wanted    *phrases // the words of terms, by their index in the glossary
	avoided   *phrases
	synonyms  *phrases          // of the words of terms
	labels    map[string]string // on screens, by the same in small letters
	translate map[string]string // labels of other languages, and what they are here
	sources   map[string]string // labels of the default language, and what they are here
}

// newLanguage prepares the i-th language of the site. Of more than 64 languages,
// the last share a bit.
func newLanguage(in Input, tag string, i int) *language {
	l := &language{tongue: tongueOf(tag), tag: tag, bit: 1 << min(i, 63)}
	l.texts = readMessages(in.Files, tag)
	l.calendar = newCalendar(l.texts)
	l.readTerms(in)
	return l
}

// readVocabulary notes in which languages a word is known: the commonest of
// each, and those of the glossary.
func (l *Linter) readVocabulary() {
	l.known = map[string]uint64{}
	for tag, lang := range l.languages {
		for _, w := range lang.common {
			l.known[w] |= lang.bit
		}
		for _, term := range l.Words.Glossary {
			t := newPassage(term.Words[tag], unknown, markup{})
			for i := range t.words {
				if w := t.word(i); len(w) > 2 && !term.Label {
					l.known[w] |= lang.bit
				}
			}
		}
	}
}

// readProducts notes the names of products, which belong to all languages.
func (l *Linter) readProducts() {
	l.names = newPhrases(endings{})
	for _, p := range l.Library.Site.Products {
		for _, lang := range l.Library.Site.Languages {
			l.names.add(p.Name[lang.Tag], 0)
		}
	}
}

// wrongLanguage reports the first sentence of a passage that is in another
// language of the site. A word speaks for a language if it is known in that one
// alone; labels, code, names and what stands in brackets say nothing. One such
// word may be borrowed: a sentence must have two, and twice as many as of its
// own language. Short sentences, as in lists, are judged together.
//
// Of what ships, every sentence is left alone in its own language and 9 of 10
// are known on a page of the other (TestWrongLanguageMeasured). Libraries that
// tell languages apart by sequences of letters were tried: lingua-go makes the
// program 130 MB larger, takes 0.2 ms a sentence, a thousand times what this
// does, and takes "Chrome" on an Italian page for an English sentence.
func (l *Linter) wrongLanguage(t *passage) {
	if len(t.common) == 0 || len(t.sentences) == 0 {
		return
	}
	for i, s := range t.sentences {
		if other, words := l.foreign(t, s); other != nil {
			t.alien = append(t.alien, i)
			if len(t.alien) == 1 {
				l.warnLanguage(t, s, other, words)
			}
		}
	}
	if len(t.alien) > 0 {
		return
	}
	whole := sentence{span{0, len(t.text)}, 0, len(t.words)}
	if other, words := l.foreign(t, whole); other != nil {
		l.warnLanguage(t, whole, other, words)
		for i := range t.sentences {
			t.alien = append(t.alien, i)
		}
	}
}

func (l *Linter) warnLanguage(t *passage, s sentence, other *language, words []string) {
	t.warn(t.words[s.first].from, "wrong-language", "%q is in %q and not in %q: %s",
		short(t.text[t.words[s.first].from:s.to]), other.tag, t.tag, quoted(words)).
		Suggestion = "translate it"
}

// foreign returns the language that a sentence is in, if that is not its own,
// and the words that say so.
func (l *Linter) foreign(t *passage, s sentence) (*language, []string) {
	own, all := l.weigh(t, s)
	for all != 0 {
		bit := uint64(1) << bits.TrailingZeros64(all)
		all &^= bit
		words := l.speaking(t, s, bit)
		if len(words) >= 2 && len(words) > 2*own {
			return l.byBit(bit), words
		}
	}
	return nil, nil
}

// weigh returns how many words of a sentence speak for its own language, and
// the bits of the languages that others speak for.
func (l *Linter) weigh(t *passage, s sentence) (own int, others uint64) {
	for i := s.first; i < s.last; i++ {
		if known := l.evidence(t, i); known == t.bit {
			own++
		} else {
			others |= known
		}
	}
	return own, others
}

// speaking returns the words of a sentence that speak for a language.
func (l *Linter) speaking(t *passage, s sentence, bit uint64) (words []string) {
	for i := s.first; i < s.last; i++ {
		if l.evidence(t, i) == bit {
			words = append(words, t.word(i))
		}
	}
	return words
}

// untranslated reports a block that is that of the source, word for word. Here
// one word that speaks for the source's language is enough.
func (s pair) untranslated() {
	if len(s.here) != 1 || len(s.source) != 1 || s.here[0].text != s.source[0].text || len(s.here[0].alien) > 0 {
		return
	}
	t, l := s.here[0], s.page.Linter
	whole := sentence{span{0, len(t.text)}, 0, len(t.words)}
	own, _ := l.weigh(t, whole)
	words := l.speaking(t, whole, s.from.language.bit)
	if len(t.common) > 0 && own == 0 && len(words) > 0 {
		l.warnLanguage(t, whole, s.from.language, words)
	}
}

// evidence returns the bit of the language that the i-th word speaks for, or 0.
func (l *Linter) evidence(t *passage, i int) uint64 {
	w := t.words[i]
	if w.bold || w.code || w.aside || w.capital && !w.initial {
		return 0
	}
	known := l.known[t.word(i)]
	if known&(known-1) != 0 {
		return 0
	}
	return known
}

func (l *Linter) byBit(bit uint64) *language {
	for _, lang := range l.Library.Site.Languages {
		if found := l.languages[lang.Tag]; found.bit == bit {
			return found
		}
	}
	return nil
}

// inAlien reports whether a word stands in a sentence of another language.
func (t *passage) inAlien(word int) bool {
	for _, i := range t.alien {
		if s := t.sentences[i]; s.first <= word && word < s.last {
			return true
		}
	}
	return false
}

// short returns the beginning of a text, for a finding.
func short(text string) string {
	const most = 60
	text = strings.TrimSpace(text)
	if len(text) <= most {
		return text
	}
	cut := strings.LastIndexByte(text[:most], ' ')
	if cut < 0 {
		return text
	}
	return text[:cut] + " …"
}

// quoted writes words for a finding.
func quoted(words []string) string {
	const most = 5
	if len(words) > most {
		words = words[:most]
	}
	return strings.Join(words, ", ")
}
