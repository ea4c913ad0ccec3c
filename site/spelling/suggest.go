package spelling

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostSuggestions = 3
	longestMistake  = 30 // bytes; longer words get no suggestions
)

// Suggest returns words that may have been meant, the most probable first: those that differ by a frequent mistake, by
// one letter, or by a space. There are at most three, and none for long words.
func (d *Dictionary) Suggest(word string) (all []string) {
	word = d.input.Replace(word)
	if len(word) > longestMistake || !utf8.ValidString(word) {
		return nil
	}
	known := map[part]derivation{} // candidates have most parts in common
	try := func(candidate string) bool {
		words := strings.Fields(candidate)
		unknown := func(w string) bool { return !d.hasWith(w, known) }
		if len(words) > 0 && !slices.ContainsFunc(words, unknown) && !slices.Contains(all, candidate) {
			all = append(all, candidate)
		}
		return len(all) < mostSuggestions
	}
	for _, r := range d.replace {
		for i := range word {
			if rest, ok := strings.CutPrefix(word[i:], r[0]); ok && !try(word[:i]+r[1]+rest) {
				return all
			}
		}
	}
	letters := []rune(word)
	if d.swapped(letters, try) && d.changed(letters, try) {
		if first, second, ok := d.Split(word); ok {
			try(first + " " + second)
		}
	}
	return all
}

// swapped tries words with two letters swapped or one less.
func (d *Dictionary) swapped(word []rune, try func(string) bool) bool {
	for i := range word {
		if !try(string(slices.Delete(slices.Clone(word), i, i+1))) {
			return false
		}
		if i > 0 {
			other := slices.Clone(word)
			other[i-1], other[i] = word[i], word[i-1]
			if !try(string(other)) {
				return false
			}
		}
	}
	return true
}

// changed tries words with another letter, or one more.
func (d *Dictionary) changed(word []rune, try func(string) bool) bool {
	for _, letter := range d.letters {
		if unicode.IsUpper(letter) {
			continue
		}
		for i := range len(word) + 1 {
			if !try(string(slices.Insert(slices.Clone(word), i, letter))) {
				return false
			}
			if i < len(word) {
				other := slices.Clone(word)
				if other[i] = letter; !try(string(other)) {
					return false
				}
			}
		}
	}
	return true
}

// Split parts two words that were written as one. Both have at least two letters, and one has three.
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
