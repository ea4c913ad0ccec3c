package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	htmltemplate "html/template"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/headers"
	"helpcenter/site/template"
)

// What is read by machines rather than people: search engines and hosts.

func (s *Site) machineFiles() []File {
	text := func(path, body string) File {
		return BytesFile(path, "text/plain; charset=utf-8", []byte(body))
	}
	files := []File{
		(&pageFile{FileName: "404.html", lang: s.Fallback(), make: (*Site).notFoundAnywhere}).File(s),
		(&pageFile{FileName: "index.html", lang: s.Fallback(), make: (*Site).choicePage}).File(s),
		{Path: "sitemap.xml", Type: "application/xml", Write: s.sitemap},
		text("robots.txt", "User-agent: *\nAllow: /\nSitemap: "+s.Absolute("sitemap.xml")+"\n"),
		text("_headers", s.hostHeaders()),
		text("_redirects", s.hostRedirects()),
		text(".nojekyll", ""),
	}
	for _, l := range s.Langs {
		files = append(files,
			File{Path: l.Tag + "/feed.xml", Type: "application/atom+xml", Write: func(b *bytes.Buffer) error { return s.feed(l, b) }},
			BytesFile(l.Tag+"/opensearch.xml", "application/opensearchdescription+xml", s.openSearch(l)))
	}
	return files
}

// sitemap lists the pages that are to be found under their own address, each
// with its translations. The states of checkers are not among them: they are
// steps of one question.
func (s *Site) sitemap(b *bytes.Buffer) error {
	b.WriteString(xml.Header)
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, f := range s.PageFiles {
		if f.unlisted {
			continue
		}
		p := f.make(s)
		if !p.Own() || p.in == nil {
			continue
		}
		b.WriteString("<url><loc>")
		writeXML(b, p.Canonical())
		b.WriteString("</loc>")
		if p.article != nil {
			b.WriteString("<lastmod>" + p.article.Updated.String() + "</lastmod>")
		}
		for _, a := range p.Alternates() {
			b.WriteString(`<xhtml:link rel="alternate" hreflang="` + a.Tag + `" href="`)
			writeXML(b, a.Link)
			b.WriteString(`"/>`)
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return nil
}

// feedLength is how many articles a feed names.
const feedLength = 20

// feed writes the articles of a language, those updated last first, in the format
// of RFC 4287. Articles are the same thing as long as their path is.
func (s *Site) feed(l *Language, b *bytes.Buffer) error {
	var own []*article.Article
	for _, a := range s.Library.Articles {
		if a.Lang == l.Tag {
			own = append(own, a)
		}
	}
	slices.SortStableFunc(own, func(a, b *article.Article) int { return b.Updated.Compare(a.Updated) })
	own = own[:min(feedLength, len(own))]

	self := s.Absolute(l.Tag + "/feed.xml")
	b.WriteString(xml.Header)
	fmt.Fprintf(b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n<id>%s</id>\n<title>%s</title>\n", l.Tag, escapeXML(self), escapeXML(l.Text("feed.title")))
	fmt.Fprintf(b, "<link rel=\"self\" href=\"%s\"/>\n<link href=\"%s\"/>\n<author><name>%s</name></author>\n",
		escapeXML(self), escapeXML(s.Absolute(PagePath(l.Tag))), escapeXML(l.Text("site.name")))
	updated := civil.Date{Year: 1970, Month: 1, Day: 1}
	if len(own) > 0 {
		updated = own[0].Updated
	}
	fmt.Fprintf(b, "<updated>%sT00:00:00Z</updated>\n", updated)
	for _, a := range own {
		address := escapeXML(s.Absolute(s.ArticleFile(l.Tag, a.Path)))
		fmt.Fprintf(b, "<entry><id>%s</id><title>%s</title><link href=\"%s\"/><updated>%sT00:00:00Z</updated><summary>%s</summary></entry>\n",
			address, escapeXML(a.Title), address, a.Updated, escapeXML(a.Description))
	}
	b.WriteString("</feed>\n")
	return nil
}

// openSearch tells browsers how to search the site. A short name has at most 16
// characters.
func (s *Site) openSearch(l *Language) []byte {
	return []byte(xml.Header + `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">` +
		"<ShortName>" + escapeXML(l.Text("site.short")) + "</ShortName><LongName>" + escapeXML(l.Text("site.name")) + "</LongName>" +
		"<Description>" + escapeXML(l.Text("search.label")) + "</Description>" +
		"<Language>" + l.Tag + "</Language><InputEncoding>UTF-8</InputEncoding>" +
		`<Url type="text/html" template="` + escapeXML(s.Absolute(PagePath(l.Tag, "search"))) + `?q={searchTerms}"/>` +
		"</OpenSearchDescription>\n")
}

func escapeXML(s string) string {
	var b bytes.Buffer
	writeXML(&b, s)
	return b.String()
}

// writeXML writes s as text or as the value of an attribute.
func writeXML(b *bytes.Buffer, s string) {
	if template.IsPlain(s, "/:") { // most addresses
		b.WriteString(s)
	} else {
		xml.EscapeText(b, []byte(s))
	}
}

// hostHeaders writes _headers, which several static hosts read.
func (s *Site) hostHeaders() string {
	var b strings.Builder
	b.WriteString(s.prefix + "*\n")
	for _, h := range headers.Security {
		fmt.Fprintf(&b, "  %s: %s\n", h[0], h[1])
	}
	fmt.Fprintf(&b, "%sassets/*\n  Cache-Control: %s\n", s.prefix, headers.CacheForever)
	return b.String()
}

// hostRedirects writes _redirects: every earlier address of an article and the
// one it has now, and what a language shows for an address that leads nowhere.
func (s *Site) hostRedirects() string {
	var b strings.Builder
	s.articleAliases(func(l *Language, old string, a *article.Article) {
		fmt.Fprintf(&b, "%s %s 301\n", s.Link(old), s.ArticleLink(l.Tag, a.Path))
	})
	for _, l := range s.Langs {
		fmt.Fprintf(&b, "%[1]s%[2]s/* %[1]s%[2]s/404.html 404\n", s.prefix, l.Tag)
	}
	return b.String()
}

// redirects returns a page for each earlier address, for hosts that read no
// _redirects.
func (s *Site) redirects() []File {
	var files []File
	s.articleAliases(func(l *Language, old string, a *article.Article) {
		to := s.ArticleFile(l.Tag, a.Path)
		files = append(files, BytesFile(old, PageType, fmt.Appendf(nil,
			"<!doctype html>\n<html lang=%q>\n<meta charset=\"utf-8\">\n<title>%[2]s</title>\n"+
				"<meta http-equiv=\"refresh\" content=\"0; url=%[3]s\">\n<link rel=\"canonical\" href=\"%[4]s\">\n<a href=\"%[3]s\">%[2]s</a>\n",
			l.Tag, htmltemplate.HTMLEscapeString(a.Title), s.Link(to), s.Absolute(to))))
	})
	return files
}

// choicePage is the page at the root: the languages, each named in itself. The
// service chooses by Accept-Language instead.
func (s *Site) choicePage() *page {
	l := s.Fallback()
	return &page{
		Language: l, site: s, file: "index.html", twins: s.everywhere(), canonical: PagePath(l.Tag),
		Title: l.Text("site.name"), Description: l.Text("site.description"), Main: "choice",
	}
}

// notFoundAnywhere is the page that a static host shows for any address that leads
// nowhere, in the default language; its selector leads to the others.
func (s *Site) notFoundAnywhere() *page {
	p := s.notFoundPage(s.Fallback())
	p.file = "404.html"
	return p
}
