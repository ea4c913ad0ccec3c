package article

import (
	"bytes"
	"maps"
	"slices"

	"github.com/yuin/goldmark/ast"

	"helpcenter/site/diag"
)

// A Destination is where a link, an image or a reference definition leads.
type Destination struct {
	At  diag.Position
	Raw string // as written

	Shows bool // it is the section that a section block shows
}

// Destinations returns all destinations in the bytes of an article's file, in order.
//
// The parser knows the destinations but not where they are: after "](" in a link, and after "]:" in a
// definition. The destination of an image within a link comes before that of the link.
func Destinations(file string, data []byte) []Destination {
	_, body, line, _ := SplitFront(Normalize(data))
	found := map[int]Destination{}
	find := func(n ast.Node, before string, dest []byte) {
		block := body[:min(len(body), max(0, n.Pos())+maxBlock)]
		for off := max(0, n.Pos()); len(dest) > 0; {
			i := bytes.Index(block[off:], []byte(before))
			if i < 0 {
				return
			}
			off += i + len(before)
			at := len(block) - len(bytes.TrimLeft(block[off:], " \t\n>"))
			at = len(block) - len(bytes.TrimPrefix(block[at:], []byte("<")))
			if bytes.HasPrefix(block[at:], dest) && found[at].Raw == "" {
				found[at] = Destination{Raw: string(dest)}
				return
			}
		}
	}
	ast.Walk(parseMarkdown(body), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if !entering && n.Reference == nil {
				find(n, "](", n.Destination)
			}
		case *ast.Image:
			if !entering && n.Reference == nil {
				find(n, "](", n.Destination)
			}
		case *ast.FencedCodeBlock:
			if off, dest := shownSection(n, body); entering && off > 0 {
				found[off] = Destination{Raw: dest, Shows: true}
			}
		case *ast.LinkReferenceDefinition:
			if entering {
				find(n, "]:", n.Destination)
			}
		}
		return ast.WalkContinue, nil
	})
	lines := cursor{file: file, text: body, first: line}
	var all []Destination
	for _, off := range slices.Sorted(maps.Keys(found)) {
		d := found[off]
		d.At = lines.position(off)
		all = append(all, d)
	}
	return all
}

// shownSection returns the section that a fenced block shows and its offset, which is 0 if there is none.
func shownSection(n *ast.FencedCodeBlock, body []byte) (off int, dest string) {
	if n.Info == nil {
		return 0, ""
	}
	words := n.Info.Value(body)
	name, ok := bytes.CutPrefix(words, []byte("section "))
	if !ok {
		return 0, ""
	}
	name = bytes.TrimSpace(name)
	return n.Info.Segment.Start + bytes.Index(words, name), string(name)
}
