package site_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"helpcenter/content"
	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
)

// many returns the shipped site with so many more articles in one category, and as many outside any category.
func many(t *testing.T, articles int) *site.Site {
	t.Helper()
	made := map[string][]byte{}
	for i := range articles {
		const form = "+++\ntitle = \"Made up %04d\"\ndescription = \"D\"\nupdated = 2026-03-01\n+++\n\nText.\n"
		text := fmt.Appendf(nil, form, i)
		made[fmt.Sprintf("en/goto-meeting/billing/made-up-%04d.md", i)] = text
		made[fmt.Sprintf("en/own-page-%04d.md", i)] = text
	}
	in := sitetest.Input(t)
	lib, found := library.Load(sitetest.Overlay(t, content.Files, made))
	sitetest.FailOnErrors(t, found)
	in.Library = lib
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	return s
}

func bytesOf(t *testing.T, s *site.Site, path string) []byte {
	t.Helper()
	f, ok := s.File(path)
	if !ok {
		t.Fatalf("there is no file %s", path)
	}
	data, err := f.Bytes(new(bytes.Buffer))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A long list has pages, none with more articles than the limit; together they link to every article once.
func TestLongLists(t *testing.T) {
	s := many(t, 700)
	sitemap := string(bytesOf(t, s, "sitemap.xml"))
	for _, list := range []struct{ first, beginsWith string }{
		{"it/goto-meeting/billing/", "/it/goto-meeting/billing/made-up-"}, {"en/articles/", "/en/own-page-"},
	} {
		var led []string
		pages := []string{list.first, list.first + "page/2/", list.first + "page/3/"}
		for i, path := range pages {
			d := sitetest.ParsePage(t, path, bytesOf(t, s, path))
			here, rels := 0, map[string]string{}
			for _, a := range d.Find(func(n *html.Node) bool { return n.Data == "a" && sitetest.InMain(n) }) {
				if to := sitetest.Attr(a, "href"); strings.HasPrefix(to, list.beginsWith) {
					led, here = append(led, to), here+1
				} else if rel := sitetest.Attr(a, "rel"); rel != "" {
					rels[rel] = to
				}
			}
			if here == 0 || here > 300 {
				t.Errorf("%s leads to %d articles", path, here)
			}
			if i > 0 && rels["prev"] != "/"+pages[i-1] || i+1 < len(pages) && rels["next"] != "/"+pages[i+1] {
				t.Errorf("%s leads to %v", path, rels)
			}
			if !strings.Contains(sitemap, "<loc>"+s.Absolute(path)+"</loc>") {
				t.Errorf("the sitemap lacks %s", path)
			}
			text := bytesOf(t, s, strings.TrimSuffix(path, "/")+".md")
			if n := bytes.Count(text, []byte("made-up-")) + bytes.Count(text, []byte("own-page-")); n != here {
				t.Errorf("%s has %d of them in Markdown, want %d", path, n, here)
			}
		}
		slices.Sort(led)
		if n := len(slices.Compact(led)); n != 700 || len(led) != 700 {
			t.Errorf("the pages of %s lead %d times to %d articles, want 700", list.first, len(led), n)
		}
		if _, ok := s.File(list.first + "page/4/"); ok {
			t.Errorf("%s has a fourth page", list.first)
		}
	}
}

// On a large site the page of a product shows some articles of each category, and both products and the site have
// feeds and lists for programs.
func TestLargeSite(t *testing.T) {
	s := many(t, 700)
	product := string(bytesOf(t, s, "en/goto-meeting/"))
	if n := strings.Count(product, "/en/goto-meeting/billing/made-up-"); n > 10 {
		t.Errorf("the product page leads to %d articles of the category", n)
	}
	if all := string(bytesOf(t, s, "en/articles/")); strings.Contains(all, "/en/goto-meeting/billing/made-up-") ||
		!strings.Contains(all, `href="/en/goto-meeting/billing/"`) {
		t.Error("the list of all articles does not lead to categories alone")
	}
	feed := "en/goto-meeting/feed.xml"
	if !strings.Contains(product, `href="/`+feed+`"`) || bytes.Contains(bytesOf(t, s, feed), []byte("own-page")) ||
		bytes.Count(bytesOf(t, s, feed), []byte("<entry>")) != 20 {
		t.Error("the feed of a product is not named, or has others")
	}
	if text := bytesOf(t, s, "en/goto-meeting/llms.txt"); !bytes.Contains(text, []byte("/en/goto-meeting/billing.md")) {
		t.Errorf("llms.txt of a product has %.300s", text)
	}
	if _, ok := sitetest.Shipped(t).File(feed); ok {
		t.Error("a small site has a feed of a product")
	}
}
