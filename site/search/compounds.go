package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// divide counts documents that have a compound as documents with its words too, in languages that form compounds:
// Kündigungsfrist is about Frist and Kündigung. Only words that some document has on their own count.
func (b *builder) divide() {
	if len(b.links) == 1 {
		return
	}
	lent := map[*term][]posting{}
	for _, name := range slices.Sorted(maps.Keys(b.terms)) {
		t := b.terms[name]
		t.postings = heaviest(t.postings, b.most, true)
		for _, word := range b.wordsOf(t) {
			lent[word] = append(lent[word], t.postings...)
		}
	}
	for word, postings := range lent {
		known := len(word.postings)
		word.postings = merge(word.postings, postings)
		word.found += len(word.postings) - known
	}
}

// wordsOf returns the two words of a compound that occurs, or none.
func (b *builder) wordsOf(t *term) []*term {
	if t.found == 0 || len(t.forms) == 0 || b.spelled[t.text] != nil {
		return nil
	}
	text := t.form()
	for n := len(text) - leastWord; n >= leastHead; n-- {
		tail := b.terms[b.stem(text[n:])]
		if tail == nil || tail.found == 0 || tail == t {
			continue
		}
		for _, link := range b.links {
			base, ok := strings.CutSuffix(text[:n], link)
			if head := b.terms[b.stem(base)]; ok && len(base) >= leastHead && head != nil && head.found > 0 && head != t {
				return []*term{head, tail}
			}
		}
	}
	return nil
}

// leastWord is the least number of letters in the last word of a compound.
const leastWord = 4

// merge adds to the postings of a word those of compounds that contain it, at half their level. It adds a title
// too, but never a title that consists of the term.
func merge(postings, compounds []posting) []posting {
	for _, p := range compounds {
		title, level := (p.level-1)/levels, (p.level-1)%levels+1
		p.level = (level+1)/2 + min(title, 1)*levels
		postings = append(postings, p)
	}
	slices.SortStableFunc(postings, func(a, b posting) int {
		return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(b.level, a.level))
	})
	return slices.CompactFunc(postings, func(a, b posting) bool { return a.doc == b.doc })
}
