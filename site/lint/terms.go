package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readTerms prepares the glossary for a language.
func (l *language) readTerms() {
	l.wanted, l.avoided, l.synonyms = newPhrases(l), newPhrases(l), newPhrases(l)
	l.labels, l.translate, l.sources = map[string]string{}, map[string]string{}, map[string]string{}
	for i, term := range l.Words.Glossary {
		own := term.Words[l.tag]
		if own == "" {
			continue
		}
		for _, word := range term.Avoid[l.tag] {
			l.avoided.addPart(word, i)
		}
		if !term.Label {
			l.wanted.addPart(own, i)
			continue
		}
		l.labels[fold(own)] = own
		l.sources[fold(term.Words[l.Library.Site.DefaultLanguage])] = own
		for _, word := range term.Words {
			l.translate[fold(word)] = own
		}
	}
	l.readSynonyms()
}

// readActions prepares the names of the links of site.toml that have an id, which articles tell readers to use.
func (l *language) readActions() {
	l.actions = newPhrases(l)
	for i, link := range l.Library.Site.AllLinks() {
		if link.ID != "" {
			l.actions.add(link.Name[l.tag], i)
		}
	}
}

// readSynonyms collects the words that readers use instead of terms.
func (l *language) readSynonyms() {
	for _, group := range l.Words.Synonyms(l.tag) {
		for i, term := range l.Words.Glossary {
			if term.Label || !slices.Contains(group, term.Words[l.tag]) {
				continue
			}
			for _, word := range group {
				if !related(lower(word), lower(term.Words[l.tag])) {
					l.synonyms.add(word, i)
				}
			}
		}
	}
}

// leastRoot is the least length of a root, in bytes.
const leastRoot = 5

// related reports whether two words share a root, like annullare and annullamento, or one contains the other.
func related(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	return len(a) >= leastRoot && len(b) >= leastRoot && a[:leastRoot] == b[:leastRoot] && !strings.ContainsAny(a+b, " ")
}

// fold makes texts equal that differ only in case, apostrophes and white space.
func fold(text string) string { return strings.Join(strings.Fields(straight(lower(text))), " ") }

// spaced makes terms equal that differ only in hyphens and spaces.
func spaced(text string) string { return strings.ReplaceAll(fold(text), "-", " ") }

func straight(text string) string { return strings.ReplaceAll(text, "’", "'") }

// terms compares a text with the glossary. It reports words to avoid, terms of another language, and labels in
// another language or spelling. A term is not foreign if it is part of this language's own: add-on, cancel in
// cancelar.
func terms(t *passage) {
	everything := t.whole().words
	for _, m := range t.matches(t.avoided, everything) {
		t.warn(t.words[m.from].from, "term", "%q is not the term used here", t.written(m.span)).
			Suggestion = "write " + strconv.Quote(t.Words.Glossary[m.id].Words[t.tag])
	}
	for _, other := range t.all {
		if other == t.language {
			continue
		}
		for _, m := range t.matches(other.wanted, everything) {
			words := t.Words.Glossary[m.id].Words
			own := words[t.tag]
			if own != "" && !strings.Contains(spaced(own), spaced(words[other.tag])) && !t.mayStay(m.span) &&
				!t.wanted.has(t, m.span, m.id) {
				t.warn(t.words[m.from].from, "term", "%q is in %q", t.written(m.span), other.tag).
					Suggestion = "write " + strconv.Quote(own)
			}
		}
	}
	t.boldLabels()
}

// matches returns the longest matches among some words, outside labels, code and sentences in another language.
func (t *passage) matches(p *phrases, words span) []match {
	var all []match
	for m := range p.in(t, words) {
		marked := func(w word) bool { return w.bold || w.code }
		if !slices.ContainsFunc(t.words[m.from:m.to], marked) && !t.inAlien(m.from) {
			all = append(all, m)
		}
	}
	return longest(all)
}

