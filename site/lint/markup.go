package lint

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// markup holds the positions of markup in a text.
type markup struct {
	bold, code []span
	anchors    []span // of links
	link       int    // index of the first anchor among the article's links
	lists      []list
}

// A list is ordered or bulleted, at any depth.
type list struct {
	ordered bool
	items   []span
}

// readMarkup finds the markup of the blocks of an article, given the text of each, in HTML written by package
// article: each top-level element except <hr> is a block. The text in the HTML is that of the blocks, in the same
// order, except for white space.
func readMarkup(html []byte, texts []string) (all []markup) {
	var r markupReader
	depth, links := 0, 0
	for len(html) > 0 {
		var text, tag []byte
		text, html, _ = bytes.Cut(html, []byte{'<'})
		tag, html, _ = bytes.Cut(html, []byte{'>'})
		r.pass(text)
		tag, closes := bytes.CutPrefix(tag, []byte{'/'})
		tag, attributes, _ := bytes.Cut(tag, []byte{' '})
		name := string(tag)
		void := name == "" || name == "br" || name == "hr" || name == "img"
		if depth == 0 && !void {
			r = markupReader{text: texts[len(all)], markup: markup{link: links}}
		}
		r.tag(name, attributes, closes)
		switch {
		case void:
		case closes:
			depth--
		default:
			depth++
		}
		if depth == 0 && closes {
			all = append(all, r.markup)
			links += len(r.anchors)
		}
	}
	return all
}

// markupReader reads an element and its text side by side.
type markupReader struct {
	markup
	text   string
	off    int   // in text
	open   []int // indexes of lists
	strong int   // depth of bold text
}

// references are the character references that package article writes.
var references = [][]byte{[]byte("&lt;"), []byte("&gt;"), []byte("&amp;"), []byte("&quot;")}

// pass advances past a piece of text.
func (r *markupReader) pass(html []byte) {
	for i := 0; i < len(html); i++ {
		if isSpace(html[i]) {
			continue
		}
		r.skipSpace()
		if html[i] == '&' {
			if n := slices.IndexFunc(references, func(ref []byte) bool { return bytes.HasPrefix(html[i:], ref) }); n >= 0 {
				i += len(references[n]) - 1
			}
		}
		r.off = min(r.off+1, len(r.text))
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (r *markupReader) skipSpace() {
	for r.off < len(r.text) && isSpace(r.text[r.off]) {
		r.off++
	}
}

func (r *markupReader) tag(name string, attributes []byte, closes bool) {
	switch name {
	case "img":
		_, alt, _ := bytes.Cut(attributes, []byte(`alt="`))
		alt, _, _ = bytes.Cut(alt, []byte{'"'})
		r.pass(alt)
	case "strong": // nested bold text is part of the outer one
		if closes {
			r.strong--
		}
		if r.strong == 0 {
			r.bold = r.part(r.bold, closes)
		}
		if !closes {
			r.strong++
		}
	case "code":
		r.code = r.part(r.code, closes)
	case "a":
		r.anchors = r.part(r.anchors, closes)
	case "ol", "ul":
		if closes {
			r.open = r.open[:len(r.open)-1]
			return
		}
		r.open = append(r.open, len(r.lists))
		r.lists = append(r.lists, list{ordered: name == "ol"})
	case "li":
		l := &r.lists[r.open[len(r.open)-1]]
		l.items = r.part(l.items, closes)
	}
}

// part begins a span here or, if closes is set, ends the last one.
func (r *markupReader) part(spans []span, closes bool) []span {
	if closes {
		spans[len(spans)-1].to = r.off
		return spans
	}
	r.skipSpace()
	return append(spans, span{r.off, len(r.text)})
}

// address matches what consists of letters but not of words: web and mail addresses, names of users, hosts and
// files, paths, options and names in programs.
var address = regexp.MustCompile(`(?i)` +
	`\b[a-z][a-z0-9+.-]*://[^\s<>"”»]*[^\s<>"”».,;:!?)\]]` +
	`|\bwww\.[^\s<>"”»]*[^\s<>"”».,;:!?)\]]` +
	`|[a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*` +
	`|\b(?:[a-z0-9-]+\.)+(?:` + endings + `)\b(?:/[^\s<>"”»]*[^\s<>"”».,;:!?)\]])?` +
	`|(?:^|[\s("“«])(?:~?/|\.{1,2}/|\.|--)[a-z0-9][a-z0-9._/-]*[a-z0-9/]?` +
	`|\b[a-z0-9]+(?:_[a-z0-9]+)+\b`)

// endings are common endings of hosts and files. Others are also words of some language.
const endings = `com|net|org|edu|gov|info|dev|app|eu|uk|us|de|fr|es|it|ch|at|nl|pt|io|sh|` +
	`html?|xml|json|ya?ml|toml|md|txt|csv|pdf|docx?|xlsx?|pptx?|zip|gz|exe|msi|dmg|pkg|` +
	`png|jpe?g|gif|svg|ico|ics|mp[34]|js|css|py|php|conf|log|key|pem|crt`

// maskAddresses adds addresses to the code of a text.
func maskAddresses(t *passage) {
	if !joins(t.text) { // true of most texts
		return
	}
	for _, m := range address.FindAllStringIndex(t.text, -1) {
		from := m[0] + len(t.text[m[0]:m[1]]) - len(strings.TrimLeft(t.text[m[0]:m[1]], " \t\n(\"“«"))
		t.code = append(t.code, span{from, m[1]})
	}
	slices.SortFunc(t.code, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	t.code = slices.CompactFunc(t.code, func(next, last span) bool { return next.from < last.to })
}

// joins reports whether a text has a sign of an address right before a letter, digit or another sign.
func joins(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		switch text[i] {
		case '.', '/', '@', '_':
			if next := text[i+1]; next == '/' || next == '-' || wordRune(rune(next)) {
				return true
			}
		case '-': // a single one, as in a compound, says nothing
			if text[i+1] == '-' {
				return true
			}
		}
	}
	return false
}
