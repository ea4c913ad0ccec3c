package site

import (
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
	"helpcenter/site/search"
)

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
		results, ok := s.Search("fr", search.Query{Text: "essai"})
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
		if !slices.ContainsFunc(found, func(f diag.Finding) bool {
			return f.Rule == "message-missing" && f.File == "locales/active.fr.toml"
		}) {
			t.Error("words that French lacks are not reported")
		}
	})
}
