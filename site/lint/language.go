package lint

import (
	"math/bits"
	"strings"
)

// newLanguage prepares the i-th language of the site. Languages beyond the 64th share a bit.
func newLanguage(in Input, tag string, i int) *language {
	l := &language{lexicon: lexiconOf(tag), tag: tag, bit: 1 << min(i, 63)}
	l.messages = readMessages(in.Files, tag)
	l.calendar = newCalendar(l)
	l.readTerms(in)
	return l
}

// readVocabulary collects the languages of words: the common words of each, and those of the glossary.
func (l *Linter) readVocabulary() {
	l.known = map[string]uint64{}
	for tag, lang := range l.languages {
		for w := range lang.Common {
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

// readProducts collects the names of products, which belong to all languages.
func (l *Linter) readProducts() {
	l.products = newPhrases(unknown.lexicon)
	for _, p := range l.Library.Site.Products {
		for _, lang := range l.Library.Site.Languages {
			l.products.add(p.Name[lang.Tag], 0)
		}
	}
}

// wrongLanguage reports the first sentence of a passage in another language of the site. A word is evidence of a
// language if only that one has it; labels, code, names and words in brackets are not. One foreign word may be
// borrowed: a sentence needs two, and twice as many as of its own language. Short sentences, as in lists, are judged
// together.
//
// A test measures the precision: no passage of the shipped articles is reported in its own language, and 9 of 10 are
// on a page of the other. Detection by sequences of letters was tried: lingua-go adds 130 MB to the program, takes
// 0.2 ms a sentence, a thousand times as long, and reports "Chrome" in Italian.
func (l *Linter) wrongLanguage(t *passage) {
	if len(t.Common) == 0 || len(t.sentences) == 0 {
		return
	}
	for i, s := range t.sentences {
		if other, words := l.foreign(t, s.words); other != nil {
			t.alien = append(t.alien, i)
			if len(t.alien) == 1 {
				t.warnLanguage(s, other, words)
			}
		}
	}
	if len(t.alien) > 0 {
		return
	}
	if other, words := l.foreign(t, t.whole().words); other != nil {
		t.warnLanguage(t.whole(), other, words)
		for i := range t.sentences {
			t.alien = append(t.alien, i)
		}
	}
}

func (t *passage) warnLanguage(s sentence, other *language, evidence []string) {
	start := t.words[s.words.from].from
	t.warn(start, "wrong-language", "%q is in %q, not in %q: %s", short(t.text[start:s.to]), other.tag, t.tag,
		strings.Join(evidence[:min(5, len(evidence))], ", ")).
		Suggestion = "translate it"
}

// foreign returns the language of some words if it is not that of the passage, and the evidence.
func (l *Linter) foreign(t *passage, words span) (*language, []string) {
	own, all := l.weigh(t, words)
	for ; all != 0; all &= all - 1 {
		other := t.language.all[bits.TrailingZeros64(all)]
		if evidence := l.evidence(t, words, other); len(evidence) >= 2 && len(evidence) > 2*own {
			return other, evidence
		}
	}
	return nil, nil
}

// weigh counts the words that are evidence of the passage's own language, and returns the bits of the languages of
// the others.
func (l *Linter) weigh(t *passage, words span) (own int, others uint64) {
	for i := words.from; i < words.to; i++ {
		if bit := l.languageOf(t, i); bit == t.bit {
			own++
		} else {
			others |= bit
		}
	}
	return own, others
}

// evidence returns the words that are evidence of a language.
func (l *Linter) evidence(t *passage, words span, of *language) (evidence []string) {
	for i := words.from; i < words.to; i++ {
		if l.languageOf(t, i) == of.bit {
			evidence = append(evidence, t.word(i))
		}
	}
	return evidence
}

// languageOf returns the bit of the language that a word is evidence of, or 0.
func (l *Linter) languageOf(t *passage, i int) uint64 {
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

// untranslated reports a block that is identical to that of the source. One word is enough evidence here.
func (s pair) untranslated() {
	if len(s.here) != 1 || len(s.source) != 1 || s.here[0].text != s.source[0].text || len(s.here[0].alien) > 0 {
		return
	}
	t := s.here[0]
	own, _ := s.page.weigh(t, t.whole().words)
	evidence := s.page.evidence(t, t.whole().words, s.from.language)
	if len(t.Common) > 0 && own == 0 && len(evidence) > 0 {
		t.warnLanguage(t.whole(), s.from.language, evidence)
	}
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
