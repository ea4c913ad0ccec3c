package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class is what a rune is to the reader of words.
type class uint8

const (
	other      class = iota // parts words
	joiner                  // joins two parts of one word: e-1042, join.me
	apostrophe              // parts words; what stands before it may be an elided article
	invisible               // is not there: soft hyphens, zero-width characters
	wide                    // of a byte: more than one make the rune
	letter                  // of a word
	digit                   // of a word
)

// spells reports whether words are made of the like.
func (c class) spells() bool { return c >= letter }

// classes are those of single bytes.
var classes = func() (table [256]class) {
	for b := range table {
		table[b] = wide
		if b < utf8.RuneSelf {
			table[b] = foldOf(rune(b)).class
		}
	}
	return
}()

// folds holds, for each rune below its length, what it folds to. Longer texts
// of the world are folded as they come.
var folds = func() (table [0x250]folded) {
	for r := range table {
		table[r] = fold(rune(r))
	}
	return
}()

// folded is a rune without case and accents.
type folded struct {
	class class
	text  string // of letters and digits only
}

// special are letters that Unicode does not take apart.
var special = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ł': "l", 'ħ': "h", 'ı': "i", 'ς': "σ",
	'ﬁ': "fi", 'ﬂ': "fl",
}

func foldOf(r rune) folded {
	if int(r) < len(folds) {
		return folds[r]
	}
	return fold(r)
}

// fold takes a rune apart (NFD), drops its accents and lowers its case. The
// page's script does the same with a whole text.
func fold(r rune) folded {
	c := classOf(r)
	if c != letter && c != digit {
		return folded{class: c}
	}
	var text []byte
	for _, part := range norm.NFD.String(string(r)) {
		low := unicode.ToLower(part)
		switch s, ok := special[low]; {
		case unicode.Is(unicode.Mn, part):
		case ok:
			text = append(text, s...)
		default:
			text = append(text, string(low)...)
		}
	}
	if len(text) == 0 {
		return folded{class: invisible}
	}
	return folded{c, string(text)}
}

func classOf(r rune) class {
	switch r {
	case '\'', '’', 'ʼ', '‘', '`', '´', '′', 'ʹ', '＇':
		return apostrophe
	case '-', '.', '_', '‐', '‑':
		return joiner
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return invisible
	}
	switch {
	case unicode.IsLetter(r), unicode.Is(unicode.Mc, r):
		return letter
	case unicode.Is(unicode.Mn, r):
		return invisible
	case unicode.IsNumber(r):
		return digit
	}
	return other
}
