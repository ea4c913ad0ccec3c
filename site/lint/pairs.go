package lint

import (
	"slices"

	"helpcenter/site/article"
)

// A pair is a part of a translation and the part of the source that it
// translates: a block each where their blocks are of the same kinds in the same
// order, else a whole section each.
type pair struct {
	here, source []*passage
	page         *page // of the translation
	from         *page // of the source
}

// align pairs a translation with its source, section by section, and reports
// where they have not the same ones.
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
	same := slices.EqualFunc(p.Blocks[a.from:a.to], source.Blocks[b.from:b.to], func(a, b article.Block) bool { return a.Kind == b.Kind })
	if !same {
		return []pair{{p.blocks[a.from:a.to], source.blocks[b.from:b.to], p, source}}
	}
	var all []pair
	for i := range a.to - a.from {
		all = append(all, pair{p.blocks[a.from+i : a.from+i+1], source.blocks[b.from+i : b.from+i+1], p, source})
	}
	return all
}

// section returns which blocks are those of a section, by its index.
func (p *page) section(index int) span {
	from := slices.IndexFunc(p.Blocks, func(b article.Block) bool { return int(b.Section) == index })
	if from < 0 {
		return span{}
	}
	to := from
	for to < len(p.Blocks) && int(p.Blocks[to].Section) == index {
		to++
	}
	return span{from, to}
}

// A sectionPair is two sections by their indexes.
type sectionPair struct{ here, source int }

// pairSections pairs sections of the same id, and those that stand at the same
// place between two such. Sections that do not match by id are reported.
func (p *page) pairSections(source *page) []sectionPair {
	var all []sectionPair
	i, k := 0, 0
	gap := func(toHere, toSource int) {
		for ; i < toHere && k < toSource; i, k = i+1, k+1 {
			all = append(all, sectionPair{i, k})
			p.heading(i).warn(-1, "section-ids", "the section %q is called %q in %s", p.Sections[i].ID, source.Sections[k].ID, source.File).
				Suggestion = "end its line with {#" + source.Sections[k].ID + "}"
		}
		for ; i < toHere; i++ {
			p.heading(i).warn(-1, "section-ids", "the section %q is not in %s, or stands at another place there", p.Sections[i].ID, source.File).
				Suggestion = "sections are the same, by id, in all languages"
		}
		for ; k < toSource; k++ {
			p.heading(i-1).warn(-1, "section-ids", "the section %q of %s is missing after this place", source.Sections[k].ID, source.File).
				Suggestion = "sections are the same, by id, in all languages"
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

// heading returns the heading of a section, or the title where there is none.
func (p *page) heading(section int) *passage {
	for i, b := range p.Blocks {
		if b.Kind == article.Heading && int(b.Section) == section {
			return p.blocks[i]
		}
	}
	return p.front[0]
}

func ids(a *article.Article) []string {
	var all []string
	for _, s := range a.Sections {
		all = append(all, s.ID)
	}
	return all
}

// common returns a longest common subsequence of two lists.
func common(a, b []string) []sectionPair {
	var all []sectionPair
	if slices.Equal(a, b) { // as nearly always
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
