package sitetest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdpinput "github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"helpcenter/site"
)

// A tab is a page of a headless browser. Whatever goes wrong in it ends the test.
type Tab struct {
	t   testing.TB
	Ctx context.Context
}

// OpenBrowser starts a headless Chromium for the test, whose clock stands still at
// the day of the site. Without one the test skips, but not where CI is true.
func OpenBrowser(t testing.TB) Tab {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		skip(t, "this test needs Chromium on the PATH (Debian: apt-get install chromium)")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile(t)), chromedp.NoFirstRun,
		chromedp.WSURLReadTimeout(2 * time.Minute), // it may start beside other work, from a cold disk
	}
	for _, flag := range []string{
		"headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic",
		"disable-background-networking", "disable-component-update", "disable-sync",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(closeBrowser)
	b := Tab{t, ctx}
	b.BeforeEachPage(standingClock)
	return b
}

// standingClock makes a page's clock stand still at shippedDay, so that what pages
// do by the reader's clock is the same on whatever day a test runs. A test that
// lets time pass sets Date.stand.
var standingClock = fmt.Sprintf(`Date = class extends Date {
	static stand = %d
	static now() { return this.stand }
	constructor(...given) { given.length ? super(...given) : super(Date.stand) }
}`, ShippedDay.UnixMilli())

// profile is a folder for what a browser keeps. Unlike t.TempDir it does not fail
// the test where it cannot be removed: a browser's processes end after the browser,
// and may still write.
func profile(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "helpcenter-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// skip skips a test that lacks something, or fails it where CI is true.
func skip(t testing.TB, advice string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(advice)
	}
	t.Skip(advice)
}

func (b Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	Run(b, chromedp.Steps(steps...))
}

func Run[T any](b Tab, action chromedp.Action[T]) T {
	b.t.Helper()
	if _, err := chromedp.Run(b.Ctx, chromedp.Steps()); err != nil { // starts the browser, outside the limit below
		b.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.Ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b Tab) Open(address string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(address))
}

// Follow clicks a link and waits for the page that it leads to.
func (b Tab) Follow(selector string) {
	b.t.Helper()
	b.Do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
		return chromedp.Void{}, err
	})
}

func (b Tab) Text(selector string) string {
	b.t.Helper()
	return strings.Join(strings.Fields(Run(b, chromedp.TextContent(chromedp.CSS(selector)))), " ")
}

func (b Tab) Attribute(selector, name string) string {
	b.t.Helper()
	return Run(b, chromedp.AttributeValue(chromedp.CSS(selector), name)).Value
}

// Wait waits until an expression of the page holds.
func (b Tab) Wait(expression string) {
	b.t.Helper()
	Run(b, chromedp.Poll[any](expression))
}

// DisableScript reads on as readers without script do.
func (b Tab) DisableScript() {
	b.t.Helper()
	b.Do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		off := emulation.SetScriptExecutionDisabledParams{Value: true}
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, off)
		return chromedp.Void{}, err
	})
}

// Serve answers with a handler on a port of this machine, and returns its address.
func Serve(t testing.TB, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// Paste puts a text where the focus is, all at once: what is typed letter by letter
// may be answered in between.
func (b Tab) Paste(text string) {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, cdpinput.InsertText, cdpinput.InsertTextParams{Text: text})
		return err
	}))
}

// A pageKind is a page that stands for all of its kind.
type pageKind struct{ Name, Link string }

// PageKinds returns a page of each kind in a language.
func PageKinds(s *site.Site, lang string) []pageKind {
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

// NewTab opens another tab of the same browser.
func (b Tab) NewTab() Tab {
	b.t.Helper()
	b.Do() // starts the browser: a second context shares one that runs
	ctx, closeTab := chromedp.NewContext(b.Ctx)
	b.t.Cleanup(closeTab)
	next := Tab{b.t, ctx}
	next.BeforeEachPage(standingClock)
	return next
}

// In is the same tab in a subtest.
func (b Tab) In(t testing.TB) Tab { return Tab{t, b.Ctx} }

// Eval returns what a script says in the page; a promise is awaited.
func Eval[T any](b Tab, script string) T {
	b.t.Helper()
	return Run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// BeforeEachPage has a script run in every page opened from now on, before its
// own.
func (b Tab) BeforeEachPage(script string) {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		add := cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script}
		_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, add)
		return err
	}))
}

// Width sets how wide the window is, in CSS pixels.
func (b Tab) Width(pixels int64) {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(pixels, 800))
}

// Media shows pages as they are on another medium, "" for the screen, or to
// readers with other preferences.
func (b Tab) Media(medium string, features ...*emulation.MediaFeature) {
	b.t.Helper()
	b.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		media := emulation.SetEmulatedMediaParams{Media: medium, Features: features}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media)
		return err
	}))
}

func Theme(name string) *emulation.MediaFeature {
	return &emulation.MediaFeature{Name: "prefers-color-scheme", Value: name}
}

// Address returns where the tab is.
func (b Tab) Address() string {
	b.t.Helper()
	return Run(b, chromedp.Location())
}

// WaitFor waits until a script says true.
func WaitFor(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Poll[bool](script)(ctx, t)
		return err
	})
}

// Static serves a built site as a host does that knows nothing of it.
func Static(t testing.TB, s *site.Site) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range PublishedFiles(t, s) {
		Write(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path.Clean(r.URL.Path)))); err == nil {
			files.ServeHTTP(w, r)
			return
		}
		page, _ := os.ReadFile(filepath.Join(dir, "404.html"))
		w.Header().Set("Content-Type", site.PageType)
		w.WriteHeader(http.StatusNotFound)
		w.Write(page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Press presses keys, one after the other.
func (b Tab) Press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.Do(chromedp.KeyEvent(key))
	}
}
