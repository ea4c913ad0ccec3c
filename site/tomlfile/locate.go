package tomlfile

import (
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// A Locator knows where in a TOML text each key and each value stands. A path is
// made of the names of keys and the indexes of items: Key("rule", 2, "when").
type Locator struct{ root node }

// node is the place of a key or item. A node of an array of tables has the tables
// as items, as one of a list has its values.
type node struct {
	key, value diag.Position
	name       string        // of the key with those around it, such as rule.when
	under      map[any]*node // by name or index
	tables     int           // of an array of tables, so far
	meant      []string      // keys that unknown ones under this node probably stand for
}

// Locate returns the Locator of a valid text. Positions are of file, and count lines
// from first.
func Locate(file string, data []byte, first int) *Locator {
	start := diag.Position{File: file, Line: first}
	l := &Locator{node{key: start, value: start}}
	s := scanner{file: file, first: first, text: data}
	s.document(&l.root)
	return l
}

// Key returns the position of the key named by path or, if there is none, that of
// the nearest table around it.
func (l *Locator) Key(path ...any) diag.Position {
	n, _ := l.root.find(path)
	return n.key
}

// Value returns the position of the value of the key named by path or, if there is
// none, that of the nearest table around it.
func (l *Locator) Value(path ...any) diag.Position {
	n, _ := l.root.find(path)
	return n.value
}

// Misspelt reports whether an unknown key was probably meant to be the one named by
// path. Then there is a finding about it, and none is needed about its absence.
func (l *Locator) Misspelt(path ...any) bool {
	last := len(path) - 1
	n, ok := l.root.find(path[:last])
	name, _ := path[last].(string)
	return ok && slices.Contains(n.meant, name)
}

// find returns the node under n that path leads to, or the last one on the way and
// false.
func (n *node) find(path []any) (*node, bool) {
	for _, step := range path {
		next := n.under[step]
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// step returns the node of a key or item of n.
func (n *node) step(step any) *node {
	next, _ := n.find([]any{step})
	return next
}

// add returns the node of a key or item of n, which is made if it is new.
func (n *node) add(step any, at diag.Position) *node {
	if next := n.under[step]; next != nil {
		return next
	}
	next := &node{key: at, value: at, name: n.name}
	if name, ok := step.(string); ok {
		next.name = strings.TrimPrefix(n.name+"."+name, ".")
	}
	if n.under == nil {
		n.under = map[any]*node{}
	}
	n.under[step] = next
	return next
}
