package site

import "strings"

// Addresses are made here and nowhere else. Every link is root-absolute under
// the path of the base URL, so that a page works from any static host, also
// below a folder. Files are named as their addresses, without that path.

// Prefix is the path that begins every address of the site, with a slash at both ends.
func (s *Site) Prefix() string { return s.prefix }

// Host is the host of the base URL, without a port.
func (s *Site) Host() string { return s.base.Hostname() }

// ByTLS reports whether the base URL says that readers come by TLS.
func (s *Site) ByTLS() bool { return s.base.Scheme == "https" }

// Link returns the address of a file below the site's root, index.html left out.
func (s *Site) Link(file string) string { return s.prefix + strings.TrimSuffix(file, "index.html") }

// Absolute returns the same with scheme and host, for canonical links and feeds.
func (s *Site) Absolute(file string) string {
	return s.base.Scheme + "://" + s.base.Host + s.Link(file)
}

// PagePath returns the name of the page at the given steps below a language.
func PagePath(lang string, steps ...string) string {
	var name strings.Builder
	name.Grow(64) // addresses are made several times a page
	name.WriteString(lang)
	for _, step := range steps {
		name.WriteString("/")
		name.WriteString(step)
	}
	name.WriteString("/index.html")
	return name.String()
}

// ArticleLink returns the address of an article's page in a language.
func (s *Site) ArticleLink(lang, path string) string { return s.Link(s.ArticleFile(lang, path)) }

// ArticleFile returns the name of an article's page in a language; its last
// part is the slug of the text shown there.
func (s *Site) ArticleFile(lang, path string) string {
	a := s.Article(lang, path)
	return PagePath(lang, a.Product, a.Category, a.Slug)
}
