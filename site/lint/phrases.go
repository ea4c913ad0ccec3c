package lint

import (
	"iter"
	"slices"
	"strings"
	"sync"
)

// phrases finds phrases in texts of a language, in all their inflected forms.
type phrases struct {
	language *language
	first    map[string][]phrase // by the stem of their first word
	parts    []phrase            // phrases also found in compounds
	joined   sync.Map            // by word: the part found in it, or nil
}

// A phrase is a sequence of words, given with their stems; id tells what it stands for.
type phrase struct {
	words, stems []string
	tail         string // the part of a separable verb that follows later
	id           int
}

// A match is a phrase found, as a range of words of a passage.
type match struct {
	span
	id int
}

func newPhrases(l *language) *phrases { return &phrases{language: l, first: map[string][]phrase{}} }

// addPart adds a phrase. If it is one word, it is also found in compounds.
func (p *phrases) addPart(text string, id int) {
	p.add(text, id)
	if word := lower(text); p.language.Joints != nil && wordEnd(word, 0) == len(word) {
		p.parts = append(p.parts, phrase{words: []string{word}, stems: []string{p.language.stem(word)}, id: id})
	}
}

// add adds a phrase, unless it has no word.
func (p *phrases) add(text string, id int) {
	t := newPassage(text, unknown, markup{})
	ph := phrase{id: id}
	for i := range t.words {
		ph.words = append(ph.words, t.word(i))
		ph.stems = append(ph.stems, p.language.stem(t.word(i)))
	}
	if len(ph.stems) > 0 {
		p.first[ph.stems[0]] = append(p.first[ph.stems[0]], ph)
	}
	if len(ph.stems) == 1 {
		p.addSeparated(ph.words[0], id)
	}
}

// addSeparated adds the form of a verb whose first part moves to the end: zeg ... op, of opzeggen.
func (p *phrases) addSeparated(verb string, id int) {
	const least = 5 // letters of the rest
	for n := 2; n <= len(verb)-least; n++ {
		if p.language.Separable[verb[:n]] {
			stem := p.language.stem(verb[n:])
			ph := phrase{words: []string{verb[n:]}, stems: []string{stem}, tail: verb[:n], id: id}
			p.first[stem] = append(p.first[stem], ph)
		}
	}
}

// in yields the phrases within some words of a passage, in the order of their first words.
func (p *phrases) in(t *passage, words span) iter.Seq[match] {
	return func(yield func(match) bool) {
		if len(p.first) == 0 {
			return
		}
		for i := words.from; i < words.to; i++ {
			for _, ph := range p.first[p.stem(t, i)] {
				if p.at(t, i, words.to, ph) && !yield(match{span{i, i + len(ph.stems)}, ph.id}) {
					return
				}
			}
			if p.parts == nil || p.language != t.language {
				continue
			}
			if ph := p.inCompound(t.word(i)); ph != nil && !yield(match{span{i, i + 1}, ph.id}) {
				return
			}
		}
	}
}

// stem returns the stem of a word of a passage in the language of the phrases.
func (p *phrases) stem(t *passage, i int) string {
	if p.language == t.language {
		return t.words[i].stem
	}
	return p.language.stem(t.word(i))
}

// has reports whether a phrase with the given id is among some words.
func (p *phrases) has(t *passage, words span, id int) bool {
	for m := range p.in(t, words) {
		if m.id == id {
			return true
		}
	}
	return false
}

// at reports whether a phrase begins at a word, with nothing but spaces, hyphens and apostrophes between its words.
func (p *phrases) at(t *passage, i, end int, ph phrase) bool {
	foreign := p.language != t.language
	if w := t.word(i); i+len(ph.stems) > end || foreign && grown(w, ph.words[0]) || t.SmallWords[w] && w != ph.words[0] {
		return false // such as para for parar
	}
	if ph.tail != "" {
		return endsClause(t, ph.tail, i+1, end)
	}
	for k := 1; k < len(ph.stems); k++ {
		w := t.word(i + k)
		gap := strings.Trim(t.between(i+k-1, i+k), " -'’‑")
		if gap != "" || p.stem(t, i+k) != ph.stems[k] || foreign && grown(w, ph.words[k]) {
			return false
		}
	}
	return true
}

// endsClause reports whether word is the last word of the clause that continues at an index.
func endsClause(t *passage, word string, from, end int) bool {
	for i := from; i < end; i++ {
		last := i+1 == len(t.words) || t.markBefore(i+1, ".,;:!?()\n\t")
		if last || t.word(i) == word && t.SmallWords[t.word(i+1)] { // zeg ... op en ...
			return t.word(i) == word
		}
	}
	return false
}

// inCompound returns the phrase with which a compound begins or ends. The rest must be a word, unless the phrase is
// long. A phrase within a longer term of the language does not count: Erstattung in Rückerstattung.
func (p *phrases) inCompound(word string) *phrase {
	const least, short, long = 3, 5, 7
	if ph, ok := p.joined.Load(word); ok {
		return ph.(*phrase)
	}
	isRest := func(rest, part string, cut func(s, joint string) (string, bool)) bool {
		ok := len(rest) >= least && (len(part) >= long || p.language.isWord(rest))
		for joint := range p.language.Joints {
			word, has := cut(rest, joint)
			ok = ok || has && len(part) >= short && len(word) >= least && p.language.isWord(word)
		}
		return ok
	}
	stem := p.language.stem(word)
	var found *phrase
	for i := range p.parts {
		ph := &p.parts[i]
		part := ph.words[0]
		after, begins := strings.CutPrefix(word, part)
		before, ends := strings.CutSuffix(stem, ph.stems[0])
		if (begins && isRest(after, part, strings.CutPrefix) || ends && isRest(before, part, strings.CutSuffix)) &&
			!p.language.wantsMore(word, part) && (found == nil || len(part) > len(found.words[0])) {
			found = ph
		}
	}
	p.joined.Store(word, found)
	return found
}

// wantsMore reports whether a word has a longer term of the language that contains part.
func (l *language) wantsMore(word, part string) bool {
	return slices.ContainsFunc(l.wanted.parts, func(ph phrase) bool {
		return len(ph.words[0]) > len(part) && strings.Contains(word, ph.words[0]) && strings.Contains(ph.words[0], part)
	})
}

// isWord reports whether a word in lower case is known.
func (l *language) isWord(word string) bool {
	return l.known[word] || l.speller != nil && (l.Has(word) || l.Has(strings.ToUpper(word)))
}

// grown reports whether a word is another one plus a vowel. Such a word is not a form of the other, although a
// stemmer that cuts off vowels takes it for one: subscriptione.
func grown(word, from string) bool {
	return len(word) == len(from)+1 && strings.HasPrefix(word, from) && strings.IndexByte("aeiouy", word[len(from)]) >= 0
}

// longest keeps the longest of overlapping matches, and the first of equally long ones.
func longest(all []match) (kept []match) {
	for _, m := range all {
		n := len(kept)
		switch {
		case n == 0 || m.from >= kept[n-1].to:
			kept = append(kept, m)
		case m.to-m.from > kept[n-1].to-kept[n-1].from:
			kept[n-1] = m
		}
	}
	return kept
}
