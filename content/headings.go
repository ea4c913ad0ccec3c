package content

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"
)

// maxHeadings is how many headings an article may have.
const maxHeadings = 1000

// collectIDs notes the ids that headings are given, so that none that is made
// from a title takes one of them, and reports those given twice.
func (r *renderer) collectIDs(doc ast.Node) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		id := r.givenID(h)
		if id != "" && r.ids[id] {
			r.errorf(r.bracePos(h), "duplicate-id", "heading id %q stands twice", id).
				Suggestion = "ids name sections in links: give each section its own"
		}
		r.ids[id] = true
	}
}

// givenID returns the id written in {#id}, or "".
func (r *renderer) givenID(h *ast.Heading) string {
	v, _ := h.AttributeString("id")
	id, _ := v.([]byte)
	return string(id)
}

// bracePos returns where in the source the braces of a heading stand.
func (r *renderer) bracePos(h *ast.Heading) int {
	start := h.Pos()
	if n := h.Lines().Len(); n > 0 {
		start = h.Lines().At(n - 1).Start
	}
	line, _, _ := bytes.Cut(r.source[start:], []byte{'\n'})
	return start + max(0, bytes.LastIndexByte(line, '{'))
}

// heading writes a heading that is a block of the article itself, and begins a
// section.
func (r *renderer) heading(h *ast.Heading) {
	s := Section{Level: h.Level, Line: r.lines.at(h.Pos()).Line, at: r.out.Len()}
	r.proveOrder(h)
	id := r.givenID(h)
	r.proveAttributes(h, id)
	// The id may depend on the title, which is known when it has been written.
	r.inlines(h)
	inner := string(r.out.Bytes()[s.at:])
	s.Title = plain([]byte(inner))
	if s.ID = id; id == "" {
		s.ID = r.makeID(s.Title)
	}
	r.proveTitle(h, s.Title)
	open := fmt.Sprintf(`<h%d id="%s">`, h.Level, s.ID)
	r.out.Truncate(s.at)
	r.write(open, inner, "</h", strconv.Itoa(h.Level), ">\n")
	r.shift(s.at, len(open))
	s.from = r.out.Len()
	r.article.Sections = append(r.article.Sections, s)
	if len(r.article.Sections) == maxHeadings+1 {
		r.errorf(h.Pos(), "too-large", "more than %d headings", maxHeadings)
	}
}

// proveOrder reports a heading of level one, which the title is, and a level
// left out.
func (r *renderer) proveOrder(h *ast.Heading) {
	above := 1
	if n := len(r.article.Sections); n > 0 {
		above = r.article.Sections[n-1].Level
	}
	switch {
	case h.Level == 1:
		r.errorf(h.Pos(), "heading-order", "the article's title is its heading of level 1").
			Suggestion = "begin with ##"
	case h.Level > above+1:
		r.warnf(h.Pos(), "heading-order", "a heading of level %d follows one of level %d", h.Level, above).
			Suggestion = "write " + strings.Repeat("#", above+1)
	}
}

// proveAttributes reports what stands in braces besides an id, and an id that is
// not well formed.
func (r *renderer) proveAttributes(h *ast.Heading, id string) {
	written := false
	for _, attr := range h.Attributes() {
		if string(attr.Name) != "id" {
			r.errorf(r.bracePos(h), "heading-id", "a heading takes an id, not %q", attr.Name).
				Suggestion = "write {#id}"
		}
		written = written || string(attr.Name) == "id"
	}
	if written && !isID(id) {
		r.errorf(r.bracePos(h), "heading-id", "heading id %q is not made of %s", id, idForm)
	}
}

// proveTitle reports a title that is empty, hides something, or ends in braces
// that are no attributes.
func (r *renderer) proveTitle(h *ast.Heading, title string) {
	switch {
	case title == "":
		r.errorf(h.Pos(), "heading-id", "a heading without text")
	case hasInvisible(title):
		r.errorf(h.Pos(), "invisible", "the heading holds an invisible character").Suggestion = "delete it"
	case strings.Contains(title, "{#"):
		r.errorf(r.bracePos(h), "heading-id", "the id of this heading cannot be read").
			Suggestion = "end the line with {#id}, made of " + idForm
	}
}

// makeID returns an id made from a title that no other heading has.
func (r *renderer) makeID(title string) string {
	base := slug(title)
	id := base
	for n := 2; r.ids[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	r.ids[id] = true
	return id
}

// slug makes an id of a title: letters without their accents, everything that is
// not a letter or digit of ASCII a hyphen. A title without any is a section.
func slug(title string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ToLower(title)) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case unicode.Is(unicode.Mn, c):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if id := strings.TrimSuffix(b.String(), "-"); id != "" {
		return id
	}
	return "section"
}
