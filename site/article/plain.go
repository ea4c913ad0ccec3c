package article

import (
	"bytes"
	"strings"
)

// plain returns the text of HTML as a reader sees it, or hears it where it is the
// description of a picture. White space is folded; tags of blocks and rows become
// line breaks, cells are parted by tabs, <br> is a space. It reads only what this
// package wrote, whose attributes hold no ">".
func plain(html []byte) string {
	var p plainText
	p.Grow(len(html))
	for len(html) > 0 {
		var text, tag []byte
		text, html = cutByte(html, '<')
		p.add(text)
		tag, html = cutByte(html, '>')
		p.part(gapOf(tag))
		if bytes.HasPrefix(tag, []byte("img ")) {
			_, alt, _ := bytes.Cut(tag, []byte(`alt="`))
			alt, _ = cutByte(alt, '"')
			p.add(alt)
		}
	}
	return p.String()
}

// cutByte is [bytes.Cut] for one byte, which takes half the time.
func cutByte(s []byte, c byte) (before, after []byte) {
	if i := bytes.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, nil
}

// plainText is a text that white space is folded into as it comes.
type plainText struct {
	strings.Builder
	gap byte // the white space that is due before the next word
}

// part notes a gap; of several between two words, the widest counts.
func (p *plainText) part(gap byte) { p.gap = max(p.gap, gap) }

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
			p.part(gapSpace)
			text = text[1:]
		}
	}
}

// words returns how much of a text is copied as it stands: words with one space
// between two of them.
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

// ends says of a byte whether it ends what is copied: 2 for always, 1 for only
// beside another space.
var ends = [256]byte{' ': 1, '\n': 2, '\t': 2, '\r': 2, '&': 2}

// reference appends what a character reference stands for, and returns what
// follows it.
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

// references are the character references that goldmark writes; all other
// characters stand for themselves.
var references = [...]string{"&lt;", "&gt;", "&amp;", "&quot;"}

// close writes the gap that is due, but none before the first word.
func (p *plainText) close() {
	if p.gap > 0 && p.Len() > 0 {
		p.WriteByte(" \t\n"[p.gap-1])
	}
	p.gap = 0
}

// The gaps that white space and tags leave in a text, the wider one greater.
const (
	gapSpace byte = 1 + iota
	gapCell
	gapLine
)

// gapOf returns the gap that a tag leaves.
func gapOf(tag []byte) byte {
	name, _ := cutByte(bytes.TrimPrefix(tag, []byte("/")), ' ')
	switch string(name) {
	case "", "a", "code", "em", "img", "strong":
		return 0
	case "br":
		return gapSpace
	case "td", "th":
		return gapCell
	}
	return gapLine
}
