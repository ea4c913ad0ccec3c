package helpcenter

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

// DecodeTOML reads data into v, strictly: what does not fit v's type and what v
// does not know are errors, each at its place. Findings name file and count
// lines from first, the number of data's first line in it (1 for a whole file,
// more for front matter). The Locator serves for findings about meaning; it is
// never nil, and reads data when it is first asked.
func DecodeTOML(file string, data []byte, first int, v any) (*Locator, []Finding) {
	if found := proveLimits(file, data, first); found != nil {
		return &Locator{file: file, first: first}, found
	}
	md, err := toml.Decode(string(data), v)
	if err != nil {
		return &Locator{file: file, first: first}, []Finding{decodeError(file, data, first, err)}
	}
	loc := LocateTOML(file, data, first)
	var fs []Finding
	for _, key := range undecoded(md) {
		allowed := allowedKeys(reflect.TypeOf(v), key[:len(key)-1])
		near := Nearest(key[len(key)-1], allowed)
		for _, path := range loc.everywhere(key) {
			f := Errorf(loc.at[path].key, "unknown-key", "unknown key %q", key[len(key)-1])
			if len(allowed) > 0 {
				f.Message += ", allowed here: " + strings.Join(allowed, ", ")
			}
			if near != "" {
				f = f.Suggest("did you mean %q?", near)
				loc.meant(path[:strings.LastIndexByte(path, 0)+1] + near)
			}
			fs = append(fs, f)
		}
	}
	return loc, SortFindings(fs)
}

// undecoded returns the keys that found no place, without those below another
// one: an unknown table is one mistake.
func undecoded(md toml.MetaData) []toml.Key {
	var keys []toml.Key
	seen := map[string]bool{}
	for _, key := range md.Undecoded() {
		known := false
		for n := range key {
			known = known || seen[strings.Join(key[:n+1], "\x00")]
		}
		if !known {
			seen[strings.Join(key, "\x00")] = true
			keys = append(keys, key)
		}
	}
	return keys
}

// lastKey finds in the message of a wrong type, which carries no column and for
// what stands in a list no line, the key it is about.
var lastKey = regexp.MustCompile(`^toml: (?:line (\d+) )?\(last key ("(?:[^"\\]|\\.)*")\): (.*)$`)

func decodeError(file string, data []byte, first int, err error) Finding {
	at := Position{File: file, Line: first}
	var pe toml.ParseError
	if errors.As(err, &pe) {
		line := max(1, pe.Position.Line) // no line at the end of some files
		at.Column = columnOf(data, line, pe.Position.Start)
		if at.Column == 1 && line > 1 && strings.Contains(pe.Message, `'\n'`) {
			line-- // the decoder is past the end of the line that ended too soon
			at.Column = columnOf(data, line, pe.Position.Start)
		}
		at.Line = first + line - 1
		return Errorf(at, "toml", "%s", strings.TrimSuffix(pe.Message, "."))
	}
	m := lastKey.FindStringSubmatch(err.Error())
	if m == nil {
		return Errorf(at, "toml", "%s", strings.TrimPrefix(err.Error(), "toml: "))
	}
	var line int
	fmt.Sscan(m[1], &line)
	if line > 0 {
		at.Line, at.Column = first+line-1, 1
	}
	key, _ := strconv.Unquote(m[2])
	path := scanner{text: []byte(key)}
	loc := LocateTOML(file, data, first)
	for _, path := range loc.everywhere(path.key()) {
		if p := loc.at[path].key; p.Line >= at.Line {
			at = p
			break
		}
	}
	return Errorf(at, "toml", "%s: %s", key, strings.NewReplacer(
		"incompatible types: TOML value has type ", "this is of type ",
		"; destination has type ", ", wanted is ",
		"slice", "list", "struct", "table", "map", "table").Replace(m[3]))
}

// columnOf returns the column of an offset on a line of data, counted from 1. At
// the ends of lines the decoder's offsets stand beside the line that it names;
// then it is the line's nearest end.
func columnOf(data []byte, line, offset int) int {
	start := 0
	for range line - 1 {
		start += bytes.IndexByte(data[start:], '\n') + 1
	}
	end := len(data)
	if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
		end = start + i
	}
	return min(max(offset, start), end) - start + 1
}

// allowedKeys lists the keys of the struct found in t under path; nothing where
// any key may stand.
func allowedKeys(t reflect.Type, path []string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Map && len(path) > 0:
		return allowedKeys(t.Elem(), path[1:])
	case t.Kind() != reflect.Struct:
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		switch {
		case !f.IsExported() || name == "-":
			continue
		case name == "":
			name = strings.ToLower(f.Name)
		}
		if len(path) > 0 && path[0] == name {
			return allowedKeys(f.Type, path[1:])
		}
		keys = append(keys, name)
	}
	if len(path) > 0 {
		return nil
	}
	return keys
}

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
	order []string            // paths as they come in the text
	named map[string][]string // paths of keys by the same without indexes; nil until asked for

	misspelt map[string]bool // paths of keys that were probably meant by others
}

type place struct{ key, value Position }

// LocateTOML returns the Locator of a text that is right, as [DecodeTOML] does.
func LocateTOML(file string, data []byte, first int) *Locator {
	return &Locator{file: file, first: first, data: data}
}

// Misspelt reports whether an unknown key, or table, stands where the one named by
// path was probably meant. What that lacks need not be told: it is there, and the
// unknown key has been found.
func (l *Locator) Misspelt(path ...any) bool { return len(l.misspelt) > 0 && l.misspelt[join(path)] }

func (l *Locator) meant(path string) {
	if l.misspelt == nil {
		l.misspelt = map[string]bool{}
	}
	l.misspelt[path] = true
}

// Key returns where the key named by path stands; where there is none, where
// the nearest table around it does.
func (l *Locator) Key(path ...any) Position {
	return l.find(path, func(p place) Position { return p.key })
}

// Value returns where the value of the key named by path starts, or else the
// nearest table around it.
func (l *Locator) Value(path ...any) Position {
	return l.find(path, func(p place) Position { return p.value })
}

func (l *Locator) find(path []any, pick func(place) Position) Position {
	l.once.Do(l.read)
	for n := len(path); n > 0; n-- {
		if p, ok := l.at[join(path[:n])]; ok {
			return pick(p)
		}
	}
	return Position{File: l.file, Line: l.first}
}

// everywhere returns the paths of a key whose own lacks the indexes of lists.
func (l *Locator) everywhere(key []string) []string {
	l.once.Do(l.read)
	if l.named == nil {
		l.named = map[string][]string{}
		for _, path := range l.order {
			names := slices.DeleteFunc(strings.Split(path, "\x00"), isIndex)
			if !isIndex(path[strings.LastIndex(path, "\x00")+1:]) {
				name := strings.Join(names, "\x00")
				l.named[name] = append(l.named[name], path)
			}
		}
	}
	return l.named[strings.Join(key, "\x00")]
}

func isIndex(step string) bool { return strings.HasPrefix(step, "\x01") }

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
