package site_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site/browsertest"
	"helpcenter/site/locale"
	"helpcenter/site/search"
	"helpcenter/site/server"
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
	var titles []string
	for _, n := range documentAt(t, address).Tags("ol") {
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

// documentAt returns a page of the service.
func documentAt(t *testing.T, address string) *sitetest.Document {
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
	return sitetest.ParsePage(t, address, data)
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

// The page's script searches a site where there is no product to choose.
func TestSearchWithoutProducts(t *testing.T) {
	t.Parallel()
	b := browsertest.OpenTab(t)
	b.Open(sitetest.Serve(t, server.Handler(sitetest.Parking(t))) + "/base/en/search/")
	if browsertest.Eval[bool](b, `!!document.querySelector("[name=product]")`) {
		t.Fatal("there is a product to choose")
	}
	b.Do(chromedp.Focus(chromedp.CSS("#q")))
	paste(b, "parking")
	b.Wait(`document.querySelector(".results a")`)
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

// Results come in tens, on the service with a link and by the page's script with the same control, up to fifty.
func TestMoreResults(t *testing.T) {
	t.Parallel()
	s := many(t, 30)
	address := sitetest.Serve(t, server.Handler(s))
	first := func(kind string) (titles []string) {
		found, _ := s.Search(context.Background(), "en", search.Query{Text: "made up", Kind: kind, Limit: 50})
		for _, hit := range found.Hits {
			titles = append(titles, hit.Title)
		}
		return titles
	}
	t.Run("service", func(t *testing.T) { moreByLink(t, address+"/en/search/?kind=article&q=", first("article")) })
	t.Run("script", func(t *testing.T) { moreByScript(t, address+"/en/", first(""), s.Words.Words("en")) })
}

func moreByLink(t *testing.T, address string, want []string) {
	for _, tt := range []struct {
		query string
		shown int
		more  string
	}{
		{"made+up", 10, "n=20&q=made+up#r10"}, {"made+up&n=20", 20, "n=30&q=made+up#r20"},
		{"made+up&n=45", 45, "n=55&q=made+up#r45"}, {"made+up&n=50", 50, ""}, {"made+up&n=55", 50, ""},
		{"made+up&n=99999999999999999999", 50, ""}, {"made+up&n=-3", 10, "n=20&q=made+up#r10"},
		{"made+up&n=x", 10, "n=20&q=made+up#r10"}, {"toll+free&n=20", 4, ""}, {"xyzzyx&n=20", 0, ""},
	} {
		page := address + tt.query
		got := titlesOf(t, page)
		if len(got) != tt.shown || tt.shown >= 10 && !slices.Equal(got, want[:tt.shown]) {
			t.Errorf("%s shows %d: %q", tt.query, len(got), got)
		}
		more := ""
		for _, a := range documentAt(t, page).Find(isMore) {
			more = strings.TrimPrefix(sitetest.Attr(a, "href"), "/en/search/?kind=article&")
		}
		if more != tt.more {
			t.Errorf("%s leads to %q, want %q", tt.query, more, tt.more)
		}
	}
	isFirstNew := func(n *sitetest.HTMLNode) bool { return sitetest.Attr(n, "id") == "r10" }
	first := documentAt(t, address+"made+up&n=20").Find(isFirstNew)
	if len(first) != 1 || sitetest.TextOf(first[0]) != want[10] {
		t.Error("the link does not lead to the first new result")
	}
}

func isMore(n *sitetest.HTMLNode) bool {
	return n.Data == "a" && sitetest.Attr(n, "class") == "more" && sitetest.InMain(n)
}

func moreByScript(t *testing.T, address string, want []string, words *locale.Words) {
	b := browsertest.OpenTab(t)
	shown := func(n int) { b.Wait(fmt.Sprintf(`document.querySelectorAll(".results a").length === %d`, n)) }
	titles := func() []string {
		return browsertest.Eval[[]string](b, `[...document.querySelectorAll(".results a")].map(a => a.textContent)`)
	}
	b.Open(address + "search/")
	b.Do(chromedp.Focus(chromedp.CSS("#q")))
	paste(b, "made up")
	shown(10)
	for n := 20; n <= 50; n += 10 {
		b.Do(chromedp.Focus(chromedp.CSS(".found .more")))
		press(b, kb.Enter)
		shown(n)
		const focused = `[...document.querySelectorAll(".results a")].indexOf(document.activeElement)`
		if at := browsertest.Eval[int](b, focused); at != n-10 {
			t.Errorf("of %d results, number %d has the focus", n, at)
		}
		if got := b.Text(".status"); !strings.HasSuffix(got, words.Format("search.first", "Number", strconv.Itoa(n))) {
			t.Errorf("the status of %d results is %q", n, got)
		}
		if got := addressOf(b); !strings.HasSuffix(got, "?q=made+up&n="+strconv.Itoa(n)) {
			t.Errorf("the address of %d results is %s", n, got)
		}
	}
	const offered = `!!document.querySelector(".found .more")`
	if got := titles(); !slices.Equal(got, want) || browsertest.Eval[bool](b, offered) {
		t.Errorf("all that may be shown are %q, want %q and no more", got, want)
	}
	b.Open(address)
	b.Do(chromedp.NavigateBack())
	shown(50)
	b.Do(chromedp.Focus(chromedp.CSS("#q")))
	paste(b, " 0001")
	b.Wait(`location.search.includes("0001")`)
	if got := addressOf(b); strings.Contains(got, "n=") {
		t.Errorf("another query keeps the number of results: %s", got)
	}
}
