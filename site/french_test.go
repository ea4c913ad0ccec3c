package site

import (
	"context"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter"
	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/site/search"
)

// overlay is a room with files put over it.
func overlay(t testing.TB, room fs.FS, files map[string][]byte) fstest.MapFS {
	t.Helper()
	over := fstest.MapFS{}
	err := fs.WalkDir(room, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(room, name)
		over[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		over[name] = &fstest.MapFile{Data: data}
	}
	return over
}

// french is the help center with a third language: a folder with one article, a
// file with some words, and lines in site.toml.
func french(t testing.TB) (*Site, []helpcenter.Finding) {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/french/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	toml, err := fs.ReadFile(content.Files, "site.toml")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\{ en = ("[^"]*")`).ReplaceAll(toml, []byte(`{ fr = $1, en = $1`))
	named = append(named, "\n[[language]]\ntag = \"fr\"\nname = \"français\"\n"...)

	in := rooms(t)
	var found, more []helpcenter.Finding
	in.Library, found = content.Load(overlay(t, content.Files, map[string][]byte{
		"site.toml": named, "fr/goto-meeting/billing/free-trial.md": read("free-trial.md"),
	}))
	failOnErrors(t, found)
	in.Words, more = locales.Load(overlay(t, locales.Files, map[string][]byte{"active.fr.toml": read("active.fr.toml")}), []string{"it", "en", "fr"}, "en")
	found = append(found, more...)
	failOnErrors(t, found)
	s, more := New(in)
	failOnErrors(t, more)
	return s, append(found, more...)
}

func failOnErrors(t testing.TB, found []helpcenter.Finding) {
	t.Helper()
	for _, f := range found {
		if f.Severity == helpcenter.Error {
			t.Error(f)
		}
	}
	if helpcenter.HasErrors(found) {
		t.FailNow()
	}
}

// A third language needs no Go: every part of the site knows it.
func TestThirdLanguage(t *testing.T) {
	s, found := french(t)
	files := publishedFiles(t, s)
	page := func(name string) *document { return parsePage(t, name, files[name]) }

	t.Run("selector", func(t *testing.T) {
		links := page("it/index.html").find(func(n *htmlNode) bool { return n.Data == "a" && attr(n, "lang") == "fr" })
		if len(links) == 0 || textOf(links[0]) != "français" || attr(links[0], "href") != "/fr/" {
			t.Error("the selector does not lead to French")
		}
	})
	t.Run("article", func(t *testing.T) {
		doc := page("fr/goto-meeting/billing/essai-gratuit/index.html")
		if got := textOf(doc.tags("h1")[0]); got != "L’essai gratuit expire tout seul" {
			t.Errorf("the article is called %q", got)
		}
		if got := textOf(doc.tags("time")[0]); !strings.Contains(got, "novembre") {
			t.Errorf("the date is %q", got)
		}
		alternates := doc.find(func(n *htmlNode) bool { return n.Data == "link" && attr(n, "hreflang") == "fr" })
		if len(alternates) != 1 {
			t.Error("an article in all languages does not say so")
		}
	})
	t.Run("no translation", func(t *testing.T) {
		doc := page("fr/goto-meeting/billing/cancel-subscription/index.html")
		if got := attr(doc.tags("article")[0], "lang"); got != "en" {
			t.Errorf("the source text is marked %q", got)
		}
		links := doc.tags("link")
		if slices.ContainsFunc(links, func(n *htmlNode) bool { return attr(n, "hreflang") != "" }) {
			t.Error("a page without a text of its own has alternates")
		}
		i := slices.IndexFunc(links, func(n *htmlNode) bool { return attr(n, "rel") == "canonical" })
		if got := attr(links[i], "href"); !strings.HasSuffix(got, "/en/goto-meeting/billing/cancel-subscription/") {
			t.Errorf("its canonical address is %s", got)
		}
	})
	t.Run("checker", func(t *testing.T) {
		doc := page("fr/cancel-online/product=goto-meeting/contract=trial/index.html")
		if got := textOf(doc.tags("h1")[0]); got != "Tu n’as rien à annuler" {
			t.Errorf("the answer is %q", got)
		}
	})
	t.Run("search", func(t *testing.T) {
		results, ok := s.Search(context.Background(), "fr", search.Query{Text: "essai"})
		if !ok || len(results.Hits) != 1 || files["search/fr.json"] == nil {
			t.Errorf("a word of the article is found in %v", results.Hits)
		}
	})
	t.Run("sitemap", func(t *testing.T) {
		text := string(files["sitemap.xml"])
		if !strings.Contains(text, "/fr/goto-meeting/billing/essai-gratuit/</loc>") {
			t.Error("the article is not in the sitemap")
		}
		if strings.Contains(text, "/fr/goto-meeting/billing/cancel-subscription/") {
			t.Error("a page without a text of its own is in the sitemap")
		}
	})
	t.Run("lint", func(t *testing.T) {
		if !slices.ContainsFunc(found, func(f helpcenter.Finding) bool {
			return f.Rule == "message-missing" && f.File == "locales/active.fr.toml"
		}) {
			t.Error("words that French lacks are not reported")
		}
	})
}
