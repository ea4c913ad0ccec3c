package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
)

// A Builder makes the index of one language. Documents may be added by many
// goroutines at once and in any order: the same documents make the same index.
type Builder struct {
	config  Config
	most    int // postings of a term
	mu      sync.Mutex
	idle    []*worker
	workers []*worker
	records []record
}

// A record is a document, read.
type record struct {
	entry
	worker   *worker
	postings []posting
}

// An entry is what is kept of a document to show it.
type entry struct {
	path, product, kind string
	url                 string
	title, description  string
	ids, titles         []string // of sections
}

// name is the last part of the path. Documents stand in its order: those whose
// names begin alike are about one thing, so that a query's hits share files, and
// lists have small gaps.
func (e *entry) name() string { return e.path[strings.LastIndexByte(e.path, '/')+1:] }

// NewBuilder returns a builder without documents.
func NewBuilder(c Config) *Builder { return &Builder{config: c, most: mostPostings} }

// Add reads a document, of which nothing is kept but what results show.
func (b *Builder) Add(d *Document) {
	w := b.worker()
	r := record{entry: entryOf(d), worker: w, postings: w.index(d)}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.records = append(b.records, r)
	b.idle = append(b.idle, w)
}

func (b *Builder) worker() *worker {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.idle); n > 0 {
		w := b.idle[n-1]
		b.idle = b.idle[:n-1]
		return w
	}
	w := newWorker(b.config)
	b.workers = append(b.workers, w)
	return w
}

func entryOf(d *Document) entry {
	e := entry{path: d.Path, product: d.Product, kind: d.Kind, url: d.URL, title: d.Title, description: d.Description}
	for _, s := range d.Sections {
		e.ids, e.titles = append(e.ids, s.ID), append(e.titles, s.Title)
	}
	return e
}

// Index makes the index of all documents added.
func (b *Builder) Index() *Index {
	slices.SortFunc(b.records, func(x, y record) int {
		return cmp.Or(cmp.Compare(x.name(), y.name()), cmp.Compare(x.path, y.path), cmp.Compare(x.url, y.url))
	})
	if len(b.workers) == 0 {
		b.workers = append(b.workers, newWorker(b.config))
	}
	return writeIndex(b.config, b.records, b.lists(), b.workers[0].analyzer)
}

// A list is a term and where it occurs.
type list struct {
	term     string
	form     string   // the commonest in which it is written
	others   []string // synonyms
	found    int      // documents that have it
	postings []place  // in the order of documents, cut to the heaviest
}

// A place is a posting as lists have it.
type place struct {
	doc            uint32
	level, section uint8
}

// lists turns documents and their terms into terms and their documents.
func (b *Builder) lists() []list {
	terms, numbering := b.terms()
	lists := make([]list, len(terms))
	for _, r := range b.records {
		numbers := numbering[r.worker]
		for _, p := range r.postings {
			lists[numbers[p.term]].found++
		}
	}
	total := 0
	for i := range lists {
		total += lists[i].found
	}
	all := make([]place, total)
	for i := range lists {
		n := lists[i].found
		lists[i].postings, all = all[:0:n], all[n:]
	}
	for doc, r := range b.records {
		numbers := numbering[r.worker]
		for _, p := range r.postings {
			l := &lists[numbers[p.term]]
			l.postings = append(l.postings, place{uint32(doc), p.level, p.section})
		}
	}
	forms, others := b.forms(), b.synonyms()
	for i := range lists {
		l := &lists[i]
		l.term, l.form, l.others = terms[i], forms[terms[i]], others[terms[i]]
		l.postings = heaviest(l.postings, b.most)
	}
	return slices.DeleteFunc(lists, func(l list) bool { return l.found == 0 })
}

// terms numbers all terms in order, and each worker's ids by it.
func (b *Builder) terms() ([]string, map[*worker][]uint32) {
	var all []string
	for _, w := range b.workers {
		all = append(all, w.names...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	numbers := make(map[string]uint32, len(all))
	for i, term := range all {
		numbers[term] = uint32(i)
	}
	numbering := map[*worker][]uint32{}
	for _, w := range b.workers {
		for _, name := range w.names {
			numbering[w] = append(numbering[w], numbers[name])
		}
	}
	return all, numbering
}

// forms returns the commonest form of each term, the first of equals.
func (b *Builder) forms() map[string]string {
	counts := map[string]uint32{}
	terms := map[string]string{}
	for _, w := range b.workers {
		for text, l := range w.lexemes {
			counts[text] += l.count
			terms[text] = w.names[l.term]
		}
	}
	forms := map[string]string{}
	for _, text := range slices.Sorted(maps.Keys(counts)) {
		term := terms[text]
		if best, ok := forms[term]; !ok || counts[text] > counts[best] {
			forms[term] = text
		}
	}
	return forms
}

// synonyms returns the other terms of each term's groups, in order.
func (b *Builder) synonyms() map[string][]string {
	w, others := b.workers[0], map[string][]string{}
	for _, group := range w.groups {
		for _, id := range group {
			for _, other := range group {
				if term := w.names[id]; other != id {
					others[term] = append(others[term], w.names[other])
				}
			}
		}
	}
	return others
}

// heaviest drops the lightest postings above a number, of equals the last, but
// none of a document that has the term in its title: a document with two words
// in its title must not be missed because one of them is in many.
func heaviest(postings []place, most int) []place {
	if len(postings) <= most {
		return postings
	}
	var counts [2*levels + 1]int
	for _, p := range postings {
		counts[p.level]++
	}
	floor, room := 2*levels, most
	for ; floor > levels || counts[floor] <= room; floor-- {
		room -= counts[floor]
	}
	return slices.DeleteFunc(postings, func(p place) bool {
		if int(p.level) == floor && room > 0 {
			room--
			return false
		}
		return int(p.level) <= floor
	})
}

// rarity is the integer weight of a term that found of n documents have: the
// inverse document frequency, ln(1 + n/found). Unlike that of Robertson and
// Spärck Jones it leaves words that most documents have a say: in a help center
// they are what it is about.
func rarity(found, n int) int {
	return int(math.Round(math.Log1p(float64(n)/float64(found)) * rarityScale))
}

const rarityScale = 16

// commonStart returns what all texts begin with.
func commonStart(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	start := texts[0]
	for _, t := range texts {
		for !strings.HasPrefix(t, start) {
			start = start[:len(start)-1]
		}
	}
	return start
}
