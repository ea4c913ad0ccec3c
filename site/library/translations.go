package library

import (
	"bytes"
	"cmp"
	"io/fs"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
)

// A translation drifts when its source changes and it does not. What it was made
// from is on record (see record.go), so that the source of today can be compared
// block by block with the one that the translation is right about. Formatting,
// where links lead and white space never count; nor do ids of sections that are
// given another id, or where the article stands. An article without a record is
// not judged.

// Drift returns what the translations into a language have not followed, by
// path, in the order of their sources. For the default language, which all
// others are translated from, there is nothing.
func (l *Library) Drift(lang string) []drift.Drift { return l.drift[lang].drifts }

// Unjudged returns the paths of the translations into a language that have no
// record of what they were made from.
func (l *Library) Unjudged(lang string) []string { return l.drift[lang].unjudged }

// Outdated returns the ids of those sections of an article in which its source
// has changed in substance since it was translated, in their order; "" stands
// for what precedes the first heading, and for what the article lacks.
func (l *Library) Outdated(a *article.Article) []string {
	drifts := l.driftOf(a)
	if len(drifts) == 0 {
		return nil
	}
	older := map[string]bool{}
	for _, d := range drifts {
		if d.OfSubstance() && a.HasSection(d.Section) {
			older[d.Section] = true
		} else if d.OfSubstance() {
			older[""] = true
		}
	}
	var ids []string
	for _, p := range append([]article.Section{{}}, a.Sections...) {
		if older[p.ID] {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// driftOf returns the drift of one article.
func (l *Library) driftOf(a *article.Article) []drift.Drift {
	d := l.drift[a.Lang]
	from, to := d.of(a.Path)
	return d.drifts[from:to]
}

// languageDrift is what is known of the translations into one language.
type languageDrift struct {
	drifts   []drift.Drift // by path
	unjudged []string
}

// of returns where the drift of one article stands.
func (d languageDrift) of(path string) (from, to int) {
	from, _ = slices.BinarySearchFunc(d.drifts, path, func(d drift.Drift, path string) int { return cmp.Compare(d.Path, path) })
	for to = from; to < len(d.drifts) && d.drifts[to].Path == path; to++ {
	}
	return from, to
}

// judge compares all translations with what they were made from.
func (l *Library) judge(fsys fs.FS) []diag.Finding {
	var found []diag.Finding
	l.drift = map[string]languageDrift{}
	for _, lang := range l.Site.Languages {
		if lang.Tag == l.Site.DefaultLanguage {
			continue
		}
		file, fs := drift.ReadBaselines(fsys, lang.Tag)
		found = append(found, fs...)
		drifts, fs := each(file.Baselines, func(r drift.Baseline) ([]drift.Drift, []diag.Finding) { return l.judgeArticle(lang.Tag, file.Name, r) })
		d := languageDrift{drifts: slices.Concat(drifts...), unjudged: l.without(lang.Tag, file.Baselines)}
		slices.SortStableFunc(d.drifts, func(a, b drift.Drift) int { return cmp.Compare(a.Path, b.Path) })
		l.drift[lang.Tag] = d
		found = append(found, fs...)
	}
	return found
}

// without returns the paths of the translations that no record is about.
func (l *Library) without(lang string, records []drift.Baseline) (paths []string) {
	known := map[string]bool{}
	for _, r := range records {
		known[r.Path] = true
	}
	for _, a := range l.Articles {
		if a.Lang == lang && !known[a.Path] && l.Article(l.Site.DefaultLanguage, a.Path) != nil {
			paths = append(paths, a.Path)
		}
	}
	return paths
}

// judgeArticle compares one translation with its record. An article that has no
// source or no translation at present, or is a draft in one of them, has a
// record all the same, for the day when it has them again. One that is torn is
// compared when it has been mended.
func (l *Library) judgeArticle(lang, file string, r drift.Baseline) ([]drift.Drift, []diag.Finding) {
	source, translation := l.Article(l.Site.DefaultLanguage, r.Path), l.Article(lang, r.Path)
	judged := source != nil && translation != nil && !source.Incomplete() && !translation.Incomplete()
	var is []drift.Passage
	if judged {
		is = drift.Passages(source)
		if bytes.Equal(r.Text, drift.AppendBaseline(make([]byte, 0, len(r.Text)+1), r.Path, is)) {
			return nil, nil
		}
	}
	was, found := r.Passages(file)
	if !judged || len(found) > 0 {
		return nil, found
	}
	c := drift.Comparison{Source: source, Translation: translation, Was: was, Is: is, Translated: drift.ByID(drift.Passages(translation))}
	c.Compare()
	for i := range c.Drifts {
		found = append(found, c.Drifts[i].Finding())
	}
	return c.Drifts, found
}

// Unmatched returns what only one of a translation and its source has, whether
// or not there is a record: whole articles, and sections of articles that are in
// both. Was is the title of what is extra, Is of what is missing.
func (l *Library) Unmatched(lang string) []drift.Drift {
	var all []drift.Drift
	for _, a := range l.Articles {
		source, translation := l.Article(l.Site.DefaultLanguage, a.Path), l.Article(lang, a.Path)
		switch {
		case lang == l.Site.DefaultLanguage:
		case a == source && l.Lacks(lang, a.Path):
			at := diag.Position{File: "content/" + lang + "/" + a.Path + ".md"}
			all = append(all, drift.Drift{Lang: lang, Path: a.Path, Kind: drift.Missing, Is: a.Title, Source: a.Key("title"), At: at})
		case a == translation && source == nil:
			from := diag.Position{File: "content/" + l.Site.DefaultLanguage + "/" + a.Path + ".md"}
			all = append(all, drift.Drift{Lang: lang, Path: a.Path, Kind: drift.Extra, Was: a.Title, Source: from, At: a.Key("title")})
		case a == translation && !source.Incomplete() && !translation.Incomplete():
			all = append(all, drift.UnmatchedSections(source, translation)...)
		}
	}
	return all
}
