package content

import (
	"cmp"
	"slices"

	"helpcenter/site/diag"
)

// A comparison finds what a translation has not followed. Passages are matched
// by their ids, within a passage the blocks by their order and likeness.
type comparison struct {
	source, translation *Article
	was, is             []passage // of the source: on record, and today
	translated          map[string]*passage
	before              int // line of the translation, at the end of what has been compared
	drifts              []Drift
}

func (c *comparison) compare() {
	c.before = frontLine
	now, recorded := byID(c.is), byID(c.was)
	gone := slices.DeleteFunc(slices.Clone(c.was), func(p passage) bool { return now[p.id] != nil })
	for _, is := range c.is {
		was := recorded[is.id]
		if was == nil {
			was, gone = renamed(gone, is)
		}
		c.passage(*was, is)
	}
	for _, was := range gone {
		c.passage(was, passage{id: was.id})
	}
}

// byID returns the passages by their ids.
func byID(ps []passage) map[string]*passage {
	m := map[string]*passage{}
	for i := range ps {
		m[ps[i].id] = &ps[i]
	}
	return m
}

// renamed returns the passage that has another id today, and those that remain:
// the first of the passages that are gone that has a text in common with it.
// Where there is none it was empty.
func renamed(gone []passage, is passage) (*passage, []passage) {
	i := slices.IndexFunc(gone, func(was passage) bool {
		return slices.ContainsFunc(was.texts, func(text string) bool { return slices.Contains(is.texts, text) })
	})
	if i < 0 {
		return &passage{id: is.id}, gone
	}
	was := gone[i]
	return &was, slices.Delete(gone, i, i+1)
}

// passage notes each block that differs between a passage on record and the one
// of today.
func (c *comparison) passage(was, is passage) {
	own := cmp.Or(c.translated[is.id], c.translated[was.id])
	last := 0 // block of the source
	for _, p := range alignTexts(was.texts, is.texts) {
		d := Drift{Lang: c.translation.Lang, Path: c.source.Path, Section: is.id}
		switch {
		case p.new < 0:
			d.Kind, d.Was = Extra, was.texts[p.old]
		case p.old < 0:
			d.Kind, d.Is, last = Missing, is.texts[p.new], p.new
		default:
			d.Kind, d.Was, d.Is, last = Older, was.texts[p.old], is.texts[p.new], p.new
		}
		if d.Was == d.Is {
			continue
		}
		d.Source = blockPlace(c.source, is, last)
		d.At = diag.Position{File: c.translation.File, Line: c.before, Column: 1}
		if own != nil {
			d.At = blockPlace(c.translation, *own, counterpart(p, len(was.texts) == len(own.texts)))
		}
		c.drifts = append(c.drifts, d)
	}
	if own != nil {
		c.before = own.lines[len(own.lines)-1]
	}
}

// counterpart returns the index of the translation's block that belongs to a
// pair: that of the block on record, as long as the translation has as many
// blocks as there were, or else that of today.
func counterpart(p pair, asItWas bool) int {
	if p.new < 0 || asItWas && p.old >= 0 {
		return p.old
	}
	return p.new
}

// blockPlace returns where the i-th block of a passage stands in the article, or the
// last one where there are not so many. Of a passage that the article has no
// more, the whole file is the place.
func blockPlace(a *Article, p passage, i int) diag.Position {
	switch i = min(i, len(p.lines)-1); {
	case i < 0:
		return diag.Position{File: a.File}
	case p.id == "" && i == 0:
		return a.Key("title")
	case p.id == "" && i == 1:
		return a.Key("description")
	}
	return diag.Position{File: a.File, Line: p.lines[i], Column: 1}
}

func unmatchedSections(source, translation *Article) []Drift {
	var all []Drift
	at := diag.Position{File: translation.File, Line: frontLine, Column: 1}
	for _, s := range source.Sections {
		line := diag.Position{File: source.File, Line: int(s.Line), Column: 1}
		if own := translation.Section(s.ID); own != nil {
			at.Line = int(own.Line)
		} else {
			all = append(all, Drift{translation.Lang, source.Path, s.ID, Missing, "", s.Title, line, at})
		}
	}
	from := diag.Position{File: source.File, Line: frontLine, Column: 1}
	for _, s := range translation.Sections {
		line := diag.Position{File: translation.File, Line: int(s.Line), Column: 1}
		if own := source.Section(s.ID); own != nil {
			from.Line = int(own.Line)
		} else {
			all = append(all, Drift{translation.Lang, source.Path, s.ID, Extra, s.Title, "", from, line})
		}
	}
	return all
}
