package lint

import "slices"

const (
	fewest        = 3   // least number of words that are not repeated by chance
	farApart      = 30  // the longest phrase looked for, in words
	longestClause = 100 // in words
)

// repeated reports the first immediate repetition, of a phrase or one small word, or else the first clause that
// repeats what one of the two before it says.
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
	for _, s := range t.clausesAgain() {
		t.warn(t.words[s.from].from, "repeated-text", "%q says again what stands before it", short(t.written(s))).
			Suggestion = "delete what is said twice"
	}
}

// clausesAgain returns the first clause that has nearly the same words, in any order and form, as one of the two
// before it in the same line or cell, if there is one. Numbers must be equal. If there is a clause between them,
// one must have all words of the other: "old ones, the switch is on, and new ones, the switch is off" says two
// things. A sentence may begin with the words that end the one before it.
func (t *passage) clausesAgain() []span {
	if len(t.Common) == 0 {
		return nil
	}
	var clauses [3]clause // this one and the two before it
	first, number := 0, 0
	for previous, from, to := 0, 0, 0; from < len(t.words); previous, from, number = from, to, number+1 {
		if from > 0 && t.markBefore(from, "\n\t") {
			first = number
		}
		for to = from + 1; to < len(t.words) && !t.markBefore(to, ".,;:!?()–—\n\t\"“”«»"); to++ {
		}
		this := &clauses[number%len(clauses)]
		this.read(t, span{from, to})
		takenUp := t.words[from].initial && endsWith(t, span{previous, from}, span{from, to})
		for i := max(first, number-2); i < number && !takenUp; i++ {
			other, last := &clauses[i%len(clauses)], i == number-1
			if this.says(other) && (last || this.within(other) || other.within(this)) {
				return []span{{from, to}}
			}
		}
	}
	return nil
}

// A clause holds its distinct stems with their weights, which are 0 for numbers.
type clause struct {
	stems   []string
	weights []int
	sum     int // of the weights
}

// read reads the clause that consists of the given words, or the beginning of a long one.
func (c *clause) read(t *passage, words span) {
	c.stems, c.weights, c.sum = c.stems[:0], c.weights[:0], 0
	for i := words.from; i < min(words.to, words.from+longestClause); i++ {
		word := &t.words[i]
		if word.code || word.bold || word.aside {
			continue
		}
		w, weight := word.text, 1
		switch {
		case isDigit(w[0]):
			weight = 0
		case !word.common:
			w, weight = word.stem, 2
		}
		if !slices.Contains(c.stems, w) {
			c.stems, c.weights, c.sum = append(c.stems, w), append(c.weights, weight), c.sum+weight
		}
	}
}

// says reports whether two clauses share at least two words of weight, three quarters of the total weight, and all
// numbers.
func (c *clause) says(other *clause) bool {
	const least = 6
	if min(c.sum, other.sum) < least {
		return false
	}
	same, words := 0, 0
	for i, stem := range c.stems {
		has, weight := slices.Contains(other.stems, stem), c.weights[i]
		if !has && weight == 0 {
			return false
		}
		if has {
			same += weight
			words += weight / 2
		}
	}
	return words >= 2 && same >= least && 4*same >= 3*max(c.sum, other.sum)
}

// within reports whether another clause has all words of c.
func (c *clause) within(other *clause) bool {
	return !slices.ContainsFunc(c.stems, func(stem string) bool { return !slices.Contains(other.stems, stem) })
}

// endsWith reports whether some words end with the others.
func endsWith(t *passage, words, others span) bool {
	n := others.to - others.from
	for i := range n {
		if k := words.to - n + i; k < words.from || t.word(k) != t.word(others.from+i) {
			return false
		}
	}
	return true
}

// lineEnd returns the index after the last word of a line or cell.
func (t *passage) lineEnd(from int) int {
	to := from + 1
	for to < len(t.words) && !t.markBefore(to, "\n\t") {
		to++
	}
	return to
}

// repetition returns the first of n words that the next n words repeat. If there are none, n is 0.
func (t *passage) repetition(line span) (first, n int) {
	for gap := 1; gap <= farApart && line.from+2*gap <= line.to; gap++ {
		same := 0
		for i := line.from; i+gap < line.to; i++ {
			if t.words[i].entry != t.words[i+gap].entry || t.words[i].code {
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

// isMistake reports whether repeating n words from the i-th on is a mistake. The end of a sentence may begin the
// next: "... a balance. A balance ...".
func (t *passage) isMistake(i, n int) bool {
	begins := func(i int) bool { return i == len(t.words) || t.words[i].initial }
	switch {
	case n < 4 && t.markBefore(i+n, ",;:–—\"“”«»()"):
		return false // a clause may end with the name that begins the next
	case n > 1 && begins(i+n):
		return n >= fewest && begins(i) && begins(i+2*n)
	case n > 1:
		return n >= fewest
	}
	w := t.word(i)
	return t.SmallWords[w] && !t.Repeatable[w] && t.between(i, i+1) == " " && !t.words[i].bold && !t.words[i+1].bold
}
