package tomlfile

import (
	"bytes"
	"strings"

	"github.com/BurntSushi/toml"

	"helpcenter/site/diag"
)

// scanner finds the places of keys and values. It reads texts that the toml package
// has accepted, so it need not check them: that package gives positions only of
// errors.
type scanner struct {
	file  string
	first int
	text  []byte
	pos   int

	seen  int // where the last position was taken
	line  int // lines before seen
	start int // of the line of seen
}

// here returns the position of the next byte. Positions only increase, so each line
// is counted once.
func (s *scanner) here() diag.Position {
	passed := s.text[s.seen:s.pos]
	s.line += bytes.Count(passed, []byte{'\n'})
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		s.start = s.seen + i + 1
	}
	s.seen = s.pos
	return diag.Position{File: s.file, Line: s.first + s.line, Column: s.pos - s.start + 1}
}

func (s *scanner) next(c byte) bool { return s.pos < len(s.text) && s.text[s.pos] == c }

// take skips the next byte if it is c.
func (s *scanner) take(c byte) bool {
	found := s.next(c)
	if found {
		s.pos++
	}
	return found
}

// until skips all bytes before the first of chars.
func (s *scanner) until(chars string) {
	if i := bytes.IndexAny(s.text[s.pos:], chars); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.text)
	}
}

// blank skips the given white space, and comments.
func (s *scanner) blank(space string) {
	for s.pos < len(s.text) && (s.next('#') || strings.IndexByte(space, s.text[s.pos]) >= 0) {
		if s.next('#') {
			s.until("\n")
		} else {
			s.pos++
		}
	}
}

func (s *scanner) document(root *node) {
	const space = " \t\r\n"
	table := root
	for s.blank(space); s.pos < len(s.text); s.blank(space) {
		if s.next('[') {
			table = s.header(root)
		} else {
			s.pair(table)
		}
	}
}

// header reads [table] or [[table]] and returns its node.
func (s *scanner) header(root *node) *node {
	at, n := s.here(), root
	s.pos++
	array := s.take('[')
	keys := s.key()
	for i, key := range keys {
		n = n.add(key, at)
		if array && i == len(keys)-1 {
			n.tables++
		}
		if n.tables > 0 {
			n = n.add(n.tables-1, at)
		}
	}
	s.until("\n")
	return n
}

// pair reads a key and its value.
func (s *scanner) pair(table *node) {
	at, n := s.here(), table
	for _, key := range s.key() {
		n = n.add(key, at)
	}
	if !s.take('=') {
		s.until("\n") // invalid, so the toml package has reported it
		return
	}
	s.blank(" \t")
	n.key, n.value = at, s.here()
	s.skip(n)
}

// key reads a key of one or more parts.
func (s *scanner) key() []string {
	var keys []string
	for more := true; more; more = s.take('.') {
		s.blank(" \t")
		start := s.pos
		if s.next('"') || s.next('\'') {
			s.quoted()
			keys = append(keys, unquote(s.text[start:s.pos]))
		} else {
			s.until(" \t\r\n.=]")
			keys = append(keys, string(s.text[start:s.pos]))
		}
		s.blank(" \t")
	}
	return keys
}

// unquote returns the name that a quoted key stands for.
func unquote(key []byte) string {
	var v map[string]int
	if _, err := toml.Decode(string(key)+" = 1", &v); err == nil {
		for k := range v {
			return k
		}
	}
	return string(bytes.Trim(key, `"'`))
}

// skip skips the value of n and adds what is in it.
func (s *scanner) skip(n *node) {
	const space = " \t\r\n,"
	switch start := s.pos; {
	case s.next('"') || s.next('\''):
		s.quoted()
	case s.take('['):
		s.blank(space)
		for i := 0; s.pos < len(s.text) && !s.take(']'); i++ {
			s.skip(n.add(i, s.here()))
			s.blank(space)
		}
	case s.take('{'):
		s.blank(space)
		for s.pos < len(s.text) && !s.take('}') {
			s.pair(n)
			s.blank(space)
		}
	default:
		if s.until(",]}#\r\n"); s.pos == start {
			s.pos = min(s.pos+1, len(s.text))
		}
	}
}

// quoted skips a string of any of TOML's four kinds.
func (s *scanner) quoted() {
	q := s.text[s.pos]
	end := []byte{q}
	if triple := bytes.Repeat(end, 3); bytes.HasPrefix(s.text[s.pos:], triple) {
		end = triple
	}
	for s.pos += len(end); s.pos < len(s.text); s.pos++ {
		switch {
		case q == '"' && s.text[s.pos] == '\\':
			s.pos++
		case bytes.HasPrefix(s.text[s.pos:], end):
			s.pos += len(end)
			for len(end) == 3 && s.take(q) { // a long string may end in quotes
			}
			return
		}
	}
	s.pos = min(s.pos, len(s.text))
}
