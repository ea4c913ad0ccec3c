package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"

	"helpcenter/site/template"
)

// The limits of sitemaps.org for one file.
const (
	maxSitemapAddresses = 50_000
	maxSitemapBytes     = 50 << 20
)

// sitemaps returns sitemap.xml, which lists the pages that are canonical, each with
// its translations. If they exceed the limits of one file, sitemap.xml is an index
// of several.
func sitemaps(s *Site, maxAddresses, maxBytes int) []File {
	listed, longest := []*pageFile{}, 0
	for i := range s.pages {
		if p := &s.pages[i]; !p.unlisted {
			listed, longest = append(listed, p), max(longest, len(p.path))
		}
	}
	longest += len(escapeXML(s.Absolute(""))) // names of pages need no escapes
	// An entry has its own address, the alternates of all languages, and x-default.
	bound := len(`<url><loc></loc><lastmod>2006-01-02</lastmod></url>`) + longest +
		(len(s.langs)+1)*(len(`<xhtml:link rel="alternate" hreflang="x-default-0000" href=""/>`)+longest)
	maxAddresses = min(maxAddresses, max(1, (maxBytes-len(sitemapStart+sitemapEnd))/bound))
	file := func(path string, write func(b *bytes.Buffer)) File {
		return File{Path: path, Type: "application/xml", Write: func(b *bytes.Buffer) error {
			write(b)
			return nil
		}}
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

// writeXML writes s as text or as the value of an attribute.
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
