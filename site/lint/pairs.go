package lint

import (
	"slices"

	"helpcenter/site/article"
)

// align pairs a translation with its source, section by section, and reports sections that only one of them has.
func (p *page) align(source *page) []pair {
	all := []pair{
		{p.front[:1], source.front[:1], p, source},
		{p.front[1:], source.front[1:], p, source},
	}
	all = append(all, p.pairBlocks(source, -1, -1)...)
	for _, s := range p.pairSections(source) {
		all = append(all, p.pairBlocks(source, s.here, s.source)...)
	}
	return all
}

// pairBlocks pairs the blocks of two sections, given by their index.
func (p *page) pairBlocks(source *page, here, there int) []pair {
	a, b := p.section(here), source.section(there)
	ours, theirs := p.blocks[a.from:a.to], source.blocks[b.from:b.to]
	sameKind := func(a, b article.Block) bool { return a.Kind == b.Kind }
	if !slices.EqualFunc(p.Blocks[a.from:a.to], source.Blocks[b.from:b.to], sameKind) {
		return []pair{{ours, theirs, p, source}}
	}
	var all []pair
	for i := range ours {
		all = append(all, pair{ours[i : i+1], theirs[i : i+1], p, source})
	}
	return all
}

// section returns the range of the blocks of a section.
func (p *page) section(index int) span {
	at := func(index int) int {
		i, _ := slices.BinarySearchFunc(p.Blocks, index, func(b article.Block, i int) int { return int(b.Section) - i })
		return i
	}
	return span{at(index), at(index + 1)}
}

// A sectionPair is the indexes of two sections.
type sectionPair struct{ here, source int }

// pairSections pairs sections of the same id, and those at the same place between two such pairs. It reports sections
// that do not match by id.
func (p *page) pairSections(source *page) []sectionPair {
	const advice = "give all languages the same sections, by id"
	var all []sectionPair
	i, k := 0, 0
	gap := func(toHere, toSource int) {
		for ; i < toHere && k < toSource; i, k = i+1, k+1 {
			all = append(all, sectionPair{i, k})
			id := source.Sections[k].ID
			p.heading(i).warn(-1, "section-ids", "section %q has the id %q in %s", p.Sections[i].ID, id, source.File).
				Suggestion = "end the heading with {#" + id + "}"
		}
		for ; i < toHere; i++ {
			p.heading(i).warn(-1, "section-ids", "%s has no section %q here", source.File, p.Sections[i].ID).Suggestion = advice
		}
		for ; k < toSource; k++ {
			p.heading(i-1).warn(-1, "section-ids", "after this section, section %q of %s is missing",
				source.Sections[k].ID, source.File).Suggestion = advice
		}
	}
	for _, m := range common(ids(p.Article), ids(source.Article)) {
		gap(m.here, m.source)
		all = append(all, m)
		i, k = m.here+1, m.source+1
	}
	gap(len(p.Sections), len(source.Sections))
	return all
}

// heading returns the heading of a section, or the title if it has none.
func (p *page) heading(section int) *passage {
	s := p.section(section)
	for i := s.from; i < s.to; i++ {
		if p.Blocks[i].Kind == article.Heading {
			return p.blocks[i]
		}
	}
	return p.front[0]
}

func ids(a *article.Article) (all []string) {
	for _, s := range a.Sections {
		all = append(all, s.ID)
	}
	return all
}

// common returns a longest common subsequence of two lists.
func common(a, b []string) (all []sectionPair) {
	if slices.Equal(a, b) { // nearly always
		for i := range a {
			all = append(all, sectionPair{i, i})
		}
		return all
	}
	most := make([][]int, len(a)+1) // length for a[i:] and b[k:]
	for i := range most {
		most[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			most[i][k] = max(most[i+1][k], most[i][k+1])
			if a[i] == b[k] {
				most[i][k] = most[i+1][k+1] + 1
			}
		}
	}
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] == b[k]:
			all = append(all, sectionPair{i, k})
			i, k = i+1, k+1
		case most[i+1][k] >= most[i][k+1]:
			i++
		default:
			k++
		}
	}
	return all
}
