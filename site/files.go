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
	Write     func(b *bytes.Buffer) error
}

const PageType = "text/html; charset=utf-8"

// Bytes returns what the file holds. The result is valid until b is used again.
// An error is that of a template that fails.
func (f File) Bytes(b *bytes.Buffer) ([]byte, error) {
	b.Reset()
	if err := f.Write(b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// BytesFile is a file whose bytes are there already.
func BytesFile(path, mediaType string, data []byte) File {
	return File{Path: path, Type: mediaType, Write: func(b *bytes.Buffer) error {
		b.Write(data)
		return nil
	}}
}

// A pageFile is the address of a page, and how to make it.
type pageFile struct {
	FileName string
	lang     *Language
	article  string // the path of the one that it shows, or ""
	make     func(*Site) *page
	text     []string             // paths of the articles whose text it shows
	Listed   func(*Site) []string // paths of those of which it shows anything else; nil for any
	unlisted bool                 // a step of a question, not in the sitemap
}

// File returns the page of a site as a file.
func (f *pageFile) File(s *Site) File {
	return File{Path: f.FileName, Type: PageType, Lang: f.lang.Tag, Article: f.article, Write: func(b *bytes.Buffer) error {
		return f.lang.Write(b, f.make(s))
	}}
}

// listPages names every page, in the order of their addresses. None is made yet.
func (s *Site) listPages() {
	for _, l := range s.Langs {
		add := func(file string, listed func(*Site) []string, make func(*Site) *page) {
			s.PageFiles = append(s.PageFiles, pageFile{FileName: file, lang: l, Listed: listed, make: make})
		}
		add(PagePath(l.Tag), nil, func(s *Site) *page { return s.homePage(l) })
		add(PagePath(l.Tag, "articles"), nil, func(s *Site) *page { return s.articlesPage(l) })
		add(PagePath(l.Tag, "search"), nil, func(s *Site) *page { return s.searchPage(l) })
		add(l.Tag+"/404.html", nil, func(s *Site) *page { return s.notFoundPage(l) })
		for i := range s.Library.Site.Products {
			p := &s.Library.Site.Products[i]
			add(PagePath(l.Tag, p.ID), nil, func(s *Site) *page { return s.productPage(l, p) })
			for j := range s.Library.Site.Categories {
				c := &s.Library.Site.Categories[j]
				if len(s.shelf[p.ID+"/"+c.ID]) > 0 {
					add(PagePath(l.Tag, p.ID, c.ID), func(s *Site) []string { return s.shelf[p.ID+"/"+c.ID] }, func(s *Site) *page { return s.categoryPage(l, p, c) })
				}
			}
		}
		for _, path := range s.ArticlePaths {
			listed := func(s *Site) []string { return leadsTo(s.Article(l.Tag, path)) }
			s.PageFiles = append(s.PageFiles, pageFile{
				FileName: s.ArticleFile(l.Tag, path), lang: l, article: path, text: []string{path}, Listed: listed,
				make: func(s *Site) *page { return s.ArticlePage(l, path) },
			})
		}
		for _, c := range s.Checkers {
			s.PageFiles = append(s.PageFiles, c.pages(l)...)
		}
	}
	slices.SortFunc(s.PageFiles, func(a, b pageFile) int { return strings.Compare(a.FileName, b.FileName) })
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
	if f, ok := s.ByPath()[path]; ok {
		return f, true
	}
	return s.FindIndexFile(path)
}

// filesByPath returns every file but those of the search indexes, which are not made
// for it.
func (s *Site) filesByPath() map[string]File {
	others := s.otherFiles()
	files := make(map[string]File, len(s.PageFiles)+len(others))
	for _, f := range others {
		files[f.Path] = f
	}
	for i := range s.PageFiles {
		files[s.PageFiles[i].FileName] = s.PageFiles[i].File(s)
	}
	return files
}

// otherFiles returns the files that are no pages of the list and of no index. The
// sitemap, which takes longest, is among the first.
func (s *Site) otherFiles() []File {
	return slices.Concat(s.machineFiles(), s.AssetFiles.Files, s.redirects())
}

// Pages returns how many pages the site has.
func (s *Site) Pages() int { return len(s.PageFiles) }

// articleAliases calls visit with the file of each page that an article used to
// have in a language, translated or not, and with the article.
func (s *Site) articleAliases(visit func(l *Language, old string, a *article.Article)) {
	for _, l := range s.Langs {
		for _, path := range s.ArticlePaths {
			a := s.Article(l.Tag, path)
			for _, alias := range a.Aliases {
				visit(l, PagePath(l.Tag, alias), a)
			}
		}
	}
}
