package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/diag"
	"helpcenter/site/invisible"
)

// Normalize returns text without a byte order mark, its lines ended by line
// feeds alone.
func Normalize(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	return data
}

// CheckChars reports what no text may hold: bytes that are not UTF-8, control
// characters, and, with the severity that judge gives to a place, characters
// that nobody can see.
func CheckChars(file string, data []byte, judge func(off int) diag.Severity) []diag.Finding {
	var found []diag.Finding
	c := Cursor{File: file, Text: data, First: 1}
	for i := 0; i < len(data); i++ {
		if !suspicious[data[i]] {
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return append(found, diag.Errorf(c.At(i), "encoding", "byte 0x%02x is not UTF-8", data[i]).
				Suggest("save the file as UTF-8"))
		case unicode.IsControl(r):
			found = append(found, diag.Errorf(c.At(i), "encoding", "control character %U", r).Suggest("delete it"))
		case invisible.Invisible(r):
			f := diag.Errorf(c.At(i), "invisible", "invisible character %U", r).Suggest("delete it")
			f.Severity = judge(i)
			found = append(found, f)
		}
		i += size - 1
	}
	return found
}

// suspicious marks the bytes that may begin what proveChars looks for: all but
// those of ASCII that have a picture, tabs and line feeds.
var suspicious = func() (set [256]bool) {
	for i := range set {
		set[i] = i < ' ' && i != '\t' && i != '\n' || i >= 0x7f
	}
	return set
}()

// hasInvisible reports whether a text holds an invisible character.
func hasInvisible[T string | []byte](s T) bool {
	for i := range len(s) {
		if suspicious[s[i]] {
			return strings.ContainsFunc(string(s[i:]), invisible.Invisible)
		}
	}
	return false
}

// IsID reports whether s can be part of an address: lowercase ASCII letters,
// digits and hyphens, a letter or digit at both ends.
func IsID(s string) bool {
	for i := range len(s) {
		c := s[i]
		inner := c == '-' && i > 0 && i < len(s)-1
		if !inner && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// IDForm says in findings what isID wants.
const IDForm = "lowercase letters a to z, digits and hyphens"

// A cursor finds the line and column of offsets in a text. Asked in ascending
// order it reads the text once.
type Cursor struct {
	File  string
	Text  []byte
	First int // line number of the text's first line
	off   int // the offset last asked for, its line and where that starts
	line  int
	start int
}

func (c *Cursor) At(off int) diag.Position {
	at := c.pos(off)
	return diag.Position{File: c.File, Line: int(at.Line), Column: int(at.Column)}
}

func (c *Cursor) pos(off int) Pos {
	off = min(off, len(c.Text))
	if off < c.off {
		c.off, c.line, c.start = 0, 0, 0
	}
	passed := c.Text[c.off:off]
	c.line += bytes.Count(passed, []byte{'\n'})
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		c.start = c.off + i + 1
	}
	c.off = off
	return Pos{int32(c.First + c.line), int32(off - c.start + 1)}
}
