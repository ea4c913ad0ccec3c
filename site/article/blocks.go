package article

import (
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// within writes the children of a block.
func (r *renderer) within(n ast.Node) {
	r.tags.inBlock(max(0, n.Pos()), func() {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			r.block(c)
		}
	})
}

// block writes one block, at any depth.
func (r *renderer) block(n ast.Node) {
	checkIndent(r, n)
	switch n := n.(type) {
	case *ast.Paragraph:
		r.paragraph(n)
	case *ast.TextBlock: // a paragraph in a list without blank lines
		r.tags.inText(n)
		if n.NextSibling() != nil {
			r.write("\n")
		}
	case *ast.Heading:
		r.errorf(n.Pos(), "heading-order", "a heading cannot be in a list or a quotation").
			Suggestion = "make it a paragraph in bold, or move it out"
	case *ast.List:
		r.list(n)
	case *ast.Blockquote:
		r.quote(n)
	case *ast.CodeBlock:
		r.code(n, "")
	case *ast.FencedCodeBlock:
		r.fenced(n)
	case *extensions.Table:
		r.table(n)
	case *ast.ThematicBreak:
		r.write("<hr>\n")
	case *ast.HTMLBlock:
		r.tags.read(htmlBlock(n), true)
	case *extensions.DefinitionList:
		r.definitions(n)
	case *extensions.FootnoteList:
		footnotes(r, n)
	}
}

func (r *renderer) definitions(list *extensions.DefinitionList) {
	r.write("<dl>\n")
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		if _, ok := c.(*extensions.DefinitionTerm); ok {
			r.write("<dt>")
			r.tags.inText(c)
			r.write("</dt>\n")
			continue
		}
		r.write("<dd>")
		r.within(c)
		r.write("</dd>\n")
	}
	r.write("</dl>\n")
}

// paragraph writes a paragraph, or a figure if it consists of one image.
func (r *renderer) paragraph(p *ast.Paragraph) {
	if img := soleImage(p); img != nil {
		r.figure(img)
		return
	}
	from, placeholders := r.out.Len(), len(r.placeholders)
	r.write("<p>")
	r.tags.inText(p)
	if r.out.Len() == from+len("<p>") && len(r.placeholders) == placeholders { // only a comment
		r.out.Truncate(from)
		return
	}
	r.write("</p>\n")
}

// soleImage returns the image that a paragraph consists of, or nil.
func soleImage(p *ast.Paragraph) *ast.Image {
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
		r.checkNumbers(n)
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
	if marker, ok := alertMarker(q); ok {
		r.alert(q, marker)
		return
	}
	r.write("<blockquote>\n")
	r.within(q)
	r.write("</blockquote>\n")
}

func (r *renderer) code(n ast.Node, language string) {
	r.write("<pre><code")
	if language != "" {
		r.write(` class="language-`, html.EscapeString(language), `"`)
	}
	r.write(">")
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		r.escape(line.Value(r.source))
	}
	r.write("</code></pre>\n")
}

// fenced writes a code block, or a placeholder for the values or the section that it requests.
func (r *renderer) fenced(n *ast.FencedCodeBlock) {
	var words []string
	if n.Info != nil {
		words = strings.Fields(string(n.Info.Value(r.source)))
	}
	r.checkFence(n, words)
	if len(words) > 0 && words[0] == "section" {
		r.reference(n, words)
		return
	}
	if len(words) == 0 || words[0] != "values" {
		r.code(n, string(n.Language(r.source)))
		return
	}
	switch {
	case len(words) != 4:
		r.errorf(n.Pos(), "values", "values has %d words, not three", len(words)-1).
			Suggestion = "write values CHECKER FACT OUTCOME"
	case n.Lines().Len() > 0 && !util.IsBlank(n.Lines().Value(r.source)):
		r.errorf(n.Pos(), "values", "a values block must be empty").Suggestion = "delete its lines: the rules fill it"
	default:
		v := &Values{words[1], words[2], words[3], r.lines.position(n.Pos())}
		r.placeholder(Placeholder{Kind: ValueList, Values: v})
	}
}

// reference writes a placeholder for the section that a fenced block section PATH#ID shows.
func (r *renderer) reference(n *ast.FencedCodeBlock, words []string) {
	const form = "write section PATH#ID, such as section goto-meeting/billing/change-plan#steps"
	if len(words) != 2 {
		r.errorf(n.Pos(), "section", "section has %d words, not one", len(words)-1).Suggestion = form
		return
	}
	path, id, _ := strings.Cut(words[1], "#")
	switch {
	case !IsArticlePath(path) || !IsID(id):
		r.errorf(n.Pos(), "section", "%q is not a section of an article", words[1]).Suggestion = form
	case n.Lines().Len() > 0 && !util.IsBlank(n.Lines().Value(r.source)):
		r.errorf(n.Pos(), "section", "a section block must be empty").Suggestion = "delete its lines: the section fills it"
	case len(r.shown) == maxShown:
		r.found = append(r.found, tooLarge(r.lines.position(n.Pos()), "sections of other articles", maxShown))
	default:
		r.placeholder(Placeholder{Kind: SectionText, Ref: r.article.Lang + "/" + path, Anchor: id})
		r.shown = append(r.shown, Link{
			Dest: words[1], Ref: path, Anchor: id, Shows: true, Pos: r.lines.pos(n.Pos()),
		})
	}
}

// table writes a table inside an element that can scroll. To scroll without a mouse (WCAG 2.1.1), the element can
// be focused and is named after its section.
func (r *renderer) table(n *extensions.Table) {
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
	if body, ok := row.(*extensions.TableRow); ok {
		r.checkRow(body)
	}
	_, head := row.(*extensions.TableHeader)
	r.write("<tr>")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		tag, scope := "td", ""
		if head && c.HasChildren() { // an empty corner is not a header
			tag, scope = "th", ` scope="col"`
		}
		r.write("<", tag, scope)
		if cell, ok := c.(*extensions.TableCell); ok && cell.Alignment != extensions.AlignNone {
			r.write(` class="`, cell.Alignment.String(), `"`)
		}
		r.write(">")
		r.tags.inText(c)
		r.write("</", tag, ">")
	}
	r.write("</tr>\n")
}
