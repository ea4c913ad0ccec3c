package search

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"

	"helpcenter/site/buildcache"
)

// A Plan is an index to be made. It knows the documents before they are read, and makes the files in parts: first
// those of terms, then those of some documents in each further part. An [Index] makes the latter when asked for.
type Plan struct {
	config   Config
	manifest manifest     // without what depends on terms
	mu       sync.RWMutex // held while documents are read and kept
	entries  []entry
	kept     []buildcache.Value // by entry: what results show of those read, if it is kept
	store    *buildcache.Cache  // of kept, and of files
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
func (p *Plan) Index() *Index { return p.index(false) }

// Terms yields all files except those of documents.
func (p *Plan) Terms() iter.Seq[File] {
	return func(yield func(File) bool) { p.index(true).terms()(yield) }
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
		p.mu.RLock()
		defer p.mu.RUnlock()
		first, documents := p.part(part)
		folder := p.manifest.folder(p.config.Lang)
		for at := first; at < first+len(documents); at += p.manifest.PerFile {
			n := at / p.manifest.PerFile
			docs, notes := p.pair(n)
			if !yield(File{fmt.Sprint(folder, "d", n, ".json"), docs}) ||
				!yield(File{fmt.Sprint(folder, "n", n, ".json"), notes}) {
				return
			}
		}
	}
}

// index makes the index without the files of documents. If keep is true, what these files have of each document that
// is read is kept.
func (p *Plan) index(keep bool) *Index {
	b := newBuilder(p.config)
	p.read(b, keep)
	ix := &Index{
		lang: p.config.Lang, manifest: p.manifest, analyzer: b.analyzer, files: map[string]buildcache.Value{}, plan: p,
	}
	found := b.found()
	ix.writeShards(found)
	ix.writeVocabulary(found)
	m := &ix.manifest
	m.Phrases, m.Titles, m.Fallback = b.phrases, map[string]int{}, -1
	var products, kinds []byte
	for i, e := range p.entries {
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

// read reads the documents, segment by segment. If keep is true, it keeps what the files of documents have of those
// that it reads.
func (p *Plan) read(b *builder, keep bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var kept *buildcache.Cache
	if p.config.Kept != nil {
		kept = p.config.Kept("search-" + p.config.Lang)
	}
	if keep {
		p.kept = make([]buildcache.Value, len(p.entries))
	}
	first := 0
	for documents := range segments(p.entries) {
		key := segmentKey(&p.config, documents)
		s, ok := readSegment(kept.Get(key))
		if !ok {
			for i := range documents {
				d := p.document(&documents[i])
				b.add(uint32(first+i), d)
				if keep {
					p.kept[first+i] = p.store.Put("", d.shown())
				}
			}
			if s = b.end(first); kept != nil {
				kept.Put(key, s.bytes())
			}
		}
		b.put(s, first)
		first += len(documents)
	}
	kept.Save() // if this fails, the next run reads all documents
}

// document returns the document of an entry.
func (p *Plan) document(e *entry) *Document {
	if e.whole == nil {
		return p.config.Read(e.path)
	}
	return e.whole
}

// pair makes a pair of files. What results show is in two files: d0, d1 ... have title, rest of the address, ids of
// sections, and products and kind as numbers; n0, n1 ... have description and headings.
func (p *Plan) pair(n int) (docs, notes []byte) {
	first := n * p.manifest.PerFile
	var inDocs, inNotes []string
	for doc := first; doc < min(first+p.manifest.PerFile, len(p.entries)); doc++ {
		e := &p.entries[doc]
		title, sections, lines := p.shown(doc)
		is := string(appendNumber(appendNumber(nil, e.product), e.kind))
		inDocs = append(inDocs, strings.Join([]string{title, e.url[len(p.manifest.Prefix):], sections, is}, "\n"))
		inNotes = append(inNotes, lines)
	}
	return encode(inDocs), encode(inNotes)
}

// file makes a file of documents, or nil if there is none of that name.
func (p *Plan) file(name string) []byte {
	kind, number := name[:min(1, len(name))], name[min(1, len(name)):]
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n*p.manifest.PerFile >= len(p.entries) || number != strconv.Itoa(n) {
		return nil
	}
	switch docs, notes := p.pair(n); kind {
	case "d":
		return docs
	case "n":
		return notes
	}
	return nil
}

// An entry is what is known about a document before it is read.
type entry struct {
	sum           [16]byte
	path, url     string
	product, kind int       // by number; product includes the further ones
	whole         *Document // nil if it must be read
}

// shown returns what results show of a document: its title, the ids of its sections, separated by spaces, and in
// lines its description and, for each section, the title, a tab and the beginning of the text. The document is read
// unless that was kept.
func (p *Plan) shown(doc int) (title, sections, notes string) {
	var all []byte
	if p.kept != nil && p.kept[doc].Len() > 0 {
		all = read(p.kept[doc])
	} else {
		all = p.document(&p.entries[doc]).shown()
	}
	title, rest, _ := strings.Cut(string(all), "\n")
	sections, notes, _ = strings.Cut(rest, "\n")
	return title, sections, notes
}

func (d *Document) shown() []byte {
	ids := make([]string, len(d.Sections))
	for i, s := range d.Sections {
		ids[i] = s.ID
	}
	all := fmt.Appendf(nil, "%s\n%s\n%s", d.Title, strings.Join(ids, " "), d.Description)
	for _, s := range d.Sections {
		all = appendBeginning(append(append(append(all, '\n'), s.Title...), '\t'), s.Text)
	}
	return all
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
