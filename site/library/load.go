package library

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"sync"

	"helpcenter/site/article"
	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

// Load reads and proves the room that fsys holds, rooted at content/. Beside
// errors it returns what it could read: a library that is never nil, but not fit
// for publication. The same room gives the same library and the same findings,
// sorted.
//
// Where site.toml cannot be read, or does not say which languages there are, its
// own mistakes are the only findings: whether the rest is right depends on it. The
// library is empty then, and its site without languages.
func Load(fsys fs.FS) (*Library, []diag.Finding) { return LoadWith(fsys, nil) }

// LoadWith is Load that does not parse again what the cache has, which may be nil.
func LoadWith(fsys fs.FS, cache *buildcache.Cache) (*Library, []diag.Finding) {
	site, found, ok := LoadSite(fsys)
	if !ok {
		return newLibrary(site, nil, nil), diag.Sort(found)
	}
	files := Walk(fsys, site)
	articles, inArticles := each(files.Articles, func(file string) (*article.Article, []diag.Finding) {
		return loadArticle(fsys, file, cache)
	})
	assets, inAssets := each(files.Assets, func(file string) (*Asset, []diag.Finding) {
		return loadAsset(fsys, file)
	})
	l := newLibrary(site, articles, assets)
	for _, name := range files.misplaced {
		l.misplaced[name] = true
	}
	found = slices.Concat(found, files.found, inArticles, inAssets, l.validate(articles), l.judge(fsys))
	return l, diag.Sort(found)
}

func LoadSite(fsys fs.FS) (*Site, []diag.Finding, bool) {
	var data bytes.Buffer
	if f := article.Read(fsys, "site.toml", article.MaxSite, &data); f != nil {
		return noSite(), []diag.Finding{*f}, false
	}
	site, found, ok := readSite(data.Bytes())
	if !ok {
		return noSite(), found, false
	}
	return site, found, true
}

// sources keeps the memory that articles are read into: nothing of an article
// outlives its parsing but copies.
var sources = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func loadArticle(fsys fs.FS, file string, cache *buildcache.Cache) (*article.Article, []diag.Finding) {
	data := sources.Get().(*bytes.Buffer)
	defer sources.Put(data)
	data.Reset()
	name := path.Join("content", file)
	if f := article.Read(fsys, file, article.MaxArticle, data); f != nil {
		a, _ := article.Place(name)
		found := []diag.Finding{*f}
		a.Tear(found)
		return a, found
	}
	return article.ParseCached(name, data.Bytes(), cache)
}

func loadAsset(fsys fs.FS, file string) (*Asset, []diag.Finding) {
	var data bytes.Buffer
	if f := article.Read(fsys, file, article.MaxAsset, &data); f != nil {
		return &Asset{File: file}, []diag.Finding{*f}
	}
	return newAsset(file, data.Bytes())
}

// each returns what load makes of each item, and all findings, both in the order of the items.
func each[S, T any](items []S, load func(S) (T, []diag.Finding)) ([]T, []diag.Finding) {
	type result struct {
		value T
		found []diag.Finding
	}
	results := parallel.Map(items, func(item S) result {
		value, found := load(item)
		return result{value, found}
	})
	values := make([]T, len(items))
	var found []diag.Finding
	for i, r := range results {
		values[i] = r.value
		found = append(found, r.found...)
	}
	return values, found
}

// newLibrary makes a library of what was read; drafts are left out.
func newLibrary(site *Site, articles []*article.Article, assets []*Asset) *Library {
	l := &Library{Site: site, Assets: assets, articles: map[name]*article.Article{}, assets: map[string]*Asset{}, drafts: map[name]*article.Article{}, misplaced: map[string]bool{}}
	for _, a := range articles {
		if a.Draft {
			l.drafts[name{a.Lang, a.Path}] = a
		} else {
			l.Articles = append(l.Articles, a)
			l.articles[name{a.Lang, a.Path}] = a
		}
	}
	for _, a := range assets {
		l.assets[a.File] = a
	}
	slices.SortStableFunc(l.Articles, site.compareArticles)
	return l
}
