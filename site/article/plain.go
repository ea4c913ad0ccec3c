package article

import (
	"bytes"
	"strings"
)

// Plain returns the text of HTML, with images as their descriptions. White space is folded; blocks and rows
// end with line feeds, cells with tabs, <br> is a space. The HTML must be from this package: its attributes
// have no ">".
func Plain(html []byte) string {
	var p plainText
	p.Grow(len(html))
	for len(html) > 0 {
		var text, tag []byte
		text, html = cutByte(html, '<')
		p.add(text)
		tag, html = cutByte(html, '>')
		p.space(gapOf(tag))
		if bytes.HasPrefix(tag, []byte("img ")) {
			_, alt, _ := bytes.Cut(tag, []byte(`alt="`))
			alt, _ = cutByte(alt, '"')
			p.add(alt)
		}
	}
	return p.String()
}

// cutByte is [bytes.Cut] for one byte, twice as fast.
func cutByte(s []byte, c byte) (before, after []byte) {
	if i := bytes.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, nil
}

// plainText folds white space as it is written.
type plainText struct {
	strings.Builder
	gap byte // white space before the next word
}

// space records a gap. Of several gaps between two words, the widest counts.
func (p *plainText) space(gap byte) { p.gap = max(p.gap, gap) }

// add appends text without tags.
func (p *plainText) add(text []byte) {
	for len(text) > 0 {
		n := words(text)
		switch {
		case n > 0:
			p.close()
			p.Write(text[:n])
			text = text[n:]
		case text[0] == '&':
			text = p.reference(text)
		default:
			p.space(gapSpace)
			text = text[1:]
		}
	}
}

// words returns the length of a prefix that needs no folding: words separated by single spaces.
func words(text []byte) int {
	before := byte(1) // as if a space came before
	for i, c := range text {
		here := ends[c]
		if before+here > 1 {
			return max(0, i-int(before))
		}
		before = here
	}
	return len(text) - int(before)
}

// ends marks the bytes that end such a prefix: 2 always, 1 next to another space.
var ends = [256]byte{' ': 1, '\n': 2, '\t': 2, '\r': 2, '&': 2}

// reference resolves a character reference and returns the rest.
func (p *plainText) reference(text []byte) []byte {
	p.close()
	for i, ref := range references {
		if rest, ok := bytes.CutPrefix(text, []byte(ref)); ok {
			p.WriteByte("<>&\""[i])
			return rest
		}
	}
	p.WriteByte('&')
	return text[1:]
}

// references are the character references that goldmark writes, for <, >, & and " in that order.
var references = [...]string{"&lt;", "&gt;", "&amp;", "&quot;"}

// close writes the gap, unless it is before the first word.
func (p *plainText) close() {
	if p.gap > 0 && p.Len() > 0 {
		p.WriteByte(" \t\n"[p.gap-1])
	}
	p.gap = 0
}

// The gaps of white space and tags, in ascending width.
const (
	gapSpace byte = 1 + iota
	gapCell
	gapLine
)

// gapOf returns the gap of a tag.
func gapOf(tag []byte) byte {
	name, _ := cutByte(bytes.TrimPrefix(tag, []byte("/")), ' ')
	switch string(name) {
	case "", "a", "code", "del", "em", "img", "kbd", "mark", "strong", "sub", "sup":
		return 0
	case "br":
		return gapSpace
	case "td", "th":
		return gapCell
	}
	return gapLine
}
