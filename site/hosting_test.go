package site_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// Search engines, feed readers and browsers get what their formats require.

// linkedData is the JSON-LD of an article, in the terms of schema.org.
type linkedData struct {
	Context string `json:"@context"`
	Graph   []struct {
		Type             string `json:"@type"`
		Headline         string
		Description      string
		InLanguage       string
		DateModified     string
		MainEntityOfPage string
		Image            string
		Publisher        struct {
			Type string `json:"@type"`
			Name string
		}
		ItemListElement []struct {
			Type     string `json:"@type"`
			Position int
			Name     string
			Item     string
		}
	} `json:"@graph"`
}

func TestLinkedData(t *testing.T) {
	s := sitetest.Sampled(t)
	files := publishedFiles(t).files
	for _, l := range s.Library.Site.Languages {
		for _, path := range s.ArticlePaths() {
			name := s.ArticleFile(l.Tag, path)
			var data linkedData
			for _, script := range publishedFiles(t).pages[name].Tags("script") {
				if sitetest.Attr(script, "type") != "application/ld+json" {
					continue
				}
				dec := json.NewDecoder(strings.NewReader(script.FirstChild.Data))
				dec.DisallowUnknownFields()
				if err := dec.Decode(&data); err != nil {
					t.Fatalf("%s: %s", name, err)
				}
			}
			if data.Context != "https://schema.org" || len(data.Graph) != 2 || data.Graph[0].Type != "Article" ||
				data.Graph[1].Type != "BreadcrumbList" {
				t.Fatalf("%s: the data is %+v", name, data)
			}
			a, shown := data.Graph[0], s.Article(l.Tag, path)
			if a.Headline != shown.Title || a.Description != shown.Description || a.InLanguage != shown.Lang ||
				a.Publisher.Name == "" {
				t.Errorf("%s: the article is %+v", name, a)
			}
			if _, err := time.Parse(time.DateOnly, a.DateModified); err != nil {
				t.Errorf("%s: %s", name, err)
			}
			for _, address := range []string{a.MainEntityOfPage, a.Image} {
				checkPublished(t, name, address, files)
			}
			for i, step := range data.Graph[1].ItemListElement {
				if step.Type != "ListItem" || step.Position != i+1 || step.Name == "" {
					t.Errorf("%s: step %d is %+v", name, i+1, step)
				}
				checkPublished(t, name, step.Item, files)
			}
		}
	}
}

// checkPublished checks that an absolute address is that of a published file.
func checkPublished(t *testing.T, from, address string, files map[string][]byte) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host != "help.example.com" {
		t.Errorf("%s: %q is no address of the site", from, address)
		return
	}
	file := strings.TrimPrefix(u.Path, "/")
	if strings.HasSuffix(u.Path, "/") {
		file += "index.html"
	}
	if files[file] == nil {
		t.Errorf("%s: %s is not published", from, address)
	}
}

// Every page that may be linked to has the four properties that Open Graph requires.
func TestOpenGraph(t *testing.T) {
	all := publishedFiles(t)
	for name, doc := range all.pages {
		if strings.HasSuffix(name, "404.html") || !strings.Contains(string(all.files[name]), "og:") {
			continue
		}
		got := map[string]string{}
		for _, meta := range doc.Tags("meta") {
			got[sitetest.Attr(meta, "property")] = sitetest.Attr(meta, "content")
		}
		if got["og:title"] == "" || got["og:type"] == "" {
			t.Errorf("%s has no title or type: %v", name, got)
		}
		checkPublished(t, name, got["og:image"], all.files)
		checkPublished(t, name, got["og:url"], all.files)
	}
}

