// Package template executes templates of html/template faster, with the same result.
//
// Thousands of articles have a few dozen shapes: which of their strings are empty, and how long their lists are.
// [Compile] takes a template that depends on nothing else. It executes the template once for each shape, with
// marked strings that show which field is where and how html/template escapes it. From then on it only writes the
// strings of a view between the fixed text, in a quarter of the time. If a string needs other escapes than in that
// execution, html/template does the work.
package template

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A variant is the result of a template for all views of one shape: fixed text, and fields for the strings of the
// view.
type variant struct {
	pieces [][]byte // one more than fields
	fields []field
}

type field struct {
	of       int // index of a string of the view; see [shape]
	escaping int // how html/template escapes it
}

const (
	asText     = iota // in text, or in a quoted attribute
	asAddress         // in href="..." and similar
	asFragment        // in href="#..." and similar
	asIs              // trusted: a template.HTML in text, a template.JS in a script
)

// escapings are the escaped forms of unsafeText.
var escapings = []string{
	asText: textEscaper.Replace(unsafeText), asIs: unsafeText,
	asAddress: escaped("<a href=\"/", "\">"), asFragment: escaped("<a href=\"#", "\">"),
}

// escaped returns what html/template writes for unsafeText between before and after.
func escaped(before, after string) string {
	var b strings.Builder
	t := template.Must(template.New("").Parse(before + "{{.}}" + after))
	if err := t.Execute(&b, unsafeText); err != nil {
		panic("template: " + err.Error())
	}
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), before), after)
}

// A Compiled is a template with its variants.
type Compiled struct {
	execute  func(b *bytes.Buffer, view any) error
	mu       sync.RWMutex
	variants map[string]*variant // by shape
}

// impossible is the variant of shapes that cannot be compiled.
var impossible = new(variant)

// maxVariants bounds the memory of a template. Templates are executed anew for any further shapes.
const maxVariants = 1000

// Compile compiles a template for views of the type of view. It returns nil if the template depends on more than
// the shape of a view.
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
	if v == nil && !full {
		v = cmp.Or(c.compile(view), impossible)
		c.mu.Lock()
		c.variants[string(s.code)] = v
		c.mu.Unlock()
	}
	if v == impossible {
		return nil
	}
	return v
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

// unsafeText contains what must be escaped in one way or another.
const unsafeText = "'&#+ =/?<b>\"è\x00%"

// marked matches the strings of a view while it is compiled: their number, and unsafeText as it was escaped. The
// characters around these are never escaped.
var marked = regexp.MustCompile(`(?s)string([0-9]+)from(.*?)mark`)

// rejected is what html/template writes in place of a string that it refuses.
const rejected = "ZgotmplZ"

// compile returns the variant of a view's shape, or nil if the shape cannot be compiled.
func (c *Compiled) compile(view any) *variant {
	count := 0
	other := withStrings(reflect.ValueOf(view), func() string {
		count++
		return fmt.Sprintf("string%dfrom%smark", count-1, unsafeText)
	})
	var b bytes.Buffer
	if err := c.execute(&b, other.Interface()); err != nil || bytes.Contains(b.Bytes(), []byte(rejected)) {
		return nil
	}
	v, from := &variant{}, 0
	for _, m := range marked.FindAllSubmatchIndex(b.Bytes(), -1) {
		of, _ := strconv.Atoi(string(b.Bytes()[m[2]:m[3]]))
		escaping := slices.Index(escapings, string(b.Bytes()[m[4]:m[5]]))
		if of >= count || escaping < 0 {
			return nil
		}
		v.pieces = append(v.pieces, b.Bytes()[from:m[0]])
		v.fields = append(v.fields, field{of, escaping})
		from = m[1]
	}
	v.pieces = append(v.pieces, b.Bytes()[from:])
	return v
}

// write writes the variant with the strings of a view. It writes nothing and returns false if a string needs
// escapes that the variant does not know.
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

// isPlainAddress reports whether html/template writes an address unchanged, as it does with every address that the
// site makes.
func isPlainAddress(s string) bool {
	if i := strings.Index(s, "://"); i >= 0 && (s[:i] == "https" || s[:i] == "http") {
		s = s[i+len("://"):]
	}
	return IsPlain(s, "/#?=")
}

// IsPlain reports whether s consists only of the characters in more and of those that are never escaped in
// addresses, HTML or XML.
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
