package site_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/search"
	"helpcenter/site/sitetest"
)

// An additional language, whose words the program does not have, needs no Go: every part of the site supports it.
func TestFurtherLanguage(t *testing.T) {
	sitetest.WithoutRaces(t)
	s, found := danish(t)
	files := sitetest.PublishedFiles(t, s)
	page := func(name string) *sitetest.Document { return sitetest.ParsePage(t, name, files[name]) }

	t.Run("selector", func(t *testing.T) {
		links := page("it/index.html").Find(func(n *sitetest.HTMLNode) bool {
			return n.Data == "a" && sitetest.Attr(n, "lang") == "da"
		})
		if len(links) == 0 || sitetest.TextOf(links[0]) != "dansk" || sitetest.Attr(links[0], "href") != "/da/" {
			t.Error("the selector does not lead to Danish")
		}
	})
	t.Run("article", func(t *testing.T) {
		doc := page("da/goto-meeting/billing/gratis-proeveperiode/index.html")
		if got := sitetest.TextOf(doc.Tags("h1")[0]); got != "Prøveperioden udløber af sig selv" {
			t.Errorf("the article is called %q", got)
		}
		if got := sitetest.TextOf(doc.Tags("time")[0]); !strings.Contains(got, "22 november 2026") {
			t.Errorf("the date is %q", got)
		}
		alternates := doc.Find(func(n *sitetest.HTMLNode) bool {
			return n.Data == "link" && sitetest.Attr(n, "hreflang") == "da"
		})
		if len(alternates) != 1 {
			t.Error("an article in all languages does not say so")
		}
	})
	t.Run("no translation", func(t *testing.T) {
		doc := page("da/goto-meeting/billing/cancel-subscription/index.html")
		if got := sitetest.Attr(doc.Tags("article")[0], "lang"); got != "en" {
			t.Errorf("the source text is marked %q", got)
		}
		links := doc.Tags("link")
		if slices.ContainsFunc(links, func(n *sitetest.HTMLNode) bool { return sitetest.Attr(n, "hreflang") != "" }) {
			t.Error("a page without a text of its own has alternates")
		}
		others := alternatesOf(page("en/goto-meeting/billing/cancel-subscription/index.html"))
		if len(others) != len(s.Library.Site.Languages) || others["da"] != "" || others["x-default"] != others["en"] {
			t.Errorf("an article in all languages but one has the alternates %v", others)
		}
		i := slices.IndexFunc(links, func(n *sitetest.HTMLNode) bool { return sitetest.Attr(n, "rel") == "canonical" })
		if got := sitetest.Attr(links[i], "href"); !strings.HasSuffix(got, "/en/goto-meeting/billing/cancel-subscription/") {
			t.Errorf("its canonical address is %s", got)
		}
	})
	t.Run("checker", func(t *testing.T) {
		doc := page("da/cancel-online/product=goto-meeting/contract=trial/index.html")
		if got := sitetest.TextOf(doc.Tags("h1")[0]); got != "Du har intet at opsige" {
			t.Errorf("the answer is %q", got)
		}
	})
	t.Run("search", func(t *testing.T) {
		results, ok := s.Search(t.Context(), "da", search.Query{Text: "prøveperiode"})
		if !ok || len(results.Hits) != 1 || files["search/da.json"] == nil {
			t.Errorf("a word of the article is found in %v", results.Hits)
		}
	})
	t.Run("sitemap", func(t *testing.T) {
		text := string(files["sitemap.xml"])
		if !strings.Contains(text, "/da/goto-meeting/billing/gratis-proeveperiode/</loc>") {
			t.Error("the article is not in the sitemap")
		}
		if strings.Contains(text, "/da/goto-meeting/billing/cancel-subscription/") {
			t.Error("a page without a text of its own is in the sitemap")
		}
	})
	t.Run("lint", func(t *testing.T) {
		if !slices.ContainsFunc(found, func(f diag.Finding) bool {
			return f.Rule == "message-missing" && f.File == "locales/active.da.toml"
		}) {
			t.Error("words that Danish lacks are not reported")
		}
	})
}

// danish returns the help center with an additional language: a folder with one article, a file with some words,
// and lines in site.toml.
func danish(t testing.TB) (*site.Site, []diag.Finding) {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/danish/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	toml, err := fs.ReadFile(content.Files, "site.toml")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\{ en = ("[^"]*")`).ReplaceAll(toml, []byte(`{ da = $1, en = $1`))
	named = append(named, "\n[[language]]\ntag = \"da\"\nname = \"dansk\"\n"...)

	in := sitetest.Input(t)
	var found, more []diag.Finding
	in.Library, found = library.Load(sitetest.Overlay(t, content.Files, map[string][]byte{
		"site.toml": named, "da/goto-meeting/billing/free-trial.md": read("free-trial.md"),
	}))
	sitetest.FailOnErrors(t, found)
	words := sitetest.Overlay(t, locales.Files, map[string][]byte{"active.da.toml": read("active.da.toml")})
	var tags []string
	for _, l := range in.Library.Site.Languages {
		tags = append(tags, l.Tag)
	}
	in.Words, more = locale.Load(words, tags, "en")
	found = append(found, more...)
	sitetest.FailOnErrors(t, found)
	s, more := site.New(in)
	sitetest.FailOnErrors(t, more)
	return s, append(found, more...)
}