// mayStay reports whether a text may use a term of another language: in brackets, as a name, or because it is a
// word of this language too.
func (t *passage) mayStay(words span) bool {
	w := t.words[words.from]
	if w.aside || w.capital && !w.initial && !t.CapitalNouns || t.inProduct(words) {
		return true
	}
	for i := words.from; i < words.to; i++ {
		if !t.known[t.word(i)] {
			return false
		}
	}
	return true
}

// inProduct reports whether some words overlap the name of a product.
func (t *passage) inProduct(words span) bool {
	for n := range t.products.in(t, span{max(0, words.from-3), min(len(t.words), words.to+3)}) {
		if n.from < words.to && words.from < n.to {
			return true
		}
	}
	return false
}

// boldLabels reports bold labels that the screens of this language do not show.
func (t *passage) boldLabels() {
	for _, b := range t.bold {
		text := t.text[b.from:b.to]
		key := fold(text)
		own, known := t.labels[key]
		translation, translated := t.translate[key]
		first, _ := utf8.DecodeRuneInString(text)
		switch {
		case known && fold(own) == key && strings.Contains(text, " ") && straight(own) != straight(text):
			t.warn(b.from, "term", "the label is %q, not %q", own, text).Suggestion = "write **" + own + "**"
		case !known && translated && unicode.IsUpper(first): // as labels begin
			t.warn(b.from, "term", "the label %q is in another language", text).Suggestion = "write **" + translation + "**"
		}
	}
}

// label returns the label that a bold text is, or begins if the label continues in brackets: **Acquista ora** (Buy
// it Now). A label in another language, which the rule term reports, stands for its translation.
func (t *passage) label(b span) string {
	text := strings.TrimRight(t.text[b.from:b.to], ".,:; ")
	whole := text
	if rest, ok := strings.CutPrefix(strings.TrimSpace(t.text[b.to:]), "("); ok {
		inside, _, _ := strings.Cut(rest, ")")
		whole = text + " (" + inside + ")"
	}
	return cmp.Or(t.labels[fold(text)], t.labels[fold(whole)], t.translate[fold(text)], text)
}

// translatedTerms reports synonyms in a translation where the source has the term. It compares sentence by sentence
// if both have the same number.
func (s pair) translatedTerms() {
	if len(s.here) != 1 || len(s.source) != 1 {
		return
	}
	here, source := s.here[0], s.source[0]
	if len(here.sentences) != len(source.sentences) {
		s.translatedIn(here.whole().words, source.whole().words)
		return
	}
	for i := range here.sentences {
		s.translatedIn(here.sentences[i].words, source.sentences[i].words)
	}
}

// translatedIn compares some words of a translation with those of its source.
func (s pair) translatedIn(a, b span) {
	here, source := s.here[0], s.source[0]
	for _, m := range here.matches(here.synonyms, a) {
		if !source.wanted.has(source, b, m.id) || here.wanted.has(here, a, m.id) || isTerm(here, m.span, source, b) ||
			here.words[m.from].aside {
			continue
		}
		words := s.page.Words.Glossary[m.id].Words
		if hasRelated(here, a, lower(words[here.tag])) {
			continue
		}
		here.warn(here.words[m.from].from, "term", "%q translates %q in %s",
			here.written(m.span), words[source.tag], s.from.File).
			Suggestion = "write " + strconv.Quote(words[here.tag])
	}
}

// hasRelated reports whether one of the words shares its root with a term: Kündigung, for kündigen.
func hasRelated(t *passage, words span, term string) bool {
	for i := words.from; i < words.to; i++ {
		if w := t.word(i); len(w) >= leastRoot && related(w, term) {
			return true
		}
	}
	return false
}

// isTerm reports whether a word is the translation of another term that the source has.
func isTerm(here *passage, a span, source *passage, b span) bool {
	for own := range here.wanted.in(here, a) {
		if source.wanted.has(source, b, own.id) {
			return true
		}
	}
	return false
}
