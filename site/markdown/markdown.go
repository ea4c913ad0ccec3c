// Package markdown writes HTML as Markdown, for programs to read.
//
//	markdown.Write(&b, html, func(address string) string { return address })
//
// It takes the HTML that a site makes for its pages. Since every page is also written as Markdown, it works in one
// pass and without a tree. The result is CommonMark with tables. It has the headings, words, links and pictures of
// the HTML, in the same order. Forms, scripts and hidden elements are left out.
package markdown

import (
	"bytes"
	"strconv"
	"strings"
)

// Write appends HTML as Markdown, passing the address of each link and picture through link.
func Write(b *bytes.Buffer, source []byte, link func(address string) string) {
	b.Grow(len(source)) // usually it gets shorter
	w := &writer{out: b.AvailableBuffer(), link: link, start: true}
	var t tag
	for {
		if source = w.text(source); len(source) == 0 {
			break
		}
		source = t.read(source)
		if t.ends {
			w.close(&t)
		} else {
			w.open(&t)
		}
	}
	b.Write(append(w.out, '\n'))
}

// A kind says how an element is written.
type kind int

const (
	block   kind = iota // separated from its surroundings by the gap of the element
	skipped             // left out with everything in it
	inline              // with sign before and after it
	heading             // with sign before it
	anchor
	picture
	video
	checkbox
	code
	codeBlock
	lineBreak
	span
	list
	numbers // a numbered list
	item
	term
	definition
	box
	row
	cell
	table
	rule
)

// An element describes the elements of one name.
type element struct {
	kind  kind
	sign  string // written around or before the text
	gap   gap    // written before and after
	empty bool   // whether it has no end tag
	raw   bool   // whether its text has no tags
}

var elements = map[string]*element{
	"form": {kind: skipped}, "script": {kind: skipped, raw: true},
	"style": {kind: skipped, raw: true}, "svg": {kind: skipped},
	"template": {kind: skipped}, "noscript": {kind: skipped},
	"strong": {kind: inline, sign: "**"}, "b": {kind: inline, sign: "**"}, "em": {kind: inline, sign: "*"},
	"i": {kind: inline, sign: "*"}, "del": {kind: inline, sign: "~~"},
	"h1": {kind: heading, sign: "# "}, "h2": {kind: heading, sign: "## "}, "h3": {kind: heading, sign: "### "},
	"h4": {kind: heading, sign: "#### "}, "h5": {kind: heading, sign: "##### "},
	"h6": {kind: heading, sign: "###### "},
	"a":  {kind: anchor}, "img": {kind: picture, empty: true}, "video": {kind: video}, "code": {kind: code},
	"input": {kind: checkbox, empty: true}, "pre": {kind: codeBlock}, "br": {kind: lineBreak, empty: true},
	"span": {kind: span}, "ol": {kind: numbers}, "ul": {kind: list}, "li": {kind: item}, "dt": {kind: term},
	"dd": {kind: definition}, "div": {kind: box}, "blockquote": {kind: box, sign: "> "},
	"tr": {kind: row}, "th": {kind: cell}, "td": {kind: cell}, "table": {kind: table, gap: blankLine},
	"hr": {kind: rule, empty: true},
	"p":  {gap: blankLine}, "section": {gap: blankLine}, "header": {gap: blankLine}, "footer": {gap: blankLine},
	"nav": {gap: blankLine}, "article": {gap: blankLine}, "figure": {gap: blankLine}, "figcaption": {gap: blankLine},
	"details": {gap: blankLine}, "summary": {gap: blankLine}, "dl": {gap: blankLine}, "caption": {gap: blankLine},
}

// quotes reports whether an element is written as a quote.
func (t *tag) quotes() bool { return t.sign != "" || bytes.HasPrefix(t.class, []byte("alert ")) }