// A feed has what RFC 4287 requires: ids, titles, dates, an author.
func TestFeeds(t *testing.T) {
	s := sitetest.Sampled(t)
	files := publishedFiles(t).files
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	type entry struct {
		ID      string    `xml:"id"`
		Title   string    `xml:"title"`
		Updated time.Time `xml:"updated"`
		Links   []link    `xml:"link"`
	}
	for _, l := range s.Library.Site.Languages {
		name := l.Tag + "/feed.xml"
		var feed struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			entry
			Author  string  `xml:"author>name"`
			Entries []entry `xml:"entry"`
		}
		if err := xml.Unmarshal(files[name], &feed); err != nil {
			t.Fatalf("%s: %s", name, err)
		}
		if feed.Author == "" || len(feed.Entries) == 0 {
			t.Errorf("%s has the author %q and %d entries", name, feed.Author, len(feed.Entries))
		}
		days := map[string]string{}
		for _, a := range s.Library.Articles {
			if a.Lang == l.Tag {
				days[s.Origin()+s.ArticleLink(a.Lang, a.Path)] = a.Updated.String()
			}
		}
		if feed.Lang != l.Tag || len(feed.Entries) != min(20, len(days)) {
			t.Errorf("%s is in %q and has %d of %d articles", name, feed.Lang, len(feed.Entries), len(days))
		}
		for _, e := range feed.Entries {
			if day := days[e.ID]; day != e.Updated.Format(time.DateOnly) {
				t.Errorf("%s: %s was updated %s, want %q", name, e.ID, e.Updated, day)
			}
		}
		seen := map[string]bool{}
		for i, e := range append([]entry{feed.entry}, feed.Entries...) {
			if e.ID == "" || seen[e.ID] || e.Title == "" || e.Updated.IsZero() || e.Updated.After(feed.Updated) {
				t.Errorf("%s: entry %d is %+v", name, i, e)
			}
			seen[e.ID] = true
			for _, link := range e.Links {
				if !strings.HasPrefix(link.Href, s.Absolute(l.Tag+"/")) {
					t.Errorf("%s leads to %s", name, link.Href)
				}
				checkPublished(t, name, link.Href, files)
			}
		}
	}
}

// A browser that reads the search description can search.
func TestOpenSearch(t *testing.T) {
	s := sitetest.Sampled(t)
	files := publishedFiles(t).files
	for _, l := range s.Library.Site.Languages {
		name := l.Tag + "/opensearch.xml"
		var d struct {
			XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
			ShortName   string
			Description string
			URL         struct {
				Type     string `xml:"type,attr"`
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal(files[name], &d); err != nil {
			t.Fatalf("%s: %s", name, err)
		}
		if n := len([]rune(d.ShortName)); n == 0 || n > 16 {
			t.Errorf("%s: the short name %q has %d characters, want 1 to 16", name, d.ShortName, n)
		}
		page, ok := strings.CutSuffix(d.URL.Template, "?q={searchTerms}")
		if !ok || d.URL.Type != "text/html" || d.Description == "" {
			t.Errorf("%s: %+v", name, d)
		}
		checkPublished(t, name, page, files)
	}
}

// For static hosts _headers lets the listed origins frame the pages of checkers, replacing the policy for all
// files.
func TestHeadersForOtherSites(t *testing.T) {
	for _, listed := range []bool{false, true} {
		in := sitetest.ParkingInput(t)
		if listed {
			in.Library.Site.Embed.Ancestors = []string{"https://app.test", "https://www.app.test"}
		}
		s, found := site.New(in)
		sitetest.FailOnFindings(t, found)
		f, _ := s.File("_headers")
		data, err := f.Bytes(new(bytes.Buffer))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		const resource = "  ! Cross-Origin-Resource-Policy\n  Cross-Origin-Resource-Policy: cross-origin\n"
		if !strings.Contains(text, "/base/embed.js\n"+resource) {
			t.Errorf("other sites cannot load the script:\n%s", text)
		}
		_, rule, ok := strings.Cut(text, "/base/it/may-i-park/*\n")
		if ok != listed {
			t.Errorf("with origins listed: %t, the checker has a rule: %t", listed, ok)
		}
		const policy = "  ! Content-Security-Policy\n  Content-Security-Policy: default-src 'none'; "
		if listed && (!strings.HasPrefix(rule, policy) ||
			!strings.Contains(rule, "; frame-ancestors https://app.test https://www.app.test\n")) {
			t.Errorf("the rule is\n%s", rule)
		}
	}
}
