package article

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A destination is where a link, a picture or the definition of a link's
// reference says where it leads.
type destination struct {
	Off int    // in the body
	Raw string // as written
}

// Destinations finds all of them. The parser knows what the destinations are but
// not where they stand: after "](" in a link, and after "]:" in a definition. A
// picture within a link comes before the link's own.
func Destinations(body []byte) []destination {
	var all []destination
	taken := map[int]bool{}
	find := func(n ast.Node, before string, dest []byte) {
		for off := max(0, n.Pos()); len(dest) > 0; {
			i := bytes.Index(body[off:], []byte(before))
			if i < 0 {
				return
			}
			off += i + len(before)
			at := len(body) - len(bytes.TrimLeft(body[off:], " \t\n>"))
			at = len(body) - len(bytes.TrimPrefix(body[at:], []byte("<")))
			if bytes.HasPrefix(body[at:], dest) && !taken[at] {
				taken[at] = true
				all = append(all, destination{at, string(dest)})
				return
			}
		}
	}
	ast.Walk(markdown.Parse(text.NewReader(body)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if !entering && n.Reference == nil {
				find(n, "](", n.Destination)
			}
		case *ast.Image:
			if !entering && n.Reference == nil {
				find(n, "](", n.Destination)
			}
		case *ast.LinkReferenceDefinition:
			if entering {
				find(n, "]:", n.Destination)
			}
		}
		return ast.WalkContinue, nil
	})
	return all
}
