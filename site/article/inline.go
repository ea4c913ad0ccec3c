package article

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// inlines writes what stands in a paragraph, a heading or a cell.
func (r *renderer) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.inline(c)
	}
}

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.text(n)
		if n.HardLineBreak() {
			r.write("<br>")
		}
		r.lineBreak(n)
	case *ast.CodeSpan:
		r.write("<code>")
		r.flat(n)
		r.write("</code>")
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		r.write("<", tag, ">")
		r.inlines(n)
		r.write("</", tag, ">")
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		r.rawHTML(n.Segments)
	}
}

// flat writes the text in a node, without markup.
func (r *renderer) flat(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			r.text(c)
			r.lineBreak(c)
		case *ast.AutoLink:
			r.escape(c.Label(r.source))
		case *ast.RawHTML:
			r.rawHTML(c.Segments)
		case *ast.Link:
			r.checkDescription(c.Pos(), c.Title)
			r.flat(c)
		case *ast.Image:
			r.checkDescription(c.Pos(), c.Title)
			r.flat(c)
		default:
			r.flat(c)
		}
	}
}

func (r *renderer) text(t *ast.Text) {
	value := t.Segment.Value(r.source)
	if t.IsRaw() {
		r.escape(value)
	} else {
		r.markdown(value)
	}
}

func (r *renderer) lineBreak(t *ast.Text) {
	if t.HardLineBreak() || t.SoftLineBreak() {
		r.write("\n")
	}
}

// markdown writes text in which backslashes and character references count.
func (r *renderer) markdown(value []byte) {
	for _, c := range value {
		if special[c] {
			html.DefaultWriter.Write(&r.out, value)
			return
		}
	}
	r.out.Write(value)
}

// special marks the bytes that are not written as they stand.
var special = [256]bool{'\\': true, '&': true, '<': true, '>': true, '"': true}

// escape writes text in which they do not.
func (r *renderer) escape(value []byte) { html.DefaultWriter.RawWrite(&r.out, value) }
