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

// Holds reports whether an article of the library, in view or not, comes from the file, named as in findings.
func (l *Library) Holds(file string) bool { return held(l, file) != nil }

// held returns the article that comes from a file, or nil.
func held(l *Library, file string) *article.Article {
	if len(l.articles)+len(l.hidden) == 0 {
		return nil // without allocating
	}
	a, ok := article.Place(file)
	at := name{a.Lang, a.Path}
	if !ok {
		return nil
	}
	return cmp.Or(l.articles[at], l.hidden[at])
}

// With returns what [Load] would return after a writer has changed the given files and nothing else. The receiver
// and found are results of Load or With without errors, and the receiver holds each of the files. It is not
// modified; the result shares what has not changed, and only what leads to the changes is checked again. The first
// call reads the baselines of translations, which later ones reuse.
func (l *Library) With(fsys fs.FS, found []diag.Finding, files ...string) (*Library, []diag.Finding) {
	changed, fresh := each(files, func(file string) (*article.Article, []diag.Finding) {
		return article.Load(fsys, strings.TrimPrefix(file, "content/"), nil, nil)
	})
	next := l.share(fsys)
	moved := false
	paths := map[string]bool{}
	for _, a := range changed {
		old := l.articles[name{a.Lang, a.Path}]
		moved = moved || old == nil || l.hides(a) || old.Slug != a.Slug || !slices.Equal(old.Aliases, a.Aliases)
		next.put(a)
		paths[a.Path] = true
	}
	again, more := next.validateAgain(paths, moved)
	fresh = append(fresh, more...)
	fresh = append(fresh, next.compareAgain(paths)...)
	return next, diag.Sort(append(unaffected(found, changed, paths, again), fresh...))
}

// share returns a copy of the library that may be changed.
func (l *Library) share(fsys fs.FS) *Library {
	next := *l
	next.Articles = slices.Clone(l.Articles)
	next.articles, next.hidden, next.drift = maps.Clone(l.articles), maps.Clone(l.hidden), maps.Clone(l.drift)
	if next.baselines == nil {
		next.baselines = map[string]*drift.BaselineFile{}
		for lang := range l.drift {
			next.baselines[lang], _ = drift.ReadBaselines(fsys, lang) // Load has reported the findings
		}
	}
	return &next
}

// put replaces the article of the same name, or removes it if the new one is not in view.
func (l *Library) put(a *article.Article) {
	at := name{a.Lang, a.Path}
	delete(l.articles, at)
	delete(l.hidden, at)
	i, found := slices.BinarySearchFunc(l.Articles, a, l.Site.compareArticles)
	switch {
	case l.hides(a):
		l.hidden[at] = a
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

// validateAgain checks the articles with changed paths and those that lead to them. It returns their files. If
// moved is set, it also checks all addresses.
func (l *Library) validateAgain(changed map[string]bool, moved bool) (files map[string]bool, found []diag.Finding) {
	v := l.validator()
	changed = maps.Clone(changed)
	l.showing(changed)
	files = map[string]bool{}
	among := members(changed)
	for a := range l.all() {
		if among(a.Path) || slices.ContainsFunc(a.Related, among) || slices.ContainsFunc(a.Leads, among) {
			files[a.File] = true
			v.article(a)
		}
	}
	if moved {
		v.mostNeeded()
		v.addresses()
	}
	return files, v.found
}

// members returns a function that reports whether a path is in a set. It is called for every link of every article,
// so for a small set it compares strings rather than hashing them.
func members(set map[string]bool) func(path string) bool {
	if len(set) > 8 {
		return func(path string) bool { return set[path] }
	}
	few := slices.Collect(maps.Keys(set))
	return func(path string) bool { return slices.Contains(few, path) }
}

// compareAgain compares the translations of the changed paths with their baselines.
func (l *Library) compareAgain(changed map[string]bool) []diag.Finding {
	var found []diag.Finding
	for lang, file := range l.baselines {
		old := l.drift[lang]
		d := languageDrift{
			slices.DeleteFunc(slices.Clone(old.drifts), func(d drift.Drift) bool { return changed[d.Path] }),
			slices.DeleteFunc(slices.Clone(old.unjudged), func(path string) bool { return changed[path] }),
		}
		for _, path := range slices.Sorted(maps.Keys(changed)) {
			if b := file.Get(path); b != nil {
				drifts, fs := l.compareArticle(lang, file.Name, *b)
				d.drifts, found = append(d.drifts, drifts...), append(found, fs...)
			} else if l.Article(lang, path) != nil && l.Article(l.Site.DefaultLanguage, path) != nil {
				d.unjudged = append(d.unjudged, path)
			}
		}
		d.sort()
		l.drift[lang] = d
	}
	return found
}

// unaffected returns the findings that remain: it drops those in the changed files, on drift of their paths, and
// about links in files that were checked again.
func unaffected(
	found []diag.Finding, changed []*article.Article, paths, again map[string]bool,
) []diag.Finding {
	files := map[string]bool{}
	for _, a := range changed {
		files[a.File] = true
	}
	return slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool {
		if f.Rule != drift.Rule || files[f.File] {
			return files[f.File] || f.Rule == "broken-link" && again[f.File]
		}
		a, _ := article.Place(f.File)
		return paths[a.Path]
	})
}
