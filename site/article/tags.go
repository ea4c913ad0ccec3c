package article

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// tags writes the HTML tags that an article may have, and reports the others. Comments are dropped; those that
// silence lint are recorded.
type tags struct {
	*renderer
	inline  []string // tags that are open in the text being written
	details int      // how many <details> are open
}

// inlineTags are the tags allowed within text, besides <br>.
var inlineTags = []string{"kbd", "sub", "sup", "mark"}

var (
	tagForm     = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9-]*)\s*/?>`)
	tagName     = regexp.MustCompile(`^</?([A-Za-z][A-Za-z0-9.-]*)`)
	summaryForm = regexp.MustCompile(`(?i)^<details>\s*<summary>([^<]*)</summary>`)
)

// read writes the HTML that is allowed and reports the rest. In a block, only <details> is allowed.
func (t *tags) read(lines *text.Segments, block bool) {
	html := lines.Value(t.source)
	at := func(rest []byte) int { return offset(lines, len(html)-len(rest)) }
	for rest := bytes.TrimLeft(html, " \t\n"); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\n") {
		if !bytes.HasPrefix(rest, []byte("<!--")) {
			n := t.tag(at(rest), rest, block)
			if n == 0 {
				return
			}
			rest = rest[n:]
			continue
		}
		// CommonMark counts <!--> and <!---> as comments too.
		comment, after, closed := bytes.Cut(rest[len("<!"):], []byte("-->"))
		if !closed {
			t.errorf(at(rest), "raw-html", "the comment is never closed and hides all that follows").Suggestion = "add -->"
			return
		}
		t.comment(at(rest), strings.TrimPrefix(string(comment), "--"))
		rest = after
	}
}

// tag writes the tag that html begins with and returns its length, or reports it and returns 0.
func (t *tags) tag(off int, html []byte, block bool) int {
	if m := summaryForm.FindSubmatch(html); m != nil && block {
		t.details++
		t.write("<details><summary>")
		t.markdown(bytes.TrimSpace(m[1]))
		t.write("</summary>\n")
		return len(m[0])
	}
	m := tagForm.FindSubmatch(html)
	if m == nil {
		t.refuse(off, html)
		return 0
	}
	name, closing := strings.ToLower(string(m[2])), len(m[1]) > 0
	switch last := len(t.inline) - 1; {
	case block && name == "details" && closing && t.details > 0:
		t.details--
		t.write("</details>\n")
	case block:
		t.refuse(off, html)
		return 0
	case name == "br" && !closing:
		t.write("<br>")
	case !slices.Contains(inlineTags, name):
		t.refuse(off, html)
		return 0
	case !closing:
		t.inline = append(t.inline, name)
		t.write("<", name, ">")
	case last < 0 || t.inline[last] != name:
		t.errorf(off, "raw-html", "</%s> closes no tag of this text", name).
			Suggestion = "delete it, or write <" + name + "> before"
	default:
		t.inline = t.inline[:last]
		t.write("</", name, ">")
	}
	return len(m[0])
}

// refuse reports HTML that is not allowed.
func (t *tags) refuse(off int, html []byte) {
	first, _, _ := bytes.Cut(html, []byte{'\n'})
	advice := `write it in Markdown, or \< for a less-than sign`
	if m := tagName.FindSubmatch(html); m != nil {
		if own := foreign.adviceOn(string(m[1])); own != "" {
			advice = own
		}
	}
	if t.details > 0 && html[0] != '<' {
		t.errorf(off, "raw-html", "text right after a tag of <details> would not be read as Markdown").
			Suggestion = "leave an empty line after </summary> and before </details>"
		return
	}
	t.errorf(off, "raw-html", "HTML is not allowed: %q", first).Suggestion = advice
}

// inText writes the content of a text node and reports tags that are not closed there.
func (t *tags) inText(n ast.Node) {
	outer := t.inline
	t.inline = nil
	t.inlines(n)
	for _, name := range slices.Backward(t.inline) {
		t.errorf(n.Pos(), "raw-html", "<%s> is never closed in this text", name).Suggestion = "write </" + name + "> after it"
		t.write("</", name, ">")
	}
	t.inline = outer
}

// inBlock writes blocks and reports <details> not closed in the list or quotation in which it begins.
func (t *tags) inBlock(off int, blocks func()) {
	outer := t.details
	t.details = 0
	blocks()
	for ; t.details > 0; t.details-- {
		t.errorf(off, "raw-html", "<details> is never closed here").Suggestion =
			"write </details> on a line of its own, with an empty line before"
		t.write("</details>\n")
	}
	t.details = outer
}

// htmlBlock returns the lines of a block of HTML.
func htmlBlock(n *ast.HTMLBlock) *text.Segments {
	lines := text.NewSegments()
	lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines.Append(n.ClosureLine)
	}
	return lines
}

// offset returns the offset in the source of the i-th byte of the lines.
func offset(lines *text.Segments, i int) int {
	for _, line := range lines.Sliced(0, lines.Len()) {
		if i < line.Len() {
			return line.Start + max(0, i-line.Padding)
		}
		i -= line.Len()
	}
	return lines.At(lines.Len() - 1).Stop
}

// comment records a comment if it silences a rule of lint.
func (t *tags) comment(off int, text string) {
	words := strings.Join(strings.Fields(text), " ")
	about, ok := strings.CutPrefix(words, "lint:")
	if !ok {
		return
	}
	rule, reason, _ := strings.Cut(strings.TrimSpace(about), " because ")
	if !IsID(rule) || reason == "" {
		t.warnf(off, "silence", "the comment silences a rule without a reason").
			Suggestion = "write <!-- lint: rule-id because reason -->"
		return
	}
	t.article.Silences = append(t.article.Silences, Silence{t.lines.position(off).Line, rule, reason})
}
