package drift

import (
	"cmp"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// A comparison finds what a translation has not followed. Passages are matched
// by their ids, within a passage the blocks by their order and likeness.
type Comparison struct {
	Source, Translation *article.Article
	Was, Is             []Passage // of the source: on record, and today
	Translated          map[string]*Passage
	before              int // line of the translation, at the end of what has been compared
	Drifts              []Drift
}

func (c *Comparison) Compare() {
	c.before = article.FrontLine
	now, recorded := ByID(c.Is), ByID(c.Was)
	gone := slices.DeleteFunc(slices.Clone(c.Was), func(p Passage) bool { return now[p.ID] != nil })
	for _, is := range c.Is {
		was := recorded[is.ID]
		if was == nil {
			was, gone = renamed(gone, is)
		}
		c.passage(*was, is)
	}
	for _, was := range gone {
		c.passage(was, Passage{ID: was.ID})
	}
}

// ByID returns the passages by their ids.
func ByID(ps []Passage) map[string]*Passage {
	m := map[string]*Passage{}
	for i := range ps {
		m[ps[i].ID] = &ps[i]
	}
	return m
}

// renamed returns the passage that has another id today, and those that remain:
// the first of the passages that are gone that has a text in common with it.
// Where there is none it was empty.
func renamed(gone []Passage, is Passage) (*Passage, []Passage) {
	i := slices.IndexFunc(gone, func(was Passage) bool {
		return slices.ContainsFunc(was.Texts, func(text string) bool { return slices.Contains(is.Texts, text) })
	})
	if i < 0 {
		return &Passage{ID: is.ID}, gone
	}
	was := gone[i]
	return &was, slices.Delete(gone, i, i+1)
}

// passage notes each block that differs between a passage on record and the one
// of today.
func (c *Comparison) passage(was, is Passage) {
	own := cmp.Or(c.Translated[is.ID], c.Translated[was.ID])
	last := 0 // block of the source
	for _, p := range alignTexts(was.Texts, is.Texts) {
		d := Drift{Lang: c.Translation.Lang, Path: c.Source.Path, Section: is.ID}
		switch {
		case p.new < 0:
			d.Kind, d.Was = Extra, was.Texts[p.old]
		case p.old < 0:
			d.Kind, d.Is, last = Missing, is.Texts[p.new], p.new
		default:
			d.Kind, d.Was, d.Is, last = Older, was.Texts[p.old], is.Texts[p.new], p.new
		}
		if d.Was == d.Is {
			continue
		}
		d.Source = blockPlace(c.Source, is, last)
		d.At = diag.Position{File: c.Translation.File, Line: c.before, Column: 1}
		if own != nil {
			d.At = blockPlace(c.Translation, *own, counterpart(p, len(was.Texts) == len(own.Texts)))
		}
		c.Drifts = append(c.Drifts, d)
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
func blockPlace(a *article.Article, p Passage, i int) diag.Position {
	switch i = min(i, len(p.lines)-1); {
	case i < 0:
		return diag.Position{File: a.File}
	case p.ID == "" && i == 0:
		return a.Key("title")
	case p.ID == "" && i == 1:
		return a.Key("description")
	}
	return diag.Position{File: a.File, Line: p.lines[i], Column: 1}
}

func UnmatchedSections(source, translation *article.Article) []Drift {
	var all []Drift
	at := diag.Position{File: translation.File, Line: article.FrontLine, Column: 1}
	for _, s := range source.Sections {
		line := diag.Position{File: source.File, Line: int(s.Line), Column: 1}
		if own := translation.Section(s.ID); own != nil {
			at.Line = int(own.Line)
		} else {
			all = append(all, Drift{translation.Lang, source.Path, s.ID, Missing, "", s.Title, line, at})
		}
	}
	from := diag.Position{File: source.File, Line: article.FrontLine, Column: 1}
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
