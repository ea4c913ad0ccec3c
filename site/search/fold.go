package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A class is what a rune means to the scanner.
type class uint8

const (
	other      class = iota // separates words
	joiner                  // joins two parts of one word: e-1042, join.me
	apostrophe              // separates words; an elided article may be before it
	invisible               // is ignored: soft hyphens, zero-width characters
	wide                    // a byte of a longer rune
	letter                  // of a word
	digit                   // of a word
)

// spells reports whether words consist of such runes.
func (c class) spells() bool { return c >= letter }

// classes has the class of each byte.
var classes = func() (table [256]class) {
	for b := range table {
		table[b] = wide
		if b < utf8.RuneSelf {
			table[b] = foldOf(rune(b)).class
		}
	}
	return
}()

// folds has the first runes folded, which are most of what is written in Latin letters.
var folds = func() (table [0x250]folded) {
	for r := range table {
		table[r] = fold(rune(r))
	}
	return
}()

// A folded is a rune without case and accents.
type folded struct {
	class class
	text  string // of letters and digits only
}

// special has letters that Unicode does not decompose.
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

// fold decomposes a rune (NFD), drops its accents and lowers its case. The page's
// script does the same with a whole text.
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
