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

// headings writes the headings of an article and gives each an id.
type headings struct {
	*renderer
	given []string       // ids as written, "" if none
	at    []int          // offsets of the written ids in the source
	ids   map[string]int // all ids; how many headings would have each
}

func (h *headings) reset() {
	h.given, h.at = h.given[:0], h.at[:0]
	clear(h.ids)
}

// collect records the written ids and removes them from the headings, so that no id made from a title equals one.
// It returns false if there are too many headings.
func (h *headings) collect(doc ast.Node) bool {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		node, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		if len(h.given) == maxHeadings {
			h.found = append(h.found, tooLarge(h.lines.position(node.Pos()), "headings", maxHeadings))
			return false
		}
		off, id, ok := takeID(node, h.source)
		switch {
		case !ok:
		case !IsID(id):
			h.errorf(off, "heading-id", "heading id %q is not made of %s", id, IDForm)
		case h.ids[id] > 0:
			h.errorf(off, "duplicate-id", "duplicate heading id %q", id).
				Suggestion = "links name sections by their ids: give each section its own"
		}
		if ok {
			h.ids[id] = 1
			h.at = append(h.at, off)
		}
		h.given = append(h.given, id)
	}
	return true
}

// takeID removes the id that ends a heading, written {#id}, from its text, and returns its offset. goldmark's
// own parser would accept any attribute.
func takeID(h *ast.Heading, source []byte) (off int, id string, ok bool) {
	last, ok := h.LastChild().(*ast.Text)
	if !ok {
		return 0, "", false
	}
	text := last.Segment.Value(source)
	open := bytes.LastIndex(text, []byte("{#"))
	if open < 0 || text[len(text)-1] != '}' || open > 0 && text[open-1] == '\\' {
		return 0, "", false
	}
	off = last.Segment.Start + open
	last.Segment = last.Segment.WithStop(off)
	last.Segment = last.Segment.TrimRightSpace(source)
	return off, string(text[open+2 : len(text)-1]), true
}

// heading writes a top-level heading and begins a section.
func (h *headings) heading(n *ast.Heading) {
	h.checkLevel(n)
	s := Section{ID: h.given[len(h.sections)], Level: int32(n.Level), Line: h.lines.pos(n.Pos()).Line, at: h.len()}
	placeholders, links := len(h.placeholders), len(h.links)
	h.tags.inText(n) // before the opening tag, because the id may depend on the title
	s.Title = Plain(h.out.Bytes()[s.at:])
	h.checkTitle(n, s.Title)
	if s.ID == "" {
		s.ID = h.makeID(s.Title)
	}
	tag := "h" + strconv.Itoa(n.Level)
	h.insert(s.at, "<"+tag+` id="`+html.EscapeString(s.ID)+`">`, placeholders, links)
	h.write("</", tag, ">\n")
	s.from = h.len()
	h.sections = append(h.sections, s)
}

// insert inserts s into the output. It moves the placeholders and links from the given indexes on, which must be
// all that follow.
func (h *headings) insert(at int32, s string, placeholder, link int) {
	h.write(s)
	html, by := h.out.Bytes()[at:], int32(len(s))
	copy(html[by:], html)
	copy(html, s)
	for i := range h.placeholders[placeholder:] {
		h.placeholders[placeholder+i].At += by
	}
	for i := range h.links[link:] {
		h.links[link+i].from += by
		h.links[link+i].to += by
	}
}

// endSections sets where each section ends: at the next heading of its level or above.
func (h *headings) endSections() {
	for i := range h.sections {
		s := &h.sections[i]
		if s.to > 0 {
			return // they end before the footnotes
		}
		s.to = h.len()
		for _, next := range h.sections[i+1:] {
			if next.Level <= s.Level {
				s.to = next.at
				break
			}
		}
	}
}

// checkLevel reports headings of level 1, which is reserved for the article's title, and skipped levels.
func (h *headings) checkLevel(n *ast.Heading) {
	above := 1
	if last := len(h.sections) - 1; last >= 0 {
		above = int(h.sections[last].Level)
	}
	switch {
	case h.tags.details > 0:
		h.errorf(n.Pos(), "heading-order", "a heading cannot be in <details>").
			Suggestion = "close <details> before it, or make it a paragraph in bold"
	case n.Level == 1:
		h.errorf(n.Pos(), "heading-order", "the article's title is its heading of level 1").
			Suggestion = "begin with ##"
	case n.Level > above+1:
		h.warnf(n.Pos(), "heading-order", "a heading of level %d follows one of level %d", n.Level, above).
			Suggestion = "write " + strings.Repeat("#", above+1)
	}
}

// checkTitle reports a title that is empty, has invisible characters, or ends in braces that are not an id.
func (h *headings) checkTitle(n *ast.Heading, title string) {
	switch {
	case title == "":
		h.errorf(n.Pos(), "heading-id", "a heading without text")
	case hasInvisible(title):
		h.errorf(n.Pos(), "invisible", "the heading has an invisible character").Suggestion = "delete it"
	case attributes(title):
		line, _, _ := bytes.Cut(h.source[n.Pos():], []byte{'\n'})
		h.errorf(n.Pos()+max(0, bytes.LastIndexByte(line, '{')), "heading-id", "the braces after this heading are not an id").
			Suggestion = "end the line with {#id}, made of " + IDForm
	}
}

// attributes reports whether a title ends like the attributes of other Markdown dialects: {.class},
// {key=value}, {#two #ids}.
func attributes(title string) bool {
	_, inner, ok := strings.Cut(title, "{")
	return ok && strings.HasSuffix(title, "}") && strings.ContainsAny(inner, "#.=")
}

// makeID makes an id from a title, unlike that of any other heading.
func (h *headings) makeID(title string) string {
	base := Slug(title)
	id := base
	for h.ids[id] > 0 {
		h.ids[base]++
		id = base + "-" + strconv.Itoa(h.ids[base])
	}
	h.ids[id] = 1
	return id
}

// Slug makes an id from a title: letters without accents, and hyphens in place of everything but ASCII letters and
// digits. If there are none of these, it is "section".
func Slug(title string) string {
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
