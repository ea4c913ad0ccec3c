package article

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"
)

// headings takes the ids that headings are given, so that none that is made from
// a title takes one of them, and reports those given twice. It returns false
// where there are too many headings to go on.
func (r *renderer) headings(doc ast.Node) bool {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		if len(r.given) == maxHeadings {
			r.found = append(r.found, tooLarge(r.lines.At(h.Pos()), "headings", maxHeadings))
			return false
		}
		off, id, ok := r.takeID(h)
		if ok {
			r.checkID(off, id)
			r.ids[id] = 1
		}
		r.given = append(r.given, id)
	}
	return true
}

func (r *renderer) checkID(off int, id string) {
	switch {
	case !IsID(id):
		r.errorf(off, "heading-id", "heading id %q is not made of %s", id, IDForm)
	case r.ids[id] > 0:
		r.errorf(off, "duplicate-id", "heading id %q stands twice", id).
			Suggestion = "ids name sections in links: give each section its own"
	}
}

// takeID takes the id that ends a heading, written {#id}, out of its text, and
// returns where it stands. goldmark could do so too, but would take any
// attribute.
func (r *renderer) takeID(h *ast.Heading) (off int, id string, ok bool) {
	last, ok := h.LastChild().(*ast.Text)
	if !ok {
		return 0, "", false
	}
	text := last.Segment.Value(r.source)
	open := bytes.LastIndex(text, []byte("{#"))
	if open < 0 || text[len(text)-1] != '}' || open > 0 && text[open-1] == '\\' {
		return 0, "", false
	}
	off = last.Segment.Start + open
	last.Segment = last.Segment.WithStop(off)
	last.Segment = last.Segment.TrimRightSpace(r.source)
	return off, string(text[open+2 : len(text)-1]), true
}

// heading writes a heading that is a block of the article itself, and begins a
// section.
func (r *renderer) heading(h *ast.Heading) {
	r.checkOrder(h)
	s := Section{ID: r.given[len(r.sections)], Level: int32(h.Level), Line: r.lines.pos(h.Pos()).Line, at: r.len()}
	placeholders, links := len(r.placeholders), len(r.links)
	r.inlines(h) // before its tag: the id may depend on the title
	s.Title = plain(r.out.Bytes()[s.at:])
	r.checkTitle(h, s.Title)
	if s.ID == "" {
		s.ID = r.makeID(s.Title)
	}
	tag := "h" + strconv.Itoa(h.Level)
	r.insert(s.at, "<"+tag+` id="`+html.EscapeString(s.ID)+`">`, placeholders, links)
	r.write("</", tag, ">\n")
	s.from = r.len()
	r.sections = append(r.sections, s)
}

// checkOrder reports a heading of level one, which the title is, and a level
// left out.
func (r *renderer) checkOrder(h *ast.Heading) {
	above := 1
	if n := len(r.sections); n > 0 {
		above = int(r.sections[n-1].Level)
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

// checkTitle reports a title that is empty, hides something, or ends in braces
// that are no id.
func (r *renderer) checkTitle(h *ast.Heading, title string) {
	switch {
	case title == "":
		r.errorf(h.Pos(), "heading-id", "a heading without text")
	case hasInvisible(title):
		r.errorf(h.Pos(), "invisible", "the heading holds an invisible character").Suggestion = "delete it"
	case attributes(title):
		r.errorf(r.bracePos(h), "heading-id", "what stands in braces after this heading is no id").
			Suggestion = "end the line with {#id}, made of " + IDForm
	}
}

// attributes reports whether a title ends like attributes of other kinds of
// Markdown, which this one does not have: {.class}, {key=value}, {#two #ids}.
func attributes(title string) bool {
	_, inner, ok := strings.Cut(title, "{")
	return ok && strings.HasSuffix(title, "}") && strings.ContainsAny(inner, "#.=")
}

// bracePos returns where in the source the last brace of a heading opens.
func (r *renderer) bracePos(h *ast.Heading) int {
	line, _, _ := bytes.Cut(r.source[h.Pos():], []byte{'\n'})
	return h.Pos() + max(0, bytes.LastIndexByte(line, '{'))
}

// makeID returns an id made from a title that no other heading has.
func (r *renderer) makeID(title string) string {
	base := slug(title)
	id := base
	for r.ids[id] > 0 {
		r.ids[base]++
		id = base + "-" + strconv.Itoa(r.ids[base])
	}
	r.ids[id] = 1
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
