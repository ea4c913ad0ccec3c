package site

import (
	"bytes"
	"slices"
	"strings"

	"helpcenter/site/article"
)

// A File is one file of the published site. What it holds is made when it is
// asked for.
type File struct {
	Path      string // below the site's root, with slashes
	Type      string // media type
	Immutable bool   // its name holds a hash of its bytes
	Lang      string // of a page, "" for what is no page
	Article   string // the path of the article that a page shows, or ""
	write     func(b *bytes.Buffer) error
}

const pageType = "text/html; charset=utf-8"

// Bytes returns what the file holds. The result is valid until b is used again.
// An error is that of a template that fails.
func (f File) Bytes(b *bytes.Buffer) ([]byte, error) {
	b.Reset()
	if err := f.write(b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// bytesFile is a file whose bytes are there already.
func bytesFile(path, mediaType string, data []byte) File {
	return File{Path: path, Type: mediaType, write: func(b *bytes.Buffer) error {
		b.Write(data)
		return nil
	}}
}

// A pageFile is the address of a page, and how to make it.
type pageFile struct {
	file     string
	lang     *language
	article  string // the path of the one that it shows, or ""
	make     func(*Site) *page
	text     []string             // paths of the articles whose text it shows
	listed   func(*Site) []string // paths of those of which it shows anything else; nil for any
	unlisted bool                 // a step of a question, not in the sitemap
}

// File returns the page of a site as a file.
func (f *pageFile) File(s *Site) File {
	return File{Path: f.file, Type: pageType, Lang: f.lang.Tag, Article: f.article, write: func(b *bytes.Buffer) error {
		return f.lang.write(b, f.make(s))
	}}
}

// listPages names every page, in the order of their addresses. None is made yet.
func (s *Site) listPages() {
	for _, l := range s.langs {
		add := func(file string, listed func(*Site) []string, make func(*Site) *page) {
			s.pages = append(s.pages, pageFile{file: file, lang: l, listed: listed, make: make})
		}
		add(file(l.Tag), nil, func(s *Site) *page { return s.homePage(l) })
		add(file(l.Tag, "articles"), nil, func(s *Site) *page { return s.articlesPage(l) })
		add(file(l.Tag, "search"), nil, func(s *Site) *page { return s.searchPage(l) })
		add(l.Tag+"/404.html", nil, func(s *Site) *page { return s.notFoundPage(l) })
		for i := range s.Library.Site.Products {
			p := &s.Library.Site.Products[i]
			add(file(l.Tag, p.ID), nil, func(s *Site) *page { return s.productPage(l, p) })
			for j := range s.Library.Site.Categories {
				c := &s.Library.Site.Categories[j]
				if len(s.shelf[p.ID+"/"+c.ID]) > 0 {
					add(file(l.Tag, p.ID, c.ID), func(s *Site) []string { return s.shelf[p.ID+"/"+c.ID] }, func(s *Site) *page { return s.categoryPage(l, p, c) })
				}
			}
		}
		for _, path := range s.articles {
			listed := func(s *Site) []string { return leadsTo(s.article(l.Tag, path)) }
			s.pages = append(s.pages, pageFile{
				file: s.articleFile(l.Tag, path), lang: l, article: path, text: []string{path}, listed: listed,
				make: func(s *Site) *page { return s.articlePage(l, path) },
			})
		}
		for _, c := range s.checkers {
			s.pages = append(s.pages, c.pages(l)...)
		}
	}
	slices.SortFunc(s.pages, func(a, b pageFile) int { return strings.Compare(a.file, b.file) })
}

// leadsTo returns the paths of all that an article leads to, whose addresses and
// titles it may show.
func leadsTo(a *article.Article) []string {
	paths := slices.Clone(a.Related)
	for _, link := range a.Links {
		if link.Ref != "" {
			paths = append(paths, link.Ref)
		}
	}
	return paths
}

// File returns the file at a path below the site's root. The path of a folder, which
// is "" or ends with a slash, is that of its index.html.
func (s *Site) File(path string) (File, bool) {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	if f, ok := s.byPath()[path]; ok {
		return f, true
	}
	return s.findIndexFile(path)
}

// filesByPath returns every file but those of the search indexes, which are not made
// for it.
func (s *Site) filesByPath() map[string]File {
	others := s.otherFiles()
	files := make(map[string]File, len(s.pages)+len(others))
	for _, f := range others {
		files[f.Path] = f
	}
	for i := range s.pages {
		files[s.pages[i].file] = s.pages[i].File(s)
	}
	return files
}

// otherFiles returns the files that are no pages of the list and of no index. The
// sitemap, which takes longest, is among the first.
func (s *Site) otherFiles() []File {
	return slices.Concat(s.machineFiles(), s.assets.files, s.redirects())
}

// Pages returns how many pages the site has.
func (s *Site) Pages() int { return len(s.pages) }

// articleAliases calls visit with the file of each page that an article used to
// have in a language, translated or not, and with the article.
func (s *Site) articleAliases(visit func(l *language, old string, a *article.Article)) {
	for _, l := range s.langs {
		for _, path := range s.articles {
			a := s.article(l.Tag, path)
			for _, alias := range a.Aliases {
				visit(l, file(l.Tag, alias), a)
			}
		}
	}
}
