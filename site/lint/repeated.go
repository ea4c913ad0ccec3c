package lint

import "strings"

const (
	fewest   = 3  // words that are not said twice in a row by chance
	farApart = 30 // words, the longest half sentence
)

// repeated reports words that are said twice in a row: a half sentence, or one
// small word.
func (l *Linter) repeated(t *passage) {
	for from := 0; from < len(t.words); {
		to := t.line(from)
		if i, n := t.echo(from, to); n > 0 {
			again := t.words[i+n]
			t.warn(again.from, "repeated-text", "%q is said twice in a row", short(t.text[again.from:t.words[i+2*n-1].to])).
				Suggestion = "say it once"
			return
		}
		from = to
	}
}

// line returns the index of the first word after those of a line or cell.
func (t *passage) line(from int) int {
	end := len(t.text)
	if i := strings.IndexAny(t.text[t.words[from].from:], "\n\t"); i >= 0 {
		end = t.words[from].from + i
	}
	to := from
	for to < len(t.words) && t.words[to].from < end {
		to++
	}
	return to
}

// echo returns the first word of n words that the next n words repeat, or n = 0.
func (t *passage) echo(from, to int) (first, n int) {
	for gap := 1; gap <= farApart && from+2*gap <= to; gap++ {
		same := 0
		for i := from; i+gap < to; i++ {
			if t.word(i) != t.word(i+gap) || t.words[i].code {
				same = 0
				continue
			}
			if same++; same == gap && t.counts(i-gap+1, gap) {
				return i - gap + 1, gap
			}
		}
	}
	return 0, 0
}

// counts reports whether n words from the i-th on, once repeated, are a slip.
// What ends a sentence may well begin the next: "... a balance. A balance ...".
func (t *passage) counts(i, n int) bool {
	switch {
	case n > 1 && t.begins(i+n):
		return n >= fewest && t.begins(i) && t.begins(i+2*n)
	case n > 1:
		return n >= fewest
	}
	w := t.word(i)
	return t.small[w] && !t.twice[w] && t.between(i, i+1) == " " && !t.words[i].bold && !t.words[i+1].bold
}

// begins reports whether a sentence begins at a word, or all have ended before.
func (t *passage) begins(i int) bool {
	if i == len(t.words) {
		return true
	}
	for _, s := range t.sentences {
		if s.first == i {
			return true
		}
	}
	return false
}
