package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/civil"
)

// feedLength is how many articles a feed names.
const feedLength = 20

// writeFeed writes the articles of a language, those updated last first, as an
// Atom feed (RFC 4287). The id of an entry is the address of the article.
func writeFeed(l *language, b *bytes.Buffer) error {
	s := l.site
	var own []*article.Article
	for _, a := range s.Library.Articles {
		if a.Lang == l.Tag {
			own = append(own, a)
		}
	}
	slices.SortStableFunc(own, func(a, b *article.Article) int { return b.Updated.Compare(a.Updated) })
	own = own[:min(feedLength, len(own))]

	self := escapeXML(s.Absolute(l.Tag + "/feed.xml"))
	b.WriteString(xml.Header)
	fmt.Fprintf(b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n<id>%s</id>\n<title>%s</title>\n",
		l.Tag, self, escapeXML(l.Text("feed.title")))
	fmt.Fprintf(b, "<link rel=\"self\" href=\"%s\"/>\n<link href=\"%s\"/>\n<author><name>%s</name></author>\n",
		self, escapeXML(s.Absolute(l.path())), escapeXML(l.about["name"]))
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
	return nil
}

// shortName returns the name of the site in as many characters as OpenSearch allows.
func (l *language) shortName() string {
	if short := l.about["short"]; short != "" {
		return short
	}
	name := []rune(l.about["name"])
	return string(name[:min(len(name), 16)])
}

// openSearch tells browsers how to search the site. The format allows a short name
// of at most 16 characters.
func openSearch(l *language) []byte {
	return []byte(xml.Header + `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">` +
		"<ShortName>" + escapeXML(l.shortName()) + "</ShortName>" +
		"<LongName>" + escapeXML(l.about["name"]) + "</LongName>" +
		"<Description>" + escapeXML(l.Text("search.label")) + "</Description>" +
		"<Language>" + l.Tag + "</Language><InputEncoding>UTF-8</InputEncoding>" +
		`<Url type="text/html" template="` + escapeXML(l.site.Absolute(l.path("search"))) + `?q={searchTerms}"/>` +
		"</OpenSearchDescription>\n")
}
