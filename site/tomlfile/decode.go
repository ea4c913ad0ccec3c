// Package tomlfile strictly decodes TOML files, and YAML, and knows the position of every key and value.
//
// [Decode] fills a struct. It reports all keys that the struct does not have in exactly that spelling and all
// values of a wrong type as findings with line and column, or else the first syntax error, with advice. Its
// [Locator] gives positions to findings about the meaning of values. [Read] bounds how much of a file is read.
package tomlfile

import (
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"helpcenter/site/diag"
)

// Decode decodes data into v, a pointer. Unknown keys and values of a wrong type are errors. A key must be spelt
// like the struct's tag or, without a tag, like the field in lower case; the keys of a map must not differ only in
// case. Findings name file and count lines from first, the number of data's first line in it: 1 for a whole file,
// more for front matter. The Locator is never nil.
func Decode(file string, data []byte, first int, v any) (*Locator, []diag.Finding) {
	return decode(&Locator{file: file, first: first, data: data}, v, parse)
}

func decode(loc *Locator, v any, parse func([]byte) (*node, error)) (*Locator, []diag.Finding) {
	if len(loc.data) > maxSize {
		return loc, []diag.Finding{diag.Errorf(loc.Key(), "toml", "the file is too large (allowed: %d bytes)", maxSize)}
	}
	root, err := parse(loc.data)
	if err != nil {
		return loc, []diag.Finding{loc.syntaxError(err)}
	}
	loc.root = root
	d := decoder{loc: loc}
	d.value(reflect.ValueOf(v).Elem(), root)
	return loc, diag.Sort(d.found)
}

// An Unmarshaler decodes itself from a value: a map[string]any, a []any, or a scalar.
type Unmarshaler interface{ UnmarshalTOML(value any) error }

// decoder copies nodes into Go values.
type decoder struct {
	loc   *Locator
	found []diag.Finding
}

// value sets dst to the value of a node.
func (d *decoder) value(dst reflect.Value, n *node) {
	switch into := dst.Addr().Interface().(type) {
	case *time.Time:
		var ok bool
		if *into, ok = n.scalar.(time.Time); !ok {
			d.wrongType(dst.Type(), n)
		}
		return
	case Unmarshaler:
		d.checkKeys(n)
		d.check(into.UnmarshalTOML(n.plain()), n)
		return
	case encoding.TextUnmarshaler:
		if n.scalar != nil {
			d.check(into.UnmarshalText([]byte(n.text())), n)
		} else {
			d.wrongType(dst.Type(), n)
		}
		return
	}
	switch kind := dst.Kind(); {
	case kind == reflect.Pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		d.value(dst.Elem(), n)
	case kind == reflect.Interface:
		d.checkKeys(n)
		dst.Set(reflect.ValueOf(n.plain()))
	case kind == reflect.Slice && n.items != nil:
		d.list(dst, n)
	case kind == reflect.Map && n.table != nil:
		d.table(dst, n)
	case kind == reflect.Struct && n.table != nil:
		d.fields(dst, n)
	case n.scalar != nil:
		d.scalar(dst, n)
	default:
		d.wrongType(dst.Type(), n)
	}
}

func (d *decoder) scalar(dst reflect.Value, n *node) {
	switch v := reflect.ValueOf(n.scalar); {
	case v.Kind() == dst.Kind() && v.CanConvert(dst.Type()):
		dst.Set(v.Convert(dst.Type()))
	case dst.CanInt() && v.CanInt() && !dst.OverflowInt(v.Int()):
		dst.SetInt(v.Int())
	case dst.CanFloat() && v.CanInt():
		dst.SetFloat(float64(v.Int()))
	default:
		d.wrongType(dst.Type(), n)
	}
}

