package site

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// addresses makes every address of the site. Links are root-absolute below the path of the base URL, so a site
// works on any static host, even in a subfolder.
type addresses struct {
	base   *url.URL
	origin string // the scheme and host of base
	prefix string // the path of base, with a slash at both ends
}

func newAddresses(base *url.URL) addresses {
	return addresses{base, base.Scheme + "://" + base.Host, strings.TrimSuffix(base.EscapedPath(), "/") + "/"}
}

// Prefix returns the path that begins every address of the site. It begins and ends with a slash.
func (a addresses) Prefix() string { return a.prefix }

// Host returns the host of the base URL, without a port.
func (a addresses) Host() string { return a.base.Hostname() }

// ByTLS reports whether the base URL has the scheme https.
func (a addresses) ByTLS() bool { return a.base.Scheme == "https" }

// Origin returns the scheme and host of every address, without a trailing slash.
func (a addresses) Origin() string { return a.origin }

// Link returns the root-absolute address of a file below the site's root, without index.html.
func (a addresses) Link(file string) string { return a.prefix + strings.TrimSuffix(file, "index.html") }

// Absolute returns the address of a file with scheme and host, for canonical links and feeds.
func (a addresses) Absolute(file string) string { return a.origin + a.Link(file) }

// ParseBaseURL parses the address at which a site is published. It must be an absolute http or https address
// without credentials, query or fragment, since every page would show those. An international host name is
// converted to ASCII.
func ParseBaseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return nil, errors.New("invalid base URL: not an address such as https://example.com/help/")
	case u.User != nil:
		return nil, errors.New("invalid base URL: remove the user name and password, which every page would show")
	case u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("invalid base URL %q: not an address such as https://example.com/help/", s)
	}
	if strings.ContainsFunc(u.Host, func(r rune) bool { return r > unicode.MaxASCII }) {
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			return nil, fmt.Errorf("invalid base URL %q: %q is not a host name", s, u.Hostname())
		}
		u.Host = host + strings.TrimPrefix(u.Host, u.Hostname())
	}
	return u, nil
}

// PagePath returns the file of the page at some steps below a language.
func PagePath(lang string, steps ...string) string {
	var name strings.Builder
	name.Grow(64) // called several times per page
	name.WriteString(lang)
	for _, step := range steps { // an article without a product has an empty one
		if step != "" {
			name.WriteString("/")
			name.WriteString(step)
		}
	}
	name.WriteString("/index.html")
	return name.String()
}

// path returns the file of the page at some steps below the language, and link its address.
func (l *language) path(steps ...string) string { return PagePath(l.Tag, steps...) }
func (l *language) link(steps ...string) string { return l.site.Link(l.path(steps...)) }

// listPath returns the file that lists the pages of the language for programs.
func (l *language) listPath() string { return l.Tag + "/llms.txt" }

// markdownPath returns the Markdown file of a page, or "" if it has none.
func (s *Site) markdownPath(page string) string {
	if base, ok := strings.CutSuffix(page, "/index.html"); ok && hasMarkdown(s, base) {
		return base + ".md"
	}
	return ""
}

// hasMarkdown reports whether the page in a folder is also written in Markdown, as all are except the search page.
func hasMarkdown(s *Site, folder string) bool {
	return !s.PagesOnly && !(strings.HasSuffix(folder, "/search") && strings.Count(folder, "/") == 1)
}

// markdownLink converts an address that a page links to for use in Markdown. It is absolute, so it works wherever
// the text is read, and that of a page leads to its Markdown file.
func (s *Site) markdownLink(address string) string {
	file, ok := strings.CutPrefix(address, s.prefix)
	if !ok || strings.HasPrefix(file, "/") { // an address on another host
		return address
	}
	page, fragment, _ := strings.Cut(file, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	tag, _, _ := strings.Cut(page, "/")
	if folder, ok := strings.CutSuffix(page, "/"); ok && s.HasLanguage(tag) && hasMarkdown(s, folder) {
		return s.origin + s.prefix + folder + ".md" + fragment
	}
	return s.origin + address
}

// feedPath returns the file of the feed of a product, or of all articles if product is "".
func feedPath(l *language, product string) string { return path.Join(l.Tag, product, "feed.xml") }

// mostListed is how many articles a page lists. A larger category has several pages, and pages that list the
// articles of several categories then show a few of each, or none.
const (
	mostListed  = 300
	fewOfEach   = 10
	pagesFolder = "page" // of the later pages of a list: page/2, page/3, and so on
)

// isLarge reports whether a site lists its articles only by category.
func isLarge(s *Site) bool { return len(s.paths) > mostListed }
