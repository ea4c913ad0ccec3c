package library

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
)

// Holds reports whether an article of the library, or a draft, was read from the
// file, named as in findings.
func (l *Library) Holds(file string) bool {
	a, ok := article.Place(file)
	at := name{a.Lang, a.Path}
	return ok && (l.articles[at] != nil || l.drafts[at] != nil)
}

// With returns what [Load] would return after a writer has changed articles, and
// nothing else, in the room: the library and the findings. What has not changed
// is shared with l, which stays as it is. Of what has not changed only that is
// proven again which leads to what has, so l and found are those that Load or
// With returned, without an error among them; each of the files is one that l
// holds. The first call reads the records of translations, which later ones keep.
func (l *Library) With(fsys fs.FS, found []diag.Finding, files ...string) (*Library, []diag.Finding) {
	changed, fresh := each(files, func(file string) (*article.Article, []diag.Finding) {
		return loadArticle(fsys, strings.TrimPrefix(file, "content/"), nil)
	})
	next := l.share(fsys)
	moved := false
	for _, a := range changed {
		old := l.articles[name{a.Lang, a.Path}]
		moved = moved || old == nil || a.Draft || old.Slug != a.Slug || !slices.Equal(old.Aliases, a.Aliases)
		next.put(a)
	}
	fresh = append(fresh, next.checkAgain(changed, moved)...)
	for _, a := range changed {
		fresh = append(fresh, next.judgeAgain(a.Path)...)
	}
	return next, diag.Sort(append(unaffected(found, changed), fresh...))
}

// share returns a copy of the library that may be changed before anyone sees it.
func (l *Library) share(fsys fs.FS) *Library {
	next := *l
	next.Articles = slices.Clone(l.Articles)
	next.articles, next.drafts, next.drift = maps.Clone(l.articles), maps.Clone(l.drafts), maps.Clone(l.drift)
	if next.baselines == nil {
		next.baselines = map[string]*drift.BaselineFile{}
		for lang := range l.drift {
			next.baselines[lang], _ = drift.ReadBaselines(fsys, lang) // without a finding: Load has read the same
		}
	}
	return &next
}

// put puts an article in the place of the one of its name, or takes that out for
// a draft.
func (l *Library) put(a *article.Article) {
	at := name{a.Lang, a.Path}
	delete(l.articles, at)
	delete(l.drafts, at)
	i, found := slices.BinarySearchFunc(l.Articles, a, l.Site.compareArticles)
	switch {
	case a.Draft:
		l.drafts[at] = a
		if found {
			l.Articles = slices.Delete(l.Articles, i, i+1)
		}
		return
	case found:
		l.Articles[i] = a
	default:
		l.Articles = slices.Insert(l.Articles, i, a)
	}
	l.articles[at] = a
}

// compareArticles orders the articles of a library.
func (s *Site) compareArticles(a, b *article.Article) int {
	place := func(lang string) int {
		return slices.IndexFunc(s.Languages, func(l Language) bool { return l.Tag == lang })
	}
	if byPath := cmp.Compare(a.Path, b.Path); byPath != 0 {
		return byPath
	}
	return cmp.Compare(place(a.Lang), place(b.Lang))
}

// checkAgain proves the articles that have changed and those that lead to them,
// and that no two things claim one address, if any has moved.
func (l *Library) checkAgain(changed []*article.Article, moved bool) []diag.Finding {
	p := validator{Library: l}
	again := func(a *article.Article) {
		concerned := func(c *article.Article) bool { return a.Path == c.Path || a.LeadsTo(c.Path) }
		if slices.ContainsFunc(changed, concerned) {
			p.article(a)
		}
	}
	for _, a := range l.Articles {
		again(a)
	}
	for _, a := range l.drafts {
		again(a)
	}
	for i := 0; moved && i < len(l.Site.Languages); i++ {
		p.addresses(l.Site.Languages[i].Tag)
	}
	return p.found
}

// judgeAgain compares the translations of one article with what they were made
// from.
func (l *Library) judgeAgain(path string) []diag.Finding {
	var found []diag.Finding
	for lang, file := range l.baselines {
		d := l.drift[lang]
		r := file.Get(path)
		var drifts []drift.Drift
		if r != nil {
			var fs []diag.Finding
			drifts, fs = l.judgeArticle(lang, file.Name, *r)
			found = append(found, fs...)
		}
		from, to := d.of(path)
		d.drifts = slices.Concat(d.drifts[:from], drifts, d.drifts[to:])

		unjudged := r == nil && l.Article(lang, path) != nil && l.Article(l.Site.DefaultLanguage, path) != nil
		d.unjudged = slices.Clone(d.unjudged)
		switch i, known := slices.BinarySearch(d.unjudged, path); {
		case known && !unjudged:
			d.unjudged = slices.Delete(d.unjudged, i, i+1)
		case unjudged && !known:
			d.unjudged = slices.Insert(d.unjudged, i, path)
		}
		l.drift[lang] = d
	}
	return found
}

// unaffected returns the findings that do not depend on the articles: those of their
// files do, and what is said of their translations.
func unaffected(found []diag.Finding, changed []*article.Article) []diag.Finding {
	files, paths := map[string]bool{}, map[string]bool{}
	for _, a := range changed {
		files[a.File], paths[a.Path] = true, true
	}
	return slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool {
		if f.Rule != drift.DriftRule || files[f.File] {
			return files[f.File]
		}
		a, _ := article.Place(f.File)
		return paths[a.Path]
	})
}
