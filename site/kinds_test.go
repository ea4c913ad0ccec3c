package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// What holds of every kind of page, shown by a browser.

// A pageKind is a page that stands for all of its kind.
type pageKind struct{ name, link string }

// pageKinds returns a page of each kind in a language.
func pageKinds(s *Site, lang string) []pageKind {
	article := func(path string) string { return s.link(s.articleFile(lang, path)) }
	at := func(steps string) string { return s.prefix + lang + "/" + steps }
	return []pageKind{
		{"home", at("")},
		{"product", at("goto-meeting/")},
		{"product without articles", at("rescue/")},
		{"category", at("goto-meeting/billing/")},
		{"article", article("goto-meeting/billing/cancel-subscription")},
		{"short article", article("goto-webinar/audio/toll-free-charges")},
		{"A to Z", at("articles/")},
		{"search", at("search/")},
		{"results", at("search/?q=goto+meeting")},
		{"no results", at("search/?q=xyzzyx")},
		{"first question", at("cancel-online/")},
		{"question", at("cancel-online/product=goto-meeting/")},
		{"answer", at("cancel-online/product=goto-meeting/contract=monthly/role=billing-admin/balance=clear/")},
		{"obstacles", at("cancel-online/product=goto-meeting/contract=monthly/role=other/balance=outstanding/")},
		{"dates", at("cancel-online/product=goto-meeting/contract=fixed-term/?renewal=2027-01-31")},
		{"open answer", at("cancel-online/product=unknown/contract=monthly/role=unknown/balance=unknown/")},
		{"all cases", at("cancel-online/all/")},
		{"not found", at("no-such-page/")},
	}
}

// newTab opens another tab of the same browser.
func (b tab) newTab() tab {
	b.t.Helper()
	b.do() // starts the browser: a second context shares one that runs
	ctx, closeTab := chromedp.NewContext(b.ctx)
	b.t.Cleanup(closeTab)
	next := tab{b.t, ctx}
	next.beforeEachPage(standingClock)
	return next
}

// in is the same tab in a subtest.
func (b tab) in(t testing.TB) tab { return tab{t, b.ctx} }

// eval returns what a script says in the page; a promise is awaited.
func eval[T any](b tab, script string) T {
	b.t.Helper()
	return run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// beforeEachPage has a script run in every page opened from now on, before its
// own.
func (b tab) beforeEachPage(script string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// width sets how wide the window is, in CSS pixels.
func (b tab) width(pixels int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(pixels, 800))
}

// media shows pages as they are on another medium, "" for the screen, or to
// readers with other preferences.
func (b tab) media(medium string, features ...*emulation.MediaFeature) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
		return err
	}))
}

func theme(name string) *emulation.MediaFeature {
	return &emulation.MediaFeature{Name: "prefers-color-scheme", Value: name}
}

// address returns where the tab is.
func (b tab) address() string {
	b.t.Helper()
	return run(b, chromedp.Location())
}

// waitFor waits until a script says true.
func waitFor(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Poll[bool](script)(ctx, t)
		return err
	})
}

// static serves a built site as a host does that knows nothing of it.
func static(t testing.TB, s *Site) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range publishedFiles(t, s) {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path.Clean(r.URL.Path)))); err == nil {
			files.ServeHTTP(w, r)
			return
		}
		page, _ := os.ReadFile(filepath.Join(dir, "404.html"))
		w.Header().Set("Content-Type", pageType)
		w.WriteHeader(http.StatusNotFound)
		w.Write(page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// press presses keys, one after the other.
func (b tab) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(key))
	}
}
