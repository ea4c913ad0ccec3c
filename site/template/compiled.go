// Package template executes templates of html/template faster, with the same
// result.
//
// Thousands of articles have a few dozen shapes: which of their strings are empty,
// how many entries their lists have. [Compile] takes a template that depends on
// nothing else. It executes it twice for each shape, keeps the fixed text, and from
// then on only writes the strings of a view between it, which takes a small part of
// the time. Both executions must agree with what it would have written. Where
// they do not, or where a string needs other escapes than in those executions,
// html/template does the work. [Resolve] executes in advance what does not depend
// on the view at all.
package template

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A variant is the result of a template for all views of one shape: fixed text,
// and fields for the strings of the view.
type variant struct {
	pieces [][]byte // one more than fields
	fields []field
}

type field struct {
	of       int // index of a string of the view, see [shape]
	escaping escaping
}

// escaping is how html/template writes a string.
type escaping uint8

const (
	asText     escaping = iota // in text, and in an attribute with quotes
	asAddress                  // in href="..." and the like
	asFragment                 // in href="#..." and the like
	asIs                       // trusted: a template.HTML in text, a template.JS in a script
)

// Compiled is one template with its variants.
type Compiled struct {
	execute  func(b *bytes.Buffer, view any) error
	mu       sync.RWMutex
	variants map[string]*variant // by shape
}

// A shape is compiled when it comes a second time: many come once only. Some
// cannot be compiled.
var seenOnce, impossible = new(variant), new(variant)

// maxVariants bounds the memory of a template. Shapes that come later are executed
// each time.
const maxVariants = 1000

// Compile returns a template for views of the type of view, or nil if it depends
// on more than a view's shape.
func Compile(all *template.Template, name string, view any) *Compiled {
	if !isPlainType(reflect.TypeOf(view)) || !isSimple(all, name) {
		return nil
	}
	execute := func(b *bytes.Buffer, view any) error { return Execute(all, b, name, view) }
	return &Compiled{execute: execute, variants: map[string]*variant{}}
}

var shapes = sync.Pool{New: func() any { return new(shape) }}

// Write writes the result of the template for a view.
func (c *Compiled) Write(b *bytes.Buffer, view any) error {
	s := shapes.Get().(*shape)
	defer shapes.Put(s)
	s.reset()
	s.read(reflect.ValueOf(view))
	if v := c.variant(s, view); v != nil && v.write(b, s.strings) {
		return nil
	}
	return c.execute(b, view)
}

// variant returns the variant for a shape, or nil if there is none.
func (c *Compiled) variant(s *shape, view any) *variant {
	c.mu.RLock()
	v, full := c.variants[string(s.code)], len(c.variants) >= maxVariants
	c.mu.RUnlock()
	switch {
	case v == impossible, v == nil && full:
		return nil
	case v == nil:
		c.keep(s, seenOnce)
		return nil
	case v != seenOnce:
		return v
	}
	v = c.compile(view)
	c.keep(s, cmp.Or(v, impossible))
	return v
}

func (c *Compiled) keep(s *shape, v *variant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.variants[string(s.code)] = v
}

// Failed returns the number of shapes that could not be compiled.
func (c *Compiled) Failed() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.variants {
		if v == impossible {
			n++
		}
	}
	return n
}

// mark finds what replaces the strings of a view while it is compiled. Nothing
// escapes its characters.
var mark = regexp.MustCompile("string([0-9]+)mark")

// compile returns the variant of a view's shape, or nil. The template is executed
// with a mark for each string, which shows the fields, and once more with strings
// full of what must be escaped, which shows how each field is escaped.
func (c *Compiled) compile(view any) *variant {
	text, _, err := c.executeWith(view, func(i int) string { return fmt.Sprintf("string%dmark", i) })
	if err != nil {
		return nil
	}
	rest, strs, err := c.executeWith(view, func(i int) string { return fmt.Sprintf("%d'&#+ =<b>\"è\x00%%", i) })
	if err != nil {
		return nil
	}
	v, from := &variant{}, 0
	for _, m := range mark.FindAllStringSubmatchIndex(text, -1) {
		piece := text[from:m[0]]
		of, _ := strconv.Atoi(text[m[2]:m[3]])
		after, ok := strings.CutPrefix(rest, piece)
		if !ok || of >= len(strs) {
			return nil
		}
		escaping, after, ok := cutEscaped(after, strs[of])
		if !ok {
			return nil
		}
		v.pieces, v.fields = append(v.pieces, []byte(piece)), append(v.fields, field{of, escaping})
		from, rest = m[1], after
	}
	if text[from:] != rest {
		return nil
	}
	v.pieces = append(v.pieces, []byte(rest))
	return v
}

// executeWith executes the template for the view with other strings.
func (c *Compiled) executeWith(view any, name func(i int) string) (text string, strs []string, err error) {
	other := withStrings(reflect.ValueOf(view), func() string {
		strs = append(strs, name(len(strs)))
		return strs[len(strs)-1]
	})
	var b bytes.Buffer
	err = c.execute(&b, other.Interface())
	return b.String(), strs, err
}

// cutEscaped returns how s is escaped at the beginning of text, and what follows.
func cutEscaped(text, s string) (escaping, string, bool) {
	escaped := []string{asText: textEscaper.Replace(s), asAddress: inAddress(s), asFragment: inFragment(s), asIs: s}
	for e, prefix := range escaped {
		if after, ok := strings.CutPrefix(text, prefix); ok {
			return escaping(e), after, true
		}
	}
	return 0, "", false
}

// write writes the variant with the strings of a view. It reports false, and writes
// nothing, if a string needs escapes that the variant does not know.
func (v *variant) write(b *bytes.Buffer, strs []string) bool {
	for _, f := range v.fields {
		s := strs[f.of]
		if f.escaping == asAddress && !isPlainAddress(s) || f.escaping == asFragment && !IsPlain(s, "") {
			return false
		}
	}
	for i, f := range v.fields {
		b.Write(v.pieces[i])
		if f.escaping == asText {
			textEscaper.WriteString(b, strs[f.of])
		} else {
			b.WriteString(strs[f.of])
		}
	}
	b.Write(v.pieces[len(v.fields)])
	return true
}

// textEscaper escapes as html/template does in text and in attributes.
var textEscaper = strings.NewReplacer(
	"\x00", "\ufffd", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

// inAddress and inFragment return what html/template writes in addresses.
var inAddress, inFragment = escaper(`<a href="`, `">`), escaper(`<a href="#`, `">`)

// escaper returns what html/template writes for a string between before and after.
func escaper(before, after string) func(s string) string {
	t := template.Must(template.New("").Parse(before + "{{.}}" + after))
	return func(s string) string {
		var b strings.Builder
		if err := t.Execute(&b, s); err != nil {
			panic("template: " + err.Error())
		}
		return strings.TrimSuffix(strings.TrimPrefix(b.String(), before), after)
	}
}

// isPlainAddress reports whether html/template writes an address unchanged, as it
// does with all that the site makes itself.
func isPlainAddress(s string) bool {
	if i := strings.Index(s, "://"); i >= 0 && (s[:i] == "https" || s[:i] == "http") {
		s = s[i+len("://"):]
	}
	return IsPlain(s, "/#?=")
}

// IsPlain reports whether s consists of characters that are never escaped, in
// addresses, HTML or XML, and those of more.
func IsPlain(s, more string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z':
		case strings.IndexByte("-._~", c) >= 0, strings.IndexByte(more, c) >= 0:
		default:
			return false
		}
	}
	return true
}
