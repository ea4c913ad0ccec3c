package article

import (
	"bytes"
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// foreignSyntax is the syntax that other tools understand and this one does not.
type foreignSyntax struct {
	Syntax []struct {
		Name, Sign, Pattern, Advice string
		begin                       []byte // literal prefix of the sign
		sign, form                  *regexp.Regexp
	}
	Tags map[string]string // advice by tag name
}

//go:embed foreign.toml
var foreignFile []byte

var foreign = func() (f foreignSyntax) {
	tomlfile.Decode("foreign.toml", foreignFile, 1, &f) // a test checks its findings
	for i := range f.Syntax {
		f.Syntax[i].sign = regexp.MustCompile(f.Syntax[i].Sign)
		begin, _ := f.Syntax[i].sign.LiteralPrefix()
		f.Syntax[i].begin = []byte(begin)
		f.Syntax[i].form = regexp.MustCompile(f.Syntax[i].Pattern)
	}
	return f
}()

// adviceOn returns what to write instead of a tag, or "".
func (f *foreignSyntax) adviceOn(tag string) string {
	if strings.ToLower(tag[:1]) != tag[:1] && strings.ToUpper(tag) != tag {
		return "components are not supported: write what it shows"
	}
	return f.Tags[strings.ToLower(tag)]
}

// checkForeign reports the syntax of other tools, at most once in a line and not in lines with another error. Most
// articles have none of its signs.
func checkForeign(r *renderer, doc ast.Node) {
	var text []byte
	refused := map[int]bool{}
	for _, f := range r.found {
		refused[f.Line] = refused[f.Line] || f.Severity == diag.Error
	}
	for _, s := range foreign.Syntax {
		if !bytes.Contains(r.source, s.begin) || !hasSign(r, s.sign) {
			continue
		}
		if text == nil {
			text = onlyText(doc, r.source)
		}
		for _, at := range matches(s.form, s.sign, text, r.source) {
			line := r.lines.position(at[0]).Line
			if refused[line] {
				continue
			}
			refused[line] = true
			r.errorf(at[0], "foreign-markup", "%q is %s, which is not supported here",
				bytes.ReplaceAll(text[at[0]:at[1]], []byte{0}, nil), s.Name).
				Suggestion = s.Advice + `; for the sign itself write \ before it`
		}
	}
}

// hasSign reports whether the source has a sign that is not the beginning of a heading's id.
func hasSign(r *renderer, sign *regexp.Regexp) bool {
	for off := 0; ; {
		at := sign.FindIndex(r.source[off:])
		if at == nil {
			return false
		}
		if _, isID := slices.BinarySearch(r.headings.at, off+at[0]); !isID {
			return true
		}
		off += at[1]
	}
}

// matches returns where a pattern matches, or where its group does if it has one. A pattern that does not begin
// with literal text is tried only in lines that have its sign.
func matches(form, sign *regexp.Regexp, text, source []byte) (list [][2]int) {
	search := func(from, to int) {
		for _, m := range form.FindAllSubmatchIndex(text[from:to], maxForeign-len(list)) {
			at := m[len(m)-2:]
			list = append(list, [2]int{from + at[0], from + at[1]})
		}
	}
	if prefix, _ := form.LiteralPrefix(); prefix != "" {
		search(0, len(text))
		return list
	}
	for from := 0; len(list) < maxForeign; {
		at := sign.FindIndex(source[from:])
		if at == nil {
			break
		}
		begin, end := from+bytes.LastIndexByte(source[from:from+at[0]], '\n')+1, len(source)
		if line := bytes.IndexByte(source[from+at[1]:], '\n'); line >= 0 {
			end = from + at[1] + line
		}
		search(begin, end)
		from = end
	}
	return list
}

// maxForeign is the most places reported for one foreign syntax in an article.
const maxForeign = 100

// onlyText returns the source with everything but text and line feeds replaced by zero bytes: code, addresses, tags
// and escaped characters.
func onlyText(doc ast.Node, source []byte) []byte {
	out := make([]byte, len(source))
	for i, c := range source {
		if c == '\n' {
			out[i] = c
		}
	}
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.AutoLink:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				segment := out[n.Segment.Start:n.Segment.Stop]
				copy(segment, source[n.Segment.Start:])
				for i := 0; i+1 < len(segment); i++ {
					if segment[i] == '\\' {
						segment[i], segment[i+1] = 0, 0
						i++
					}
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return out
}
