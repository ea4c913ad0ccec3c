// Package library reads all articles and site.toml, and checks what holds between them.
//
// [Load] reads the folder in parallel, renders every article's Markdown once and checks what articles alone
// can tell: links, anchors, pictures, addresses. It reports all mistakes as findings and returns the rest, so
// that one run shows everything. A mistake is reported once: links into a file that could not be read
// completely are not.
//
// [LoadWith] parses only articles that a cache lacks. While a writer works, [Library.With] reads the saved
// files and checks only what leads to them. Either returns what Load would return.
//
// [Library.Drift] tells which translations are older than their source, and [Library.Accept] records that
// they are up to date.
package library

import (
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
)

// A Library is all that writers wrote, read and checked.
type Library struct {
	Site     *Site
	Articles []*article.Article // those in view, by path, then in the order of the site's languages
	Assets   []*Asset           // by file

	Redirects []Redirect // of redirects.toml, in its order

	articles  map[name]*article.Article
	hidden    map[name]*article.Article // those not in view
	view      View
	misplaced map[string]bool // names of articles outside the folders of articles
	assets    map[string]*Asset
	drift     map[string]languageDrift       // by language
	baselines map[string]*drift.BaselineFile // by language; only With keeps them
}

type name struct{ lang, path string }

// Article returns the article of that path in that language, or nil.
func (l *Library) Article(lang, path string) *article.Article { return l.articles[name{lang, path}] }

// Lacks reports whether certainly no article has that path in that language. If one of its name is in a wrong
// folder, which is reported, it returns false.
func (l *Library) Lacks(lang, path string) bool {
	return l.Article(lang, path) == nil && !l.misplaced[path[strings.LastIndexByte(path, '/')+1:]]
}

// Whole reports whether every article is in its place and could be read completely.
func (l *Library) Whole() bool {
	return len(l.misplaced) == 0 && !slices.ContainsFunc(l.Articles, (*article.Article).Incomplete)
}

// Shown returns what readers of a language see at the path: the article in that language, or else in the
// default language, or else in the first language that has it; nil if none has.
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

// Asset returns the asset of that file, or nil.
func (l *Library) Asset(file string) *Asset { return l.assets[file] }

// An Asset is a file other than an article, such as an image. It is published under a name with a hash of its
// content.
type Asset struct {
	File          string // below content/: images/where.svg
	Name          string // for publication: where.3f9a1c2b.svg; the same for equal files of one name
	Type          string // media type
	Width, Height int    // in CSS pixels; 0 if not known
	Data          []byte
}
