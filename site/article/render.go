package article

import (
	"bytes"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"

	"helpcenter/site/diag"
)

// A renderer writes one article's Markdown as HTML with placeholders and notes on the
// way what the article's record holds.
type renderer struct {
	article *Article
	source  []byte
	lines   Cursor
	given   []string       // the ids that headings are given, "" for none
	ids     map[string]int // of headings; how many were made of one title
	found   []diag.Finding
	spent   int // bytes of all destinations

	// What grows while rendering is kept for the next article; this one gets
	// copies of the right size.
	out          buffer
	placeholders []Placeholder
	sections     []Section
	blocks       []Block
	links        []Link
	uses         []use
}

// buffer is a bytes.Buffer that goldmark takes for a buffered writer.
type buffer struct{ bytes.Buffer }

func (*buffer) Buffered() int { return 0 }
func (*buffer) Flush() error  { return nil }

var renderers = sync.Pool{New: func() any { return &renderer{ids: map[string]int{}} }}

// reset begins an article.
func (r *renderer) reset(a *Article, source []byte, lines Cursor) {
	r.article, r.source, r.lines, r.found, r.spent = a, source, lines, nil, 0
	r.out.Reset()
	r.given, r.placeholders, r.sections = r.given[:0], r.placeholders[:0], r.sections[:0]
	r.blocks, r.links, r.uses = r.blocks[:0], r.links[:0], r.uses[:0]
	clear(r.ids)
}

// handOver gives the article what was made of it. HTML is not nil even where
// there is none: it has been read.
func (r *renderer) handOver() {
	r.endSections()
	a := r.article
	a.Body = Body{append([]byte{}, r.out.Bytes()...), slices.Concat(r.placeholders)}
	a.Sections, a.Blocks = slices.Concat(r.sections), slices.Concat(r.blocks)
	a.Links, a.Uses = slices.Concat(r.links), slices.Concat(r.uses)
	r.article, r.source, r.lines = nil, nil, Cursor{}
}

// endSections notes where each section ends: at the next heading of its level or
// above.
func (r *renderer) endSections() {
	for i := range r.sections {
		s := &r.sections[i]
		s.to = r.len()
		for _, next := range r.sections[i+1:] {
			if next.Level <= s.Level {
				s.to = next.at
				break
			}
		}
	}
}

func (r *renderer) write(parts ...string) {
	for _, s := range parts {
		r.out.WriteString(s)
	}
}

// len returns how much has been written: at most maxHTML and one block.
func (r *renderer) len() int32 { return int32(r.out.Len()) }

// placeholder leaves a placeholder at this place.
func (r *renderer) placeholder(h Placeholder) {
	h.At = r.len()
	r.placeholders = append(r.placeholders, h)
}

// insert writes before what has been written from an offset on, which holds no
// placeholder or link but the last ones from the given indexes on.
func (r *renderer) insert(at int32, s string, placeholder, link int) {
	r.write(s)
	html, by := r.out.Bytes()[at:], int32(len(s))
	copy(html[by:], html)
	copy(html, s)
	for i := range r.placeholders[placeholder:] {
		r.placeholders[placeholder+i].At += by
	}
	for i := range r.links[link:] {
		r.links[link+i].from += by
		r.links[link+i].to += by
	}
}

// errorf reports an error at an offset of the source. The finding may be added
// to until the next one.
func (r *renderer) errorf(off int, rule, format string, args ...any) *diag.Finding {
	r.found = append(r.found, diag.Errorf(r.lines.At(off), rule, format, args...))
	return &r.found[len(r.found)-1]
}

func (r *renderer) warnf(off int, rule, format string, args ...any) *diag.Finding {
	r.found = append(r.found, diag.Warningf(r.lines.At(off), rule, format, args...))
	return &r.found[len(r.found)-1]
}

// full reports whether the article has become too large. Nothing is then written
// of links: they alone can become much longer than what is written for them.
func (r *renderer) full() bool { return r.out.Len()+r.spent > maxHTML }

// document writes the blocks of the article and keeps a record of each.
func (r *renderer) document(doc ast.Node) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		at, from := r.lines.pos(max(0, n.Pos())), r.len()
		if h, ok := n.(*ast.Heading); ok {
			r.heading(h)
		} else {
			r.block(n)
		}
		if r.full() {
			r.found = append(r.found, tooLarge(r.article.Position(at), "bytes of HTML from all that stands up to here", maxHTML))
			return
		}
		if kind, ok := kindOf(n); ok && r.len() > from {
			r.blocks = append(r.blocks, Block{kind, int16(len(r.sections) - 1), at.Line, from, r.len()})
		}
	}
}

// kindOf returns the kind of a block that has text.
func kindOf(n ast.Node) (BlockKind, bool) {
	switch n := n.(type) {
	case *ast.Heading:
		return Heading, true
	case *ast.Paragraph:
		if picture(n) != nil {
			return Figure, true
		}
		return Paragraph, true
	case *ast.List:
		return List, true
	case *tables.Table:
		return Table, true
	case *ast.CodeBlock:
		return Code, true
	case *ast.FencedCodeBlock:
		return Code, true
	case *ast.Blockquote:
		if _, ok := alert(n); ok {
			return Alert, true
		}
		return Quote, true
	}
	return 0, false
}
