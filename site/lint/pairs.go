package lint

import (
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
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

// section returns the range of blocks in a section.
func (p *page) section(index int) span {
	at := func(index int) int {
		i, _ := slices.BinarySearchFunc(p.Blocks, index, func(b article.Block, i int) int { return int(b.Section) - i })
		return i
	}
	return span{at(index), at(index + 1)}
}

// pairSections pairs the sections that surely translate each other, and reports those whose ids differ. It also
// reports sections without a counterpart: each at its place, or all together if some pairs are not sure.
func (p *page) pairSections(source *page) []sectionPair {
	const advice = "give all languages the same sections, by id"
	pairs, sure := alignSections(p.clues(), source.clues())
	if !sure || len(p.Sections) > len(pairs) && len(source.Sections) > len(pairs) {
		if ids := p.unmatched(source); len(ids) > 0 {
			p.heading(0).warn(-1, "section-ids", "%d sections of %s have no section with their id here: %s",
				len(ids), source.File, diag.List(ids)).Suggestion = advice
		}
		return p.hint(source, pairs)
	}
	i, k := 0, 0
	for _, m := range append(pairs, sectionPair{len(p.Sections), len(source.Sections)}) {
		for ; i < m.here; i++ {
			p.heading(i).warn(-1, "section-ids", "%s has no section %q here", source.File, p.Sections[i].ID).Suggestion = advice
		}
		for ; k < m.source; k++ {
			p.heading(i-1).warn(-1, "section-ids", "after this section, section %q of %s is missing",
				source.Sections[k].ID, source.File).Suggestion = advice
		}
		i, k = m.here+1, m.source+1
	}
	return p.hint(source, pairs)
}

// hint reports pairs of sections with different ids.
func (p *page) hint(source *page, pairs []sectionPair) []sectionPair {
	for _, m := range pairs {
		if id := source.Sections[m.source].ID; p.Sections[m.here].ID != id {
			p.heading(m.here).warn(-1, "section-ids", "section %q has the id %q in %s", p.Sections[m.here].ID, id, source.File).
				Suggestion = "end the heading with {#" + id + "}"
		}
	}
	return pairs
}

// unmatched returns the ids of sections of the source that the translation lacks.
func (p *page) unmatched(source *page) (ids []string) {
	for _, s := range source.Sections {
		if !p.HasSection(s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// heading returns the heading of a section, or the title if the section has none.
func (p *page) heading(section int) *passage {
	s := p.section(section)
	for i := s.from; i < s.to; i++ {
		if p.Blocks[i].Kind == article.Heading {
			return p.blocks[i]
		}
	}
	return p.front[0]
}
