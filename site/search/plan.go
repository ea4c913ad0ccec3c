package search

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/buildcache"
)

// A Plan is an index to be made. It knows the documents before they are read, and makes the files in parts: first
// those of terms, then those of some documents in each further part.
type Plan struct {
	config   Config
	manifest manifest     // without what depends on terms
	mu       sync.RWMutex // held while entries are read
	entries  []entry
	store    *buildcache.Cache // what was read
}

// filesInPart is the number of pairs of files in a part.
const filesInPart = 64

// NewPlan plans the index of one language. Documents keep their order: those about one subject should be next to
// each other, so that the hits of a query share files.
func NewPlan(c Config, documents iter.Seq[*Document]) *Plan {
	p := &Plan{config: c, store: buildcache.Temporary()}
	m := &p.manifest
	m.Products, m.Kinds = []string{}, []string{}
	var urls []string
	for d := range documents {
		urls = append(urls, d.URL)
		products := strings.Join(append([]string{d.Product}, d.Products...), " ")
		e := entry{
			sum: d.Sum, path: d.Path, url: d.URL, product: indexIn(&m.Products, products), kind: indexIn(&m.Kinds, d.Kind),
		}
		if !d.Unread {
			e.whole = d
		}
		p.entries = append(p.entries, e)
	}
	m.Docs, m.PerFile, m.Language = len(urls), perFile(len(urls)), languageOf(c.Lang)
	prefix := commonStart(urls)
	m.Prefix = prefix[:strings.LastIndexByte(prefix, '/')+1]
	m.Revision = m.revision(urls)
	return p
}

// New makes the index of one language at once.
func New(c Config, documents iter.Seq[*Document]) *Index {
	return NewPlan(c, documents).Index()
}

// Index makes the complete index.
func (p *Plan) Index() *Index {
	ix := p.index()
	for part := range p.Parts() {
		for name, lines := range p.documents(part) {
			ix.keep(name, lines)
		}
	}
	return ix
}

// Terms yields all files except those of documents.
func (p *Plan) Terms() iter.Seq[File] {
	return func(yield func(File) bool) { p.index().Files()(yield) }
}

// Parts returns the number of parts that the documents are divided into.
func (p *Plan) Parts() int { return (len(p.entries) + p.perPart() - 1) / p.perPart() }

func (p *Plan) perPart() int { return p.manifest.PerFile * filesInPart }

// part returns the number of the first document of a part, and all its documents.
func (p *Plan) part(part int) (first int, documents []entry) {
	first = part * p.perPart()
	return first, p.entries[first:min(first+p.perPart(), len(p.entries))]
}

// Key returns a key for everything that the files of documents in a part are made of.
func (p *Plan) Key(part int) string {
	_, documents := p.part(part)
	return p.manifest.Revision + segmentKey(&p.config, documents)
}

// Documents yields the files of documents in a part.
func (p *Plan) Documents(part int) iter.Seq[File] {
	return func(yield func(File) bool) {
		for name, lines := range p.documents(part) {
			if !yield(File{p.manifest.folder(p.config.Lang) + name + ".json", encode(lines)}) {
				return
			}
		}
	}
}

// index makes the index without the files of documents.
func (p *Plan) index() *Index {
	b := newBuilder(p.config)
	p.read(b)
	ix := &Index{
		lang: p.config.Lang, manifest: p.manifest, analyzer: b.analyzer, files: map[string]buildcache.Value{}, store: p.store,
	}
	found := b.found()
	ix.writeShards(found)
	ix.writeVocabulary(found)
	m := &ix.manifest
	m.Phrases, m.Titles, m.Fallback = b.phrases, map[string]int{}, -1
	var products, kinds []byte
	for i, e := range p.entries {
		ix.paths = append(ix.paths, e.path)
		products, kinds = appendNumber(products, e.product), appendNumber(kinds, e.kind)
		if e.whole != nil && e.whole.Question {
			m.Titles[terms(b.words(e.whole.Title))] = i
		}
	}
	ix.keep("f", []string{string(products), string(kinds)})
	b.writeAnswers(ix, p.config.Answers)
	if _, best := ix.find(context.Background(), Query{Text: p.config.Fallback}); len(best) > 0 {
		m.Fallback = best[0].doc
	}
	return ix
}

// read reads the documents, segment by segment.
func (p *Plan) read(b *builder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var kept *buildcache.Cache
	if p.config.Kept != nil {
		kept = p.config.Kept(p.config.Lang)
	}
	first := 0
	for documents := range segments(p.entries) {
		key := segmentKey(&p.config, documents)
		s, ok := readSegment(kept.Get(key))
		if !ok {
			for i := range documents {
				d := p.document(&documents[i])
				b.add(uint32(first+i), d)
				p.note(&documents[i], d)
			}
			if s = b.end(first); kept != nil {
				kept.Put(key, s.bytes())
			}
		}
		b.put(s, first)
		first += len(documents)
	}
}

// document returns the document of an entry.
func (p *Plan) document(e *entry) *Document {
	if e.whole == nil {
		return p.config.Read(e.path)
	}
	return e.whole
}

// documents yields the files of documents in a part, each as a name and its lines. What results show is in two
// files: d0, d1 ... have title, rest of the address, ids of sections, and products and kind as numbers; n0, n1 ...
// have description and headings.
func (p *Plan) documents(part int) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		p.mu.RLock()
		defer p.mu.RUnlock()
		first, entries := p.part(part)
		file := first / p.manifest.PerFile
		for some := range slices.Chunk(entries, p.manifest.PerFile) {
			docs, notes := make([]string, len(some)), make([]string, len(some))
			for i, e := range some {
				if !e.read {
					p.note(&e, p.document(&e))
				}
				is := string(appendNumber(appendNumber(nil, e.product), e.kind))
				docs[i] = strings.Join([]string{e.title, e.url[len(p.manifest.Prefix):], e.sections, is}, "\n")
				notes[i] = string(read(e.notes))
			}
			if !yield(fmt.Sprint("d", file), docs) || !yield(fmt.Sprint("n", file), notes) {
				return
			}
			file++
		}
	}
}

// An entry is what is known about a document, and what is kept to show it once it has been read.
type entry struct {
	sum             [16]byte
	path, url       string
	product, kind   int       // by number; product includes the further ones
	whole           *Document // nil if it must be read
	read            bool
	title, sections string           // sections: their ids, separated by spaces
	notes           buildcache.Value // the description; for each section its title, a tab and the beginning of its text
}

// note keeps what is shown of a document that has been read.
func (p *Plan) note(e *entry, d *Document) {
	ids, notes := make([]string, len(d.Sections)), []byte(d.Description)
	for i, s := range d.Sections {
		ids[i], notes = s.ID, appendBeginning(append(append(append(notes, '\n'), s.Title...), '\t'), s.Text)
	}
	e.read, e.title, e.sections, e.notes = true, d.Title, strings.Join(ids, " "), p.store.Put("", notes)
}

// longestPassage is the most bytes kept of a section's text.
const longestPassage = 300

// appendBeginning appends the beginning of a section's text, in whole words.
func appendBeginning(text []byte, paragraphs []string) []byte {
	end := len(text) + longestPassage
	for _, paragraph := range paragraphs {
		for word := range strings.FieldsSeq(paragraph) {
			if len(text)+len(word) >= end {
				return append(text, "…"...)
			}
			text = append(append(text, word...), ' ')
		}
	}
	return bytes.TrimSuffix(text, []byte(" "))
}
