package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/embed"
	"helpcenter/site/headers"
	"helpcenter/site/template"
)

const textType = "text/plain; charset=utf-8"

// hostFiles returns the files for hosts, search engines, feed readers and browsers, and the pages at the root.
func hostFiles(s *Site) []File {
	text := func(path, body string) File {
		return BytesFile(path, textType, []byte(body))
	}
	files := []File{
		s.source().file("404.html", func() *page { return rootNotFoundPage(s.source()) }),
		s.source().file("index.html", func() *page { return choicePage(s.source()) }),
		text("_headers", hostHeaders(s)),
		text("_redirects", hostRedirects(s)),
		text(".nojekyll", ""),
		embedFile(s),
	}
	if !hasStatic(s, "robots.txt") {
		files = append(files, text("robots.txt", "User-agent: *\nAllow: /\nSitemap: "+s.Absolute("sitemap.xml")+"\n"))
	}
	files = append(sitemaps(s, maxSitemapAddresses, maxSitemapBytes), files...)
	for _, l := range s.langs {
		files = append(files, productFeed(l, ""),
			BytesFile(l.Tag+"/opensearch.xml", "application/opensearchdescription+xml", openSearch(l)))
		if isLarge(s) {
			for _, p := range s.Library.Site.ProductIDs() {
				files = append(files, productFeed(l, p))
			}
		}
	}
	return files
}

// EmbedScript is the script with which other sites show a checker; see package embed.
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
	for _, h := range headers.Security(s.Policy()) {
		fmt.Fprintf(&b, "  %s: %s\n", h[0], h[1])
	}
	fmt.Fprintf(&b, "%s%s\n", s.prefix, EmbedScript)
	replaceHeaders(&b, headers.CrossOrigin)
	if ancestors := s.Library.Site.Embed.Ancestors; len(ancestors) > 0 {
		for _, l := range s.langs {
			for _, c := range s.checkers {
				fmt.Fprintf(&b, "%s*\n", l.link(c.ID))
				replaceHeaders(&b, headers.Framed(s.Policy(), ancestors)...)
			}
		}
	}
	fmt.Fprintf(&b, "%sassets/*\n  Cache-Control: %s\n", s.prefix, headers.CacheForever)
	return b.String()
}

// replaceHeaders writes headers that replace those for all files. Hosts would otherwise send both, and of two
// policies the stricter applies.
func replaceHeaders(b *strings.Builder, list ...[2]string) {
	for _, h := range list {
		fmt.Fprintf(b, "  ! %s\n  %s: %s\n", h[0], h[0], h[1])
	}
}

// choicePage returns the page at the root of a static host: the languages, each named in itself. A service
// redirects by Accept-Language instead.
func choicePage(l *language) *page {
	p := l.newPage("choice")
	p.file, p.own, p.canonical = "index.html", noLanguage, l.path()
	p.Title, p.Description = l.about["name"], l.about["description"]
	return p
}

// rootNotFoundPage returns the page that a static host shows for any address that does not exist.
func rootNotFoundPage(l *language) *page {
	p := notFoundPage(l)
	p.file = "404.html"
	return p
}

// The limits of sitemaps.org for one file.
const (
	maxSitemapAddresses = 50_000
	maxSitemapBytes     = 50 << 20
)

