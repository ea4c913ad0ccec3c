package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown parsers drop some of what a writer wrote without a word. Each such
// place is an error here, so that text reaches the page or its writer hears of it.

// fenceParser marks the code blocks whose end is written: CommonMark ends the
// others with what they stand in.
type fenceParser struct{ parser.BlockParser }

const closedAttribute = "closed"

// Continue implements [parser.BlockParser].
func (p fenceParser) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := p.BlockParser.Continue(n, reader, pc)
	if state == parser.Close {
		n.SetAttributeString(closedAttribute, true)
	}
	return state
}

// checkFence reports a code block that never ends and words that nobody reads.
func (r *renderer) checkFence(n *ast.FencedCodeBlock, words []string) {
	if _, closed := n.AttributeString(closedAttribute); !closed {
		r.errorf(n.Pos(), "code-fence", "this code block is never closed: all that follows is code").
			Suggestion = "add a line of as many signs where the code ends"
	}
	if len(words) > 1 && words[0] != "values" {
		r.errorf(n.Info.Segment.Start, "unshown-text", "%q is not shown: only the language stands after a code fence",
			strings.Join(words[1:], " ")).Suggestion = "delete it, or write it above the code"
	}
}

// checkRow reports cells that the table has no column for, and bars that part
// code.
func (r *renderer) checkRow(row *tables.TableRow) {
	line, _, _ := bytes.Cut(r.source[row.Pos():], []byte{'\n'})
	if i := barInCode(line); i >= 0 {
		r.errorf(row.Pos()+i, "table", "a bar ends the cell, in code too").Suggestion = `write \| for a bar`
		return
	}
	columns, cells := len(row.Alignments), 0
	rest := bytes.TrimSuffix(bytes.TrimRight(line, " \t"), []byte{'|'})
	at := len(rest) - len(bytes.TrimPrefix(bytes.TrimLeft(rest, " \t"), []byte{'|'}))
	for i := at; i < len(rest); i++ {
		if rest[i] == '|' && (i == at || rest[i-1] != '\\') {
			if cells++; cells == columns {
				r.errorf(row.Pos()+i, "table", "the table has %d columns, and what follows in this row is not shown", columns).
					Suggestion = `write \| for a bar within a cell, or add a column to the head`
				return
			}
		}
	}
}

// barInCode returns where in a row a bar stands between two backtick runs of one
// length, or -1.
func barInCode(line []byte) int {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '`':
			run := line[i : i+len(line[i:])-len(bytes.TrimLeft(line[i:], "`"))]
			i += len(run)
			end := endOfCode(line[i:], len(run))
			for j := i; j < i+end; j++ {
				if line[j] == '|' && line[j-1] != '\\' {
					return j
				}
			}
			i += max(end+len(run), 0) - 1
		}
	}
	return -1
}

// endOfCode returns where a run of exactly n backticks begins, or -n where there
// is none.
func endOfCode(line []byte, n int) int {
	for i := 0; i < len(line); i++ {
		run := len(line[i:]) - len(bytes.TrimLeft(line[i:], "`"))
		if run == n {
			return i
		}
		i += run
	}
	return -n
}

// linkDefinitions notes which definitions of links are used.
type linkDefinitions struct {
	parser.Context
	defined []parser.Reference
	used    map[string]bool
}

// AddReference implements [parser.Context].
func (c *linkDefinitions) AddReference(ref parser.Reference) {
	c.defined = append(c.defined, ref)
	c.Context.AddReference(ref)
}

// Reference implements [parser.Context].
func (c *linkDefinitions) Reference(label string) (parser.Reference, bool) {
	ref, ok := c.Context.Reference(label)
	if ok {
		c.used[label] = true
	}
	return ref, ok
}

// checkReferences reports definitions that no link uses: one that stands a second
// time, and what only looks like one, as a footnote does.
func (r *renderer) checkReferences(c *linkDefinitions) {
	seen, off := map[string]bool{}, 0
	for _, ref := range c.defined {
		mark := "[" + string(ref.Label()) + "]:"
		if i := bytes.Index(r.source[off:], []byte(mark)); i >= 0 {
			off += i
		}
		label := util.ToLinkReference(ref.Label())
		switch {
		case seen[label]:
			r.errorf(off, "unshown-text", "%q is defined twice, and the second definition is not shown", mark).
				Suggestion = "delete one, or give it another name"
		case strings.HasPrefix(label, "^"):
			r.errorf(off, "unshown-text", "there are no footnotes here: %q is read as the definition of a link", mark).
				Suggestion = "write the note in the text"
		case !c.used[label]:
			r.errorf(off, "unshown-text", "no link uses the definition %q, so its line is not shown", mark).
				Suggestion = `use it, delete it, or write \[ for a bracket`
		}
		seen[label], off = true, min(off+1, len(r.source))
	}
}

// checkDescription reports what in a picture's description is not shown.
func (r *renderer) checkDescription(off int, title []byte) {
	if len(title) > 0 {
		r.errorf(off, "unshown-text", "%q is not shown: a picture's description is text only", title).Suggestion = "delete it"
	}
}
