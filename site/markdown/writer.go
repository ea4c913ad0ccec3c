package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A gap separates two blocks.
type gap int

const (
	noGap gap = iota
	newLine
	blankLine
)

// A writer is a document being written.
type writer struct {
	out   []byte
	link  func(string) string
	start bool // whether the document, item or quote has no text yet
	gap   gap  // to write before the next text
	space bool // to write before the next text

	opening []string // marks to be written with the next text

	prefix []byte   // of each line: marks of quotes, and the indentation of items
	outer  []int    // length of prefix outside each item and quote
	lists  []int    // next number of each list; 0 for bullets
	links  [][]byte // addresses of open links
	quotes []bool   // whether each open div and blockquote is a quote

	hides  []byte // name of the element being left out
	hidden int    // how many elements of that name are open

	code     *bytes.Buffer // the text of the current code; nil outside code
	fenced   bool          // whether the code is a block
	language string        // of the block

	inRow         bool
	rows, columns int
}

func pop[T any](stack *[]T) (top T) {
	if last := len(*stack) - 1; last >= 0 {
		top, *stack = (*stack)[last], (*stack)[:last]
	}
	return top
}

// separate ends a block. A row of a table cannot contain blocks, so there it is a space.
func (w *writer) separate(by gap) {
	switch {
	case w.inRow:
		w.space = w.space || by > noGap
	case !w.start:
		w.gap = max(w.gap, by)
	}
}

// begin writes what must come before text.
func (w *writer) begin() {
	switch {
	case w.gap == noGap:
		if w.space && !w.start {
			w.out = append(w.out, ' ')
		}
	default:
		if w.gap == blankLine {
			w.out = append(w.out, '\n')
			w.out = append(w.out, bytes.TrimRight(w.prefix, " ")...)
		}
		w.out = append(w.out, '\n')
		w.out = append(w.out, w.prefix...)
	}
	w.start, w.space, w.gap = false, false, noGap
	for _, mark := range w.opening {
		w.out = append(w.out, mark...)
	}
	w.opening = w.opening[:0]
}

// mark writes Markdown syntax.
func (w *writer) mark(s string) {
	w.begin()
	w.out = append(w.out, s...)
}

// enter begins an item or a quote, and indents its further lines.
func (w *writer) enter(sign string) {
	if w.inRow {
		return
	}
	w.mark(sign)
	w.outer = append(w.outer, len(w.prefix))
	if sign == "> " {
		w.prefix = append(w.prefix, sign...)
	} else {
		for range len(sign) {
			w.prefix = append(w.prefix, ' ')
		}
	}
	w.start = true
}

// leave ends an item or a quote.
func (w *writer) leave() {
	if w.inRow {
		w.space = true
		return
	}
	w.prefix = w.prefix[:pop(&w.outer)]
	w.start, w.gap = false, newLine
}

// breakLine ends a line within a paragraph.
func (w *writer) breakLine() {
	if w.inRow || w.start || w.gap != noGap {
		w.space = true
		return
	}
	w.out = append(w.out, '\\')
	w.gap = newLine
}

// last returns the last byte written.
func (w *writer) last() byte {
	if len(w.out) == 0 {
		return ' '
	}
	return w.out[len(w.out)-1]
}

