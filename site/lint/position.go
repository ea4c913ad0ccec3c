package lint

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site/diag"
)

// value is the placer of a text that is one value in a file.
type value struct {
	at    diag.Position
	found []diag.Finding
}

func (v *value) position(*passage, int) diag.Position { return v.at }

func (v *value) report(f diag.Finding) *diag.Finding {
	v.found = append(v.found, f)
	return &v.found[len(v.found)-1]
}

func (v *value) inSource(string) bool { return false }

func (p *page) inSource(word string) bool {
	word = lower(word)
	return p.from != nil && slices.ContainsFunc(slices.Concat(p.from.front, p.from.blocks), func(t *passage) bool {
		return strings.Contains(t.lower, word)
	})
}

func (p *page) report(f diag.Finding) *diag.Finding {
	p.found = append(p.found, f)
	return &p.found[len(p.found)-1]
}

// warn reports a warning about the article, at its title.
func (p *page) warn(rule, format string, args ...any) *diag.Finding {
	return p.report(diag.Warningf(p.Key("title"), rule, format, args...))
}

// position returns the position of an offset of a passage in the article's file, or of the whole passage for -1.
func (p *page) position(t *passage, off int) diag.Position {
	at := diag.Position{File: p.File, Line: t.line, Column: 1}
	if t.key != "" {
		at = p.Key(t.key)
	}
	if off < 0 {
		return at
	}
	if p.source == nil {
		data, _ := fs.ReadFile(p.Files, p.File)
		p.source = newSource(string(data))
	}
	if at.Line == 0 || at.Line > len(p.source.lines) {
		return diag.Position{File: p.File, Line: at.Line}
	}
	at.Line, at.Column = p.source.lineColumn(p.source.find(t, p.source.lines[at.Line-1], off))
	return at
}

func newSource(text string) *source {
	s := &source{text: text}
	off := 0
	for line := range strings.Lines(text) {
		s.lines = append(s.lines, off)
		off += len(line)
	}
	return s
}

func (s *source) lineColumn(off int) (line, column int) {
	line, _ = slices.BinarySearch(s.lines, off+1)
	return line, off - s.lines[line-1] + 1
}

// find returns the offset in the source of an offset of a passage, which begins at or after start. Both have the
// same words in the same order; markup, destinations and ids between them are skipped.
func (s *source) find(t *passage, start, off int) int {
	if t.marks == nil {
		t.marks = s.marks(t, start)
	}
	i, found := slices.BinarySearchFunc(t.marks, off, func(m mark, off int) int { return m.from - off })
	if !found {
		i--
	}
	if i < 0 {
		return start + len(s.text[start:]) - len(strings.TrimLeft(s.text[start:], " \t"))
	}
	m := t.marks[i]
	if off < m.to {
		return m.source + off - m.from
	}
	after := m.source + m.to - m.from
	for i := after; i < len(s.text) && off < len(t.text); i += max(1, hidden(s.text[i:])) {
		if s.text[i] == t.text[off] {
			return i
		}
	}
	return after
}

// marks locates the words of a passage in the source. They are computed once, since a long passage may have
// thousands of findings.
func (s *source) marks(t *passage, from int) []mark {
	marks := make([]mark, 0, len(t.words))
	for _, w := range t.words {
		if next := findWord(s.text, from, t.text[w.from:w.to]); next >= 0 {
			marks = append(marks, mark{w.span, next})
			from = next + w.to - w.from
		}
	}
	return marks
}

// farthest is how many words of a source are skipped to find a word: they may belong to a caption, or be the
// language after a fence.
const farthest = 24

// findWord returns the offset of a word in a source, at or after an offset, or -1.
func findWord(source string, from int, word string) int {
	for range farthest {
		for from < len(source) {
			if skipped := hidden(source[from:]); skipped > 0 {
				from += skipped
				continue
			}
			r, size := utf8.DecodeRuneInString(source[from:])
			if wordRune(r) {
				break
			}
			from += size
		}
		to := wordEnd(source, from)
		switch {
		case to == from:
			return -1
		case source[from:to] == word:
			return from
		}
		from = to
	}
	return -1
}

// hidden returns the length of a destination, heading id, comment, alert kind or character reference at the
// beginning of a source. It does not look for long ones.
func hidden(source string) int {
	const longest = 4 << 10
	source = source[:min(longest, len(source))]
	for _, h := range []struct{ open, close string }{
		{"](", ")"}, {"{#", "}"}, {"<!--", "-->"}, {"[!", "]"}, {"&#", ";"},
	} {
		if strings.HasPrefix(source, h.open) {
			if n := strings.Index(source, h.close); n >= 0 {
				return n + len(h.close)
			}
		}
	}
	return 0
}
