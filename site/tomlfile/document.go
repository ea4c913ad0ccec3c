package tomlfile

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// maxDepth is how deeply lists, tables and dotted keys may be nested. No writer's file comes near it.
const maxDepth = 16

// Local is the location of dates and times written without an offset.
var Local = time.FixedZone("local", 0)

// A node is a key or an item, with its position and its value.
type node struct {
	name       string // name of the key with those around it, such as rule.when
	key, value int    // offsets
	depth      int
	origin     origin
	scalar     any              // a string, bool, int64, float64 or time.Time
	table      map[string]*node // nil if it is not a table
	items      []*node
	meant      []string // keys that unknown ones in this table were probably meant to be
}

// origin is how a node was created. It determines what may be added to it later.
type origin uint8

const (
	implied origin = iota // a table around one that has a header
	header                // [table]
	array                 // [[table]]
	dotted                // a table made by a dotted key
	literal               // a value, including inline tables and lists
)

// An invalid is an error at an offset.
type invalid struct {
	off     int
	message string
}

func (e *invalid) Error() string { return e.message }

// parse reads a text, whose syntax the toml package checks. The decoder of that package has no positions, and takes
// time quadratic in the number of keys.
func parse(data []byte) (root *node, err error) {
	root = &node{key: -1, value: -1, table: map[string]*node{}}
	var p unstable.Parser
	p.Reset(data)
	table := root
	for err == nil && p.NextExpression() {
		if e := p.Expression(); e.Kind == unstable.KeyValue {
			err = table.pair(data, e)
		} else {
			table, err = root.header(data, e)
		}
	}
	if syntax, ok := p.Error().(*unstable.ParserError); ok {
		err = syntaxError(data, int(p.Range(syntax.Highlight).Offset), syntax.Message)
	}
	return root, err
}

// byteForm matches a byte in a message, which may be the first of a character.
var byteForm = regexp.MustCompile(`U\+00[89A-F][0-9A-F] '.'`)

// syntaxError returns an error of the toml package, with the complete character at its place.
func syntaxError(data []byte, off int, message string) error {
	char, _ := utf8.DecodeRune(data[min(off, len(data)):])
	return &invalid{off, byteForm.ReplaceAllLiteralString(message, fmt.Sprintf("%#U", char))}
}

// header reads [table] or [[table]] and returns its node.
func (n *node) header(data []byte, e *unstable.Node) (*node, error) {
	for keys := e.Key(); keys.Next(); {
		name, off := string(keys.Node().Data), int(keys.Node().Raw.Offset)
		at := bytes.LastIndexByte(data[:off], '\n') + 1
		at += bytes.IndexByte(data[at:], '[')
		next, last := n.table[name], keys.IsLast()
		switch {
		case next == nil && last && e.Kind == unstable.ArrayTable:
			next = n.add(name, at, array)
		case next == nil && last:
			next = n.add(name, at, header)
		case next == nil:
			next = n.add(name, at, implied)
		case next.origin == literal:
			return nil, &invalid{off, fmt.Sprintf("key %q already has a value", name)}
		case last && e.Kind == unstable.ArrayTable && next.origin != array:
			return nil, &invalid{off, fmt.Sprintf("table %q already exists: it cannot be an array of tables", name)}
		case last && e.Kind == unstable.Table && next.origin != implied:
			return nil, &invalid{off, fmt.Sprintf("table %q already exists", name)}
		case last && e.Kind == unstable.Table:
			next.origin = header
		}
		if next.origin == array {
			if last {
				next.item(at)
			}
			next = next.items[len(next.items)-1]
		}
		if next.table == nil {
			next.table = map[string]*node{}
		}
		if n = next; n.depth > maxDepth {
			return nil, tooDeep(at)
		}
	}
	return n, nil
}

func tooDeep(at int) error {
	return &invalid{at, fmt.Sprintf("lists, tables and dotted keys are nested too deeply (allowed: %d levels)", maxDepth)}
}

// pair reads a key and its value into a table.
func (n *node) pair(data []byte, e *unstable.Node) error {
	at, end := -1, 0
	for keys := e.Key(); keys.Next(); {
		name, raw := string(keys.Node().Data), keys.Node().Raw
		if at < 0 {
			at = int(raw.Offset)
		}
		end = int(raw.Offset + raw.Length)
		next := n.table[name]
		switch {
		case next == nil:
			next = n.add(name, at, dotted)
		case next.origin != dotted || keys.IsLast():
			return &invalid{int(raw.Offset), fmt.Sprintf("key %q already exists", name)}
		}
		if n = next; n.depth > maxDepth {
			return tooDeep(at)
		}
	}
	n.value = len(data) - len(bytes.TrimLeft(data[end:], " \t="))
	return n.read(data, e.Value())
}

// read reads the value of a node. The parser does not tell where a list or table within a list begins, so that gets
// the position of what it is in.
func (n *node) read(data []byte, v *unstable.Node) (err error) {
	if n.origin = literal; n.depth > maxDepth {
		return tooDeep(n.value)
	}
	switch v.Kind {
	case unstable.Array:
		n.items = []*node{}
		for items := v.Children(); items.Next() && err == nil; {
			at := n.value
			if items.Node().Raw.Length > 0 {
				at = int(items.Node().Raw.Offset)
			}
			err = n.item(at).read(data, items.Node())
		}
	case unstable.InlineTable:
		n.table = map[string]*node{}
		for pairs := v.Children(); pairs.Next() && err == nil; {
			err = n.pair(data, pairs.Node())
		}
	default:
		if n.scalar, err = scalar(v.Kind, string(v.Data)); err != nil {
			err = &invalid{n.value, fmt.Sprintf("invalid value %s", v.Data)}
		}
	}
	return err
}

// scalar returns the value of something that is neither a list nor a table.
func scalar(kind unstable.Kind, text string) (any, error) {
	switch kind {
	case unstable.String:
		return text, nil
	case unstable.Bool:
		return strconv.ParseBool(text)
	case unstable.Integer:
		return strconv.ParseInt(text, 0, 64)
	case unstable.Float:
		return strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	case unstable.LocalDate:
		return time.ParseInLocation(time.DateOnly, text, Local)
	}
	text = strings.ToUpper(strings.Replace(text, " ", "T", 1))
	if kind == unstable.LocalDateTime {
		return time.ParseInLocation("2006-01-02T15:04:05", text, Local)
	}
	return time.Parse(time.RFC3339, text) // fails for a time without a day
}

// add adds a key to a table.
func (n *node) add(name string, at int, from origin) *node {
	full := name
	if n.name != "" {
		full = n.name + "." + name
	}
	if n.table == nil {
		n.table = map[string]*node{}
	}
	n.table[name] = &node{name: full, key: at, value: at, depth: n.depth + 1, origin: from}
	return n.table[name]
}

// item adds an item to a list.
func (n *node) item(at int) *node {
	item := &node{name: n.name, key: at, value: at, depth: n.depth + 1}
	n.items = append(n.items, item)
	return item
}

// plain returns the value without positions.
func (n *node) plain() any {
	switch {
	case n.table != nil:
		table := make(map[string]any, len(n.table))
		for key, v := range n.table {
			table[key] = v.plain()
		}
		return table
	case n.items != nil:
		list := make([]any, len(n.items))
		for i, v := range n.items {
			list[i] = v.plain()
		}
		return list
	}
	return n.scalar
}
