package site

import (
	"io/fs"
	"strings"
	"testing"

	"helpcenter/content"
	"helpcenter/site/library"
)

// A reader of a translation is told which sections are older than the source,
// and where the source says what it says now.
func TestOutdatedTranslation(t *testing.T) {
	const source = "en/goto-meeting/billing/free-trial.md"
	data, err := fs.ReadFile(content.Files, source)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(data), "\n\nNothing. ", "\n\nNothing, for 14 days. ", 1)
	if changed == string(data) {
		t.Fatal("the article is not as this test knows it")
	}
	in := rooms(t)
	in.Library, _ = library.Load(overlay(t, content.Files, map[string][]byte{source: []byte(changed)}))
	s, found := New(in)
	failOnFindings(t, found)
	files := publishedFiles(t, s)
	page := func(lang string) *document {
		name := s.articleFile(lang, "goto-meeting/billing/free-trial")
		return parsePage(t, name, files[name])
	}
	links := func(d *document, href string) int {
		return len(d.find(func(n *htmlNode) bool { return n.Data == "a" && attr(n, "href") == href && inMain(n) }))
	}
	it := page("it")
	if links(it, "#expires") != 2 || links(it, "/en/goto-meeting/billing/free-trial/#expires") != 1 {
		t.Error("the Italian page does not say that its section is older than the source")
	}
	if n := links(page("en"), "/en/goto-meeting/billing/free-trial/#expires"); n != 0 {
		t.Error("the source itself is said to be older")
	}
}
