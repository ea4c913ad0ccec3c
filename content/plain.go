package content

import (
	"bytes"
	"strings"
)

// plain returns the text of HTML as a reader sees it, white space folded: tags
// of blocks and rows become line breaks, cells are parted by tabs, <br> is a
// space. It reads only what this package wrote, whose attributes hold no ">".
func plain(html []byte) string {
	var b strings.Builder
	b.Grow(len(html))
	gap := byte(0) // the white space that is due before the next text
	for len(html) > 0 {
		switch c := html[0]; c {
		case '<':
			end := bytes.IndexByte(html, '>')
			gap = max(gap, gapOf(html[1:end]))
			html = html[end+1:]
		case ' ', '\n', '\t', '\r':
			gap = max(gap, gapSpace)
			html = html[1:]
		default:
			if b.Len() > 0 && gap > 0 {
				b.WriteByte(" \t\n"[gap-1])
			}
			gap = 0
			html = text(&b, html)
		}
	}
	return b.String()
}

// The gaps that white space and tags leave in a text, the wider one greater.
const (
	gapSpace byte = 1 + iota
	gapCell
	gapLine
)

// gapOf returns the gap that a tag leaves.
func gapOf(tag []byte) byte {
	name, _, _ := bytes.Cut(bytes.TrimPrefix(tag, []byte("/")), []byte(" "))
	switch string(name) {
	case "a", "code", "em", "strong", "img":
		return 0
	case "br":
		return gapSpace
	case "td", "th":
		return gapCell
	}
	return gapLine
}

// text appends one word, or one character reference, and returns what follows.
func text(b *strings.Builder, html []byte) []byte {
	if html[0] == '&' {
		for i, ref := range references {
			if rest, ok := bytes.CutPrefix(html, []byte(ref)); ok {
				b.WriteByte("<>&\""[i])
				return rest
			}
		}
	}
	end := len(html)
	if i := bytes.IndexAny(html[1:], "< \n\t\r&"); i >= 0 {
		end = i + 1
	}
	b.Write(html[:end])
	return html[end:]
}

// references are the character references that goldmark writes; all other
// characters stand for themselves.
var references = [...]string{"&lt;", "&gt;", "&amp;", "&quot;"}
