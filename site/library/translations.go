package library

import (
	"cmp"
	"io/fs"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
)

// Drift returns the differences between the translations into a language and today's sources, by path, in the order
// of the sources. The default language has none.
func (l *Library) Drift(lang string) []drift.Drift { return l.drift[lang].drifts }

// Unjudged returns the paths of the translations into a language that have no baseline.
func (l *Library) Unjudged(lang string) []string { return l.drift[lang].unjudged }

// Outdated returns the ids of the sections of a translation whose source has since changed in substance, in order.
// "" stands for what precedes the first heading, and for sections that the translation lacks.
func (l *Library) Outdated(a *article.Article) []string {
	drifts := l.driftOf(a)
	if len(drifts) == 0 {
		return nil
	}
	content := a.Read()
	older := map[string]bool{}
	for _, d := range drifts {
		if d.OfSubstance() && content.HasSection(d.Section) {
			older[d.Section] = true
		} else if d.OfSubstance() {
			older[""] = true
		}
	}
	var ids []string
	for _, p := range append([]article.Section{{}}, content.Sections...) {
		if older[p.ID] {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// languageDrift is what is known about the translations into one language, by path.
type languageDrift struct {
	drifts   []drift.Drift
	unjudged []string
}

func (d *languageDrift) sort() {
	slices.SortStableFunc(d.drifts, func(a, b drift.Drift) int { return cmp.Compare(a.Path, b.Path) })
	slices.Sort(d.unjudged)
}

// driftOf returns the drift of one article.
func (l *Library) driftOf(a *article.Article) []drift.Drift {
	drifts := l.drift[a.Lang].drifts
	from, _ := slices.BinarySearchFunc(drifts, a.Path, func(d drift.Drift, path string) int {
		return cmp.Compare(d.Path, path)
	})
	to := from
	for to < len(drifts) && drifts[to].Path == a.Path {
		to++
	}
	return drifts[from:to]
}

// compare compares all translations with their baselines.
func (l *Library) compare(fsys fs.FS) []diag.Finding {
	var found []diag.Finding
	l.drift = map[string]languageDrift{}
	for _, lang := range l.Site.Languages {
		if lang.Tag == l.Site.DefaultLanguage {
			continue
		}
		file, fs := drift.ReadBaselines(fsys, lang.Tag)
		found = append(found, fs...)
		drifts, fs := each(file.Baselines, func(b drift.Baseline) ([]drift.Drift, []diag.Finding) {
			return l.compareArticle(lang.Tag, file.Name, b)
		})
		found = append(found, fs...)
		d := languageDrift{slices.Concat(drifts...), l.without(lang.Tag, file.Baselines)}
		d.sort()
		l.drift[lang.Tag] = d
	}
	return found
}

// without returns the paths of the translations that have no baseline.
func (l *Library) without(lang string, baselines []drift.Baseline) (paths []string) {
	known := map[string]bool{}
	for _, b := range baselines {
		known[b.Path] = true
	}
	for _, a := range l.Articles {
		if a.Lang == lang && !known[a.Path] && l.Article(l.Site.DefaultLanguage, a.Path) != nil {
			paths = append(paths, a.Path)
		}
	}
	return paths
}

// compareArticle compares one translation with its baseline. Baselines of drafts and of articles without a source
// or a translation are kept; incomplete articles are not compared.
func (l *Library) compareArticle(lang, file string, b drift.Baseline) ([]drift.Drift, []diag.Finding) {
	source, translation := l.Article(l.Site.DefaultLanguage, b.Path), l.Article(lang, b.Path)
	both := source != nil && translation != nil && !source.Incomplete() && !translation.Incomplete()
	if both && b.Equal(source) {
		return nil, nil
	}
	was, found := b.Passages(file)
	if !both || len(found) > 0 {
		return nil, found
	}
	drifts := drift.Compare(source, translation, was)
	for i := range drifts {
		found = append(found, drifts[i].Finding())
	}
	return drifts, found
}

// Unmatched returns what only one of a translation and its source has, with or without a baseline: whole articles,
// and sections of articles that both have. Was is the title of something extra, Is that of something missing.
func (l *Library) Unmatched(lang string) []drift.Drift {
	var all []drift.Drift
	for _, a := range l.Articles {
		source, translation := l.Article(l.Site.DefaultLanguage, a.Path), l.Article(lang, a.Path)
		switch {
		case lang == l.Site.DefaultLanguage:
		case a == source && l.Lacks(lang, a.Path):
			at := diag.Position{File: "content/" + lang + "/" + a.Path + ".md"}
			all = append(all, drift.Drift{
				Lang: lang, Path: a.Path, Kind: drift.Missing, Is: a.Title, Source: a.Key("title"), At: at,
			})
		case a == translation && source == nil:
			from := diag.Position{File: "content/" + l.Site.DefaultLanguage + "/" + a.Path + ".md"}
			all = append(all, drift.Drift{
				Lang: lang, Path: a.Path, Kind: drift.Extra, Was: a.Title, Source: from, At: a.Key("title"),
			})
		case a == translation && !source.Incomplete() && !translation.Incomplete():
			all = append(all, drift.UnmatchedSections(source.Read(), translation.Read())...)
		}
	}
	return all
}
