package article

import (
	"bytes"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"

	"helpcenter/site/diag"
)

// A renderer writes an article's Markdown as HTML with placeholders, and collects the article's sections,
// blocks, links and assets on the way.
type renderer struct {
	article *Content
	source  []byte
	lines   cursor
	found   []diag.Finding
	spent   int // bytes of all destinations

	// What grows while rendering is kept for the next article; the article gets copies.
	headings     headings
	tags         tags
	out          buffer
	placeholders []Placeholder
	sections     []Section
	blocks       []Block
	links        []Link
	shown        []Link // sections of others
	assets       []AssetUse
}

// buffer is a bytes.Buffer with the methods that goldmark expects of a writer.
type buffer struct{ bytes.Buffer }

func (*buffer) Buffered() int { return 0 }
func (*buffer) Flush() error  { return nil }

var renderers = sync.Pool{New: func() any {
	r := &renderer{}
	r.headings = headings{renderer: r, ids: map[string]int{}}
	r.tags = tags{renderer: r}
	return r
}}

// reset prepares r for an article.
func (r *renderer) reset(a *Content, source []byte, lines cursor) {
	r.article, r.source, r.lines, r.found, r.spent = a, source, lines, nil, 0
	r.out.Reset()
	r.headings.reset()
	r.tags.inline, r.tags.details = nil, 0
	r.placeholders, r.sections, r.blocks = r.placeholders[:0], r.sections[:0], r.blocks[:0]
	r.links, r.shown, r.assets = r.links[:0], r.shown[:0], r.assets[:0]
}

// finish copies the results to the article. The HTML is not nil, even if empty, which shows that it has been read.
func (r *renderer) finish() {
	a := r.article
	a.Body = Body{append([]byte{}, r.out.Bytes()...), slices.Concat(r.placeholders)}
	a.Sections, a.Blocks = slices.Concat(r.sections), slices.Concat(r.blocks)
	a.Links, a.Assets = slices.Concat(r.links, r.shown), slices.Concat(r.assets)
	r.article, r.source, r.lines = nil, nil, cursor{}
}

func (r *renderer) write(parts ...string) {
	for _, s := range parts {
		r.out.WriteString(s)
	}
}

// len returns the length of the output: at most maxHTML and one block.
func (r *renderer) len() int32 { return int32(r.out.Len()) }

// placeholder adds a placeholder at the end of the output.
func (r *renderer) placeholder(h Placeholder) {
	h.At = r.len()
	r.placeholders = append(r.placeholders, h)
}

// errorf reports an error at an offset of the source. The result may be changed until the next finding.
func (r *renderer) errorf(off int, rule, format string, args ...any) *diag.Finding {
	r.found = append(r.found, diag.Errorf(r.lines.position(off), rule, format, args...))
	return &r.found[len(r.found)-1]
}

func (r *renderer) warnf(off int, rule, format string, args ...any) *diag.Finding {
	r.found = append(r.found, diag.Warningf(r.lines.position(off), rule, format, args...))
	return &r.found[len(r.found)-1]
}

// full reports whether the article has become too large. From then on links are written as text, since nothing else
// can become much longer than its source.
func (r *renderer) full() bool { return r.out.Len()+r.spent > maxHTML }

// document writes and records the top-level blocks. <details> and its content are one block.
func (r *renderer) document(doc ast.Node) {
	var details Block
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		at, from, inside := r.lines.pos(max(0, n.Pos())), r.len(), r.tags.details > 0
		switch n := n.(type) {
		case *ast.Heading:
			r.headings.heading(n)
		case *extensions.FootnoteList:
			r.headings.endSections()
			r.block(n)
		default:
			r.block(n)
		}
		if r.full() {
			r.found = append(r.found, tooLarge(r.article.Position(at), "bytes of HTML up to here", maxHTML))
			return
		}
		if !inside {
			details = Block{Quote, int16(len(r.sections) - 1), at.Line, from, 0}
		}
		switch kind, ok := kindOf(n); {
		case r.tags.details > 0: // it continues
		case inside || n.Kind() == ast.KindHTMLBlock && r.len() > from:
			details.to = r.len()
			r.blocks = append(r.blocks, details)
		case ok && r.len() > from:
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
		if soleImage(n) != nil {
			return Figure, true
		}
		return Paragraph, true
	case *ast.List, *extensions.FootnoteList, *extensions.DefinitionList:
		return List, true
	case *extensions.Table:
		return Table, true
	case *ast.CodeBlock:
		return Code, true
	case *ast.FencedCodeBlock:
		return Code, true
	case *ast.Blockquote:
		if _, ok := alertMarker(n); ok {
			return Alert, true
		}
		return Quote, true
	}
	return 0, false
}
