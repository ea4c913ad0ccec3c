package diag

import (
	"fmt"
	"slices"
	"strings"
)

// List joins names for a message: the first 30 of them, or "none" if there are none.
func List(names []string) string {
	const most = 30
	switch n := len(names); {
	case n == 0:
		return "none"
	case n > most:
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", n-most)
	}
	return strings.Join(names, ", ")
}

// Nearest returns the candidate that word is probably a misspelling of, or "" if none is near: the one with the
// least [Distance], ignoring case, and the first of equal ones.
func Nearest(word string, candidates []string) string {
	best, most := "", max(1, len(word)/3)
	letters := []rune(strings.ToLower(word))
	for _, c := range candidates {
		if d, ok := Distance(letters, []rune(strings.ToLower(c)), most); ok {
			best, most = c, d-1
		}
	}
	return best
}

// Closest returns the candidates, sorted by how much they are like word.
func Closest(word string, candidates []string) []string {
	distance := map[string]int{}
	for _, c := range candidates {
		distance[c], _ = Distance([]rune(word), []rune(c), len(word)+len(c))
	}
	return slices.SortedStableFunc(slices.Values(candidates), func(a, b string) int { return distance[a] - distance[b] })
}

// Distance returns the number of letters to insert, delete, replace or swap with their neighbour to turn a into b
// (optimal string alignment), or false if it is more than most. It stops as soon as that is certain.
func Distance(a, b []rune, most int) (int, bool) {
	if most < max(len(a)-len(b), len(b)-len(a)) {
		return 0, false
	}
	var rows [3][]int
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	row := rows[0]
	for i := 1; i <= len(a); i++ {
		above, before := rows[(i-1)%3], rows[(i+1)%3]
		row = rows[i%3]
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return 0, false
		}
	}
	return row[len(b)], row[len(b)] <= most
}
