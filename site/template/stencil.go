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

// A stencil is what a template makes of every view of one shape: fixed text, and
// gaps for the strings of the view. Thousands of articles have a few dozen shapes
// between them, so nearly all of them are made by filling gaps, which takes a
// small part of the time that html/template does.
type stencil struct {
	pieces [][]byte // one more than gaps
	gaps   []gap
}

type gap struct {
	of     int // which string of the view, in the order in which [outline] reads them
	manner manner
}

// manner is how html/template writes the string that belongs in a gap.
type manner uint8

const (
	asText     manner = iota // in text, and in an attribute with quotes
	asAddress                // in href="..." and the like
	asFragment               // in href="#..." and the like
	asIs                     // trusted: a template.HTML in text, a template.JS in a script
)

// Stencils are those of one template, by the shapes of its views.
type Stencils struct {
	execute func(b *bytes.Buffer, view any) error
	mu      sync.RWMutex
	byShape map[string]*stencil
}

// Of a shape that has come once there is no stencil yet: it may be the last of
// its kind. Of some there will be none, because they cannot be proven.
var seenOnce, unproven = new(stencil), new(stencil)

// mostStencils bounds what is kept of a template. Shapes that come later are
// executed each time.
const mostStencils = 1000

// NewStencils returns the stencils of a template for views of the type of view,
// or nil where it looks at more than a view's shape.
func NewStencils(all *template.Template, name string, view any) *Stencils {
	if !isPlainType(reflect.TypeOf(view)) || !isSimple(all, name) {
		return nil
	}
	return &Stencils{byShape: map[string]*stencil{}, execute: func(b *bytes.Buffer, view any) error { return Execute(all, b, name, view) }}
}

// outlines keeps the memory in which views are outlined.
var outlines = sync.Pool{New: func() any { return new(outline) }}

// Write writes what the template makes of a view.
func (s *Stencils) Write(b *bytes.Buffer, view any) error {
	o := outlines.Get().(*outline)
	defer outlines.Put(o)
	o.reset()
	o.read(reflect.ValueOf(view))
	if st := s.of(o, view); st != nil && st.fill(b, o.strings) {
		return nil
	}
	return s.execute(b, view)
}

// of returns the stencil for views of an outline's shape, or nil if there is none
// yet, or never will be.
func (s *Stencils) of(o *outline, view any) *stencil {
	s.mu.RLock()
	st, full := s.byShape[string(o.shape)], len(s.byShape) >= mostStencils
	s.mu.RUnlock()
	switch {
	case st == unproven, st == nil && full:
		return nil
	case st == nil:
		s.keep(o, seenOnce)
		return nil
	case st != seenOnce:
		return st
	}
	st = s.cut(view)
	s.keep(o, cmp.Or(st, unproven))
	return st
}

func (s *Stencils) keep(o *outline, st *stencil) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byShape[string(o.shape)] = st
}

// Uncut returns for how many shapes of views no stencil could be made.
func (s *Stencils) Uncut() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.byShape {
		if st == unproven {
			n++
		}
	}
	return n
}

// mark finds what stands for the strings of a view while a stencil is cut. It is
// written as it is wherever it stands.
var mark = regexp.MustCompile("stencil([0-9]+)gap")

// cut makes a stencil from a view, or returns nil where none can be proven. The
// template is executed with a mark in the place of each string, which shows the
// gaps, and once more with strings full of what must be escaped, which shows how
// each gap is written: all of that must be what the stencil would have made of it.
func (s *Stencils) cut(view any) *stencil {
	text, _, err := s.probe(view, func(i int) string { return fmt.Sprintf("stencil%dgap", i) })
	if err != nil {
		return nil
	}
	rest, strs, err := s.probe(view, func(i int) string { return fmt.Sprintf("%d'&#+ =<b>\"è\x00%%", i) })
	if err != nil {
		return nil
	}
	st, from := &stencil{}, 0
	for _, m := range mark.FindAllStringSubmatchIndex(text, -1) {
		piece := text[from:m[0]]
		of, _ := strconv.Atoi(text[m[2]:m[3]])
		after, ok := strings.CutPrefix(rest, piece)
		if !ok || of >= len(strs) {
			return nil
		}
		manner, after, ok := cutManner(after, strs[of])
		if !ok {
			return nil
		}
		st.pieces, st.gaps = append(st.pieces, []byte(piece)), append(st.gaps, gap{of, manner})
		from, rest = m[1], after
	}
	if text[from:] != rest {
		return nil
	}
	st.pieces = append(st.pieces, []byte(rest))
	return st
}

// probe executes the template for the view with other strings in it.
func (s *Stencils) probe(view any, name func(i int) string) (text string, strs []string, err error) {
	other := withStrings(reflect.ValueOf(view), func() string {
		strs = append(strs, name(len(strs)))
		return strs[len(strs)-1]
	})
	var b bytes.Buffer
	err = s.execute(&b, other.Interface())
	return b.String(), strs, err
}

// cutManner returns in which manner s has been written at the beginning of text,
// and what follows it.
func cutManner(text, s string) (manner, string, bool) {
	for m, written := range []string{asText: textEscaper.Replace(s), asAddress: inAddress(s), asFragment: inFragment(s), asIs: s} {
		if after, ok := strings.CutPrefix(text, written); ok {
			return manner(m), after, true
		}
	}
	return 0, "", false
}

// fill writes the stencil with a view's strings in its gaps, or nothing where
// that takes more than the stencil knows.
func (st *stencil) fill(b *bytes.Buffer, strs []string) bool {
	for _, g := range st.gaps {
		if s := strs[g.of]; g.manner == asAddress && !isPlainAddress(s) || g.manner == asFragment && !IsPlain(s, "") {
			return false
		}
	}
	for i, g := range st.gaps {
		b.Write(st.pieces[i])
		if g.manner == asText {
			textEscaper.WriteString(b, strs[g.of])
		} else {
			b.WriteString(strs[g.of])
		}
	}
	b.Write(st.pieces[len(st.gaps)])
	return true
}

// textEscaper writes what html/template writes in text and in attributes.
var textEscaper = strings.NewReplacer("\x00", "\ufffd", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

// inAddress and inFragment return what html/template writes in addresses.
var inAddress, inFragment = escaper(`<a href="`, `">`), escaper(`<a href="#`, `">`)

// escaper returns what html/template makes of a string between before and after.
func escaper(before, after string) func(s string) string {
	t := template.Must(template.New("").Parse(before + "{{.}}" + after))
	return func(s string) string {
		var b strings.Builder
		if err := t.Execute(&b, s); err != nil {
			panic("site: " + err.Error())
		}
		return strings.TrimSuffix(strings.TrimPrefix(b.String(), before), after)
	}
}

// isPlainAddress reports whether html/template writes an address as it is: so it
// does with all that this program makes up by itself.
func isPlainAddress(s string) bool {
	if i := strings.Index(s, "://"); i >= 0 && (s[:i] == "https" || s[:i] == "http") {
		s = s[i+len("://"):]
	}
	return IsPlain(s, "/#?=")
}

// IsPlain reports whether s holds nothing but what is never escaped, be it in
// addresses, HTML or XML, and the characters of more.
func IsPlain(s, more string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || strings.IndexByte("-._~", c) >= 0 || strings.IndexByte(more, c) >= 0) {
			return false
		}
	}
	return true
}
