package site_test

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

type sitemap struct {
	XMLName  xml.Name
	Pages    []string `xml:"url>loc"`
	Sitemaps []string `xml:"sitemap>loc"`
}

func readSitemap(t *testing.T, f site.File) (m sitemap, size int) {
	t.Helper()
	data, err := f.Bytes(new(bytes.Buffer))
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(data, &m); err != nil {
		t.Fatalf("%s: %s", f.Path, err)
	}
	return m, len(data)
}

// A listedURL is an entry of a sitemap.
type listedURL struct {
	Loc        string `xml:"loc"`
	Day        string `xml:"lastmod"`
	Alternates []struct {
		Tag     string `xml:"hreflang,attr"`
		Address string `xml:"href,attr"`
	} `xml:"http://www.w3.org/1999/xhtml link"`
}

// readURLs returns the entries of the sitemap of a site that has a single one.
func readURLs(t *testing.T, s *site.Site) []listedURL {
	t.Helper()
	f, _ := s.File("sitemap.xml")
	data, err := f.Bytes(new(bytes.Buffer))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		URLs []listedURL `xml:"url"`
	}
	if err := xml.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m.URLs
}

// If the sitemap has more addresses or bytes than one file may, it is split into several, and sitemap.xml, which
// robots.txt names, is their index.
func TestSitemaps(t *testing.T) {
	s := sitetest.Shipped(t)
	one, _ := s.File("sitemap.xml")
	whole, size := readSitemap(t, one)
	n := len(whole.Pages)
	if n < 50 || len(whole.Sitemaps) > 0 {
		t.Fatalf("sitemap.xml names %d pages and %d sitemaps, want pages only", n, len(whole.Sitemaps))
	}
	robots, _ := s.File("robots.txt")
	if text, _ := robots.Bytes(new(bytes.Buffer)); !bytes.Contains(text, []byte("Sitemap: "+s.Absolute("sitemap.xml"))) {
		t.Errorf("robots.txt does not name sitemap.xml: %s", text)
	}
	for name, limit := range map[string]struct{ addresses, bytes, atLeast int }{
		"as many as fit": {n, 50 << 20, 1},
		"one too many":   {n - 1, 50 << 20, 2},
		"one each":       {1, 50 << 20, n},
		"too long":       {50_000, size, 2},
		"much too long":  {50_000, size / 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			var pages, sitemaps, paths []string
			for _, f := range s.Sitemaps(limit.addresses, limit.bytes) {
				m, size := readSitemap(t, f)
				if len(m.Pages) > limit.addresses || size > limit.bytes && len(m.Pages) > 0 {
					t.Errorf("%s has %d addresses, %d bytes", f.Path, len(m.Pages), size)
				}
				pages, sitemaps = append(pages, m.Pages...), append(sitemaps, m.Sitemaps...)
				if len(m.Pages) > 0 {
					paths = append(paths, s.Absolute(f.Path))
				} else if f.Path != "sitemap.xml" || m.XMLName.Local != "sitemapindex" {
					t.Errorf("%s is an empty %s", f.Path, m.XMLName.Local)
				}
			}
			if !slices.Equal(pages, whole.Pages) {
				t.Errorf("the sitemaps name %d pages, want the %d of the whole in the same order", len(pages), n)
			}
			if len(paths) < limit.atLeast || limit.atLeast > 1 && !slices.Equal(sitemaps, paths) {
				t.Errorf("the index names %s, want %d or more: %s", sitemaps, limit.atLeast, strings.Join(paths, " "))
			}
		})
	}
}

// The sitemap says when an article was last changed, according to the article, and says nothing about pages without
// such a day.
func TestLastModified(t *testing.T) {
	s := sitetest.Shipped(t)
	urls := readURLs(t, s)
	days := map[string]string{}
	for _, a := range s.Library.Articles {
		days[s.Origin()+s.ArticleLink(a.Lang, a.Path)] = a.Updated.String()
	}
	articles := 0
	for _, u := range urls {
		if u.Day != days[u.Loc] {
			t.Errorf("%s: %q, want %q", u.Loc, u.Day, days[u.Loc])
		}
		if u.Day != "" {
			articles++
		}
	}
	if articles != len(days) || articles == len(urls) {
		t.Errorf("%d of %d addresses have a day, and there are %d articles", articles, len(urls), len(days))
	}
}
