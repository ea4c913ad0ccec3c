package site

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// What only a browser can show.

// A tab is a page of a headless browser. Whatever goes wrong in it ends the test.
type tab struct {
	t   testing.TB
	ctx context.Context
}

// openBrowser starts a headless Chromium for the test, whose clock stands still at
// the day of the site. Without one the test skips, but not where CI is true.
func openBrowser(t testing.TB) tab {
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
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(closeBrowser)
	b := tab{t, ctx}
	b.beforeEachPage(standingClock)
	return b
}

// standingClock makes a page's clock stand still at shippedDay, so that what pages
// do by the reader's clock is the same on whatever day a test runs. A test that
// lets time pass sets Date.stand.
var standingClock = fmt.Sprintf(`Date = class extends Date {
	static stand = %d
	static now() { return this.stand }
	constructor(...given) { given.length ? super(...given) : super(Date.stand) }
}`, shippedDay.UnixMilli())

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

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	run(b, chromedp.Steps(steps...))
}

func run[T any](b tab, action chromedp.Action[T]) T {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Steps()); err != nil { // starts the browser, which must outlive the limit below
		b.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b tab) open(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
}

// follow clicks a link and waits for the page that it leads to.
func (b tab) follow(selector string) {
	b.t.Helper()
	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
		return chromedp.Void{}, err
	})
}

func (b tab) text(selector string) string {
	b.t.Helper()
	return strings.Join(strings.Fields(run(b, chromedp.TextContent(chromedp.CSS(selector)))), " ")
}

func (b tab) attribute(selector, name string) string {
	b.t.Helper()
	return run(b, chromedp.AttributeValue(chromedp.CSS(selector), name)).Value
}

// wait waits until an expression of the page holds.
func (b tab) wait(expression string) {
	b.t.Helper()
	run(b, chromedp.Poll[any](expression))
}

// disableScript reads on as readers without script do.
func (b tab) disableScript() {
	b.t.Helper()
	b.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
}

// serve answers with the site on a port of this machine.
func serve(t testing.TB, s *Site) string {
	t.Helper()
	h := Handler(s)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// A reader goes from the home page to an answer, in Italian, by links alone.
func TestReaderGetsAnAnswer(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	for _, script := range []bool{true, false} {
		name := map[bool]string{true: "with script", false: "without script"}[script]
		t.Run(name, func(t *testing.T) {
			b := openBrowser(t)
			if !script {
				b.disableScript()
			}
			b.open(address + "/it/")
			b.follow("a.ask")
			b.follow(`.choose a[href$="/product=goto-meeting/"]`)
			b.follow(`.choose a[href$="/contract=monthly/"]`)
			b.follow(`.choose a[href$="/role=billing-admin/"]`)
			b.follow(`.choose a[href$="/balance=outstanding/"]`)

			it, en := s.language("it"), s.language("en")
			if got, want := b.text("h1"), it.Text("cancel-online.outcome.not-yet"); got != want {
				t.Errorf("the answer is %q, want %q", got, want)
			}
			if got, want := b.text(".reasons"), it.Text("cancel-online.rule.balance-outstanding"); !strings.Contains(got, want) {
				t.Errorf("the reasons are %q, want %q among them", got, want)
			}
			b.follow(`.switch a[lang="en"]`)
			if got, want := b.text("h1"), en.Text("cancel-online.outcome.not-yet"); got != want || b.attribute("html", "lang") != "en" {
				t.Errorf("the language selector leads to %q, want %q in English", got, want)
			}
		})
	}
}
