package lint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A passage is a text that stands by itself, as readers see it: a block of an
// article, its title, a message.
type passage struct {
	*language
	text  string
	lower string // text in lower case, byte for byte as long
	markup
	words     []word
	sentences []sentence
	dates     []date
	alien     []int // sentences that are in another language, once that was judged

	at     place
	placer placer
}

// place is where in a file a passage begins: at a line, or at a key.
type place struct {
	line int
	key  string
}

// A span is a part of a text, in bytes.
type span struct{ from, to int }

// A word is a stretch of letters and digits.
type word struct {
	span
	bold, code bool
	aside      bool // in brackets
	capital    bool // begins with a capital letter
	initial    bool // first of a sentence
}

// A sentence is a part of a text that ends at a full stop, or at the end of a
// line or cell.
type sentence struct {
	span
	first, last int // its words: words[first:last]
}

func newPassage(text string, lang *language, m markup) *passage {
	t := &passage{language: lang, text: text, lower: lower(text), markup: m}
	t.readWords()
	t.readSentences()
	t.readDates()
	return t
}

// lower returns a text in lower case whose bytes stand where they stood.
func lower(s string) string {
	low := strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
	if len(low) != len(s) { // not UTF-8
		return s
	}
	return low
}

// wordAt returns the index of the first word from an offset on.
func (t *passage) wordAt(off int) int {
	i, _ := slices.BinarySearchFunc(t.words, off, func(w word, off int) int { return w.from - off })
	return i
}

// word returns a word in lower case.
func (t *passage) word(i int) string { return t.lower[t.words[i].from:t.words[i].to] }

// readWords finds the words of the text and what markup they stand in.
func (t *passage) readWords() {
	t.words = make([]word, 0, len(t.text)/6+1)
	depth := 0
	for i := 0; i < len(t.text); {
		r, size := utf8.DecodeRuneInString(t.text[i:])
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case r == '\n' || r == '\t':
			depth = 0
		case wordRune(r):
			to := wordEnd(t.text, i)
			t.words = append(t.words, word{span: span{i, to}, aside: depth > 0, capital: unicode.IsUpper(r)})
			size = to - i
		}
		i += size
	}
	t.mark(t.bold, func(w *word) { w.bold = true })
	t.mark(t.code, func(w *word) { w.code = true })
}

func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// wordEnd returns where the word that begins at an offset ends.
func wordEnd(text string, from int) int {
	for i, r := range text[from:] {
		if !wordRune(r) {
			return from + i
		}
	}
	return len(text)
}

// mark calls set for each word that stands in one of some spans, both in order.
func (t *passage) mark(spans []span, set func(*word)) {
	i := 0
	for _, s := range spans {
		for i < len(t.words) && t.words[i].to <= s.from {
			i++
		}
		for k := i; k < len(t.words) && t.words[k].from < s.to; k++ {
			set(&t.words[k])
		}
	}
}

// readSentences parts the text at the ends of lines and cells, and after full
// stops, question and exclamation marks that white space follows.
func (t *passage) readSentences() {
	from, first, next := 0, 0, 0
	end := func(to int) {
		for next < len(t.words) && t.words[next].from < to {
			next++
		}
		if next > first {
			t.sentences = append(t.sentences, sentence{span{from, to}, first, next})
			t.words[first].initial = true
		}
		from, first = to, next
	}
	for i := 0; i < len(t.text); i++ {
		switch c := t.text[i]; {
		case c == '\n' || c == '\t':
			end(i)
			from = i + 1
		case (c == '.' || c == '!' || c == '?') && i+1 < len(t.text):
			after := i + 1 + closing(t.text[i+1:])
			if after < len(t.text) && t.text[after] == ' ' && !t.abbreviated(i) {
				end(after)
			}
		}
	}
	end(len(t.text))
}

// closing returns the length of the quotation marks and brackets that a text
// begins with.
func closing(text string) int {
	return len(text) - len(strings.TrimLeft(text, `"'”’»)]`))
}

// abbreviated reports whether the full stop at an offset ends no sentence: it
// stands after an abbreviation or a single letter.
func (t *passage) abbreviated(stop int) bool {
	if t.text[stop] != '.' {
		return false
	}
	from := stop
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(t.text[:from])
		if !wordRune(r) {
			break
		}
		from -= size
	}
	before := t.lower[from:stop]
	return utf8.RuneCountInString(before) == 1 && !unicode.IsDigit(rune(before[0])) || t.tongue.abbreviations[before]
}
