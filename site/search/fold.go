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
	joiner                  // joins two parts of a word: e-1042, join.me
	apostrophe              // separates words; may follow an elided article
	invisible               // ignored: soft hyphens, zero-width characters
	wide                    // a byte of a longer rune
	spaceless               // of a script without spaces: each two adjacent letters are a word
	letter                  // of a word
	digit                   // of a word
)

// spells reports whether a rune of this class is part of a word.
func (c class) spells() bool { return c >= letter }

// classes holds the class of each byte.
var classes = func() (table [256]class) {
	for b := range table {
		table[b] = wide
		if b < utf8.RuneSelf {
			table[b] = classOf(rune(b))
		}
	}
	return
}()

// special holds letters that Unicode does not decompose.
var special = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ł': "l", 'ħ': "h", 'ı': "i", 'ς': "σ",
	'ﬁ': "fi", 'ﬂ': "fl",
}

// spell folds a run: it decomposes letters (NFD), drops accents, and converts to lower case. It writes all joiners
// as "-", and also inserts one between a small letter and a capital: retryCount is retry-count. The page's script
// does the same.
func spell(run string) string {
	text := make([]byte, 0, len(run))
	last := rune(0)
	for _, r := range norm.NFD.String(run) {
		if classOf(r) == invisible {
			continue
		}
		if unicode.IsLower(last) && unicode.IsUpper(r) {
			text = append(text, '-')
		}
		last = r
		switch low := unicode.ToLower(r); {
		case classOf(r) == joiner:
			text = append(text, '-')
		case special[low] != "":
			text = append(text, special[low]...)
		default:
			text = utf8.AppendRune(text, low)
		}
	}
	return string(text)
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
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana), r == 'ー':
		return spaceless
	case unicode.IsLetter(r), unicode.Is(unicode.Mc, r):
		return letter
	case unicode.Is(unicode.Mn, r):
		return invisible
	case unicode.IsNumber(r):
		return digit
	}
	return other
}
