package lint

import "strings"

const (
	fewest   = 3  // words that are not repeated by chance
	farApart = 30 // words, the longest phrase looked for
)

// repeated reports the first words that are repeated at once: a phrase, or one small word.
func repeated(t *passage) {
	for from := 0; from < len(t.words); {
		line := span{from, t.lineEnd(from)}
		if i, n := t.repetition(line); n > 0 {
			again := span{i + n, i + 2*n}
			t.warn(t.words[again.from].from, "repeated-text", "%q is repeated", short(t.written(again))).
				Suggestion = "delete the repetition"
			return
		}
		from = line.to
	}
}

// lineEnd returns the index after the words of a line or cell.
func (t *passage) lineEnd(from int) int {
	to := from + 1
	for to < len(t.words) && !strings.ContainsAny(t.between(to-1, to), "\n\t") {
		to++
	}
	return to
}

// repetition returns the first word of n words that the next n words repeat, or n = 0.
func (t *passage) repetition(line span) (first, n int) {
	for gap := 1; gap <= farApart && line.from+2*gap <= line.to; gap++ {
		same := 0
		for i := line.from; i+gap < line.to; i++ {
			if t.word(i) != t.word(i+gap) || t.words[i].code {
				same = 0
				continue
			}
			if same++; same == gap && t.isMistake(i-gap+1, gap) {
				return i - gap + 1, gap
			}
		}
	}
	return 0, 0
}

// isMistake reports whether the repetition of n words from the i-th on is a mistake. What ends a sentence may begin
// the next: "... a balance. A balance ...".
func (t *passage) isMistake(i, n int) bool {
	begins := func(i int) bool { return i == len(t.words) || t.words[i].initial }
	switch {
	case n > 1 && begins(i+n):
		return n >= fewest && begins(i) && begins(i+2*n)
	case n > 1:
		return n >= fewest
	}
	w := t.word(i)
	return t.SmallWords[w] && !t.Repeatable[w] && t.between(i, i+1) == " " && !t.words[i].bold && !t.words[i+1].bold
}