func (w *writer) open(t *tag) {
	switch {
	case w.hidden > 0:
		if bytes.Equal(t.name, w.hides) {
			w.hidden++
		}
	case t.hidden && t.empty:
	case t.hidden || t.kind == skipped:
		w.hides, w.hidden = t.name, 1
	case w.code != nil:
		if w.fenced && t.kind == code {
			w.language = strings.TrimPrefix(string(t.class), "language-")
		}
	case t.kind == inline:
		w.opening = append(w.opening, t.sign)
	case t.kind == heading:
		w.separate(blankLine)
		w.mark(t.sign)
	default:
		w.openOther(t)
	}
}

func (w *writer) openOther(t *tag) {
	switch t.kind {
	case anchor:
		w.openLink(t)
	case picture:
		w.picture(t)
	case video:
		w.mark("<" + w.link(string(t.address)) + ">")
	case checkbox:
		w.mark(map[bool]string{true: "[x]", false: "[ ]"}[t.checked])
	case code, codeBlock:
		w.code, w.fenced, w.language = new(bytes.Buffer), t.kind == codeBlock, ""
	case lineBreak:
		w.breakLine()
	case span: // it may be set apart from the text before it
		w.space = w.space || !w.start && w.gap == noGap && needsSpace(w.last())
	case list, numbers:
		w.openList(t)
	case item:
		w.separate(newLine)
		w.enter(w.bullet())
	case term:
		w.separate(blankLine)
		w.mark("**")
	case definition:
		w.separate(newLine)
		w.enter("- ")
	case box:
		w.separate(blankLine)
		w.quotes = append(w.quotes, t.quotes())
		if t.quotes() {
			w.enter("> ")
		}
	case row:
		w.openRow()
	case cell:
		w.columns++
		w.space = true
	case rule:
		w.separate(blankLine)
		w.mark("---")
		w.separate(blankLine)
	default:
		if t.kind == table {
			w.rows = 0
		}
		w.separate(t.gap)
	}
}

func (w *writer) close(t *tag) {
	switch {
	case w.hidden > 0:
		if bytes.Equal(t.name, w.hides) {
			w.hidden--
		}
	case w.code != nil:
		if t.kind == codeBlock || t.kind == code && !w.fenced {
			w.endCode()
		}
	case t.kind == inline:
		if pop(&w.opening) == "" {
			w.out = append(w.out, t.sign...)
		}
	case t.kind == heading:
		w.separate(blankLine)
	default:
		w.closeOther(t)
	}
}

func (w *writer) closeOther(t *tag) {
	switch t.kind {
	case anchor:
		w.endLink(pop(&w.links))
	case term:
		w.out = append(w.out, "**"...)
		w.separate(blankLine)
	case item, definition:
		w.leave()
	case list, numbers:
		pop(&w.lists)
		w.separate(w.aroundList())
	case box:
		if pop(&w.quotes) {
			w.leave()
		}
		w.separate(blankLine)
	case cell:
		w.out = append(w.out, " |"...)
	case row:
		w.closeRow()
	default:
		w.separate(t.gap)
	}
}

// openLink begins a link. It escapes a preceding ! so the link does not become a picture.
func (w *writer) openLink(t *tag) {
	if w.gap == noGap && !w.space && w.last() == '!' {
		w.out = w.out[:len(w.out)-1]
		w.out = append(w.out, `\!`...)
	}
	w.mark("[")
	w.links = append(w.links, t.address)
}

func (w *writer) picture(t *tag) {
	w.mark("![")
	w.escape(t.alt, false)
	w.endLink(t.address)
}

func (w *writer) openList(t *tag) {
	next := 0 // a bullet
	switch {
	case t.kind == numbers && len(t.start) > 0:
		next, _ = strconv.Atoi(string(t.start))
	case t.kind == numbers:
		next = 1
	}
	w.separate(w.aroundList())
	w.lists = append(w.lists, next)
}

// aroundList returns the gap before and after a list. A nested list belongs to the text above it.
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
