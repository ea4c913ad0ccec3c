package article

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"helpcenter/site/diag"
)

// alertKinds are GitHub's kinds of alerts, and example.
var alertKinds = []string{"note", "tip", "important", "warning", "caution", "example"}

// alertAttribute is the attribute of a quotation that holds the segment of its marker.
const alertAttribute = "alert"

// alertTransformer removes the marker [!KIND] from the first paragraph of a quotation, before inline parsing would
// take it for text or a reference.
type alertTransformer struct{}

// Transform implements [parser.ParagraphTransformer].
func (alertTransformer) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != p {
		return
	}
	line := p.Lines().At(0)
	line = line.TrimLeftSpace(reader.Source())
	line = line.TrimRightSpace(reader.Source())
	if !bytes.HasPrefix(line.Value(reader.Source()), []byte("[!")) {
		return
	}
	quote.SetAttributeString(alertAttribute, line)
	p.Lines().SetSliced(1, p.Lines().Len())
	if p.Lines().Len() == 0 {
		quote.RemoveChild(quote, p)
	}
}

// alertMarker returns the marker of a quotation, if it is an alert.
func alertMarker(q *ast.Blockquote) (text.Segment, bool) {
	v, ok := q.AttributeString(alertAttribute)
	if !ok {
		return text.Segment{}, false
	}
	return v.(text.Segment), true
}

func (r *renderer) alert(q *ast.Blockquote, marker text.Segment) {
	found := len(r.found)
	kind := r.alertKind(marker)
	r.write(`<div class="alert `, kind, `" role="note"><p class="alert-title">`)
	r.placeholder(Placeholder{Kind: AlertTitle, Ref: kind})
	r.write("</p>\n")
	from, placeholders := r.len(), len(r.placeholders)
	r.within(q)
	if r.len() == from && len(r.placeholders) == placeholders && len(r.found) == found {
		r.errorf(marker.Start, "empty", "the alert has no text").Suggestion = "write it on the next line, after >"
	}
	r.write("</div>\n")
}

func (r *renderer) alertKind(marker text.Segment) string {
	written := string(marker.Value(r.source))
	word, rest, closed := strings.Cut(strings.TrimPrefix(written, "[!"), "]")
	kind := strings.ToLower(word)
	switch {
	case !closed || !slices.Contains(alertKinds, kind):
		f := r.errorf(marker.Start, "alert", "unknown alert %q (allowed: %s)", written, allowedAlerts())
		if near := diag.Nearest(kind, alertKinds); near != "" {
			f.Suggestion = "did you mean [!" + strings.ToUpper(near) + "]?"
		}
		return alertKinds[0]
	case rest != "":
		r.errorf(marker.Start, "alert", "[!%s] has text on its line", word).
			Suggestion = "begin the text on the next line, after >"
	}
	return kind
}

func allowedAlerts() string {
	var marks []string
	for _, k := range alertKinds {
		marks = append(marks, "[!"+strings.ToUpper(k)+"]")
	}
	return strings.Join(marks, ", ")
}
