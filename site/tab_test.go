package site_test

import (
	"context"
	"net/http"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// What the tests of pages do in a tab.

func TestMain(m *testing.M) { browsertest.Main(m) }

var shippedOnce sync.Once
var shippedServer http.Handler

// shippedHandler returns the handler of the shipped site. All tests share what it has compressed.
func shippedHandler(t *testing.T) http.Handler {
	t.Helper()
	s := sitetest.Shipped(t)
	shippedOnce.Do(func() { shippedServer = server.Handler(s) })
	return shippedServer
}

// A pageKind is a page that stands for all of its kind.
type pageKind struct{ Name, Link string }

// pageKinds returns a page of each kind in a language.
func pageKinds(s *site.Site, lang string) []pageKind {
	article := func(path string) string { return s.ArticleLink(lang, path) }
	at := func(steps string) string { return s.Prefix() + lang + "/" + steps }
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

// follow clicks a link and waits for the page it leads to.
func follow(b browsertest.Tab, selector string) {
	b.Do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
		return chromedp.Void{}, err
	})
}

// switchTo chooses a language in the selector and waits for the page in it.
func switchTo(b browsertest.Tab, lang string) {
	browsertest.Run(b, chromedp.Click(chromedp.CSS(".languages > summary")))
	follow(b, `.switch a[lang="`+lang+`"]`)
}

func attribute(b browsertest.Tab, selector, name string) string {
	return browsertest.Run(b, chromedp.AttributeValue(chromedp.CSS(selector), name)).Value
}

// addressOf returns the address of the page in the tab.
func addressOf(b browsertest.Tab) string { return browsertest.Run(b, chromedp.Location()) }

// press presses keys, one after another.
func press(b browsertest.Tab, keys ...string) {
	for _, key := range keys {
		b.Do(chromedp.KeyEvent(key))
	}
}

// paste inserts a text at the focus all at once. Typed letter by letter, it might be answered in between.
func paste(b browsertest.Tab, text string) {
	browsertest.Call(b, input.InsertText, input.InsertTextParams{Text: text})
}

// resize sets the width of the window in CSS pixels.
func resize(b browsertest.Tab, width int64) { b.Do(chromedp.EmulateViewport(width, 800)) }

// media emulates a medium, "" for the screen, and a preference of the reader.
func media(b browsertest.Tab, medium, feature, value string) {
	features := []*emulation.MediaFeature{{Name: feature, Value: value}}
	browsertest.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
}

func disableScript(b browsertest.Tab) {
	off := emulation.SetScriptExecutionDisabledParams{Value: true}
	browsertest.Call(b, emulation.SetScriptExecutionDisabled, off)
}

// serveFiles serves the shipped site as a static host does.
func serveFiles(t *testing.T) string {
	t.Helper()
	all, dir := publishedFiles(t).files, fstest.MapFS{}
	for name, data := range all {
		dir[name] = &fstest.MapFile{Data: data}
	}
	files := http.FileServerFS(dir)
	return sitetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if all[name] != nil || all[path.Join(name, "index.html")] != nil {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", site.PageType)
		w.WriteHeader(http.StatusNotFound)
		w.Write(all["404.html"])
	}))
}
