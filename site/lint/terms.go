package lint

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"helpcenter/site/locale"
)

// readTerms prepares the glossary for a language.
func (l *language) readTerms(in Input) {
	l.wanted, l.avoided, l.synonyms = newPhrases(l.endings), newPhrases(l.endings), newPhrases(l.endings)
	l.labels, l.translate, l.sources = map[string]string{}, map[string]string{}, map[string]string{}
	for i, term := range in.Words.Glossary {
		own := term.Words[l.tag]
		if own == "" {
			continue
		}
		for _, word := range term.Avoid[l.tag] {
			l.avoided.add(word, i)
		}
		if !term.Label {
			l.wanted.add(own, i)
			continue
		}
		l.labels[fold(own)] = own
		l.sources[fold(term.Words[in.Library.Site.DefaultLanguage])] = own
		for _, word := range term.Words {
			l.translate[fold(word)] = own
		}
	}
	l.readSynonyms(in.Words)
}

// readSynonyms notes the words that readers use for those of terms and that are
// no terms themselves.
func (l *language) readSynonyms(words *locale.Catalog) {
	for _, group := range words.Synonyms(l.tag) {
		for i, term := range words.Glossary {
			if term.Label || !slices.Contains(group, term.Words[l.tag]) {
				continue
			}
			for _, word := range group {
				if !l.related(word, term.Words[l.tag]) {
					l.synonyms.add(word, i)
				}
			}
		}
	}
}

// related reports whether two words have a root in common, as annullare and
// annullamento do, or one holds the other.
func (l *language) related(a, b string) bool {
	const root = 5
	a, b = lower(a), lower(b)
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= root && !strings.ContainsAny(a+b, " ")
}

// fold makes texts equal that differ in case, in apostrophes and in white space.
func fold(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(lower(text), "’", "'")), " ")
}

// terms holds a text to the glossary: words to avoid, terms of another language,
// labels of a screen in another language or written otherwise.
func (l *Linter) terms(t *passage) {
	if len(l.Words.Glossary) == 0 {
		return
	}
	for _, m := range t.matches(t.avoided) {
		t.warn(t.words[m.from].from, "term", "%q is not the word that is used here", t.said(m)).
			Suggestion = "write " + strconv.Quote(l.Words.Glossary[m.id].Words[t.tag])
	}
	for _, other := range t.siblings {
		if other != t.language {
			l.foreignTerms(t, other)
		}
	}
	l.boldLabels(t)
}

// matches returns the longest matches of phrases that stand in running text.
func (t *passage) matches(p *phrases) []match { return t.matchesIn(p, span{0, len(t.words)}) }

// matchesIn returns those among some words.
func (t *passage) matchesIn(p *phrases, part span) []match {
	var all []match
	p.find(t, part.from, part.to, func(m match) {
		for _, w := range t.words[m.from:m.to] {
			if w.bold || w.code {
				return
			}
		}
		if !t.inAlien(m.from) {
			all = append(all, m)
		}
	})
	return longest(all)
}

// said returns the words of a match as they stand in the text.
func (t *passage) said(m match) string {
	return t.text[t.words[m.from].from:t.words[m.to-1].to]
}

// foreignTerms reports terms of another language within text of this one. Words
// with a capital letter may be names.
func (l *Linter) foreignTerms(t *passage, other *language) {
	for _, m := range t.matches(other.wanted) {
		term := l.Words.Glossary[m.id].Words[t.tag]
		w := t.words[m.from]
		if term == "" || w.aside || w.capital && !w.initial || l.isOwn(t, m) || t.named(l.names, m) {
			continue
		}
		t.warn(w.from, "term", "%q is in %q", t.said(m), other.tag).Suggestion = "write " + strconv.Quote(term)
	}
}

// isOwn reports whether a word of another language's term is one of this
// language too.
func (l *Linter) isOwn(t *passage, m match) bool {
	for i := m.from; i < m.to; i++ {
		if l.known[t.word(i)]&t.bit == 0 {
			return false
		}
	}
	return true
}

