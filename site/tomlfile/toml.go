// Package tomlfile reads TOML files strictly and knows where each word stands.
//
// [Decode] fills a struct and reports, as findings with line and column, every
// key that the struct does not know in exactly that spelling, every value of
// the wrong type, and what a syntax error asks for. [Read] bounds what is read.
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

// Decode reads data into v, a pointer, strictly: what does not fit v's type
// and what v does not know are errors, each at its place. A key counts only as
// its struct's tag spells it, or its field in lower case where there is no tag;
// in a map, two keys that differ only in case are an error. Findings name file
// and count lines from first, the number of data's first line in it (1 for a
// whole file, more for front matter). The Locator serves for findings about
// meaning; it is never nil, and reads data when it is first asked.
func Decode(file string, data []byte, first int, v any) (*Locator, []diag.Finding) {
	if found := proveLimits(file, data, first); found != nil {
		return &Locator{file: file, first: first}, found
	}
	var tree map[string]any
	if _, err := toml.Decode(string(data), &tree); err != nil {
		return &Locator{file: file, first: first}, []diag.Finding{syntaxError(file, data, first, err)}
	}
	d := decoder{loc: Locate(file, data, first)}
	d.value(reflect.ValueOf(v).Elem(), tree, nil)
	return d.loc, diag.Sort(d.found)
}

// decoder gives Go values what a text says. The toml package could do so too, but
// takes keys in any case, in the random order of a map, and does not tell where
// in a list a wrong type stands.
type decoder struct {
	loc   *Locator
	found []diag.Finding
}

// value sets dst to the value that stands under path.
func (d *decoder) value(dst reflect.Value, src any, path []any) {
	switch into := dst.Addr().Interface().(type) {
	case toml.Unmarshaler:
		d.any(src, path)
		d.must(into.UnmarshalTOML(src), path)
	case *time.Time:
		d.scalar(dst, src, path)
	case encoding.TextUnmarshaler:
		if text, ok := plainText(src); ok {
			d.must(into.UnmarshalText([]byte(text)), path)
		} else {
			d.wrongType(dst.Type(), src, path)
		}
	default:
		d.kind(dst, src, path)
	}
}

// kind is value for types that do not read themselves.
func (d *decoder) kind(dst reflect.Value, src any, path []any) {
	switch dst.Kind() {
	case reflect.Pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		d.value(dst.Elem(), src, path)
	case reflect.Interface:
		d.any(src, path)
		dst.Set(reflect.ValueOf(src))
	case reflect.Slice:
		d.list(dst, src, path)
	case reflect.Struct, reflect.Map:
		table, ok := src.(map[string]any)
		switch {
		case !ok:
			d.wrongType(dst.Type(), src, path)
		case dst.Kind() == reflect.Map:
			d.table(dst, table, path)
		default:
			d.fields(dst, table, path)
		}
	default:
		d.scalar(dst, src, path)
	}
}

func (d *decoder) scalar(dst reflect.Value, src any, path []any) {
	switch v := reflect.ValueOf(src); {
	case v.Kind() == dst.Kind() && v.CanConvert(dst.Type()):
		dst.Set(v.Convert(dst.Type()))
	case dst.CanInt() && v.CanInt() && !dst.OverflowInt(v.Int()):
		dst.SetInt(v.Int())
	case dst.CanFloat() && v.CanInt():
		dst.SetFloat(float64(v.Int()))
	default:
		d.wrongType(dst.Type(), src, path)
	}
}

func (d *decoder) list(dst reflect.Value, src any, path []any) {
	list := reflect.ValueOf(src)
	if list.Kind() != reflect.Slice {
		d.wrongType(dst.Type(), src, path)
		return
	}
	dst.Set(reflect.MakeSlice(dst.Type(), list.Len(), list.Len()))
	for i := range list.Len() {
		d.value(dst.Index(i), list.Index(i).Interface(), append(slices.Clip(path), i))
	}
}

func (d *decoder) table(dst reflect.Value, src map[string]any, path []any) {
	d.alike(src, path)
	dst.Set(reflect.MakeMapWithSize(dst.Type(), len(src)))
	for key, v := range src {
		elem := reflect.New(dst.Type().Elem()).Elem()
		d.value(elem, v, append(slices.Clip(path), key))
		dst.SetMapIndex(reflect.ValueOf(key).Convert(dst.Type().Key()), elem)
	}
}

