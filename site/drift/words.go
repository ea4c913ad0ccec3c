package drift

import (
	"slices"
	"strings"
	"unicode"
)

// A WordDiff is a comparison of two texts word by word.
type WordDiff []wordSpan

// A wordSpan is a sequence of words in both texts, or in one of them.
type wordSpan struct {
	In    spanIn
	Words []string
}

// spanIn says which text has a span.
type spanIn uint8

const (
	inBoth spanIn = iota
	inOld         // removed
	inNew         // added
)

// maxDiff is the most pairs of words that are compared. In longer texts, everything between their common beginning
// and end counts as changed.
const maxDiff = 1 << 22

// diffWords compares two texts by a longest common subsequence of their words.
func diffWords(was, is string) WordDiff {
	a, b := strings.Fields(was), strings.Fields(is)
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var d WordDiff
	d.add(inBoth, a[:head]...)
	d.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	d.add(inBoth, a[len(a)-tail:]...)
	return d
}

// add appends words to the last span, or begins a new one.
func (d *WordDiff) add(in spanIn, words ...string) {
	switch last := len(*d) - 1; {
	case len(words) == 0:
	case last >= 0 && (*d)[last].In == in:
		(*d)[last].Words = append((*d)[last].Words, words...)
	default:
		*d = append(*d, wordSpan{in, slices.Clone(words)})
	}
}

func (d *WordDiff) middle(a, b []string) {
	if len(a)*len(b) > maxDiff {
		d.add(inOld, a...)
		d.add(inNew, b...)
		return
	}
	// common[i][j] is the number of words that a[i:] and b[j:] have in common. It fits into 16 bits, since the
	// shorter text has fewer than 1<<16 words.
	width := len(b) + 1
	common := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d.add(inBoth, a[i])
			i, j = i+1, j+1
		case common[(i+1)*width+j] >= common[i*width+j+1]:
			d.add(inOld, a[i])
			i++
		default:
			d.add(inNew, b[j])
			j++
		}
	}
	d.add(inOld, a[i:]...)
	d.add(inNew, b[j:]...)
}

// String returns both texts: [-removed-] {+added+} common.
func (d WordDiff) String() string { return d.Brief(1<<30, 1<<30) }

// Brief returns the differences, each shortened to at most most words, with the given number of words around them.
func (d WordDiff) Brief(around, most int) string {
	var parts []string
	for i, s := range d {
		switch {
		case s.In == inOld:
			parts = append(parts, "[-"+elide(s.Words, most/2, most-most/2)+"-]")
		case s.In == inNew:
			parts = append(parts, "{+"+elide(s.Words, most/2, most-most/2)+"+}")
		case i == 0:
			parts = append(parts, elide(s.Words, 0, around))
		case i == len(d)-1:
			parts = append(parts, elide(s.Words, around, 0))
		default:
			parts = append(parts, elide(s.Words, around, around))
		}
	}
	return strings.Join(parts, " ")
}

// elide returns the first and last words, with an ellipsis in place of the others.
func elide(words []string, head, tail int) string {
	if len(words) > head+tail {
		words = slices.Concat(words[:head], []string{"…"}, words[len(words)-tail:])
	}
	return strings.Join(words, " ")
}

// gist reduces a text to its substance: letters without their case, digits, and signs that change what a number
// means. Punctuation only separates words, except within a number: 1.5 is not 15, and 10:30 is not 10 30.
func gist(s string) string {
	runes := []rune(s)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	var b strings.Builder
	gap := false
	for i, r := range runes {
		number := unicode.IsDigit(at(i+1)) && (unicode.IsDigit(at(i-1)) || r == '-' && unicode.IsSpace(at(i-1)))
		if !number && !strings.ContainsRune("%‰", r) && (unicode.IsSpace(r) || unicode.IsPunct(r)) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
