package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// inlines writes the content of a paragraph, a heading or a cell.
func (r *renderer) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.inline(c)
	}
}

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.text(n, "<br>\n")
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
		r.tags.inText(n)
		r.write("</", tag, ">")
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		r.tags.read(n.Segments, false)
	case *extensions.Strikethrough:
		if !bytes.HasPrefix(r.source[n.Pos():], []byte("~~")) {
			r.errorf(n.Pos(), "foreign-markup", "single tildes are subscript in some tools and strike text in others").
				Suggestion = "write <sub>text</sub>, or ~~text~~"
		}
		r.write("<del>")
		r.tags.inText(n)
		r.write("</del>")
	case *extensions.TaskCheckBox:
		box := "\u2610 "
		if n.IsChecked {
			box = "\u2611 "
		}
		r.write(box)
	case *extensions.FootnoteLink:
		footnoteMark(r, n)
	case *extensions.FootnoteBacklink:
		footnoteReturn(r, n)
	}
}

// flat writes the text of a node, without markup.
func (r *renderer) flat(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			r.text(c, "\n")
		case *ast.AutoLink:
			r.escape(c.Label(r.source))
		case *ast.RawHTML:
			r.tags.refuse(c.Segments.At(0).Start, c.Segments.Value(r.source))
		case *ast.Link:
			r.flatLink(c, c.Title)
		case *ast.Image:
			r.flatLink(c, c.Title)
		default:
			r.flat(c)
		}
	}
}

// flatLink writes the text of a link or image in an image's description, where its title cannot be shown.
func (r *renderer) flatLink(n ast.Node, title []byte) {
	if len(title) > 0 {
		r.errorf(n.Pos(), "unshown-text", "%q is not shown: an image's description is text only", title).
			Suggestion = "delete it"
	}
	r.flat(n)
}

// text writes text and the line break that follows it, if any.
func (r *renderer) text(t *ast.Text, hardBreak string) {
	value := t.Segment.Value(r.source)
	if t.IsRaw() {
		r.escape(value)
	} else {
		r.markdown(value)
	}
	if t.HardLineBreak() {
		r.write(hardBreak)
	} else if t.SoftLineBreak() {
		r.write("\n")
	}
}

// markdown writes text, resolving backslash escapes and character references.
func (r *renderer) markdown(value []byte) {
	for _, c := range value {
		if special[c] {
			html.DefaultWriter.Write(&r.out, value)
			return
		}
	}
	r.out.Write(value)
}

// special marks the bytes that cannot be copied as they are.
var special = [256]bool{'\\': true, '&': true, '<': true, '>': true, '"': true}

// escape writes text literally, escaped for HTML.
func (r *renderer) escape(value []byte) { html.DefaultWriter.RawWrite(&r.out, value) }
