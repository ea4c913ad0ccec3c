package article

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// footnoteParser records all footnotes, because goldmark drops those without a reference.
type footnoteParser struct{ parser.BlockParser }

var footnotesKey = parser.NewContextKey()

// Open implements [parser.BlockParser].
func (p footnoteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.PeekLine()
	n, state := p.BlockParser.Open(parent, reader, pc)
	if note, ok := n.(*extensions.Footnote); ok {
		note.SetAttributeString(placeAttribute, at.Start)
		known, _ := pc.Get(footnotesKey).([]*extensions.Footnote)
		pc.Set(footnotesKey, append(known, note))
	}
	return n, state
}

// placeAttribute is the attribute of a footnote that holds the offset of its line.
const placeAttribute = "place"

// checkFootnotes reports footnotes that nothing refers to, among them duplicates.
func checkFootnotes(r *renderer, notes []*extensions.Footnote) {
	for _, note := range notes {
		if off, _ := note.AttributeString(placeAttribute); note.Index < 0 {
			r.errorf(off.(int), "unshown-text", "no text refers to the footnote [^%s], or it is a duplicate", note.Ref).
				Suggestion = "write [^" + string(note.Ref) + "] where it belongs, or delete it"
		}
	}
}

// footnotes writes the footnotes, below a horizontal rule.
func footnotes(r *renderer, list *extensions.FootnoteList) {
	r.write("<hr>\n<ol>\n")
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		r.write(`<li id="fn:`, strconv.Itoa(n.(*extensions.Footnote).Index), `">`)
		r.within(n)
		r.write("</li>\n")
	}
	r.write("</ol>\n")
}

// footnoteMark writes the mark of a footnote. The number is not part of the text.
func footnoteMark(r *renderer, n *extensions.FootnoteLink) {
	number := strconv.Itoa(n.Index)
	if n.RefIndex > 0 {
		number += "-" + strconv.Itoa(n.RefIndex+1)
	}
	r.placeholder(Placeholder{Kind: FootnoteMark, Ref: r.article.Path, Anchor: number})
}

// footnoteReturn writes the link back to the first mark of a footnote.
func footnoteReturn(r *renderer, n *extensions.FootnoteBacklink) {
	if n.RefIndex == 0 {
		r.placeholder(Placeholder{Kind: FootnoteReturn, Ref: r.article.Path, Anchor: strconv.Itoa(n.Index)})
	}
}
