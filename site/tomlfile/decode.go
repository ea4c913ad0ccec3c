// Package tomlfile decodes TOML files strictly, and knows the position of every key
// and value.
//
// [Decode] fills a struct. It reports as findings with line and column all keys
// that the struct does not have in exactly that spelling and all values of a wrong
// type, or the first syntax error with advice. Its [Locator] gives positions to
// findings about the meaning of values. [Read] bounds what is read of a file.
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

	"github.com/BurntSushi/toml"

	"helpcenter/site/diag"
)

// Decode decodes data into v, a pointer. Unknown keys and values of a wrong type are
// errors. A key must be spelt like the struct's tag or, without a tag, like the field
// in lower case; in a map, keys must not differ only in case. Findings name file and
// count lines from first, the number of data's first line in it: 1 for a whole file,
// more for front matter. The Locator is never nil.
func Decode(file string, data []byte, first int, v any) (*Locator, []diag.Finding) {
	if found := checkLimits(file, data, first); found != nil {
		return Locate(file, nil, first), found
	}
	var tree map[string]any
	if _, err := toml.Decode(string(data), &tree); err != nil {
		return Locate(file, nil, first), []diag.Finding{syntaxError(file, data, first, err)}
	}
	loc := Locate(file, data, first)
	var d decoder
	d.value(reflect.ValueOf(v).Elem(), tree, &loc.root)
	return loc, diag.Sort(d.found)
}

// decoder copies what a text holds into Go values. The toml package could do so, but
// ignores the case of keys, in the random order of a map, and does not tell where in
// a list a value has the wrong type.
type decoder struct{ found []diag.Finding }

// value sets dst to the value at n.
func (d *decoder) value(dst reflect.Value, src any, n *node) {
	switch into := dst.Addr().Interface().(type) {
	case toml.Unmarshaler:
		d.checkKeys(src, n)
		d.check(into.UnmarshalTOML(src), n)
		return
	case encoding.TextUnmarshaler:
		if text, ok := scalarText(src); ok {
			d.check(into.UnmarshalText([]byte(text)), n)
		} else {
			d.wrongType(dst.Type(), src, n)
		}
		return
	}
	table, isTable := src.(map[string]any)
	switch kind := dst.Kind(); {
	case kind == reflect.Pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		d.value(dst.Elem(), src, n)
	case kind == reflect.Interface:
		d.checkKeys(src, n)
		dst.Set(reflect.ValueOf(src))
	case kind == reflect.Slice:
		d.list(dst, src, n)
	case kind == reflect.Map && isTable:
		d.table(dst, table, n)
	case kind == reflect.Struct && isTable:
		d.fields(dst, table, n)
	default:
		d.scalar(dst, src, n)
	}
}

func (d *decoder) scalar(dst reflect.Value, src any, n *node) {
	switch v := reflect.ValueOf(src); {
	case v.Kind() == dst.Kind() && v.CanConvert(dst.Type()):
		dst.Set(v.Convert(dst.Type()))
	case dst.CanInt() && v.CanInt() && !dst.OverflowInt(v.Int()):
		dst.SetInt(v.Int())
	case dst.CanFloat() && v.CanInt():
		dst.SetFloat(float64(v.Int()))
	default:
		d.wrongType(dst.Type(), src, n)
	}
}

func (d *decoder) list(dst reflect.Value, src any, n *node) {
	list := reflect.ValueOf(src)
	if list.Kind() != reflect.Slice {
		d.wrongType(dst.Type(), src, n)
		return
	}
	dst.Set(reflect.MakeSlice(dst.Type(), list.Len(), list.Len()))
	for i := range list.Len() {
		d.value(dst.Index(i), list.Index(i).Interface(), n.step(i))
	}
}

func (d *decoder) table(dst reflect.Value, src map[string]any, n *node) {
	d.checkCase(src, n)
	dst.Set(reflect.MakeMapWithSize(dst.Type(), len(src)))
	for key, v := range src {
		elem := reflect.New(dst.Type().Elem()).Elem()
		d.value(elem, v, n.step(key))
		dst.SetMapIndex(reflect.ValueOf(key).Convert(dst.Type().Key()), elem)
	}
}

func (d *decoder) fields(dst reflect.Value, src map[string]any, n *node) {
	index := fieldsByKey(dst.Type())
	for key, v := range src {
		if i, ok := index[key]; ok {
			d.value(dst.Field(i), v, n.step(key))
		} else {
			d.unknownKey(key, slices.SortedFunc(maps.Keys(index), func(a, b string) int { return index[a] - index[b] }), n)
		}
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
func (d *decoder) checkKeys(src any, n *node) {
	switch v := reflect.ValueOf(src); v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			d.checkKeys(v.Index(i).Interface(), n.step(i))
		}
	case reflect.Map:
		table, _ := src.(map[string]any)
		d.checkCase(table, n)
		for key, v := range table {
			d.checkKeys(v, n.step(key))
		}
	}
}

// checkCase reports keys of a table that differ only in case, at the later one.
func (d *decoder) checkCase(table map[string]any, n *node) {
	seen := make(map[string]string, len(table))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		folded := strings.ToLower(key)
		if other, ok := seen[folded]; ok {
			at, late := n.step(other).key, n.step(key).key
			if late.Line < at.Line || late.Line == at.Line && late.Column < at.Column {
				late, other, key = at, key, other
			}
			d.errorf(late, "%q and %q differ only in case", other, key).Suggestion = "delete one of them"
		}
		seen[folded] = key
	}
}

func (d *decoder) unknownKey(key string, allowed []string, n *node) {
	f := diag.Errorf(n.step(key).key, "unknown-key", "unknown key %q (allowed: %s)", key, diag.List(allowed))
	if near := diag.Nearest(key, allowed); near != "" {
		f = f.Suggest("did you mean %q?", near)
		n.meant = append(n.meant, near)
	}
	d.found = append(d.found, f)
}

// errorf reports an error, and returns it for a suggestion.
func (d *decoder) errorf(at diag.Position, format string, args ...any) *diag.Finding {
	d.found = append(d.found, diag.Errorf(at, "toml", format, args...))
	return &d.found[len(d.found)-1]
}

// check reports an error of a type that decodes itself.
func (d *decoder) check(err error, n *node) {
	if err != nil {
		d.errorf(n.value, "%s", err)
	}
}

// The names of types in findings.
const (
	aString = "a string"
	aList   = "a list"
	aTable  = "a table"
)

func (d *decoder) wrongType(t reflect.Type, src any, n *node) {
	want, have := typeName(t), typeName(reflect.TypeOf(src))
	f := d.errorf(n.key, "%s: must be %s, not %s", n.name, want, have)
	text, scalar := scalarText(src)
	switch {
	case want == aString && scalar:
		f.Suggestion = "write it in quotes: " + strconv.Quote(text)
	case want == aList && have == aTable:
		f.Suggestion = "write [[" + n.name + "]]"
	case want == aList && scalar:
		f.Suggestion = "write it in brackets"
	case have == aString && scalar:
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

// scalarText returns the text of a value that is neither a list nor a table.
func scalarText(src any) (text string, ok bool) {
	switch v := src.(type) {
	case time.Time:
		return v.Format(time.RFC3339), true
	case string, bool, int64, float64:
		return fmt.Sprint(v), true
	}
	return "", false
}
