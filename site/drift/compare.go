package drift

import (
	"cmp"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// A comparison finds what a translation has not followed. Passages are matched by id, and the blocks of a passage
// by order and likeness.
type comparison struct {
	source, translation *article.Article
	translated          map[string]*Passage
	before              int // line of the translation at which the compared part ends
	drifts              []Drift
}

// Compare returns the blocks of a source that differ from its baseline, in order.
func Compare(source, translation *article.Article, baseline []Passage) []Drift {
	c := comparison{source: source, translation: translation, before: article.FrontLine}
	c.translated = byID(Passages(translation))
	today := Passages(source)
	now, was := byID(today), byID(baseline)
	var removed []Passage
	for _, p := range baseline {
		if now[p.ID] == nil {
			removed = append(removed, p)
		}
	}
	renamed := newRenames(removed)
	for _, p := range today {
		if before := was[p.ID]; before != nil {
			c.passage(*before, p)
		} else {
			c.passage(renamed.take(p), p)
		}
	}
	for i, p := range removed {
		if !renamed.taken[i] {
			c.passage(p, Passage{ID: p.ID})
		}
	}
	return c.drifts
}

func byID(ps []Passage) map[string]*Passage {
	m := map[string]*Passage{}
	for i := range ps {
		m[ps[i].ID] = &ps[i]
	}
	return m
}

// renames finds the removed passages that have another id today.
type renames struct {
	removed []Passage
	taken   []bool
	having  map[string][]int // by text: indexes of the passages that have it
}

func newRenames(removed []Passage) *renames {
	r := &renames{removed, make([]bool, len(removed)), map[string][]int{}}
	for i, p := range removed {
		for _, text := range p.Texts {
			r.having[text] = append(r.having[text], i)
		}
	}
	return r
}

// take returns the first removed passage that shares a text with a new one, and does not return it again. If there
// is none, it returns an empty passage.
func (r *renames) take(is Passage) Passage {
	first := len(r.removed)
	for _, text := range is.Texts {
		left := r.having[text]
		for len(left) > 0 && r.taken[left[0]] {
			left = left[1:]
		}
		r.having[text] = left
		if len(left) > 0 {
			first = min(first, left[0])
		}
	}
	if first == len(r.removed) {
		return Passage{ID: is.ID}
	}
	r.taken[first] = true
	return r.removed[first]
}

// passage adds each block of a passage that differs between the baseline and today.
func (c *comparison) passage(was, is Passage) {
	own := cmp.Or(c.translated[is.ID], c.translated[was.ID])
	last := 0 // block of the source
	for _, p := range alignTexts(was.Texts, is.Texts) {
		d := Drift{Lang: c.translation.Lang, Path: c.source.Path, Section: is.ID}
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
		d.Source = blockPlace(c.source, is, last)
		d.At = diag.Position{File: c.translation.File, Line: c.before, Column: 1}
		if own != nil {
			d.At = blockPlace(c.translation, *own, counterpart(p, len(was.Texts) == len(own.Texts)))
		}
		c.drifts = append(c.drifts, d)
	}
	if own != nil {
		c.before = own.lines[len(own.lines)-1]
	}
}

// counterpart returns the index of the translation's block for a pair: that of the baseline's block if the
// translation has as many blocks as the baseline, else that of today's.
func counterpart(p pair, asItWas bool) int {
	if p.new < 0 || asItWas && p.old >= 0 {
		return p.old
	}
	return p.new
}

// blockPlace returns the position of the i-th block of a passage, or of its last block. If the article lacks the
// passage, it returns the file.
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

// UnmatchedSections returns the sections that only one of a source and its translation has. Was is the title of
// something extra, Is that of something missing.
func UnmatchedSections(source, translation *article.Content) []Drift {
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
