package lint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/diag"
)

// A passage is a self-contained text as readers see it: a block of an article, its title, a message.
type passage struct {
	*language
	text  string
	lower string // the text in lower case, with the same offsets
	markup
	words     []word
	sentences []sentence
	dates     []date
	alien     []int // sentences in another language, set by the rule wrong-language

	line   int    // where an article has the passage: at a line, or
	key    string // at a key of its front matter
	marks  []mark // see source.marks
	placer placer
}

// A placer knows the positions of passages and collects their findings.
type placer interface {
	position(t *passage, off int) diag.Position
	report(f diag.Finding) *diag.Finding
	inSource(word string) bool // reports whether the text that this one translates has a word
}

// A span is a part of a text: byte offsets, or indexes of words.
type span struct{ from, to int }

// A mark is a word of a passage that was found in the source, with its offset there.
type mark struct {
	span
	source int
}

// A word is a run of letters and digits.
type word struct {
	span
	bold, code bool
	aside      bool   // in brackets or quotation marks
	capital    bool   // begins with a capital letter
	initial    bool   // first of a sentence
	of         uint64 // the languages that have it; set by the rule wrong-language
	*entry
}

// A sentence ends at a full stop, a line or a cell.
type sentence struct {
	span
	words span
}

func newPassage(text string, lang *language, m markup) *passage {
	t := &passage{language: lang, text: text, lower: lower(text), markup: m}
	maskAddresses(t)
	t.readWords()
	lang.lookUp(t)
	t.readSentences()
	t.readDates()
	return t
}

// lower returns a text in lower case with the same byte offsets.
func lower(s string) string {
	low := strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
	if len(low) != len(s) { // invalid UTF-8
		return s
	}
	return low
}

// warn reports a warning at an offset, or about the whole passage at -1. The result may be changed until the next
// warning.
func (t *passage) warn(off int, rule, format string, args ...any) *diag.Finding {
	return t.placer.report(diag.Warningf(t.placer.position(t, off), rule, format, args...))
}

// word returns a word in lower case.
func (t *passage) word(i int) string { return t.lower[t.words[i].from:t.words[i].to] }

// written returns words as they are written.
func (t *passage) written(words span) string {
	return t.text[t.words[words.from].from:t.words[words.to-1].to]
}

// whole returns the passage as one sentence.
func (t *passage) whole() sentence { return sentence{span{0, len(t.text)}, span{0, len(t.words)}} }

// between returns the text between two words.
func (t *passage) between(i, k int) string { return t.text[t.words[i].to:t.words[k].from] }

// markBefore reports whether one of the marks stands between a word and the one before it.
func (t *passage) markBefore(word int, marks string) bool {
	between := t.between(word-1, word)
	return between != " " && strings.ContainsAny(between, marks)
}

// inAlien reports whether a word is in a sentence of another language.
func (t *passage) inAlien(word int) bool {
	for _, i := range t.alien {
		if s := t.sentences[i].words; s.from <= word && word < s.to {
			return true
		}
	}
	return false
}

// inside reports whether an offset is in one of the spans, which are in ascending order.
func inside(spans []span, off int) bool {
	i, _ := slices.BinarySearchFunc(spans, off, func(s span, off int) int { return s.to - off - 1 })
	return i < len(spans) && spans[i].from <= off
}

// readWords finds the words and how they are marked.
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
	t.mark(quotations(t.text), func(w *word) { w.aside = true })
	t.mark(t.bold, func(w *word) { w.bold = true })
	t.mark(t.code, func(w *word) { w.code = true })
}

// quotations returns the spans between quotation marks on one line.
func quotations(text string) (all []span) {
	if !strings.ContainsFunc(text, func(r rune) bool { return r == '"' || r >= utf8.RuneSelf }) { // true of many texts
		return nil
	}
	for from := 0; ; {
		start := strings.IndexAny(text[from:], `"“„«`)
		if start < 0 {
			return all
		}
		start += from
		mark, size := utf8.DecodeRuneInString(text[start:])
		closing := map[rune]string{'"': "\"\n", '“': "”\n", '„': "“”\n", '«': "»\n"}[mark]
		end := strings.IndexAny(text[start+size:], closing)
		if from = start + size; end >= 0 && text[from+end] != '\n' {
			all = append(all, span{from, from + end})
			_, size = utf8.DecodeRuneInString(text[from+end:])
			from += end + size
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// wordEnd returns the end of the word that begins at an offset.
func wordEnd(text string, from int) int {
	for i, r := range text[from:] {
		if !wordRune(r) {
			return from + i
		}
	}
	return len(text)
}

// mark calls set for each word in one of the spans, which are in ascending order.
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

// readSentences divides the text at the ends of lines and cells, and after full stops, question marks and
// exclamation marks that are followed by a space.
func (t *passage) readSentences() {
	from, first, next := 0, 0, 0
	end := func(to int) {
		for next < len(t.words) && t.words[next].from < to {
			next++
		}
		if next > first {
			t.sentences = append(t.sentences, sentence{span{from, to}, span{first, next}})
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
			after := len(t.text) - len(strings.TrimLeft(t.text[i+1:], `"'”’»)]`))
			if after < len(t.text) && t.text[after] == ' ' && !t.abbreviated(i) {
				end(after)
			}
		}
	}
	end(len(t.text))
}

// abbreviated reports whether the full stop at an offset follows an abbreviation or a single letter, and so does
// not end a sentence.
func (t *passage) abbreviated(stop int) bool {
	i := t.wordAt(stop) - 1
	if i < 0 || t.words[i].to != stop || t.text[stop] != '.' {
		return false
	}
	w := t.word(i)
	return utf8.RuneCountInString(w) == 1 && !isDigit(w[0]) || t.Abbreviations[w]
}