// sitemaps returns sitemap.xml, which lists the canonical pages, each with its translations. If they exceed the
// limits of one file, sitemap.xml is an index of several.
func sitemaps(s *Site, maxAddresses, maxBytes int) []File {
	listed, longest := []*pageFile{}, 0
	for i := range s.pages {
		if p := &s.pages[i]; !p.unlisted {
			listed, longest = append(listed, p), max(longest, len(p.path))
		}
	}
	longest += len(escapeXML(s.Absolute(""))) // file names of pages need no escaping
	// An entry has its own address, the alternates in all languages, and x-default.
	bound := len(`<url><loc></loc><lastmod>2006-01-02</lastmod></url>`) + longest +
		(len(s.langs)+1)*(len(`<xhtml:link rel="alternate" hreflang="x-default-0000" href=""/>`)+longest)
	maxAddresses = min(maxAddresses, max(1, (maxBytes-len(sitemapStart+sitemapEnd))/bound))
	file := func(path string, write func(b *bytes.Buffer)) File {
		return plainFile(path, "application/xml", write)
	}
	if len(listed) <= maxAddresses {
		return []File{file("sitemap.xml", func(b *bytes.Buffer) { writeSitemap(s, listed, b) })}
	}
	var files []File
	var index bytes.Buffer
	index.WriteString(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for chunk := range slices.Chunk(listed, maxAddresses) {
		path := fmt.Sprintf("sitemap-%d.xml", len(files)+1)
		files = append(files, file(path, func(b *bytes.Buffer) { writeSitemap(s, chunk, b) }))
		index.WriteString("<sitemap><loc>" + escapeXML(s.Absolute(path)) + "</loc></sitemap>\n")
	}
	index.WriteString("</sitemapindex>\n")
	return append(files, BytesFile("sitemap.xml", "application/xml", index.Bytes()))
}

const (
	sitemapStart = xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"` +
		` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n"
	sitemapEnd = "</urlset>\n"
)

func writeSitemap(s *Site, pages []*pageFile, b *bytes.Buffer) {
	b.WriteString(sitemapStart)
	for _, f := range pages {
		p := f.make(s.langs[f.lang])
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
	b.WriteString(sitemapEnd)
}

// writeXML writes s as text or as an attribute value.
func writeXML(b *bytes.Buffer, s string) {
	if template.IsPlain(s, "/:") { // most addresses
		b.WriteString(s)
	} else {
		xml.EscapeText(b, []byte(s))
	}
}

func escapeXML(s string) string {
	var b bytes.Buffer
	writeXML(&b, s)
	return b.String()
}

// feedLength is how many articles a feed lists.
const feedLength = 20

// productFeed returns the feed of a product, which a large site has, or that of all articles.
func productFeed(l *language, product string) File {
	file := feedPath(l, product)
	return plainFile(file, "application/atom+xml", func(b *bytes.Buffer) { writeFeed(l, product, b) })
}

// writeFeed writes the articles of a language, or those on a product, most recently updated first, as an Atom feed
// (RFC 4287). The id of an entry is the address of the article.
func writeFeed(l *language, product string, b *bytes.Buffer) {
	s := l.site
	var own []*article.Article
	for _, a := range s.Library.Articles {
		if of := product == "" || product == a.Product; of && a.Lang == l.Tag && s.Library.Publishes(a.Lang, a.Path) {
			own = append(own, a)
		}
	}
	slices.SortStableFunc(own, func(a, b *article.Article) int { return b.Updated.Compare(a.Updated) })
	own = own[:min(feedLength, len(own))]

	self, title, home := escapeXML(s.Absolute(feedPath(l, product))), l.Text("feed.title"), l.path()
	if product != "" {
		title, home = s.product(product).Name[l.Tag]+": "+title, l.path(product)
	}
	b.WriteString(xml.Header)
	fmt.Fprintf(b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n<id>%s</id>\n<title>%s</title>\n",
		l.Tag, self, escapeXML(title))
	fmt.Fprintf(b, "<link rel=\"self\" href=\"%s\"/>\n<link href=\"%s\"/>\n<author><name>%s</name></author>\n",
		self, escapeXML(s.Absolute(home)), escapeXML(l.about["name"]))
	updated := civil.Date{Year: 1970, Month: 1, Day: 1}
	if len(own) > 0 {
		updated = own[0].Updated
	}
	fmt.Fprintf(b, "<updated>%sT00:00:00Z</updated>\n", updated)
	for _, a := range own {
		address := escapeXML(s.Absolute(s.articleFile(l.Tag, a.Path)))
		fmt.Fprintf(b, "<entry><id>%s</id><title>%s</title><link href=\"%[1]s\"/>"+
			"<updated>%[3]sT00:00:00Z</updated><summary>%s</summary></entry>\n",
			address, escapeXML(a.Title), a.Updated, escapeXML(a.Description))
	}
	b.WriteString("</feed>\n")
}

// shortName returns the name of the site in at most 16 characters, the limit of OpenSearch.
func shortName(l *language) string {
	if short := l.about["short"]; short != "" {
		return short
	}
	name := []rune(l.about["name"])
	return string(name[:min(len(name), 16)])
}

// openSearch returns the description by which browsers can search the site.
func openSearch(l *language) []byte {
	return []byte(xml.Header + `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">` +
		"<ShortName>" + escapeXML(shortName(l)) + "</ShortName>" +
		"<LongName>" + escapeXML(l.about["name"]) + "</LongName>" +
		"<Description>" + escapeXML(l.Text("search.label")) + "</Description>" +
		"<Language>" + l.Tag + "</Language><InputEncoding>UTF-8</InputEncoding>" +
		`<Url type="text/html" template="` + escapeXML(l.site.Absolute(l.path("search"))) + `?q={searchTerms}"/>` +
		"</OpenSearchDescription>\n")
}
