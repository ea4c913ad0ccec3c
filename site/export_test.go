package site

import "context"

// Internals for the external tests of this package.

const (
	MaxAddress     = maxAddress
	MaxSuggestions = maxSuggestions
)

var (
	ProgramMessages = programMessages
	Views           = views
)

// ArticlePaths returns the paths of all articles.
func (s *Site) ArticlePaths() []string { return s.paths }

// ArticleFile returns the file of the page of an article.
func (s *Site) ArticleFile(lang, path string) string { return s.articleFile(lang, path) }

// PageFiles returns the files of all pages, in order.
func (s *Site) PageFiles() (files []string) {
	for _, p := range s.pages {
		files = append(files, p.path)
	}
	return files
}

// Listed returns the articles that a page lists, and whether they are known.
func (s *Site) Listed(page int) ([]string, bool) {
	p := &s.pages[page]
	if p.lists == nil {
		return nil, false
	}
	return p.lists(s.langs[p.lang]), true
}

// Nearest returns the addresses of the articles nearest to an address.
func (s *Site) Nearest(lang, address string) (links []string) {
	for _, path := range s.language(lang).nearestPaths(context.Background(), address) {
		links = append(links, s.ArticleLink(lang, path))
	}
	return links
}

// NotCompiled returns for how many shapes of its views a template could not be compiled, and whether it is compiled
// at all.
func (s *Site) NotCompiled(lang, template string) (int, bool) {
	c := s.language(lang).shell.compiled[template]
	if c == nil {
		return 0, false
	}
	return c.Failed(), true
}

// Sitemaps returns the sitemaps of the site for other limits on a file.
func (s *Site) Sitemaps(maxAddresses, maxBytes int) []File {
	return sitemaps(s, maxAddresses, maxBytes)
}

// Tried returns the number of parts that [Site.Try] makes.
func (s *Site) Tried() (n int) {
	for p := range s.parts() {
		if !p.alike {
			n++
		}
	}
	return n
}
