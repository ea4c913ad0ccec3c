package content

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
		text, html, _ = bytes.Cut(html, []byte{'<'})
		p.add(text)
		tag, html, _ = bytes.Cut(html, []byte{'>'})
		p.part(gapOf(tag))
		if _, alt, ok := bytes.Cut(tag, []byte(`alt="`)); ok {
			alt, _, _ = bytes.Cut(alt, []byte{'"'})
			p.add(alt)
		}
	}
	return p.String()
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
		end := 0
		for end < len(text) && (!endsWord[text[end]] || isSpace(text, end)) {
			end++
		}
		switch {
		case end == 0 && text[0] == '&':
			text = p.reference(text)
			continue
		case end == 0:
			p.part(gapSpace)
			text = text[1:]
			continue
		}
		p.close()
		p.Write(text[:end])
		text = text[end:]
	}
}

// isSpace reports whether a byte is one space between two words, and so copied
// with them.
func isSpace(text []byte, i int) bool {
	return text[i] == ' ' && i > 0 && i+1 < len(text) && !endsWord[text[i+1]]
}

// endsWord marks the bytes that text is not simply copied up to.
var endsWord = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '&': true}

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
	name, _, _ := bytes.Cut(bytes.TrimPrefix(tag, []byte("/")), []byte(" "))
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
