package content

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"helpcenter"
)

// A renderer writes one article's Markdown as HTML with holes and notes on the
// way what the article's record holds.
type renderer struct {
	article *Article
	source  []byte
	lines   cursor
	ids     map[string]int // of headings; how many were made of one title
	found   []helpcenter.Finding

	// What grows while rendering is kept for the next article; this one gets
	// copies of the right size.
	out      buffer
	holes    []Hole
	sections []Section
	blocks   []Block
	links    []Link
	uses     []use
}

// buffer is a bytes.Buffer that goldmark takes for a buffered writer.
type buffer struct{ bytes.Buffer }

func (*buffer) Buffered() int { return 0 }
func (*buffer) Flush() error  { return nil }

var renderers = sync.Pool{New: func() any { return new(renderer) }}

// reset begins an article.
func (r *renderer) reset(a *Article, source []byte, lines cursor) {
	r.article, r.source, r.lines, r.ids, r.found = a, source, lines, map[string]int{}, nil
	r.out.Reset()
	r.holes, r.sections, r.blocks = r.holes[:0], r.sections[:0], r.blocks[:0]
	r.links, r.uses = r.links[:0], r.uses[:0]
}

// handOver gives the article what was made of it. HTML is not nil even where
// there is none: it has been read.
func (r *renderer) handOver() {
	r.endSections()
	a := r.article
	a.Body = Body{append([]byte{}, r.out.Bytes()...), slices.Concat(r.holes)}
	a.Sections, a.Blocks = slices.Concat(r.sections), slices.Concat(r.blocks)
	a.Links, a.uses = slices.Concat(r.links), slices.Concat(r.uses)
	r.article, r.source, r.lines = nil, nil, cursor{}
}

// endSections notes where each section ends: at the next heading of its level or
// above.
func (r *renderer) endSections() {
	for i := range r.sections {
		s := &r.sections[i]
		s.to = r.out.Len()
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

// hole leaves a hole at this place.
func (r *renderer) hole(h Hole) {
	h.At = r.out.Len()
	r.holes = append(r.holes, h)
}

// shift moves the holes from an offset on: something was put before them.
func (r *renderer) shift(from, by int) {
	for i := len(r.holes) - 1; i >= 0 && r.holes[i].At >= from; i-- {
		r.holes[i].At += by
	}
}

// errorf reports an error at an offset of the source. The finding may be added
// to until the next one.
func (r *renderer) errorf(off int, rule, format string, args ...any) *helpcenter.Finding {
	r.found = append(r.found, helpcenter.Errorf(r.lines.at(off), rule, format, args...))
	return &r.found[len(r.found)-1]
}

func (r *renderer) warnf(off int, rule, format string, args ...any) *helpcenter.Finding {
	r.found = append(r.found, helpcenter.Warningf(r.lines.at(off), rule, format, args...))
	return &r.found[len(r.found)-1]
}

// document writes the blocks of the article and keeps a record of each.
func (r *renderer) document(doc ast.Node) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		from, line := r.out.Len(), r.lines.at(max(0, n.Pos())).Line
		if h, ok := n.(*ast.Heading); ok {
			r.heading(h)
		} else {
			r.block(n)
		}
		if kind, ok := kindOf(n); ok && r.out.Len() > from {
			r.blocks = append(r.blocks, Block{kind, line, len(r.sections) - 1, from, r.out.Len()})
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

// within writes the blocks in a block.
func (r *renderer) within(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.block(c)
	}
}

// block writes one block, at any depth.
func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.paragraph(n)
	case *ast.TextBlock: // the paragraph of a list whose items no blank line parts
		r.inlines(n)
		if n.NextSibling() != nil {
			r.write("\n")
		}
	case *ast.Heading:
		r.errorf(n.Pos(), "heading-order", "a heading cannot stand in a list or a quotation").
			Suggestion = "write it as a paragraph in bold, or take it out"
	case *ast.List:
		r.list(n)
	case *ast.Blockquote:
		r.quote(n)
	case *ast.CodeBlock:
		r.code(n)
	case *ast.FencedCodeBlock:
		r.fenced(n)
	case *tables.Table:
		r.table(n)
	case *ast.ThematicBreak:
		r.write("<hr>\n")
	case *ast.HTMLBlock:
		r.rawHTML(htmlBlock(n))
	}
}

// paragraph writes a paragraph, or a figure where it is one picture.
func (r *renderer) paragraph(p *ast.Paragraph) {
	if img := picture(p); img != nil {
		r.figure(img)
		return
	}
	from := r.out.Len()
	r.write("<p>")
	r.inlines(p)
	if r.out.Len() == from+len("<p>") { // it held a comment only
		r.out.Truncate(from)
		return
	}
	r.write("</p>\n")
}

// picture returns the one picture that a paragraph is made of, or nil.
func picture(p *ast.Paragraph) *ast.Image {
	if p.ChildCount() != 1 {
		return nil
	}
	img, _ := p.FirstChild().(*ast.Image)
	return img
}

func (r *renderer) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	r.write("<", tag)
	if n.IsOrdered() && n.Start != 1 {
		r.write(` start="`, strconv.Itoa(n.Start), `"`)
	}
	r.write(">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		r.write("<li>")
		r.within(item)
		r.write("</li>\n")
	}
	r.write("</", tag, ">\n")
}

