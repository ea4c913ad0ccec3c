package site

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"

	"helpcenter/content"
)

// A File is one file of the published site.
type File struct {
	Path      string // below the site's root, with slashes
	Type      string // media type
	Immutable bool   // its name holds a hash of its bytes
	Data      []byte
	page      *page // what Data is made of, until it is
}

const pageType = "text/html; charset=utf-8"

// listPages names every page, in the order of their addresses within each
// language. None is rendered yet.
func (s *Site) listPages() {
	for _, l := range s.langs {
		s.add(s.homePage(l), s.articlesPage(l), s.searchPage(l), s.notFoundPage(l))
		for i := range s.Library.Site.Products {
			p := &s.Library.Site.Products[i]
			s.add(s.productPage(l, p))
			for _, c := range s.categories(l, p.ID) {
				s.add(s.categoryPage(l, p, c))
			}
		}
		for _, path := range s.articles {
			s.add(s.articlePage(l, path))
		}
		for _, c := range s.checkers {
			s.add(c.pages(l)...)
		}
	}
	slices.SortFunc(s.pages, func(a, b *page) int { return strings.Compare(a.file, b.file) })
}

func (s *Site) add(pages ...*page) { s.pages = append(s.pages, pages...) }

// All returns every file of the site, ordered by path within each of its parts:
// pages, assets, search index, and what robots and hosts read.
func (s *Site) All() iter.Seq[File] {
	return func(yield func(File) bool) {
		for _, p := range s.pages {
			if !yield(File{Path: p.file, Type: pageType, page: p}) {
				return
			}
		}
		for _, part := range [][]File{s.assets.files, s.indexFiles(), s.redirects(), s.machineFiles()} {
			for _, f := range part {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Bytes returns what the file holds, rendered now if it is a page. The result
// is valid until b is used again.
func (f File) Bytes(b *bytes.Buffer) []byte {
	if f.page == nil {
		return f.Data
	}
	b.Reset()
	f.page.write(b, f.page)
	return b.Bytes()
}

// articleAliases calls visit with each address that an article used to have, and the file of
// the page that it has now.
func (s *Site) articleAliases(visit func(l *language, old string, a *content.Article)) {
	for _, l := range s.langs {
		for _, path := range s.articles {
			if a := s.Library.Article(l.Tag, path); a != nil {
				for _, alias := range a.Aliases {
					visit(l, fmt.Sprintf("%s/%s/index.html", l.Tag, strings.Trim(alias, "/")), a)
				}
			}
		}
	}
}