// named reports whether a match overlaps the name of a product.
func (t *passage) named(names *phrases, m match) bool {
	found := false
	names.find(t, max(0, m.from-3), min(len(t.words), m.to+3), func(n match) {
		found = found || n.from < m.to && m.from < n.to
	})
	return found
}

// boldLabels reports labels in bold that stand on no screen of this language.
func (l *Linter) boldLabels(t *passage) {
	for _, b := range t.bold {
		text := t.text[b.from:b.to]
		key := fold(text)
		own, known := t.labels[key]
		want, translated := t.translate[key]
		switch {
		case known && own != text && fold(own) == key && strings.ContainsRune(text, ' ') && !sameLetters(own, text):
			t.warn(b.from, "term", "the label is written %q, not %q", own, text).Suggestion = "write **" + own + "**"
		case !known && translated && l.exact(text):
			t.warn(b.from, "term", "the label %q is in another language", text).Suggestion = "write **" + want + "**"
		}
	}
}

// sameLetters reports whether texts differ in apostrophes alone.
func sameLetters(a, b string) bool {
	return strings.ReplaceAll(a, "’", "'") == strings.ReplaceAll(b, "’", "'")
}

// exact reports whether a text begins as labels do, with a capital letter.
func (l *Linter) exact(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return lower(string(r)) != string(r)
}

// label returns the label that bold text is, or begins where the label goes on
// in brackets: **Acquista ora** (Buy it Now).
func (t *passage) label(b span) string {
	text := strings.TrimRight(t.text[b.from:b.to], ".,:; ")
	if own, ok := t.labels[fold(text)]; ok {
		return own
	}
	if open := strings.IndexByte(t.text[b.to:], '('); open >= 0 && strings.TrimSpace(t.text[b.to:b.to+open]) == "" {
		if end := strings.IndexByte(t.text[b.to:], ')'); end > open {
			if own, ok := t.labels[fold(text+" "+t.text[b.to+open:b.to+end+1])]; ok {
				return own
			}
		}
	}
	if own, ok := t.translate[fold(text)]; ok {
		return own // reported by terms
	}
	return text
}

// translatedTerms reports where a source has a term and its translation another
// word for it, one by which readers look for it: sentence by sentence where both
// have as many of them.
func (s pair) translatedTerms() {
	if len(s.here) != 1 || len(s.source) != 1 {
		return
	}
	here, source := s.here[0], s.source[0]
	if len(here.sentences) != len(source.sentences) {
		s.translatedIn(here, span{0, len(here.words)}, source, span{0, len(source.words)})
		return
	}
	for i, a := range here.sentences {
		b := source.sentences[i]
		s.translatedIn(here, span{a.first, a.last}, source, span{b.first, b.last})
	}
}

// translatedIn compares some words of a translation with those of its source.
func (s pair) translatedIn(here *passage, a span, source *passage, b span) {
	for _, m := range here.matchesIn(here.synonyms, a) {
		if !source.says(source.wanted, b, m.id) || here.says(here.wanted, a, m.id) || isTerm(here, m, source, b) {
			continue
		}
		words := s.page.Words.Glossary[m.id].Words
		here.warn(here.words[m.from].from, "term", "%q stands where %s has %q", here.said(m), s.from.File, words[source.tag]).
			Suggestion = "write " + strconv.Quote(words[here.tag])
	}
}

// says reports whether a phrase of some id stands among some words.
func (t *passage) says(p *phrases, part span, id int) (yes bool) {
	p.find(t, part.from, part.to, func(m match) { yes = yes || m.id == id })
	return yes
}

// isTerm reports whether a word is the translation of another term that the
// source has.
func isTerm(here *passage, m match, source *passage, b span) bool {
	is := false
	here.wanted.find(here, m.from, m.to, func(own match) {
		source.wanted.find(source, b.from, b.to, func(other match) { is = is || own.id == other.id })
	})
	return is
}
