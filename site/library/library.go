// Package library reads all articles and site.toml, and checks what holds between them.
//
// [Load] reads the folder in parallel, renders every article's Markdown once and checks everything that articles
// alone can tell: links, anchors, pictures, addresses. It reports all mistakes as findings and returns the rest, so
// that one run shows everything. Each mistake is reported once: if a file could not be read completely, links into
// it are not reported too.
//
// [LoadWith] parses only the articles that a cache lacks. While a writer works, [Library.With] reads the saved
// files and checks only what leads to them. Both return what Load would return.
//
// [Library.Drift] tells which translations are older than their sources, and [Library.Accept] records that they are
// up to date.
package library

import (
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
)

// A Library is everything that writers wrote, read and checked.
type Library struct {
	Site     *Site
	Articles []*article.Article // articles in view, by path, then in the order of the site's languages
	Assets   []*Asset           // by file

	Redirects []Redirect // of redirects.toml, in its order

	articles  map[name]*article.Article
	hidden    map[name]*article.Article // articles not in view
	view      View
	misplaced map[string]bool // names of articles outside the folders of articles
	assets    map[string]*Asset
	drift     map[string]languageDrift       // by language
	baselines map[string]*drift.BaselineFile // by language; only With keeps them
}

type name struct{ lang, path string }

// Article returns the article with this path in this language, or nil.
func (l *Library) Article(lang, path string) *article.Article { return l.articles[name{lang, path}] }

// Lacks reports whether the language is known to have no article with this path. It returns false if an article of
// this name is in a wrong folder, which is reported.
func (l *Library) Lacks(lang, path string) bool {
	return l.Article(lang, path) == nil && !l.misplaced[path[strings.LastIndexByte(path, '/')+1:]]
}

// Whole reports whether every article is in its place and could be read completely.
func (l *Library) Whole() bool {
	return len(l.misplaced) == 0 && !slices.ContainsFunc(l.Articles, (*article.Article).Incomplete)
}

// Shown returns what readers of a language see at a path: the article in that language, else in the default
// language, else in the first language that has it, else nil.
func (l *Library) Shown(lang, path string) *article.Article {
	a := l.Article(lang, path)
	if a == nil {
		a = l.Article(l.Site.DefaultLanguage, path)
	}
	for i := 0; a == nil && i < len(l.Site.Languages); i++ {
		a = l.Article(l.Site.Languages[i].Tag, path)
	}
	return a
}

// Asset returns the asset with this file, or nil.
func (l *Library) Asset(file string) *Asset { return l.assets[file] }

// An Asset is a file other than an article, such as an image. It is published under a name that includes a hash of
// its content.
type Asset struct {
	File          string // below content/: images/where.svg
	Name          string // published name: where.3f9a1c2b.svg; the same for equal files of one name
	Type          string // media type
	Width, Height int    // in CSS pixels; 0 if not known
	Data          []byte
}
