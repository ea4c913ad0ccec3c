package lint

import "bytes"

// elements returns the top-level elements of an article's body except <hr>: its blocks, in the order of
// [article.Article.Blocks]. It reads only HTML that package article has written.
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
	tag, _, _ = bytes.Cut(tag, []byte{' '})
	return string(tag), closes
}

// readMarkup finds the markup of an element in its visible text. Text in the HTML and visible text are the same, in
// the same order, except for white space.
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
	open   []int // indexes of lists
	strong int   // depth of bold text
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

// references are the character references that package article writes.
var references = [][]byte{[]byte("&lt;"), []byte("&gt;"), []byte("&amp;"), []byte("&quot;")}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (r *markupReader) skipSpace() {
	for r.off < len(r.text) && isSpace(r.text[r.off]) {
		r.off++
	}
}

func (r *markupReader) tag(tag []byte) {
	name, closes := tagName(tag)
	switch name {
	case "img":
		if _, alt, ok := bytes.Cut(tag, []byte(`alt="`)); ok {
			alt, _, _ = bytes.Cut(alt, []byte{'"'})
			r.pass(alt)
		}
	case "strong": // within bold text, it is part of it
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
		r.list(name == "ol", closes)
	case "li":
		l := &r.lists[r.open[len(r.open)-1]]
		l.items = r.part(l.items, closes)
	}
}

// part begins a span here, or ends the last one.
func (r *markupReader) part(spans []span, closes bool) []span {
	if closes {
		spans[len(spans)-1].to = r.off
		return spans
	}
	r.skipSpace()
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