func (r *renderer) quote(q *ast.Blockquote) {
	if marker, ok := alert(q); ok {
		r.alert(q, marker)
		return
	}
	r.write("<blockquote>\n")
	r.within(q)
	r.write("</blockquote>\n")
}

func (r *renderer) code(n ast.Node) {
	r.write("<pre><code>")
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		r.escape(line.Value(r.source))
	}
	r.write("</code></pre>\n")
}

// fenced writes a code block, or leaves a hole for the values it asks for.
func (r *renderer) fenced(n *ast.FencedCodeBlock) {
	var words []string
	if n.Info != nil {
		words = strings.Fields(string(n.Info.Value(r.source)))
	}
	if len(words) == 0 || words[0] != "values" {
		r.code(n)
		return
	}
	switch {
	case len(words) != 4:
		r.errorf(n.Pos(), "values", "values takes three words, here are %d", len(words)-1).
			Suggestion = "write values CHECKER FACT OUTCOME"
	case n.Lines().Len() > 0 && !util.IsBlank(n.Lines().Value(r.source)):
		r.errorf(n.Pos(), "values", "a values block is empty").Suggestion = "delete its lines: the rules fill it"
	default:
		v := &Values{words[1], words[2], words[3], r.lines.at(n.Pos())}
		r.hole(Hole{Kind: ValuesHole, Values: v})
	}
}

// table writes a table in an element that can scroll. That takes a name and a
// place in the order of the Tab key, so that it scrolls without a mouse too
// (WCAG 2.1.1); the name is what the table stands under.
func (r *renderer) table(n *tables.Table) {
	label := r.article.Title
	if i := len(r.sections); i > 0 {
		label = r.sections[i-1].Title
	}
	r.write(`<div class="table" role="group" tabindex="0" aria-label="`)
	r.escape([]byte(label))
	r.write("\"><table>\n")
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		switch row.PreviousSibling() {
		case nil:
			r.write("<thead>\n")
		case n.FirstChild():
			r.write("<tbody>\n")
		}
		r.row(row)
		switch row {
		case n.FirstChild():
			r.write("</thead>\n")
		case n.LastChild():
			r.write("</tbody>\n")
		}
	}
	r.write("</table></div>\n")
}

func (r *renderer) row(row ast.Node) {
	_, head := row.(*tables.TableHeader)
	r.write("<tr>")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		tag, scope := "td", ""
		if head && c.HasChildren() { // an empty corner is the header of nothing
			tag, scope = "th", ` scope="col"`
		}
		r.write("<", tag, scope)
		if cell, ok := c.(*tables.TableCell); ok && cell.Alignment != tables.AlignNone {
			r.write(` class="`, cell.Alignment.String(), `"`)
		}
		r.write(">")
		r.inlines(c)
		r.write("</", tag, ">")
	}
	r.write("</tr>\n")
}

// htmlBlock returns where the lines of a block of HTML stand.
func htmlBlock(n *ast.HTMLBlock) *text.Segments {
	lines := text.NewSegments()
	lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines.Append(n.ClosureLine)
	}
	return lines
}

// rawHTML reports HTML, except for comments: those are dropped, and one that
// silences lint is recorded.
func (r *renderer) rawHTML(lines *text.Segments) {
	html := lines.Value(r.source)
	at := func(rest []byte) int { return offset(lines, len(html)-len(rest)) }
	for rest := bytes.TrimLeft(html, " \t\n"); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\n") {
		if !bytes.HasPrefix(rest, []byte("<!--")) {
			first, _, _ := bytes.Cut(rest, []byte{'\n'})
			r.errorf(at(rest), "raw-html", "HTML is not allowed: %q", first).
				Suggestion = "write it in Markdown; \\< for a less-than sign"
			return
		}
		// CommonMark counts <!--> and <!---> as comments too.
		comment, after, closed := bytes.Cut(rest[len("<!"):], []byte("-->"))
		if !closed {
			r.errorf(at(rest), "raw-html", "a comment without its end, which hides all that follows").Suggestion = "add -->"
			return
		}
		r.comment(at(rest), strings.TrimPrefix(string(comment), "--"))
		rest = after
	}
}

// offset returns where in the source the i-th byte of the lines' text stands.
func offset(lines *text.Segments, i int) int {
	for _, line := range lines.Sliced(0, lines.Len()) {
		if i < line.Len() {
			return line.Start + max(0, i-line.Padding)
		}
		i -= line.Len()
	}
	return lines.At(lines.Len() - 1).Stop
}

// comment records a comment that silences a rule of lint.
func (r *renderer) comment(off int, text string) {
	words := strings.Join(strings.Fields(text), " ")
	about, ok := strings.CutPrefix(words, "lint:")
	if !ok {
		return
	}
	rule, reason, _ := strings.Cut(strings.TrimSpace(about), " because ")
	if !isID(rule) || reason == "" {
		r.warnf(off, "silence", "a rule is silenced without a reason").
			Suggestion = "write <!-- lint: rule-id because reason -->"
		return
	}
	r.article.Silences = append(r.article.Silences, Silence{r.lines.at(off).Line, rule, reason})
}
