package site_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site/browsertest"
	"helpcenter/site/search"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// The page's script, the service and Site.Search find the same articles in the same order.
func TestSearchAgrees(t *testing.T) {
	sitetest.WithoutRaces(t)
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	for _, tt := range testsample.Of([]struct{ lang, query string }{
		{"it", "l'abbonamento"}, {"it", "disdire"}, {"it", "abonamento"}, {"it", "numero verde"},
		{"en", "refund"}, {"en", "toll free"}, {"en", "who can cancel"}, {"en", "x"}, {"en", "xylophone"},
	}, 5) {
		t.Run(tt.lang+" "+tt.query, func(t *testing.T) {
			var want []string
			found, _ := s.Search(context.Background(), tt.lang, search.Query{Text: tt.query})
			for _, hit := range found.Hits {
				want = append(want, hit.Title)
			}
			page := address + "/" + tt.lang + "/search/?q=" + url.QueryEscape(tt.query)
			if got := titlesOf(t, page); !slices.Equal(got, want) {
				t.Errorf("the service answers %q, want %q", got, want)
			}

			b := b.In(t)
			b.Open(address + "/" + tt.lang + "/search/")
			b.Do(chromedp.SendKeys(chromedp.CSS(".big input"), tt.query))
			b.Wait(fmt.Sprintf(`new URLSearchParams(location.search).get("q") === %q`, tt.query)) // not of a prefix of the query
			script := `[...document.querySelectorAll(".results a")].map(a => a.textContent).join("\n")`
			if got := browsertest.Run(b, chromedp.Evaluate[string](script)); got != strings.Join(want, "\n") {
				t.Errorf("the page's script answers %q, want %q", got, want)
			}
		})
	}
}

// titlesOf returns the titles of the results on a page of the service.
func titlesOf(t *testing.T, address string) []string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(r.Status, err)
	}
	var titles []string
	for _, n := range sitetest.ParsePage(t, address, data).Tags("ol") {
		if !strings.Contains(sitetest.Attr(n, "class"), "results") {
			continue
		}
		for a := range n.Descendants() {
			if a.Data == "a" {
				titles = append(titles, sitetest.TextOf(a))
			}
		}
	}
	return titles
}

// Every search box suggests articles, which the arrow keys can reach.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	b := browsertest.OpenTab(t)
	b.Open(sitetest.Serve(t, shippedHandler(t)) + "/it/goto-meeting/")
	b.Do(chromedp.Focus(chromedp.CSS("#q")))
	paste(b, "rimbor")
	b.Wait(`document.querySelector(".suggestions a")`)
	b.Do(chromedp.KeyEvent(kb.ArrowDown))
	b.Wait(`document.activeElement.matches(".suggestions a")`)
	follow(b, ".suggestions a:focus")
	if got := attribute(b, "main h1 + .lead", "class"); got == "" {
		t.Error("a suggestion does not lead to an article")
	}
}

// Without script, the service says when a query is too short or too long, and offers results in other languages.
func TestSearchWithoutScript(t *testing.T) {
	s := sitetest.Shipped(t)
	h := shippedHandler(t)
	get := func(query string) *sitetest.Document {
		r := httptest.NewRequest(http.MethodGet, "/it/search/?q="+url.QueryEscape(query), nil)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return sitetest.ParsePage(t, query, w.Body.Bytes())
	}
	status := func(d *sitetest.Document) string {
		return sitetest.TextOf(d.Find(func(n *sitetest.HTMLNode) bool { return sitetest.Attr(n, "role") == "status" })[0])
	}
	l := s.Words.Words("it")
	if got := status(get("a")); got != l.Text("search.short") {
		t.Errorf("one character: %q", got)
	}
	if got := status(get("abbonamento " + strings.Repeat("contratto ", 50))); !strings.Contains(got,
		l.Text("search.shortened")) {
		t.Errorf("a long query: %q", got)
	}
	none := get("unassign")
	if got := status(none); strings.TrimSpace(got) != l.Text("search.none") { // no need to say which words were not found
		t.Errorf("an English word: %q", got)
	}
	elsewhere := none.Find(func(n *sitetest.HTMLNode) bool {
		return n.Data == "a" && sitetest.Attr(n, "class") == "more" && sitetest.Attr(n, "lang") == "en"
	})
	if len(elsewhere) != 1 || !strings.Contains(sitetest.Attr(elsewhere[0], "href"), "/en/search/?q=unassign") {
		t.Error("results in English are not offered")
	}
}
