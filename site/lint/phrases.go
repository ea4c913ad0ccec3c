package lint

import (
	"iter"
	"strings"
)

// phrases finds phrases in texts of a language, in all inflected forms.
type phrases struct {
	lexicon *lexicon
	first   map[string][]phrase // by the stem of their first word
}

// A phrase is its words, their stems and what it stands for.
type phrase struct {
	words, stems []string
	id           int
}

// A match is a phrase found: the words of a passage.
type match struct {
	span
	id int
}

func newPhrases(l *lexicon) *phrases { return &phrases{lexicon: l, first: map[string][]phrase{}} }

// add adds a phrase. One without a word is ignored.
func (p *phrases) add(text string, id int) {
	t := newPassage(text, unknown, markup{})
	ph := phrase{id: id}
	for i := range t.words {
		ph.words = append(ph.words, t.word(i))
		ph.stems = append(ph.stems, p.lexicon.stem(t.word(i)))
	}
	if len(ph.stems) > 0 {
		p.first[ph.stems[0]] = append(p.first[ph.stems[0]], ph)
	}
}

// in returns the phrases within some words of a passage, in order of their first word.
func (p *phrases) in(t *passage, words span) iter.Seq[match] {
	return func(yield func(match) bool) {
		if len(p.first) == 0 {
			return
		}
		for i := words.from; i < words.to; i++ {
			for _, ph := range p.first[p.lexicon.stem(t.word(i))] {
				if p.at(t, i, words.to, ph) && !yield(match{span{i, i + len(ph.stems)}, ph.id}) {
					return
				}
			}
		}
	}
}

// has reports whether a phrase with an id is among some words.
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
	if i+len(ph.stems) > end || grown(t.word(i), ph.words[0]) {
		return false
	}
	for k := 1; k < len(ph.stems); k++ {
		w := t.word(i + k)
		gap := strings.Trim(t.between(i+k-1, i+k), " -'’‑")
		if gap != "" || p.lexicon.stem(w) != ph.stems[k] || grown(w, ph.words[k]) {
			return false
		}
	}
	return true
}

// grown reports whether a word is another one plus a vowel. It is not a form of it, although a stemmer that cuts
// vowels takes it for one: subscriptione.
func grown(word, from string) bool {
	return len(word) == len(from)+1 && strings.HasPrefix(word, from) && strings.IndexByte("aeiouy", word[len(from)]) >= 0
}

// longest keeps the longest of matches that overlap, and the first of equal ones.
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
