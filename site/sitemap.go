package site

import (
	"bytes"
	"encoding/xml"

	"helpcenter/site/template"
)

// writeSitemap lists the pages that are canonical, each with its translations.
// The states of checkers are left out: they are steps of one question.
func writeSitemap(s *Site, b *bytes.Buffer) error {
	b.WriteString(xml.Header)
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"` +
		` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, f := range s.pages {
		if f.unlisted {
			continue
		}
		p := f.make(s.langs[f.lang])
		if p.canonical != "" || p.in == nil {
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
