// Package invisible recognises characters that readers do not see, such as those
// that change the direction of text. They are errors in titles, ids, links and words.
package invisible

import "unicode"

// Invisible reports whether readers do not see r: format characters, such as those that change the direction of
// text (UAX 9), line separators, and letters and marks without a glyph. The joiners do not count as invisible,
// because Persian, Indic scripts and emoji need them.
func Invisible(r rune) bool {
	switch r {
	case '\u200c', '\u200d':
		return false
	case '\u2028', '\u2029', '\u034f', '\u115f', '\u1160', '\u3164', '\uffa0':
		return true
	}
	return r > unicode.MaxASCII && unicode.Is(unicode.Cf, r)
}

// Hidden returns the first rune of a text that is invisible, or is a control character other than tab, CR and LF,
// and whether there is one.
func Hidden(text string) (rune, bool) {
	for _, r := range text {
		if Invisible(r) || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' {
			return r, true
		}
	}
	return 0, false
}
