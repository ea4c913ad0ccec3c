package article

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// CommonMark drops or changes some of what writers write. Each such place is an error here: either the text reaches
// the page, or its writer is told.

// fenceParser marks the code blocks that have a closing fence. CommonMark ends the others with their parent.
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

// checkFence reports a code block that is never closed, and words after its language, which are ignored.
func (r *renderer) checkFence(n *ast.FencedCodeBlock, words []string) {
	if _, closed := n.AttributeString(closedAttribute); !closed {
		r.errorf(n.Pos(), "code-fence", "the code block is never closed: all that follows is code").
			Suggestion = "close it with a line of the same characters"
	}
	if len(words) > 1 && words[0] != "values" && words[0] != "section" {
		r.errorf(n.Info.Segment.Start, "unshown-text", "%q is not shown: a code fence has one word, the language",
			strings.Join(words[1:], " ")).Suggestion = "delete it, or write it above the code"
	}
}

// checkRow reports cells beyond the columns of the table, bars within code, and missing cells, which also result
// from text directly below a table.
func (r *renderer) checkRow(row *extensions.TableRow) {
	line, _, _ := bytes.Cut(r.source[row.Pos():], []byte{'\n'})
	if i := barInCode(line); i >= 0 {
		r.errorf(row.Pos()+i, "table", "a bar ends the cell, in code too").Suggestion = `write \| for a bar`
		return
	}
	columns, cells := len(row.Alignments), 1
	rest := bytes.TrimSuffix(bytes.TrimRight(line, " \t"), []byte{'|'})
	at := len(rest) - len(bytes.TrimPrefix(bytes.TrimLeft(rest, " \t"), []byte{'|'}))
	for i := at; i < len(rest); i++ {
		if rest[i] == '|' && (i == at || rest[i-1] != '\\') {
			if cells++; cells == columns+1 {
				r.errorf(row.Pos()+i, "table", "the table has %d columns: the rest of this row is not shown", columns).
					Suggestion = `write \| for a bar within a cell, or add a column to the head`
				return
			}
		}
	}
	if cells < columns {
		r.warnf(row.Pos(), "table", "the row has %d of %d cells", cells, columns).
			Suggestion = "write a bar for each empty cell; end a table with a blank line"
	}
}

// checkNumbers reports list items that are shown with another number than written. All items may have the number of
// the first.
func (r *renderer) checkNumbers(list *ast.List) {
	want := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		rest := r.source[item.Pos():]
		written := string(rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789"))])
		if written != strconv.Itoa(want) && written != strconv.Itoa(list.Start) {
			r.errorf(item.Pos(), "unshown-text", "the number %s is shown as %d", written, want).
				Suggestion = "write " + strconv.Itoa(want) + ", or 1 for every item"
			return
		}
		want++
	}
}

// barInCode returns the index of a bar within code in a line, or -1.
func barInCode(line []byte) int {
	if bytes.IndexByte(line, '`') < 0 {
		return -1
	}
	bar := -1
	ast.Walk(parseMarkdown(line), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if code, ok := n.(*ast.Text); ok && entering && n.Parent().Kind() == ast.KindCodeSpan {
			for i := code.Segment.Start; i < code.Segment.Stop && bar < 0; i++ {
				if line[i] == '|' && line[i-1] != '\\' {
					bar = i
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return bar
}

// definitions records which reference definitions are used.
type definitions struct {
	parser.Context
	defined []parser.Reference
	used    map[string]bool
}

// AddReference implements [parser.Context].
func (c *definitions) AddReference(ref parser.Reference) {
	c.defined = append(c.defined, ref)
	c.Context.AddReference(ref)
}

// Reference implements [parser.Context].
func (c *definitions) Reference(label string) (parser.Reference, bool) {
	ref, ok := c.Context.Reference(label)
	if ok {
		c.used[label] = true
	}
	return ref, ok
}

// check reports definitions that no link uses, among them duplicates.
func (c *definitions) check(r *renderer) {
	seen, off := map[string]bool{}, 0
	for _, ref := range c.defined {
		mark := "[" + string(ref.Label()) + "]:"
		if i := bytes.Index(r.source[off:], []byte(mark)); i >= 0 {
			off += i
		}
		label := util.ToLinkReference(ref.Label())
		switch {
		case seen[label]:
			r.errorf(off, "unshown-text", "duplicate definition %q: only the first is used", mark).
				Suggestion = "delete one, or give it another name"
		case !c.used[label]:
			r.errorf(off, "unshown-text", "no link uses the definition %q, so its line is not shown", mark).
				Suggestion = `use it, delete it, or write \[ for a bracket`
		}
		seen[label], off = true, min(off+1, len(r.source))
	}
}

// checkIndent reports a block after a list that is indented, but not enough to belong to the list's last item.
func checkIndent(r *renderer, n ast.Node) {
	list, ok := n.PreviousSibling().(*ast.List)
	if !ok || n.Pos() <= 0 {
		return
	}
	line := r.source[bytes.LastIndexByte(r.source[:n.Pos()], '\n')+1 : n.Pos()]
	item, _ := list.LastChild().(*ast.ListItem)
	if len(line) == 0 || item == nil || len(bytes.Trim(line, " ")) > 0 || len(line) >= item.Offset {
		return
	}
	r.warnf(n.Pos(), "list-indent", "the line is indented too little to belong to the item above: the list ends here").
		Suggestion = "indent it by " + strconv.Itoa(item.Offset) + " spaces, or by none"
}