func (d *decoder) list(dst reflect.Value, n *node) {
	dst.Set(reflect.MakeSlice(dst.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		d.value(dst.Index(i), item)
	}
}

func (d *decoder) table(dst reflect.Value, n *node) {
	d.checkCase(n)
	dst.Set(reflect.MakeMapWithSize(dst.Type(), len(n.table)))
	for key, v := range n.table {
		elem := reflect.New(dst.Type().Elem()).Elem()
		d.value(elem, v)
		dst.SetMapIndex(reflect.ValueOf(key).Convert(dst.Type().Key()), elem)
	}
}

func (d *decoder) fields(dst reflect.Value, n *node) {
	index := fieldsByKey(dst.Type())
	for key, v := range n.table {
		if i, ok := index[key]; ok {
			d.value(dst.Field(i), v)
			continue
		}
		allowed := slices.SortedFunc(maps.Keys(index), func(a, b string) int { return index[a] - index[b] })
		f := diag.Errorf(d.loc.position(v.key), "unknown-key", "unknown key %q (allowed: %s)", key, diag.List(allowed))
		if near := diag.Nearest(key, allowed); near != "" {
			f = f.Suggest("did you mean %q?", near)
			n.meant = append(n.meant, near)
		}
		d.found = append(d.found, f)
	}
}

// fieldsByKey returns the indexes of a struct's fields by their keys.
func fieldsByKey(t reflect.Type) map[string]int {
	index := map[string]int{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, tagged := f.Tag.Lookup("toml")
		if !tagged {
			name = strings.ToLower(f.Name)
		}
		if f.IsExported() && name != "-" {
			index[name] = i
		}
	}
	return index
}

// checkKeys checks the keys of a value that may have any type.
func (d *decoder) checkKeys(n *node) {
	d.checkCase(n)
	for _, v := range n.table {
		d.checkKeys(v)
	}
	for _, item := range n.items {
		d.checkKeys(item)
	}
}

// checkCase reports keys of a table that differ only in case, at the position of the later one.
func (d *decoder) checkCase(n *node) {
	seen := make(map[string]string, len(n.table))
	for _, key := range slices.Sorted(maps.Keys(n.table)) {
		folded := strings.ToLower(key)
		if other, ok := seen[folded]; ok {
			at := max(n.table[key].key, n.table[other].key)
			d.errorf(d.loc.position(at), "%q and %q differ only in case", other, key).Suggestion = "delete one of them"
		}
		seen[folded] = key
	}
}

// errorf reports an error and returns it, so that a suggestion can be added.
func (d *decoder) errorf(at diag.Position, format string, args ...any) *diag.Finding {
	d.found = append(d.found, diag.Errorf(at, "toml", format, args...))
	return &d.found[len(d.found)-1]
}

// check reports an error from a type that decodes itself.
func (d *decoder) check(err error, n *node) {
	if err != nil {
		d.errorf(d.loc.position(n.value), "%s", err)
	}
}

// The names of types in findings.
const (
	aString = "a string"
	aList   = "a list"
	aTable  = "a table"
)

func (d *decoder) wrongType(t reflect.Type, n *node) {
	want, have, scalar := typeName(t), aTable, n.scalar != nil
	switch {
	case scalar:
		have = typeName(reflect.TypeOf(n.scalar))
	case n.items != nil:
		have = aList
	}
	f := d.errorf(d.loc.position(n.key), "%s: must be %s, not %s", n.name, want, have)
	switch {
	case want == aString && scalar:
		f.Suggestion = "write it in quotes: " + strconv.Quote(n.text())
	case want == aList && have == aTable:
		f.Suggestion = "write [[" + n.name + "]]"
	case want == aList && scalar:
		f.Suggestion = "write it in brackets"
	case have == aString:
		f.Suggestion = "write it without quotes"
	}
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return typeName(t.Elem())
	case reflect.String:
		return aString
	case reflect.Bool:
		return "true or false"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice:
		return aList
	}
	switch {
	case reflect.Zero(t).CanInt():
		return "a whole number"
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()): // time.Time, civil.Date
		return "a date"
	}
	return aTable
}

// text returns a scalar as text.
func (n *node) text() string {
	if t, ok := n.scalar.(time.Time); ok {
		return t.Format(time.RFC3339)
	}
	return fmt.Sprint(n.scalar)
}
