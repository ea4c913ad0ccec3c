package site

import (
	"bytes"
	"slices"
	"strings"
)

// page returns a page of the list as a file.
func (s *Site) page(p *pageFile) File {
	f := s.langs[p.lang].file(p.path, p.make)
	f.Article = p.article
	return f
}

// listPages returns every page, sorted by address. It makes none of them.
func listPages(s *Site) (list []pageFile) {
	for i, l := range s.langs {
		add := func(p pageFile) {
			p.lang = i
			list = append(list, p)
		}
		add(pageFile{path: l.path(), make: homePage})
		add(pageFile{path: l.path("articles"), make: articlesPage})
		add(pageFile{path: l.path("search"), make: searchPage})
		add(pageFile{
			path: l.Tag + "/404.html", unlisted: true,
			make: func(l *language) *page { return notFoundPage(l) },
		})
		for _, p := range s.Library.Site.Products {
			add(pageFile{path: l.path(p.ID), make: func(l *language) *page { return productPage(l, p.ID) }})
			for _, c := range s.Library.Site.Categories {
				if len(s.byCategory[p.ID+"/"+c.ID]) > 0 {
					add(pageFile{
						path:  l.path(p.ID, c.ID),
						make:  func(l *language) *page { return categoryPage(l, p.ID, c.ID) },
						lists: func(l *language) []string { return l.site.byCategory[p.ID+"/"+c.ID] },
					})
				}
			}
		}
		for _, path := range s.paths {
			add(pageFile{
				path: s.articleFile(l.Tag, path), article: path, text: []string{path},
				unlisted: s.Library.Article(l.Tag, path) == nil, // a copy of the text in another language
				make:     func(l *language) *page { return articlePage(l, path) },
				lists:    func(l *language) []string { return leads(l.site.Article(l.Tag, path)) },
			})
		}
		for _, c := range s.checkers {
			for _, p := range c.pages(l) {
				add(p)
			}
		}
	}
	slices.SortFunc(list, func(a, b pageFile) int { return strings.Compare(a.path, b.path) })
	return list
}

// File returns the file at a path below the site's root. The path of a folder,
// which is "" or ends with a slash, means its index.html.
func (s *Site) File(path string) (File, bool) {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	if f, ok := s.files()[path]; ok {
		return f, true
	}
	return findIndexFile(s, path)
}

// filesByPath returns every file except those of the search indexes, which it
// does not make.
func filesByPath(s *Site) map[string]File {
	others := otherFiles(s)
	files := make(map[string]File, len(s.pages)+len(others))
	for _, f := range others {
		files[f.Path] = f
	}
	for i := range s.pages {
		files[s.pages[i].path] = s.page(&s.pages[i])
	}
	return files
}

// otherFiles returns the files that are neither in the list of pages nor in a
// search index. The sitemap, which takes longest, is among the first.
func otherFiles(s *Site) []File {
	return slices.Concat(hostFiles(s), s.assets.files, redirects(s))
}

// A File is one file of the published site. Its bytes are made on demand.
type File struct {
	Path      string // below the site's root, with slashes
	Type      string // media type
	Immutable bool   // its name contains a hash of its bytes
	Lang      string // of a page, otherwise ""
	Article   string // path of the article that a page shows, or ""
	Write     func(b *bytes.Buffer) error
}

// PageType is the media type of pages.
const PageType = "text/html; charset=utf-8"

// Bytes returns the content of the file, which is valid until b is used again.
// An error is that of a template.
func (f File) Bytes(b *bytes.Buffer) ([]byte, error) {
	b.Reset()
	if err := f.Write(b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// BytesFile returns a file of bytes that exist already.
func BytesFile(path, mediaType string, data []byte) File {
	return File{Path: path, Type: mediaType, Write: func(b *bytes.Buffer) error {
		b.Write(data)
		return nil
	}}
}
