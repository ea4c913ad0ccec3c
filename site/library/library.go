// Package library reads all articles and site.toml, and checks what holds between
// them.
//
// [Load] reads the folder in parallel, renders every article's Markdown once and
// checks what articles alone can tell: links, anchors, pictures, addresses. It
// reports all mistakes as findings and returns the rest, so that one run shows
// everything; what it returns beside an error is not fit for publication. A
// mistake is reported once: what a file that could not be read to the end seems
// to lack is not held against those that link to it.
//
// [LoadWith] parses no article again that a cache holds. While a writer works,
// [Library.With] reads the saved files and checks again only what leads to them.
// Either gives what Load would have given.
//
// [Library.Drift] tells which translations have not followed their source, and
// [Library.Accept] records that they have.
package library

import (
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
)

// A Library is everything that writers wrote, read and proven.
type Library struct {
	Site     *Site
	Articles []*article.Article // by path, then in the order of the site's languages; no drafts
	Assets   []*Asset           // by file

	articles  map[name]*article.Article
	drafts    map[name]*article.Article
	misplaced map[string]bool // names of articles that stand where none belongs
	assets    map[string]*Asset
	drift     map[string]languageDrift       // by language
	baselines map[string]*drift.BaselineFile // by language; kept by With only
}

type name struct{ lang, path string }

// Article returns the article of that path in that language, or nil where it is
// not translated.
func (l *Library) Article(lang, path string) *article.Article { return l.articles[name{lang, path}] }

// Lacks reports whether no article of that path is there in that language. One that
// stands where none belongs may be it: that has been found.
func (l *Library) Lacks(lang, path string) bool {
	return l.Article(lang, path) == nil && !l.misplaced[path[strings.LastIndexByte(path, '/')+1:]]
}

// Whole reports whether every article stands where it belongs and could be read to
// the last.
func (l *Library) Whole() bool {
	return len(l.misplaced) == 0 && !slices.ContainsFunc(l.Articles, (*article.Article).Incomplete)
}

// Shown returns what readers of a language see at the path: the article in their
// language or, for want of a translation, in the default language, or else in
// the first language of the site that has it; nil where none has.
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

// Asset returns the asset of that file, named as in holes, or nil.
func (l *Library) Asset(file string) *Asset { return l.assets[file] }

// An Asset is a file that is no article: a picture, mostly. It is published
// under a name that holds a hash of what it contains.
type Asset struct {
	File          string // below content/, as in holes: images/where.svg
	Name          string // for publication: where.3f9a1c2b.svg; equal for equal files of one name
	Type          string // media type
	Width, Height int    // in CSS pixels; 0 where not known
	Data          []byte
}
