package site_test

import (
	"io/fs"
	"strings"
	"testing"

	"helpcenter/content"
	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
)

// A reader of a translation is told which sections are older than the source, and where to find the current source.
func TestOutdatedTranslation(t *testing.T) {
	sitetest.WithoutRaces(t)
	const source = "en/goto-meeting/billing/free-trial.md"
	data, err := fs.ReadFile(content.Files, source)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(data), "A free trial simply", "After 14 days a free trial simply", 1)
	if changed == string(data) {
		t.Fatal("the article is not as this test knows it")
	}
	in := sitetest.Input(t)
	in.Library, _ = library.Load(sitetest.Overlay(t, content.Files, map[string][]byte{source: []byte(changed)}))
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	page := func(lang string) *sitetest.Document {
		name := s.ArticleFile(lang, "goto-meeting/billing/free-trial")
		return sitetest.ParsePage(t, name, bytesOf(t, s, name))
	}
	links := func(d *sitetest.Document, href string) int {
		return len(d.Find(func(n *sitetest.HTMLNode) bool {
			return n.Data == "a" && sitetest.Attr(n, "href") == href && sitetest.InMain(n)
		}))
	}
	it := page("it")
	if links(it, "#expires") != 2 || links(it, "/en/goto-meeting/billing/free-trial/#expires") != 1 {
		t.Error("the Italian page does not say that its section is older than the source")
	}
	if n := links(page("en"), "/en/goto-meeting/billing/free-trial/#expires"); n != 0 {
		t.Error("the source itself is said to be older")
	}
}
