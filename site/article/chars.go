package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/diag"
	"helpcenter/site/invisible"
)

// Normalize removes a byte order mark and replaces CR LF by LF.
func Normalize(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	return data
}

// CheckChars reports bytes that are not UTF-8, control characters and invisible characters. The severity of an
// invisible character is the result of severity for its offset.
func CheckChars(file string, data []byte, severity func(off int) diag.Severity) []diag.Finding {
	var found []diag.Finding
	c := cursor{file: file, text: data, first: 1}
	for i := 0; i < len(data); i++ {
		if !suspicious[data[i]] {
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return append(found, diag.Errorf(c.position(i), "encoding", "byte 0x%02x is not UTF-8", data[i]).
				Suggest("save the file as UTF-8"))
		case unicode.IsControl(r):
			found = append(found, diag.Errorf(c.position(i), "encoding", "control character %U", r).Suggest("delete it"))
		case invisible.Invisible(r):
			f := diag.Errorf(c.position(i), "invisible", "invisible character %U", r).Suggest("delete it")
			f.Severity = severity(i)
			found = append(found, f)
		}
		i += size - 1
	}
	return found
}

// suspicious marks the bytes that may begin what CheckChars reports: all except printable ASCII, tabs and line
// feeds.
var suspicious = func() (set [256]bool) {
	for i := range set {
		set[i] = i < ' ' && i != '\t' && i != '\n' || i >= 0x7f
	}
	return set
}()

// hasInvisible reports whether a text has an invisible character.
func hasInvisible[T string | []byte](s T) bool {
	for i := range len(s) {
		if suspicious[s[i]] {
			return strings.ContainsFunc(string(s[i:]), invisible.Invisible)
		}
	}
	return false
}

// IsID reports whether s can be part of an address: lowercase ASCII letters, digits and hyphens, with a letter or
// digit at both ends.
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

// IDForm describes in findings what IsID accepts.
const IDForm = "lowercase letters a to z, digits and hyphens"

// IsPath reports whether s is ids separated by slashes.
func IsPath(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		if !IsID(part) {
			return false
		}
	}
	return true
}

// IsArticlePath reports whether s has the form product/category/name, or a part of that: category/name or name.
func IsArticlePath(s string) bool { return strings.Count(s, "/") <= 2 && IsPath(s) }

// A cursor converts offsets in a text to positions. It reads the text only once if they are ascending.
type cursor struct {
	file  string
	text  []byte
	first int // line number of the text's first line
	off   int // the last offset, its line and the start of that line
	line  int
	start int
}

func (c *cursor) position(off int) diag.Position {
	at := c.pos(off)
	return diag.Position{File: c.file, Line: int(at.Line), Column: int(at.Column)}
}

func (c *cursor) pos(off int) Pos {
	off = min(off, len(c.text))
	if off < c.off {
		c.off, c.line, c.start = 0, 0, 0
	}
	passed := c.text[c.off:off]
	c.line += bytes.Count(passed, []byte{'\n'})
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		c.start = c.off + i + 1
	}
	c.off = off
	return Pos{int32(c.first + c.line), int32(off - c.start + 1)}
}
