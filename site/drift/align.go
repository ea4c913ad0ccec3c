package drift

import (
	"slices"
	"strings"
)

// A pair holds the indexes of an old text and of the new one that it became; -1 for none.
type pair struct{ old, new int }

// Limits on the texts that are compared with each other, and on the words compared for that. Beyond them, texts are
// paired in order.
const (
	maxPairs     = 1 << 14
	maxPairWords = 1 << 21
)

// alignTexts pairs the old and new texts of a passage, in order: equal ones with each other, others with those most
// like them.
func alignTexts(old, new []string) []pair {
	var head, tail []pair
	lo, hiOld, hiNew := 0, len(old), len(new)
	for ; lo < min(hiOld, hiNew) && old[lo] == new[lo]; lo++ {
		head = append(head, pair{lo, lo})
	}
	for ; min(hiOld, hiNew) > lo && old[hiOld-1] == new[hiNew-1]; hiOld, hiNew = hiOld-1, hiNew-1 {
		tail = append(tail, pair{hiOld - 1, hiNew - 1})
	}
	slices.Reverse(tail)
	middle := alignLike(old[lo:hiOld], new[lo:hiNew])
	for i := range middle {
		middle[i].shift(lo)
	}
	return slices.Concat(head, middle, tail)
}

func (p *pair) shift(by int) {
	if p.old >= 0 {
		p.old += by
	}
	if p.new >= 0 {
		p.new += by
	}
}

// alignLike finds the pairs with the greatest total likeness (Needleman and Wunsch).
func alignLike(old, new []string) []pair {
	if len(old)*len(new) > maxPairs {
		return alignInOrder(0, len(old), 0, len(new))
	}
	oldWords, oldCount := sortedWords(old)
	newWords, newCount := sortedWords(new)
	if len(old)*newCount+len(new)*oldCount > maxPairWords {
		return alignInOrder(0, len(old), 0, len(new))
	}
	best := make([][]float64, len(old)+1) // best[i][j] is the sum for old[i:] and new[j:]
	for i := range best {
		best[i] = make([]float64, len(new)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(new) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+likeness(oldWords[i], newWords[j]))
		}
	}
	var pairs []pair
	i, j := 0, 0
	for i < len(old) && j < len(new) {
		switch best[i][j] {
		case best[i+1][j]:
			pairs = append(pairs, pair{i, -1})
			i++
		case best[i][j+1]:
			pairs = append(pairs, pair{-1, j})
			j++
		default:
			pairs = append(pairs, pair{i, j})
			i, j = i+1, j+1
		}
	}
	return append(pairs, alignInOrder(i, len(old), j, len(new))...)
}

// alignInOrder pairs the texts from i to old with those from j to new, one by one.
func alignInOrder(i, old, j, new int) []pair {
	var pairs []pair
	for ; i < old || j < new; i, j = i+1, j+1 {
		p := pair{i, j}
		if i >= old {
			p.old = -1
		}
		if j >= new {
			p.new = -1
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// sortedWords returns the words of each text, sorted, and their total number.
func sortedWords(texts []string) (words [][]string, count int) {
	words = make([][]string, len(texts))
	for i, text := range texts {
		words[i] = strings.Fields(text)
		slices.Sort(words[i])
		count += len(words[i])
	}
	return words, count
}

// likeness returns Dice's coefficient for the words of two texts, which must be sorted. Equal texts are more alike
// than any others. Texts without a common word are slightly alike: one that takes the place of another replaces it.
func likeness(a, b []string) float64 {
	if slices.Equal(a, b) {
		return 2
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c == 0:
			common, i, j = common+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return 0.01 + 2*float64(common)/float64(len(a)+len(b))
}
