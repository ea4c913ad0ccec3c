package site

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

	cdpinput "github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site/search"
)

// The page's script, the service and the command give the same articles in the
// same order.
func TestSearchAgrees(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	for _, tt := range []struct{ lang, query string }{
		{"it", "l'abbonamento"}, {"it", "disdire"}, {"it", "abonamento"}, {"it", "numero verde"},
		{"en", "refund"}, {"en", "toll free"}, {"en", "who can cancel"}, {"en", "x"}, {"en", "xylophone"},
	} {
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

			b := tab{t, b.ctx}
			b.open(address + "/" + tt.lang + "/search/")
			b.do(chromedp.SendKeys(chromedp.CSS(".big input"), tt.query))
			b.wait(fmt.Sprintf(`new URLSearchParams(location.search).get("q") === %q`, tt.query)) // not one of its beginnings
			script := `[...document.querySelectorAll(".results a")].map(a => a.textContent).join("\n")`
			if got := run(b, chromedp.Evaluate[string](script)); got != strings.Join(want, "\n") {
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
	for _, n := range parsePage(t, address, data).tags("ol") {
		if !strings.Contains(attr(n, "class"), "results") {
			continue
		}
		for a := range n.Descendants() {
			if a.Data == "a" {
				titles = append(titles, textOf(a))
			}
		}
	}
	return titles
}

// Every search box suggests articles, which the arrow keys reach.
func TestSuggestions(t *testing.T) {
	s := shipped(t)
	b := openBrowser(t)
	b.open(serve(t, s) + "/it/goto-meeting/")
	b.do(chromedp.Focus(chromedp.CSS("#q")))
	b.paste("rimbor")
	b.wait(`document.querySelector(".suggestions a")`)
	b.do(chromedp.KeyEvent(kb.ArrowDown)) // arrow down
	b.wait(`document.activeElement.matches(".suggestions a")`)
	b.follow(".suggestions a:focus")
	if got := b.attribute("main h1 + .lead", "class"); got == "" {
		t.Error("a suggestion does not lead to an article")
	}
}

// paste puts a text where the focus is, all at once: what is typed letter by letter
// may be answered in between.
func (b tab) paste(text string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, cdpinput.InsertText, cdpinput.InsertTextParams{Text: text})
		return err
	}))
}

// A service without script says that a query is too short or too long, and offers what
// there is in another language.
func TestSearchWithoutScript(t *testing.T) {
	s := shipped(t)
	h := Handler(s)
	get := func(query string) *document {
		r := httptest.NewRequest(http.MethodGet, "/it/search/?q="+url.QueryEscape(query), nil)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return parsePage(t, query, w.Body.Bytes())
	}
	status := func(d *document) string {
		return textOf(d.find(func(n *htmlNode) bool { return attr(n, "role") == "status" })[0])
	}
	l := s.language("it")
	if got := status(get("a")); got != l.Text("search.short") {
		t.Errorf("one character: %q", got)
	}
	if got := status(get("abbonamento " + strings.Repeat("contratto ", 50))); !strings.Contains(got, l.Text("search.shortened")) {
		t.Errorf("a long query: %q", got)
	}
	none := get("unassign")
	if got := status(none); !strings.Contains(got, l.Text("search.none")) {
		t.Errorf("an English word: %q", got)
	}
	elsewhere := none.find(func(n *htmlNode) bool { return n.Data == "a" && attr(n, "class") == "more" && attr(n, "lang") == "en" })
	if len(elsewhere) != 1 || !strings.Contains(attr(elsewhere[0], "href"), "/en/search/?q=unassign") {
		t.Error("results in English are not offered")
	}
}
