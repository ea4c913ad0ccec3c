package spelling

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestMistake is the most bytes of a word for which anything is near.
const longestMistake = 30

// Near yields what may have been meant by a word: texts that differ from it by a frequent mistake in the language,
// or by one letter that is missing, extra, wrong or swapped with the next. They need not be words.
func (d *Dictionary) Near(word string) iter.Seq[string] {
	word = d.input.Replace(word)
	return func(yield func(string) bool) {
		if len(word) > longestMistake || !utf8.ValidString(word) {
			return
		}
		for _, r := range d.replace {
			for i := range word {
				if rest, ok := strings.CutPrefix(word[i:], r[0]); ok && !yield(word[:i]+r[1]+rest) {
					return
				}
			}
		}
		letters := []rune(word)
		for i := range len(letters) + 1 {
			if !d.nearAt(letters, i, yield) {
				return
			}
		}
	}
}

// nearAt yields the texts that differ from a word at the i-th letter.
func (d *Dictionary) nearAt(word []rune, i int, yield func(string) bool) bool {
	changed := func(old int, letters ...rune) bool {
		return yield(string(slices.Replace(slices.Clone(word), i, i+old, letters...)))
	}
	if i < len(word) && !changed(1) || i+1 < len(word) && !changed(2, word[i+1], word[i]) {
		return false
	}
	for _, letter := range d.letters {
		if !unicode.IsUpper(letter) && (!changed(0, letter) || i < len(word) && !changed(1, letter)) {
			return false
		}
	}
	return true
}

// HasStem reports whether the dictionary lists a word itself, not only as a form of another.
func (d *Dictionary) HasStem(word string) bool {
	_, ok := d.stems[word]
	return ok
}

// Letters returns the letters of the language's words, if the dictionary lists them.
func (d *Dictionary) Letters() []rune { return d.letters }

// Split divides two words that were written as one. Both have at least two letters, and one has at least three.
func (d *Dictionary) Split(word string) (first, second string, ok bool) {
	const least = 2
	word = d.input.Replace(word)
	for i := len(word) - least; len(word) <= longestWord && i >= least; i-- {
		if utf8.RuneStart(word[i]) && len(word) > 2*least && d.Has(word[:i]) && d.Has(word[i:]) {
			return word[:i], word[i:], true
		}
	}
	return "", "", false
}
