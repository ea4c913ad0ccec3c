// Package textedit changes a text in some places and leaves the rest as it is, byte for byte. The commands that
// edit writers' files use it.
//
// Collect [Edit] values and [Apply] them all at once: all offsets are those of the text as it was read. [Offset]
// and [Cursor] convert the positions of findings to offsets.
package textedit

import (
	"bytes"
	"cmp"
	"slices"

	"helpcenter/site/diag"
)

// A Change is a file as it was read and as it is to be written; nil means that there is no file.
type Change struct {
	File    string // as findings name it: content/it/account/x.md
	Was, Is []byte
}

// An Edit replaces a piece of a text.
type Edit struct {
	From, To int // byte offsets; equal for an insertion
	Text     string
}

// Apply returns the text with the edits applied, in any order, and duplicates only once. Edits must not overlap.
func Apply(text []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var out []byte
	from := 0
	for _, e := range slices.Compact(edits) {
		out = append(out, text[from:e.From]...)
		out = append(out, e.Text...)
		from = e.To
	}
	return append(out, text[from:]...)
}

// Offset returns the byte offset of a position in data, or -1 if there is no such place. As in findings, a byte
// order mark takes up no column.
func Offset(data []byte, at diag.Position) int {
	c := Cursor{Data: data}
	return c.Offset(at)
}

// A Cursor is like [Offset], for many positions. It reads the data only once if they are ascending.
type Cursor struct {
	Data        []byte
	line, start int // lines passed, and the start of the current one
}

// Offset returns the byte offset of a position, or -1 if there is no such place.
func (c *Cursor) Offset(at diag.Position) int {
	if at.Line <= c.line {
		c.line, c.start = 0, 0
	}
	for ; c.line < at.Line-1; c.line++ {
		end := bytes.IndexByte(c.Data[c.start:], '\n')
		if end < 0 {
			return -1
		}
		c.start += end + 1
	}
	off := c.start + at.Column - 1
	if at.Line == 1 && bytes.HasPrefix(c.Data, []byte("\ufeff")) {
		off += len("\ufeff")
	}
	if off < 0 || off > len(c.Data) {
		return -1
	}
	return off
}

// EditString returns the edit that changes a string in TOML or YAML at a position. It returns false if the string
// has escapes or triple quotes.
func EditString(data []byte, at diag.Position, was, is string) (Edit, bool) {
	off := Offset(data, at)
	for _, quote := range []string{`"`, `'`, ""} {
		if off >= 0 && bytes.HasPrefix(data[off:], []byte(quote+was+quote)) {
			from := off + len(quote)
			return Edit{from, from + len(was), is}, true
		}
	}
	return Edit{}, false
}
