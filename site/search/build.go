package search

import (
	"cmp"
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

// A record is a document that was read.
type record struct {
	entry
	worker   *worker
	postings []byte // one after the other, see (posting).append
}

// An entry is what is kept of a document to show it.
type entry struct {
	path, product, kind string
	url, title          string
	sections            string // their ids, separated by spaces
	notes               string // the description and the titles of the sections, line by line
}

// name is the last part of the path. Documents are in its order: those whose names
// begin alike are about one subject, so that a query's hits share files, and lists
// have small gaps.
func (e *entry) name() string { return e.path[strings.LastIndexByte(e.path, '/')+1:] }

// NewBuilder returns a builder without documents.
func NewBuilder(c Config) *Builder { return &Builder{config: c, most: mostPostings} }

// Add reads a document. Only what results show of it is kept.
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
	ids, notes := make([]string, len(d.Sections)), make([]string, 1+len(d.Sections))
	notes[0] = d.Description
	for i, s := range d.Sections {
		ids[i], notes[1+i] = s.ID, s.Title
	}
	return entry{
		path: d.Path, product: d.Product, kind: d.Kind, url: d.URL, title: d.Title,
		sections: strings.Join(ids, " "), notes: strings.Join(notes, "\n"),
	}
}

// Index makes the index of all documents added. Call it once, after the last Add.
func (b *Builder) Index() *Index {
	slices.SortFunc(b.records, func(x, y record) int {
		if order := strings.Compare(x.name(), y.name()); order != 0 {
			return order
		}
		return cmp.Or(strings.Compare(x.path, y.path), strings.Compare(x.url, y.url))
	})
	if len(b.workers) == 0 {
		b.workers = append(b.workers, newWorker(b.config))
	}
	return writeIndex(b.config, b.records, b.lists(), b.workers[0].analyzer)
}

// commonStart returns the longest text that all texts begin with.
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
