// Package invisible knows the characters that readers do not see, such as those
// that change the direction of text. They are refused in titles, ids and links.
package invisible

import "unicode"

// Invisible reports whether a reader sees nothing of the rune: format
// characters, such as those that turn the direction of text (UAX 9), separators
// of lines, and letters and marks without a picture. The joiners, which Persian,
// Indic scripts and emoji are written with, are not meant.
func Invisible(r rune) bool {
	switch r {
	case '\u200c', '\u200d':
		return false
	case '\u2028', '\u2029', '\u034f', '\u115f', '\u1160', '\u3164', '\uffa0':
		return true
	}
	return r > unicode.MaxASCII && unicode.Is(unicode.Cf, r)
}

// Hidden returns the first rune of a text that is invisible or a control
// character but for a tab or the end of a line, and whether there is one. In a
// string of TOML an escape can write what the bytes of a file may not hold.
func Hidden(text string) (rune, bool) {
	for _, r := range text {
		if Invisible(r) || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' {
			return r, true
		}
	}
	return 0, false
}