// needsSpace reports whether a word must not directly follow a byte.
func needsSpace(c byte) bool {
	return c >= utf8.RuneSelf || c == '*' || c == ')' || c == '.' || 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// A class says what a byte can mean in text.
type class uint8

const (
	letter    class = iota // or any other byte without a meaning
	firstSign              // a sign of Markdown in the first word of a block
	white                  // separates words
	sign                   // a sign of Markdown anywhere
)

var classes = func() (list [256]class) {
	for class, chars := range map[class]string{white: " \t\r\n\f", sign: "\\`*_[]<|~&#", firstSign: ">+-=.)"} {
		for _, c := range []byte(chars) {
			list[c] = class
		}
	}
	return list
}()

// halts is 0 for bytes of words that mean nothing, 1 for a space, and 2 for all others. Plain words end where two
// neighbours add up to 2 or more. That takes one comparison per byte, which the processor can predict.
var halts = func() (list [256]uint8) {
	for c, class := range classes {
		if class >= white {
			list[c] = 2
		}
	}
	list[' '] = 1
	return list
}()

// text writes the text at the start of s and returns what follows it: a tag or nothing.
func (w *writer) text(s []byte) (rest []byte) {
	if w.hidden == 0 && w.code == nil { // most texts are plain throughout
		if s = w.plain(s); beginsTag(s) {
			return s
		}
	}
	end := tagAt(s)
	switch {
	case w.hidden > 0:
	case w.code != nil:
		w.code.Write(unescape(s[:end]))
	default:
		w.words(unescape(s[:end]))
	}
	return s[end:]
}

// plain writes words up to one that needs a closer look, and returns the rest, beginning with that word.
func (w *writer) plain(s []byte) (rest []byte) {
	for len(s) > 0 {
		if isWhite(s[0]) {
			w.space = true
			s = s[1:]
			continue
		}
		if !isLetter(s[0]) && w.beginsBlock() {
			break
		}
		end := plainWords(s)
		if end == 0 {
			break
		}
		w.begin()
		w.out = append(w.out, s[:end]...)
		s = s[end:]
	}
	return s
}

// words writes words of any kind.
func (w *writer) words(s []byte) {
	for len(s) > 0 {
		if s = w.plain(s); len(s) == 0 {
			break
		}
		first, end := w.beginsBlock(), wordLength(s)
		w.begin()
		w.escape(s[:end], first)
		s = s[end:]
	}
}

// beginsBlock reports whether the next word is the first of its block.
func (w *writer) beginsBlock() bool { return w.start || w.gap != noGap }

// plainWords returns the length of the words at the start of s that are separated by single spaces and mean nothing
// in Markdown unless they begin a block. The first byte must not be a space.
func plainWords(s []byte) int {
	end, last := len(s), uint8(0)
	for i, c := range s {
		if last+halts[c] >= 2 {
			end = i
			break
		}
		last = halts[c]
	}
	if end < len(s) && !isWhite(s[end]) && !beginsTag(s[end:]) { // the last of these words contains a sign
		end = bytes.LastIndexByte(s[:end], ' ')
	}
	if end > 0 && s[end-1] == ' ' {
		end--
	}
	return max(end, 0)
}

// wordLength returns the length of the word at the start of s.
func wordLength(s []byte) int {
	for i, c := range s {
		if isWhite(c) {
			return i
		}
	}
	return len(s)
}

// Escape returns a text on one line, with the signs of Markdown escaped.
func Escape(text string) string {
	w := writer{out: make([]byte, 0, len(text)+8)}
	w.escape(bytes.Join(bytes.Fields([]byte(text)), []byte(" ")), true)
	return string(w.out)
}

// escape writes a text with the signs of Markdown escaped. First says whether the text begins a block, where more
// signs have a meaning.
func (w *writer) escape(s []byte, first bool) {
	written := 0
	for i, c := range s {
		if classes[c] != letter && special(s, i, first) {
			w.out = append(w.out, s[written:i]...)
			w.out = append(w.out, '\\')
			written = i
		}
	}
	w.out = append(w.out, s[written:]...)
}

func special(s []byte, i int, first bool) bool {
	switch c := s[i]; c {
	case '\\', '`', '*', '_', '[', ']', '<', '|', '~':
		return true
	case '&':
		return bytes.IndexByte(s[i:], ';') >= 0
	case '#': // begins or ends a heading
		return i == 0 && (first || len(bytes.Trim(s, "#")) == 0)
	case '>', '+', '-', '=':
		return first && i == 0
	case '.', ')':
		return first && i > 0 && len(bytes.Trim(s[:i], "0123456789")) == 0
	}
	return false
}

// endLink writes the address of a link or picture after its text.
func (w *writer) endLink(to []byte) {
	w.out = append(w.out, "]("...)
	address := w.link(string(to))
	if strings.ContainsAny(address, " ()<>") {
		address = "<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(address) + ">"
	}
	w.out = append(w.out, address...)
	w.out = append(w.out, ')')
}

// endCode writes a piece of code, in a fence longer than any in the code.
func (w *writer) endCode() {
	text, fence := w.code.String(), "`"
	w.code = nil
	if w.fenced {
		fence = "```"
	}
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if !w.fenced {
		text = strings.Join(strings.Fields(text), " ")
		if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
			text = " " + text + " "
		}
		if w.inRow {
			text = strings.ReplaceAll(text, "|", `\|`)
		}
		w.mark(fence + text + fence)
		return
	}
	w.separate(blankLine)
	w.mark(fence + w.language)
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		w.separate(newLine)
		w.mark(line)
	}
	w.separate(newLine)
	w.mark(fence)
	w.separate(blankLine)
}
