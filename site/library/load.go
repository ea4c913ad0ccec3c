package library

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

const (
	maxSite  = 1 << 20  // bytes of site.toml
	maxAsset = 16 << 20 // bytes of an asset
)

// Load reads and checks the folder content/, given as fsys. Along with errors it returns what it could read: the
// library is never nil, but must not be published then. The same files give the same library and the same findings,
// sorted.
//
// If site.toml cannot be read or does not say which languages there are, Load reports only the errors in it and
// returns an empty library: the rest cannot be judged without it.
func Load(fsys fs.FS) (*Library, []diag.Finding) { return LoadWith(fsys, nil, View{}) }

// LoadWith is like [Load], but of a view, and with a cache of parsed articles, which may be nil.
func LoadWith(fsys fs.FS, cache *buildcache.Cache, view View) (*Library, []diag.Finding) {
	return new(Library).Again(fsys, cache, view)
}

// Again is like [LoadWith], but articles that are in the cache and have not changed share their texts with this one's.
func (l *Library) Again(fsys fs.FS, cache *buildcache.Cache, view View) (*Library, []diag.Finding) {
	site, found, ok := LoadSite(fsys)
	if !ok {
		return newLibrary(site, nil, nil, view), diag.Sort(found)
	}
	files := walk(fsys, site)
	articles, inArticles := each(files.articles, func(file string) (*article.Article, []diag.Finding) {
		return article.Load(fsys, file, cache, held(l, "content/"+file))
	})
	assets, inAssets := each(files.assets, func(file string) (*Asset, []diag.Finding) {
		return loadAsset(fsys, file)
	})
	next := newLibrary(site, articles, assets, view)
	for _, name := range files.misplaced {
		next.misplaced[name] = true
	}
	var inRedirects []diag.Finding
	next.Redirects, inRedirects = readRedirects(fsys)
	found = slices.Concat(found, files.found, inArticles, inAssets, inRedirects)
	found = slices.Concat(found, next.validate(articles, cache), next.compare(fsys))
	return next, diag.Sort(found)
}

// LoadSite reads and checks site.toml. It returns false if the file does not say which languages there are.
func LoadSite(fsys fs.FS) (*Site, []diag.Finding, bool) {
	var data bytes.Buffer
	if f := article.Read(fsys, "site.toml", maxSite, &data); f != nil {
		return noSite(), []diag.Finding{*f}, false
	}
	site, found, ok := readSite(data.Bytes())
	site.sum = sha256.Sum256(data.Bytes())
	if !ok {
		return noSite(), found, false
	}
	return site, found, true
}

func loadAsset(fsys fs.FS, file string) (*Asset, []diag.Finding) {
	var data bytes.Buffer
	if f := article.Read(fsys, file, maxAsset, &data); f != nil {
		return &Asset{File: file}, []diag.Finding{*f}
	}
	return newAsset(file, data.Bytes())
}

// each calls load for all items in parallel, and returns values and findings in the order of the items.
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

func newLibrary(site *Site, articles []*article.Article, assets []*Asset, view View) *Library {
	l := &Library{
		Site: site, Assets: assets, view: view,
		articles: map[name]*article.Article{}, hidden: map[name]*article.Article{},
		assets: map[string]*Asset{}, misplaced: map[string]bool{},
	}
	for _, a := range articles {
		if l.hides(a) {
			l.hidden[name{a.Lang, a.Path}] = a
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
