// Package markdown writes HTML as Markdown, for readers that are programs.
//
//	markdown.Write(&b, html, func(address string) string { return address })
//
// It takes the HTML that a site makes of its pages, in one pass and without a tree,
// since every page is written in this form too. The result is CommonMark with tables.
// It has the headings, words, links and pictures of the HTML in their order. Forms,
// scripts and what is hidden are left out.
package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Write appends HTML as Markdown. The address of each link and picture passes through
// link.
func Write(b *bytes.Buffer, source []byte, link func(address string) string) {
	w := &writer{out: b, link: link, start: true}
	z := html.NewTokenizer(bytes.NewReader(source))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // the end
			b.WriteByte('\n')
			return
		case html.TextToken:
			w.text(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(readTag(z))
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(atom.Lookup(name))
		}
	}
}

// A tag is the start of an element with the attributes that matter.
type tag struct {
	atom.Atom
	address, alt, class, start string
	hidden, checked            bool
}

func readTag(z *html.Tokenizer) tag {
	name, more := z.TagName()
	t := tag{Atom: atom.Lookup(name)}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "href", "src":
			t.address = string(value)
		case "alt":
			t.alt = string(value)
		case "class":
			t.class = string(value)
		case "start":
			t.start = string(value)
		case "hidden":
			t.hidden = true
		case "checked":
			t.checked = true
		}
	}
	return t
}

// hides reports whether an element is left out with all that it contains.
func (t tag) hides() bool {
	switch t.Atom {
	case atom.Form, atom.Script, atom.Style, atom.Svg, atom.Template, atom.Noscript:
		return true
	}
	return t.hidden
}

// quotes reports whether an element is written as a quote.
func (t tag) quotes() bool { return t.Atom == atom.Blockquote || strings.HasPrefix(t.class, "alert ") }

// marks stand around the text of inline elements.
var marks = map[atom.Atom]string{atom.Strong: "**", atom.B: "**", atom.Em: "*", atom.I: "*", atom.Del: "~~"}

// headings begin the lines of headings.
var headings = map[atom.Atom]string{
	atom.H1: "# ", atom.H2: "## ", atom.H3: "### ", atom.H4: "#### ", atom.H5: "##### ", atom.H6: "###### ",
}

func (w *writer) open(t tag) {
	switch {
	case w.hidden > 0:
		if t.Atom == w.hides {
			w.hidden++
		}
	case t.hides():
		w.hides, w.hidden = t.Atom, 1
	case w.code != nil:
		if w.fenced && t.Atom == atom.Code {
			w.language = strings.TrimPrefix(t.class, "language-")
		}
	case marks[t.Atom] != "":
		w.opening = append(w.opening, marks[t.Atom])
	case headings[t.Atom] != "":
		w.separate(blankLine)
		w.mark(headings[t.Atom])
	default:
		w.openOther(t)
	}
}

func (w *writer) openOther(t tag) {
	switch t.Atom {
	case atom.A:
		w.openLink(t)
	case atom.Img:
		w.mark("![" + escape(t.alt, false) + "](" + w.destination(t.address) + ")")
	case atom.Video:
		w.mark("<" + w.link(t.address) + ">")
	case atom.Input:
		w.mark(map[bool]string{true: "[x]", false: "[ ]"}[t.checked])
	case atom.Code, atom.Pre:
		w.code, w.fenced, w.language = new(bytes.Buffer), t.Atom == atom.Pre, ""
	case atom.Br:
		w.breakLine()
	case atom.Span: // it may stand apart from the text before it
		w.space = w.space || !w.start && w.gap == noGap && needsSpace(w.last())
	case atom.Ol, atom.Ul:
		w.openList(t)
	case atom.Li:
		w.separate(newLine)
		w.enter(w.bullet())
	case atom.Dt:
		w.separate(blankLine)
		w.mark("**")
	case atom.Dd:
		w.separate(newLine)
		w.enter("- ")
	case atom.Div, atom.Blockquote:
		w.separate(blankLine)
		w.quotes = append(w.quotes, t.quotes())
		if t.quotes() {
			w.enter("> ")
		}
	case atom.Tr:
		w.openRow()
	case atom.Th, atom.Td:
		w.columns++
		w.space = true
	case atom.Table:
		w.separate(blankLine)
		w.rows = 0
	case atom.Hr:
		w.separate(blankLine)
		w.mark("---")
		w.separate(blankLine)
	default:
		w.separate(gaps[t.Atom])
	}
}

func (w *writer) close(a atom.Atom) {
	switch {
	case w.hidden > 0:
		if a == w.hides {
			w.hidden--
		}
	case w.code != nil:
		if a == atom.Pre || a == atom.Code && !w.fenced {
			w.endCode()
		}
	case marks[a] != "":
		if pop(&w.opening) == "" {
			w.out.WriteString(marks[a])
		}
	case headings[a] != "":
		w.separate(blankLine)
	default:
		w.closeOther(a)
	}
}

func (w *writer) closeOther(a atom.Atom) {
	switch a {
	case atom.A:
		w.out.WriteString("](" + w.destination(pop(&w.links)) + ")")
	case atom.Dt:
		w.out.WriteString("**")
		w.separate(blankLine)
	case atom.Li, atom.Dd:
		w.leave()
	case atom.Ol, atom.Ul:
		pop(&w.lists)
		w.separate(w.aroundList())
	case atom.Div, atom.Blockquote:
		if pop(&w.quotes) {
			w.leave()
		}
		w.separate(blankLine)
	case atom.Td, atom.Th:
		w.out.WriteString(" |")
	case atom.Tr:
		w.closeRow()
	default:
		w.separate(gaps[a])
	}
}

// openLink begins a link, which must not become a picture.
func (w *writer) openLink(t tag) {
	if w.gap == noGap && !w.space && w.last() == '!' {
		w.out.Truncate(w.out.Len() - 1)
		w.out.WriteString(`\!`)
	}
	w.mark("[")
	w.links = append(w.links, t.address)
}

func (w *writer) openList(t tag) {
	next := 0 // a bullet
	if t.Atom == atom.Ol {
		if next, _ = strconv.Atoi(t.start); t.start == "" {
			next = 1
		}
	}
	w.separate(w.aroundList())
	w.lists = append(w.lists, next)
}

// aroundList is the gap before and after a list: a nested one belongs to the text
// above it.
func (w *writer) aroundList() gap {
	if len(w.outer) > 0 {
		return newLine
	}
	return blankLine
}

// bullet returns what begins an item.
func (w *writer) bullet() string {
	last := len(w.lists) - 1
	if last < 0 || w.lists[last] == 0 {
		return "- "
	}
	w.lists[last]++
	return strconv.Itoa(w.lists[last]-1) + ". "
}

func (w *writer) openRow() {
	w.separate(newLine)
	w.mark("|")
	w.inRow, w.columns = true, 0
	w.rows++
}

// closeRow adds the line below the first row.
func (w *writer) closeRow() {
	w.inRow = false
	w.separate(newLine)
	if w.rows == 1 {
		w.mark("|" + strings.Repeat(" --- |", w.columns))
		w.separate(newLine)
	}
}
