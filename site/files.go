package site

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"
)

// pageFiles yields a page of the list in each of its forms, HTML first. All are made from one page, whose memory is
// reused once all have been yielded. It calls keep, unless nil, with the page's Markdown.
func (s *Site) pageFiles(p *pageFile, keep func(path string, markdown []byte), yield func(File) bool) {
	l := s.langs[p.lang]
	var made *page
	make := sync.OnceValue(func() *page {
		made = p.make(l)
		return made
	})
	defer func() {
		if made != nil {
			made.release()
		}
	}()
	html := l.file(p.path, make)
	html.Article = p.article
	if !yield(html) {
		return
	}
	if path := s.markdownPath(p.path); path != "" && !yield(File{
		Path: path, Type: MarkdownType, Write: func(b *bytes.Buffer) error {
			err := make().writeMarkdown(b)
			if err == nil && keep != nil {
				keep(p.article, b.Bytes())
			}
			return err
		},
	}) {
		return
	}
	if p.decided && !s.PagesOnly {
		path := strings.TrimSuffix(p.path, "index.html") + decisionName
		yield(plainFile(path, "application/json", func(b *bytes.Buffer) {
			writeJSON(b, make().Data.(*stateView).Decision)
		}))
	}
}

// listPages returns every page, sorted by address, without making any.
func listPages(s *Site) (list []pageFile) {
	for i, l := range s.langs {
		add := func(p pageFile) {
			p.lang = i
			list = append(list, p)
		}
		add(pageFile{path: l.path(), make: homePage})
		for _, part := range listParts(s.byCategory["."], "articles") {
			make := func(l *language) *page { return articlesPage(l, part) }
			add(pageFile{path: l.path(part.steps()...), make: make})
		}
		add(pageFile{path: l.path("search"), make: searchPage})
		add(pageFile{
			path: l.Tag + "/404.html", unlisted: true,
			make: func(l *language) *page { return notFoundPage(l) },
		})
		for _, p := range s.Library.Site.Products {
			add(pageFile{path: l.path(p.ID), make: func(l *language) *page { return productPage(l, p.ID) }})
			addCategories(l, p.ID, add)
		}
		addCategories(l, "", add)
		for _, path := range s.paths {
			add(pageFile{
				path: s.articleFile(l.Tag, path), article: path, text: s.Library.WithShown(path),
				unlisted: !s.Library.Publishes(l.Tag, path),
				make:     func(l *language) *page { return articlePage(l, path) },
				lists:    func(l *language) []string { return allLeads(l, path) },
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

// addCategories adds the pages of the categories in which a product has articles, or for "" of those with articles
// about no product.
func addCategories(l *language, product string, add func(pageFile)) {
	for _, c := range categoriesOf(l.site, product) {
		for _, part := range listParts(l.site.byCategory[path.Join(product, c.ID)], product, c.ID) {
			add(pageFile{
				path:  l.path(part.steps()...),
				make:  func(l *language) *page { return categoryPage(l, product, c.ID, part) },
				lists: func(*language) []string { return part.paths },
			})
		}
	}
}

// File returns the file at a path below the site's root. The path of a folder, which is "" or ends in a slash,
// means its index.html.
func (s *Site) File(path string) (File, bool) {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	page := path
	for _, end := range []string{".md", "/" + decisionName} {
		if base, ok := strings.CutSuffix(path, end); ok {
			page = base + "/index.html"
		}
	}
	byPath := func(p pageFile, path string) int { return strings.Compare(p.path, path) }
	if i, ok := slices.BinarySearchFunc(s.pages, page, byPath); ok {
		var found File
		s.pageFiles(&s.pages[i], nil, func(f File) bool {
			found = f
			return f.Path != path
		})
		if found.Path == path {
			return found, true
		}
	}
	if f, ok := s.files()[path]; ok {
		return f, true
	}
	return findIndexFile(s, path)
}

// Markdown returns the Markdown file of the page at a path, if it has one.
func (s *Site) Markdown(page string) (File, bool) {
	if page == "" || strings.HasSuffix(page, "/") {
		page += "index.html"
	}
	path := s.markdownPath(page)
	if path == "" {
		return File{}, false
	}
	return s.File(path)
}

// filesByPath returns the files that are neither pages nor in a search index.
func filesByPath(s *Site) map[string]File {
	files := map[string]File{}
	for _, f := range otherFiles(s) {
		files[f.Path] = f
	}
	for _, l := range s.langs {
		for _, t := range fullTexts(l) {
			f := t.file()
			files[f.Path] = f
		}
	}
	return files
}

// otherFiles returns the files that are neither in the list of pages nor in a search index. The sitemap, which
// takes longest, is among the first.
func otherFiles(s *Site) []File {
	return slices.Concat(hostFiles(s), listFiles(s), s.assets.files, redirectPages(s), s.static)
}
