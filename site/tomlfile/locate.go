package tomlfile

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"helpcenter/site/diag"
)

// A Locator knows where in a TOML text each key and each value stands. Paths
// are made of the keys' names and, for what stands in a list, its index:
// Key("rule", 2, "when"). Most texts are right, so that nobody asks: a Locator
// looks for the places when it is first asked.
type Locator struct {
	file  string
	first int
	data  []byte

	once  sync.Once
	at    map[string]place
	meant map[string]bool // paths of keys that unknown ones were probably meant for
}

type place struct{ key, value diag.Position }

// Locate returns the Locator of a text that is right, as [DecodeTOML] does.
func Locate(file string, data []byte, first int) *Locator {
	return &Locator{file: file, first: first, data: data}
}

// Misspelt reports whether an unknown key, or table, stands where the one named by
// path was probably meant. What that lacks need not be told: it is there, and the
// unknown key has been found.
func (l *Locator) Misspelt(path ...any) bool { return len(l.meant) > 0 && l.meant[join(path)] }

// Key returns where the key named by path stands; where there is none, where
// the nearest table around it does.
func (l *Locator) Key(path ...any) diag.Position {
	return l.find(path, func(p place) diag.Position { return p.key })
}

// Value returns where the value of the key named by path starts, or else the
// nearest table around it.
func (l *Locator) Value(path ...any) diag.Position {
	return l.find(path, func(p place) diag.Position { return p.value })
}

func (l *Locator) find(path []any, pick func(place) diag.Position) diag.Position {
	l.once.Do(l.read)
	for n := len(path); n > 0; n-- {
		if p, ok := l.at[join(path[:n])]; ok {
			return pick(p)
		}
	}
	return diag.Position{File: l.file, Line: l.first}
}

// join makes one string of a path: steps are parted by NUL, which no TOML text
// can hold, and indexes marked with \x01.
func join(path []any) string {
	steps := make([]string, len(path))
	for i, step := range path {
		if n, ok := step.(int); ok {
			steps[i] = "\x01" + strconv.Itoa(n)
		} else {
			steps[i] = fmt.Sprint(step)
		}
	}
	return strings.Join(steps, "\x00")
}

// read finds the places of all keys and values of a text that has already been
// decoded, so it need not judge: BurntSushi/toml gives no positions for what it
// read, only for what it could not read.
func (l *Locator) read() {
	l.at = map[string]place{}
	s := scanner{Locator: l, text: l.data, tables: map[string]int{}}
	var table []any
	for s.blank(" \t\r\n"); s.pos < len(s.text); s.blank(" \t\r\n") {
		if s.text[s.pos] == '[' {
			table = s.header()
		} else {
			s.pair(table)
		}
	}
}

type scanner struct {
	*Locator
	text   []byte
	pos    int
	tables map[string]int // how many tables an array of tables has so far
	seen   int            // the offset last asked for, its line and where that starts
	line   int
	start  int
}

// here returns the position of the next byte. Positions are asked for in
// order, so the text is counted once.
func (s *scanner) here() diag.Position {
	passed := s.text[s.seen:s.pos]
	s.line += bytes.Count(passed, []byte{'\n'})
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		s.start = s.seen + i + 1
	}
	s.seen = s.pos
	return diag.Position{File: s.file, Line: s.first + s.line, Column: s.pos - s.start + 1}
}

func (s *scanner) put(path []any, p place) {
	id := join(path)
	if _, ok := s.at[id]; !ok {
		s.at[id] = p
	}
}

func (s *scanner) next(c byte) bool { return s.pos < len(s.text) && s.text[s.pos] == c }

// blank skips the given white space, and comments.
func (s *scanner) blank(space string) {
	for s.pos < len(s.text) {
		switch {
		case strings.IndexByte(space, s.text[s.pos]) >= 0:
			s.pos++
		case s.text[s.pos] == '#':
			s.upTo('\n')
		default:
			return
		}
	}
}

func (s *scanner) upTo(c byte) {
	if i := bytes.IndexByte(s.text[s.pos:], c); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.text)
	}
}

// header reads [table] or [[table]] and returns its path, with the index of
// each array of tables on the way.
func (s *scanner) header() []any {
	at := s.here()
	s.pos++
	array := s.next('[')
	if array {
		s.pos++
	}
	var path []any
	keys := s.key()
	for i, k := range keys {
		path = append(path, k)
		s.put(path, place{at, at})
		id := join(path)
		if array && i == len(keys)-1 {
			s.tables[id]++
		}
		if n := s.tables[id]; n > 0 {
			path = append(path, n-1)
		}
	}
	s.put(path, place{at, at})
	s.upTo('\n')
	return path
}

// pair reads key = value, or key = { ... } within an inline table.
func (s *scanner) pair(table []any) {
	at := s.here()
	path := slices.Clone(table)
	for _, k := range s.key() {
		path = append(path, k)
		s.put(path, place{at, at})
	}
	if !s.next('=') {
		s.upTo('\n') // not TOML: the decoder has said so
		return
	}
	s.pos++
	s.blank(" \t")
	s.at[join(path)] = place{at, s.here()}
	s.value(path)
}

// key reads a key of one or more parts, up to what follows it.
func (s *scanner) key() []string {
	var keys []string
	for {
		s.blank(" \t")
		start := s.pos
		if s.next('"') || s.next('\'') {
			s.quoted()
			keys = append(keys, unquote(s.text[start:s.pos]))
		} else {
			for s.pos < len(s.text) && !strings.ContainsRune(" \t\r\n.=]", rune(s.text[s.pos])) {
				s.pos++
			}
			keys = append(keys, string(s.text[start:s.pos]))
		}
		s.blank(" \t")
		if !s.next('.') {
			return keys
		}
		s.pos++
	}
}

// unquote returns what a quoted key says, by asking the decoder.
func unquote(key []byte) string {
	var v map[string]int
	if _, err := toml.Decode(string(key)+" = 1", &v); err == nil {
		for k := range v {
			return k
		}
	}
	return string(bytes.Trim(key, `"'`))
}

// value skips one value and notes the places of what stands in it.
func (s *scanner) value(path []any) {
	const anywhere = " \t\r\n,"
	switch {
	case s.next('"') || s.next('\''):
		s.quoted()
	case s.next('['):
		s.pos++
		s.blank(anywhere)
		for i := 0; s.pos < len(s.text) && !s.next(']'); i++ {
			at := s.here()
			item := append(slices.Clone(path), i)
			s.put(item, place{at, at})
			s.value(item)
			s.blank(anywhere)
		}
		s.pos++
	case s.next('{'):
		s.pos++
		s.blank(anywhere)
		for s.pos < len(s.text) && !s.next('}') {
			s.pair(path)
			s.blank(anywhere)
		}
		s.pos++
	default:
		for start := s.pos; s.pos < len(s.text) && (s.pos == start || !strings.ContainsRune(",]}#\r\n", rune(s.text[s.pos]))); {
			s.pos++
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
			for len(end) == 3 && s.next(q) { // a long string may end in quotes
				s.pos++
			}
			return
		}
	}
	s.pos = min(s.pos, len(s.text))
}
