package lint

import (
	"math"
	"slices"
	"strings"

	"helpcenter/site/article"
)

// A sectionPair holds the indexes of a section of a translation and of a section of its source.
type sectionPair struct{ here, source int }

// clues describe a section by what its translation has in common with it: level, length, and signs that have the
// same form in both, such as addresses, code, numbers and names.
type clues struct {
	id    string
	level int
	words float64
	signs map[string]bool
}

func (p *page) clues() (all []clues) {
	for i, s := range p.Sections {
		c := clues{id: s.ID, level: int(s.Level), signs: map[string]bool{}}
		part := p.section(i)
		for _, t := range p.blocks[part.from:part.to] {
			c.words += float64(len(t.words))
			for n := range t.anchors {
				c.signs[p.Links[t.link+n].Dest] = true
			}
			for _, code := range t.code {
				c.signs[t.text[code.from:code.to]] = true
			}
			for n, w := range t.words {
				if w.capital && !w.initial || isDigit(t.word(n)[0]) {
					c.signs[t.word(n)] = true
				}
			}
		}
		all = append(all, c)
	}
	return all
}

// Align returns pairs of indexes of the sections of a translation and of its source that surely translate each
// other. Ids count only if both have the same.
func Align(translation, source *article.Content) (pairs [][2]int) {
	sure, _ := alignSections(cluesOf(translation), cluesOf(source))
	for _, p := range sure {
		pairs = append(pairs, [2]int{p.here, p.source})
	}
	return pairs
}

// cluesOf is like clues, but knows nothing of the language.
func cluesOf(a *article.Content) (all []clues) {
	for _, s := range a.Sections {
		all = append(all, clues{id: s.ID, level: int(s.Level), signs: map[string]bool{}})
	}
	for _, block := range a.Blocks {
		if block.Section < 0 || block.Kind == article.Heading {
			continue
		}
		c := &all[block.Section]
		for word := range strings.FieldsSeq(a.Text(block)) {
			c.words++
			if word = strings.Trim(word, ".,;:!?()\"'"); strings.ContainsAny(word, "0123456789@/_") {
				c.signs[word] = true
			}
		}
	}
	return all
}

// Scores for aligning two lists of sections. A pair is sure if no alignment without it comes closer than margin.
const (
	sameID    = 20.0
	sameLevel = 1.0
	mostSigns = 4.0
	gap       = -0.5
	margin    = 1.0
)

// score says how probable it is that one section translates the other.
func score(a, b clues, sections map[string]int) float64 {
	if a.id == b.id {
		return sameID
	}
	s := sameLevel
	if a.level != b.level {
		s = -3 * sameLevel
	}
	s += 1 - min(2, 2*math.Abs(math.Log2((a.words+2)/(b.words+2))))
	return s + min(mostSigns, shared(a, b, sections))
}

// shared says how many signs two sections have in common. A sign counts less the more sections have it.
func shared(a, b clues, sections map[string]int) (sum float64) {
	for sign := range a.signs {
		if b.signs[sign] {
			sum += 1 / float64(sections[sign])
		}
	}
	return sum
}

// contradicted reports whether one of two sections shares far more with another section, as when two have swapped
// places.
func contradicted(p sectionPair, a, b []clues, sections map[string]int) bool {
	const far = 2.0
	here, source := a[p.here], b[p.source]
	if here.id == source.id {
		return false
	}
	least := shared(here, source, sections) + far
	return slices.ContainsFunc(b, func(other clues) bool { return shared(here, other, sections) >= least }) ||
		slices.ContainsFunc(a, func(other clues) bool { return shared(other, source, sections) >= least })
}

// alignSections pairs the sections of a translation with those of its source. It returns only the pairs that are
// sure, and reports whether all are: without a sure pair the best alignment would be worse by margin, and neither
// of its sections shares far more with another. If both have the same levels in the same order, and ids do not
// contradict it, sections are paired one by one.
func alignSections(a, b []clues) (pairs []sectionPair, sure bool) {
	sections := map[string]int{}
	for _, c := range b {
		for sign := range c.signs {
			sections[sign]++
		}
	}
	pairs, sure = inOrder(a, b, sections)
	all := len(pairs)
	pairs = slices.DeleteFunc(pairs, func(p sectionPair) bool { return contradicted(p, a, b, sections) })
	return pairs, sure && len(pairs) == all
}

// inOrder aligns two lists of sections, assuming the same order (Needleman and Wunsch, 1970).
func inOrder(a, b []clues, sections map[string]int) (pairs []sectionPair, sure bool) {
	if slices.EqualFunc(a, b, func(a, b clues) bool { return a.level == b.level }) {
		for i := range a {
			pairs = append(pairs, sectionPair{i, i})
		}
		if slices.ContainsFunc(pairs, func(p sectionPair) bool { return a[p.here].id == b[p.here].id }) ||
			!slices.ContainsFunc(a, func(x clues) bool { return hasID(b, x.id) }) {
			return pairs, true
		}
		pairs = nil
	}
	scores := make([][]float64, len(a))
	for i := range a {
		for k := range b {
			scores[i] = append(scores[i], score(a[i], b[k], sections))
		}
	}
	before, after := prefixScores(scores, len(b), false), prefixScores(scores, len(b), true)
	best := after[0][0]
	sure = true
	for i := range a {
		found, second := -1, math.Inf(-1)
		for k := range len(b) + 1 { // i unpaired, after k of b
			if total := before[i][k] + gap + after[i+1][k]; total > second {
				second = total
			}
		}
		for k := range b {
			total := before[i][k] + scores[i][k] + after[i+1][k+1]
			if total >= best-1e-9 && found < 0 {
				found = k
			} else {
				second = max(second, total)
			}
		}
		switch {
		case found >= 0 && best-second >= margin:
			pairs = append(pairs, sectionPair{i, found})
		case found >= 0:
			sure = false
		}
	}
	if len(pairs) == 1 && a[pairs[0].here].id != b[pairs[0].source].id { // nothing confirms it
		return nil, false
	}
	return pairs, sure
}

func hasID(list []clues, id string) bool {
	return slices.ContainsFunc(list, func(c clues) bool { return c.id == id })
}

// prefixScores returns the best scores of the beginnings of two lists, by their lengths; with ends, those of their
// ends, by where they begin.
func prefixScores(scores [][]float64, columns int, ends bool) [][]float64 {
	n := len(scores)
	best := make([][]float64, n+1)
	for i := range best {
		best[i] = make([]float64, columns+1)
	}
	for x := range n + 1 {
		for y := range columns + 1 {
			i, k, step := x, y, -1
			if ends {
				i, k, step = n-x, columns-y, 1
			}
			value := math.Inf(-1)
			if x == 0 && y == 0 {
				value = 0
			}
			if x > 0 {
				value = max(value, best[i+step][k]+gap)
			}
			if y > 0 {
				value = max(value, best[i][k+step]+gap)
			}
			if x > 0 && y > 0 {
				value = max(value, best[i+step][k+step]+scores[min(i, i+step)][min(k, k+step)])
			}
			best[i][k] = value
		}
	}
	return best
}
