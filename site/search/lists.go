package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A list is a term and where it occurs.
type list struct {
	term     string
	form     string   // in which it is written most often
	others   []string // synonyms
	found    int      // documents that have it
	postings []place  // in the order of documents, cut to the heaviest
}

// A place is a posting in a list.
type place struct {
	doc            uint32
	level, section uint8
}

// lists inverts the index: from documents and their terms to terms and their documents.
func (b *Builder) lists() []list {
	terms, numbers := b.terms()
	lists := make([]list, len(terms))
	others := b.synonyms()
	for i, term := range terms {
		lists[i].term, lists[i].others = term, others[term]
	}
	for _, w := range b.workers {
		for term, found := range w.found {
			lists[numbers[w][term]].found += found
		}
	}
	b.place(lists, numbers)
	b.form(lists, numbers)
	return slices.DeleteFunc(lists, func(l list) bool { return l.found == 0 })
}

// A numbering maps the numbers of each worker's terms to their numbers among all.
type numbering map[*worker][]uint32

// terms returns the terms of all workers in order, and their numbers.
func (b *Builder) terms() ([]string, numbering) {
	type known struct {
		term   string
		number *uint32
	}
	var all []known
	numbers := numbering{}
	for _, w := range b.workers {
		numbers[w] = make([]uint32, w.terms.len())
		all = slices.Grow(all, w.terms.len())
		for i := range numbers[w] {
			all = append(all, known{w.terms.text(uint32(i)), &numbers[w][i]})
		}
	}
	slices.SortFunc(all, func(a, b known) int { return strings.Compare(a.term, b.term) })
	terms := make([]string, 0, len(all))
	for _, k := range all {
		if n := len(terms); n == 0 || terms[n-1] != k.term {
			terms = append(terms, k.term)
		}
		*k.number = uint32(len(terms) - 1)
	}
	return terms, numbers
}

// each calls visit with every posting in the order of documents. The posting has the
// number of its term among all.
func (b *Builder) each(numbers numbering, visit func(doc int, p posting)) {
	for doc, r := range b.records {
		numbers := numbers[r.worker]
		for rest := r.postings; len(rest) > 0; {
			var p posting
			p, rest = cutPosting(rest)
			p.term = numbers[p.term]
			visit(doc, p)
		}
	}
}

// place fills the lists with their postings. What to leave out is decided first,
// because in a large site most postings are in lists that are cut.
func (b *Builder) place(lists []list, numbers numbering) {
	cuts, total := b.cuts(lists, numbers)
	all := make([]place, total)
	b.each(numbers, func(doc int, p posting) {
		if c := &cuts[p.term]; c.keeps(p.level) {
			all[c.next] = place{uint32(doc), p.level, p.section}
			c.next++
		}
	})
	from := uint32(0)
	for i, c := range cuts {
		lists[i].postings = all[from:c.next]
		from = c.next
	}
}

// cuts returns what each list keeps, and how many postings all of them do.
func (b *Builder) cuts(lists []list, numbers numbering) (cuts []cut, total uint32) {
	counts := make([]*histogram, len(lists)) // of those that are too long
	for i, l := range lists {
		if l.found > b.most {
			counts[i] = &histogram{}
		}
	}
	b.each(numbers, func(_ int, p posting) {
		if c := counts[p.term]; c != nil {
			c[p.level]++
		}
	})
	cuts = make([]cut, len(lists))
	for i, c := range counts {
		kept := lists[i].found
		if c != nil {
			cuts[i], kept = c.cut(b.most)
		}
		cuts[i].next = total
		total += uint32(kept)
	}
	return cuts, total
}

// A histogram counts the postings of a list by level.
type histogram [2*levels + 1]int

// A cut says which postings of a list are kept: all above a level, and the first ones
// of that level.
type cut struct {
	next  uint32 // index of the next, among those of all lists
	free  int32
	floor uint8
}

// cut keeps at most so many postings, those of the greatest weight, and all of
// documents that have the term in their title: a document with both words of a query
// in its title must be found even if one of them is common. It returns how many are
// kept.
func (h *histogram) cut(most int) (c cut, kept int) {
	floor, free := 2*levels, most
	for ; floor > levels || h[floor] <= free; floor-- {
		free -= h[floor]
	}
	return cut{floor: uint8(floor), free: int32(free)}, max(most, most-free)
}

// keeps reports whether the next posting is kept.
func (c *cut) keeps(level uint8) bool {
	if level == c.floor && c.free > 0 {
		c.free--
		return true
	}
	return level > c.floor
}

// form gives the lists the commonest form of their terms, the first of equals.
func (b *Builder) form(lists []list, numbers numbering) {
	type form struct {
		term, count uint32
		text        string
	}
	var all []form
	for _, w := range b.workers {
		numbers := numbers[w]
		all = slices.Grow(all, len(w.lexemes))
		for _, r := range w.readings {
			if r.count == 0 {
				continue // in no document
			}
			for i := r.from; i < r.to; i++ {
				all = append(all, form{numbers[w.lexemes[i].term], r.count, w.texts[i]})
			}
		}
	}
	slices.SortFunc(all, func(a, b form) int {
		if a.term != b.term {
			return cmp.Compare(a.term, b.term)
		}
		return strings.Compare(a.text, b.text)
	})
	var best form
	for i, f := range all {
		if next := i + 1; next < len(all) && all[next].term == f.term && all[next].text == f.text {
			all[next].count += f.count
			continue
		}
		if best.text == "" || best.term != f.term || best.count < f.count {
			best = f
			lists[f.term].form = f.text
		}
	}
}

// synonyms returns the other terms of each term's groups, in order.
func (b *Builder) synonyms() map[string][]string {
	w, others := b.workers[0], map[string][]string{}
	for _, group := range w.groups {
		for _, one := range group {
			term := w.terms.text(one)
			for _, other := range group {
				if other != one {
					others[term] = append(others[term], w.terms.text(other))
				}
			}
		}
	}
	return others
}

// idf is the integer weight of a term that found of n documents have: the
// inverse document frequency, ln(1 + n/found). Unlike that of Robertson and
// Spärck Jones it is never negative, see the package comment.
func idf(found, n int) int {
	return int(math.Round(math.Log1p(float64(n)/float64(found)) * idfScale))
}

const idfScale = 16
