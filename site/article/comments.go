package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// htmlBlock returns the lines of a block of HTML.
func htmlBlock(n *ast.HTMLBlock) *text.Segments {
	lines := text.NewSegments()
	lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines.Append(n.ClosureLine)
	}
	return lines
}

// rawHTML reports HTML. Comments are dropped; those that silence lint are recorded.
func (r *renderer) rawHTML(lines *text.Segments) {
	html := lines.Value(r.source)
	at := func(rest []byte) int { return offset(lines, len(html)-len(rest)) }
	for rest := bytes.TrimLeft(html, " \t\n"); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\n") {
		if !bytes.HasPrefix(rest, []byte("<!--")) {
			first, _, _ := bytes.Cut(rest, []byte{'\n'})
			r.errorf(at(rest), "raw-html", "HTML is not allowed: %q", first).
				Suggestion = "write it in Markdown, or \\< for a less-than sign"
			return
		}
		// CommonMark counts <!--> and <!---> as comments too.
		comment, after, closed := bytes.Cut(rest[len("<!"):], []byte("-->"))
		if !closed {
			r.errorf(at(rest), "raw-html", "the comment is never closed and hides all that follows").Suggestion = "add -->"
			return
		}
		r.comment(at(rest), strings.TrimPrefix(string(comment), "--"))
		rest = after
	}
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
func (r *renderer) comment(off int, text string) {
	words := strings.Join(strings.Fields(text), " ")
	about, ok := strings.CutPrefix(words, "lint:")
	if !ok {
		return
	}
	rule, reason, _ := strings.Cut(strings.TrimSpace(about), " because ")
	if !IsID(rule) || reason == "" {
		r.warnf(off, "silence", "the comment silences a rule without a reason").
			Suggestion = "write <!-- lint: rule-id because reason -->"
		return
	}
	r.article.Silences = append(r.article.Silences, Silence{r.lines.position(off).Line, rule, reason})
}