func (d *decoder) fields(dst reflect.Value, src map[string]any, path []any) {
	names := fieldNames(dst.Type())
	for key, v := range src {
		at := append(slices.Clip(path), key)
		if i := slices.Index(names, key); i >= 0 && key != "" {
			d.value(dst.Field(i), v, at)
		} else {
			d.unknown(slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" }), at)
		}
	}
}

// any proves the keys of a value of which any form may be right.
func (d *decoder) any(src any, path []any) {
	switch v := reflect.ValueOf(src); v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			d.any(v.Index(i).Interface(), append(slices.Clip(path), i))
		}
	case reflect.Map:
		table, _ := src.(map[string]any)
		d.alike(table, path)
		for key, v := range table {
			d.any(v, append(slices.Clip(path), key))
		}
	}
}

// alike reports keys of a table that differ only in case, at the later one.
func (d *decoder) alike(table map[string]any, path []any) {
	seen := make(map[string]string, len(table))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		folded := strings.ToLower(key)
		if other, ok := seen[folded]; ok {
			at, late := d.loc.Key(append(slices.Clip(path), other)...), d.loc.Key(append(slices.Clip(path), key)...)
			if late.Line < at.Line || late.Line == at.Line && late.Column < at.Column {
				late, other, key = at, key, other
			}
			d.errorf(late, "%q and %q differ only in case", other, key).Suggestion = "delete one of them"
		}
		seen[folded] = key
	}
}

func (d *decoder) unknown(allowed []string, path []any) {
	key := path[len(path)-1].(string)
	f := diag.Errorf(d.loc.Key(path...), "unknown-key", "unknown key %q", key)
	if len(allowed) > 0 {
		f.Message += ", allowed here: " + strings.Join(allowed, ", ")
	}
	if near := diag.Nearest(key, allowed); near != "" {
		f = f.Suggest("did you mean %q?", near)
		if d.loc.meant == nil {
			d.loc.meant = map[string]bool{}
		}
		d.loc.meant[join(append(slices.Clip(path[:len(path)-1]), near))] = true
	}
	d.found = append(d.found, f)
}

// errorf reports an error. It may be added to until the next one.
func (d *decoder) errorf(at diag.Position, format string, args ...any) *diag.Finding {
	d.found = append(d.found, diag.Errorf(at, "toml", format, args...))
	return &d.found[len(d.found)-1]
}

func (d *decoder) must(err error, path []any) {
	if err != nil {
		d.errorf(d.loc.Value(path...), "%s", err)
	}
}

func (d *decoder) wrongType(t reflect.Type, src any, path []any) {
	var names []string
	for _, step := range path {
		if name, ok := step.(string); ok {
			names = append(names, name)
		}
	}
	want, have := typeName(t), typeName(reflect.TypeOf(src))
	f := d.errorf(d.loc.Key(path...), "%s: must be %s, not %s", strings.Join(names, "."), want, have)
	text, scalar := plainText(src)
	switch {
	case want == aString && scalar:
		f.Suggestion = "write it in quotes: " + strconv.Quote(text)
	case want == aList && have == aTable:
		f.Suggestion = "write [[" + strings.Join(names, ".") + "]]"
	case want == aList && scalar:
		f.Suggestion = "write it in brackets"
	case have == aString && scalar:
		f.Suggestion = "write it without quotes"
	}
}

// The kinds of values, as findings name them.
const (
	aString = "a string"
	aList   = "a list"
	aTable  = "a table"
)

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
	case t == reflect.TypeFor[time.Time](), t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return "a date"
	}
	return aTable
}

// plainText returns the text of a value that is not made of others.
func plainText(src any) (text string, ok bool) {
	switch v := src.(type) {
	case time.Time:
		return v.Format(time.RFC3339), true
	case string, bool, int64, float64:
		return fmt.Sprint(v), true
	}
	return "", false
}

// fieldNames returns the keys of a struct's fields, "" for those that have none.
func fieldNames(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		f := t.Field(i)
		name, tagged := f.Tag.Lookup("toml")
		switch {
		case !f.IsExported() || name == "-":
		case tagged:
			names[i] = name
		default:
			names[i] = strings.ToLower(f.Name)
		}
	}
	return names
}
