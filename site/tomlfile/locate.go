package tomlfile

import (
	"bytes"
	"slices"
	"sync"

	"helpcenter/site/diag"
)

// A Locator knows the position of each key and each value in a TOML text. A path consists of the names of keys and
// the indexes of items: Key("rule", 2, "when").
type Locator struct {
	file  string
	first int
	data  []byte
	yaml  bool
	root  *node

	once  sync.Once
	lines []int // offset of each line
}

// Key returns the position of the key named by path or, if there is none, that of the nearest table around it.
func (l *Locator) Key(path ...any) diag.Position {
	n, _ := l.find(path)
	return l.position(n.key)
}

// Value returns the position of the value of the key named by path or, if there is none, that of the nearest
// table around it.
func (l *Locator) Value(path ...any) diag.Position {
	n, _ := l.find(path)
	return l.position(n.value)
}

// Misspelt reports whether an unknown key was probably meant to be the one named by path. There is then a finding
// about it, and its absence need not be reported.
func (l *Locator) Misspelt(path ...any) bool {
	last := len(path) - 1
	n, ok := l.find(path[:last])
	name, _ := path[last].(string)
	return ok && slices.Contains(n.meant, name)
}

// find returns the node that path leads to, or the last one on the way and false.
func (l *Locator) find(path []any) (*node, bool) {
	n := l.root
	if n == nil {
		n = &node{key: -1, value: -1}
	}
	for _, step := range path {
		var next *node
		switch step := step.(type) {
		case string:
			next = n.table[step]
		case int:
			if step < len(n.items) {
				next = n.items[step]
			}
		}
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// position converts an offset to a position. The offset -1, which stands for the whole text, has no column.
func (l *Locator) position(off int) diag.Position {
	if off < 0 {
		return diag.Position{File: l.file, Line: l.first}
	}
	l.once.Do(func() {
		start := 0
		for line := range bytes.Lines(l.data) {
			l.lines = append(l.lines, start)
			start += len(line)
		}
	})
	n, _ := slices.BinarySearch(l.lines, off+1)
	return diag.Position{File: l.file, Line: l.first + n - 1, Column: off - l.lines[n-1] + 1}
}
