package lint

import "bytes"

// markup is where in a text its markup stands.
type markup struct {
	bold, code []span
	anchors    []span // of links
	link       int    // index of the first of them among the article's links
	links      int    // how many there are
	lists      []list
}

// A list is an ordered list or one of points, at any depth.
type list struct {
	ordered bool
	items   []span
}

// elements returns the elements of an article's body that stand at its top
// level, but for <hr>: they are the article's blocks ([content.Article.Blocks]),
// which are in the same order. It reads only what package content wrote.
func elements(html []byte) [][]byte {
	var all [][]byte
	from, depth := 0, 0
	for i := 0; ; {
		open := bytes.IndexByte(html[i:], '<')
		if open < 0 {
			return all
		}
		start := i + open
		i = start + bytes.IndexByte(html[start:], '>') + 1
		name, closes := tagName(html[start+1 : i-1])
		switch {
		case closes:
			if depth--; depth == 0 {
				all = append(all, html[from:i:i])
			}
		case name == "br" || name == "hr" || name == "img":
		default:
			if depth == 0 {
				from = start
			}
			depth++
		}
	}
}

func tagName(tag []byte) (name string, closes bool) {
	tag, closes = bytes.CutPrefix(tag, []byte("/"))
	if i := bytes.IndexByte(tag, ' '); i >= 0 {
		tag = tag[:i]
	}
	return string(tag), closes
}

// readMarkup finds where the markup of an element stands in the text that a
// reader sees of it. All that is text in HTML stands in that text in the same
// order; only white space is another.
func readMarkup(html []byte, text string, firstLink int) markup {
	r := markupReader{text: text, markup: markup{link: firstLink}}
	for len(html) > 0 {
		var piece, tag []byte
		piece, html, _ = bytes.Cut(html, []byte{'<'})
		r.pass(piece)
		tag, html, _ = bytes.Cut(html, []byte{'>'})
		if len(tag) > 0 {
			r.tag(tag)
		}
	}
	return r.markup
}

// markupReader reads an element and its text side by side.
type markupReader struct {
	markup
	text   string
	off    int   // in text
	open   []int // lists
	strong int   // how deep in bold text
}

// pass moves on past a piece of text.
func (r *markupReader) pass(html []byte) {
	for i := 0; i < len(html); i++ {
		if isSpace(html[i]) {
			continue
		}
		r.skipSpace()
		if html[i] == '&' {
			for _, ref := range references {
				if bytes.HasPrefix(html[i:], ref) {
					i += len(ref) - 1
					break
				}
			}
		}
		r.off = min(r.off+1, len(r.text))
	}
}

// references are the character references that package content writes.
var references = [][]byte{[]byte("&lt;"), []byte("&gt;"), []byte("&amp;"), []byte("&quot;")}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (r *markupReader) skipSpace() {
	for r.off < len(r.text) && isSpace(r.text[r.off]) {
		r.off++
	}
}

func (r *markupReader) tag(tag []byte) {
	name, closes := tagName(tag)
	if !closes {
		switch name {
		case "strong", "code", "a", "li":
			r.skipSpace()
		case "img":
			if _, alt, ok := bytes.Cut(tag, []byte(`alt="`)); ok {
				alt, _, _ = bytes.Cut(alt, []byte{'"'})
				r.pass(alt)
			}
		}
	}
	switch name {
	case "strong":
		r.strengthen(closes)
	case "code":
		r.code = r.part(r.code, closes)
	case "a":
		r.anchors = r.part(r.anchors, closes)
		r.links = len(r.anchors)
	case "ol", "ul":
		r.list(name == "ol", closes)
	case "li":
		l := &r.lists[r.open[len(r.open)-1]]
		l.items = r.part(l.items, closes)
	}
}

// strengthen begins or ends bold text; bold text in bold text is part of it.
func (r *markupReader) strengthen(closes bool) {
	if closes {
		r.strong--
	}
	if r.strong == 0 {
		r.bold = r.part(r.bold, closes)
	}
	if !closes {
		r.strong++
	}
}

// part begins a span at this place, or ends the last.
func (r *markupReader) part(spans []span, closes bool) []span {
	if closes {
		spans[len(spans)-1].to = r.off
		return spans
	}
	return append(spans, span{r.off, len(r.text)})
}

func (r *markupReader) list(ordered, closes bool) {
	if closes {
		r.open = r.open[:len(r.open)-1]
		return
	}
	r.open = append(r.open, len(r.lists))
	r.lists = append(r.lists, list{ordered: ordered})
}
