package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/embed"
	"helpcenter/site/headers"
)

const textType = "text/plain; charset=utf-8"

// hostFiles returns the files for hosts, search engines, feed readers and
// browsers, and the pages at the root.
func hostFiles(s *Site) []File {
	text := func(path, body string) File {
		return BytesFile(path, textType, []byte(body))
	}
	files := []File{
		s.source().file("404.html", func() *page { return rootNotFoundPage(s.source()) }),
		s.source().file("index.html", func() *page { return choicePage(s.source()) }),
		text("robots.txt", "User-agent: *\nAllow: /\nSitemap: "+s.Absolute("sitemap.xml")+"\n"),
		text("_headers", hostHeaders(s)),
		text("_redirects", hostRedirects(s)),
		text(".nojekyll", ""),
	}
	files = append(files, embedFile(s))
	files = append(sitemaps(s, maxSitemapAddresses, maxSitemapBytes), files...)
	for _, l := range s.langs {
		files = append(files,
			plainFile(l.Tag+"/feed.xml", "application/atom+xml", func(b *bytes.Buffer) { writeFeed(l, b) }),
			BytesFile(l.Tag+"/opensearch.xml", "application/opensearchdescription+xml", openSearch(l)))
	}
	return files
}

// EmbedScript is the file with which other sites show a checker, see package embed.
const EmbedScript = "embed.js"

func embedFile(s *Site) File {
	titles := map[string]map[string]string{}
	for _, c := range s.checkers {
		titles[c.ID] = map[string]string{}
		for _, l := range s.langs {
			titles[c.ID][l.Tag] = c.in(l).Message("title")
		}
	}
	return BytesFile(EmbedScript, MediaType(EmbedScript), []byte(embed.Script(titles)))
}

// hostHeaders returns _headers, which several static hosts read.
func hostHeaders(s *Site) string {
	var b strings.Builder
	b.WriteString(s.prefix + "*\n")
	for _, h := range headers.Security {
		fmt.Fprintf(&b, "  %s: %s\n", h[0], h[1])
	}
	fmt.Fprintf(&b, "%s%s\n", s.prefix, EmbedScript)
	replaceHeaders(&b, headers.CrossOrigin)
	if ancestors := s.Library.Site.Embed.Ancestors; len(ancestors) > 0 {
		for _, l := range s.langs {
			for _, c := range s.checkers {
				fmt.Fprintf(&b, "%s*\n", l.link(c.ID))
				replaceHeaders(&b, headers.Framed(ancestors)...)
			}
		}
	}
	fmt.Fprintf(&b, "%sassets/*\n  Cache-Control: %s\n", s.prefix, headers.CacheForever)
	return b.String()
}

// replaceHeaders writes headers in place of those for all files, which hosts would send
// as well: of two policies the stricter holds.
func replaceHeaders(b *strings.Builder, list ...[2]string) {
	for _, h := range list {
		fmt.Fprintf(b, "  ! %s\n  %s: %s\n", h[0], h[0], h[1])
	}
}

// eachAlias calls visit with the file of each page that an article used to have
// in a language, translated or not, and with the article.
func eachAlias(s *Site, visit func(l *language, old string, a *article.Article)) {
	for _, l := range s.langs {
		for _, path := range s.paths {
			a := s.Article(l.Tag, path)
			for _, alias := range a.Aliases {
				visit(l, l.path(alias), a)
			}
		}
	}
}

// hostRedirects returns _redirects: every former address of an article with its
// present one, and the page of each language for addresses that do not exist.
func hostRedirects(s *Site) string {
	var b strings.Builder
	eachAlias(s, func(l *language, old string, a *article.Article) {
		fmt.Fprintf(&b, "%s %s 301\n", s.Link(old), s.ArticleLink(l.Tag, a.Path))
	})
	for _, l := range s.langs {
		fmt.Fprintf(&b, "%[1]s%[2]s/* %[1]s%[2]s/404.html 404\n", s.prefix, l.Tag)
	}
	return b.String()
}

// redirects returns a page for each former address, for hosts that do not read
// _redirects.
func redirects(s *Site) (files []File) {
	eachAlias(s, func(l *language, old string, a *article.Article) {
		to, canonical := s.articleFile(l.Tag, a.Path), s.articleFile(a.Lang, a.Path)
		files = append(files, BytesFile(old, PageType, fmt.Appendf(nil,
			"<!doctype html>\n<html lang=%q>\n<meta charset=\"utf-8\">\n<title>%[2]s</title>\n"+
				"<meta http-equiv=\"refresh\" content=\"0; url=%[3]s\">\n"+
				"<link rel=\"canonical\" href=\"%[4]s\">\n<a href=\"%[3]s\">%[2]s</a>\n",
			l.Tag, template.HTMLEscapeString(a.Title), s.Link(to), s.Absolute(canonical))))
	})
	return files
}

// choicePage is the page at the root of a static host: the languages, each named
// in itself. A service chooses by Accept-Language instead.
func choicePage(l *language) *page {
	p := l.newPage("choice")
	p.file, p.onlyHere, p.canonical = "index.html", true, l.path()
	p.Title, p.Description = l.about["name"], l.about["description"]
	return p
}

// rootNotFoundPage is the page that a static host shows for any address that does
// not exist.
func rootNotFoundPage(l *language) *page {
	p := notFoundPage(l)
	p.file = "404.html"
	return p
}
