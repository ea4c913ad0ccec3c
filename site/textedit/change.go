// Package textedit changes a text in places and leaves the rest as it is, byte
// for byte. Commands that edit writers' files are built on it.
package textedit

import (
	"bytes"
	"cmp"
	"slices"

	"helpcenter/site/diag"
)

// A Change is a file as it was read and as it is to be written, byte for byte;
// nil is no file.
type Change struct {
	File    string // as findings name it: content/it/account/x.md
	Was, Is []byte
}

// An Edit puts a text in the place of a piece of another one.
type Edit struct {
	From, To int // byte offsets; equal where something is only put in
	Text     string
}

// Apply returns the text with the edits made, in any order, each of them once.
// They do not overlap.
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

// Offset returns the byte offset of a line and column of data, or -1 where it
// has no such place. A byte order mark and line ends of two characters do not
// count as columns, as they do not where positions are found.
func Offset(data []byte, at diag.Position) int {
	off := 0
	for range at.Line - 1 {
		end := bytes.IndexByte(data[off:], '\n')
		if end < 0 {
			return -1
		}
		off += end + 1
	}
	if at.Line == 1 && bytes.HasPrefix(data, []byte("\ufeff")) {
		off += len("\ufeff")
	}
	if off += at.Column - 1; off < 0 || off > len(data) {
		return -1
	}
	return off
}

// EditString returns the edit that changes the value of a string of TOML, which
// stands at a position, from was to is. There is none where the string is
// written with escapes or three quotes.
func EditString(data []byte, at diag.Position, was, is string) (Edit, bool) {
	off := Offset(data, at)
	for _, quote := range []string{`"`, `'`} {
		if off >= 0 && bytes.HasPrefix(data[off:], []byte(quote+was+quote)) {
			return Edit{off + 1, off + 1 + len(was), is}, true
		}
	}
	return Edit{}, false
}
