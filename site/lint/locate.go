package lint

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"helpcenter/site/diag"
)

// locate returns the line and column at which the source of an article has what
// a passage has at an offset. The passage begins at the given line or after it.
// Text and source have the same words in the same order; what the source has
// between them (markup, destinations, ids) is passed over. Where the source is
// not known, the line is all that is.
func locate(source []byte, line int, t *passage, off int) diag.Position {
	start, ok := lineStart(source, line)
	if !ok {
		return diag.Position{Line: line}
	}
	at := start + bytes.IndexFunc(source[start:], func(r rune) bool { return r != ' ' && r != '\t' })
	from, last := start, -1
	for i := range t.words {
		if t.words[i].from > off {
			break
		}
		if next := findWord(source, from, t.text[t.words[i].from:t.words[i].to]); next >= 0 {
			from, last, at = next+t.words[i].to-t.words[i].from, i, next
		}
	}
	switch {
	case last < 0:
	case off < t.words[last].to:
		at += off - t.words[last].from
	default:
		at = from + findSign(source[from:], t.text[t.words[last].to:off], t.text[off:])
	}
	return diag.Position{
		Line:   line + bytes.Count(source[start:at], []byte{'\n'}),
		Column: at - bytes.LastIndexByte(source[:at], '\n'),
	}
}

// lineStart returns the offset at which a line begins.
func lineStart(source []byte, line int) (int, bool) {
	start := 0
	for range line - 1 {
		end := bytes.IndexByte(source[start:], '\n')
		if end < 0 {
			return 0, false
		}
		start += end + 1
	}
	return start, len(source) > 0
}

// farthest is how many words of a source are passed over in search of one: the
// words of a caption, of a language's name after a fence.
const farthest = 24

// findWord returns where in the source a word stands, from an offset on, or -1.
func findWord(source []byte, from int, word string) int {
	for range farthest {
		for from < len(source) {
			if skipped := hidden(source[from:]); skipped > 0 {
				from += skipped
				continue
			}
			r, size := utf8.DecodeRune(source[from:])
			if wordRune(r) {
				break
			}
			from += size
		}
		to := from
		for to < len(source) {
			r, size := utf8.DecodeRune(source[to:])
			if !wordRune(r) {
				break
			}
			to += size
		}
		if to == from {
			return -1
		}
		if string(source[from:to]) == word {
			return from
		}
		from = to
	}
	return -1
}

// hidden returns the length of what a source begins with that no reader sees as
// text: a destination, the id of a heading, a comment, the kind of an alert, a
// character reference.
func hidden(source []byte) int {
	for _, h := range []struct{ open, close string }{
		{"](", ")"}, {"{#", "}"}, {"<!--", "-->"}, {"[!", "]"}, {"&#", ";"},
	} {
		if bytes.HasPrefix(source, []byte(h.open)) {
			if n := bytes.Index(source, []byte(h.close)); n >= 0 {
				return n + len(h.close)
			}
		}
	}
	return 0
}

// findSign returns where a source that follows a word has the sign that rest
// begins with; before is what the text has between the word and it.
func findSign(source []byte, before, rest string) int {
	r, _ := utf8.DecodeRuneInString(rest)
	off := 0
	for n := strings.Count(before, string(r)); ; n-- {
		i := off
		for i < len(source) && !bytes.HasPrefix(source[i:], []byte(string(r))) {
			i += max(1, hidden(source[i:]))
		}
		switch {
		case i >= len(source) || rest == "":
			return 0
		case n == 0:
			return i
		}
		off = i + 1
	}
}
