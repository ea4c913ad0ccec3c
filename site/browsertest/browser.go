// Package browsertest drives a headless Chromium, for tests of what only a browser can show. It is separate from
// sitetest because the protocol of the browser takes a second to link.
package browsertest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A Tab is a page of a headless browser. Any failure in it ends the test.
type Tab struct {
	t   testing.TB
	Ctx context.Context
}

// Main runs the tests of a package that uses a browser. All of them share one process. More tests run at once than
// there are processors, since they mostly wait for the browser.
func Main(m *testing.M) {
	flag.Parse()
	if parallel := flag.Lookup("test.parallel"); parallel.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		parallel.Value.Set(strconv.Itoa(3 * runtime.GOMAXPROCS(0)))
	}
	code := m.Run()
	closeBrowser()
	os.Exit(code)
}

var closeBrowser = func() {}

// headlessShell is Chromium without a window, as installed by Debian. It needs less than half the time for a page,
// since it does not draw the window around it.
const headlessShell = "/usr/lib/chromium/chromium-headless-shell"

// withoutWindow lists the features of Chromium's own window that cost most, to be disabled.
const withoutWindow = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIReloadButton,InitialWebUI"

var browser = sync.OnceValues(func() (context.Context, error) {
	options := []chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun,
		chromedp.WSURLReadTimeout(2 * time.Minute), // it may start during other work, from a cold disk
	}
	for _, flag := range []string{
		"headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic",
		"disable-background-networking", "disable-component-update", "disable-sync",
		"disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	options = append(options, chromedp.Flag("disable-features", withoutWindow))
	if shell, err := exec.LookPath(headlessShell); err == nil {
		options = append(options, chromedp.ExecPath(shell))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	closeBrowser = stop
	_, err := chromedp.Run(ctx, chromedp.Steps())
	return ctx, err
})

// OpenTab opens a tab that shares neither cache nor storage with others. Its clock stands still on the day of the
// site. With -short the test is skipped. Without Chromium it is skipped too, but fails if CI is true.
func OpenTab(t testing.TB) Tab {
	t.Helper()
	if testing.Short() {
		t.Skip("opens pages in a browser")
	}
	shared, err := browser()
	if err != nil {
		testsample.Missing(t, "this test needs Chromium on the PATH (Debian: apt-get install chromium-headless-shell): "+
			err.Error())
	}
	ctx, closeTab := chromedp.NewContext(shared, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	if _, err := chromedp.Run(ctx, chromedp.Steps()); err != nil { // a tab lives as long as the context of its first run
		t.Fatal(err)
	}
	b := Tab{t, ctx}
	b.BeforeEachPage(standingClock)
	Call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return b
}

// standingClock stops a page's clock at shippedDay, so what pages do by the reader's clock is the same on whatever
// day a test runs. A test that lets time pass sets Date.stand.
var standingClock = fmt.Sprintf(`Date = class extends Date {
	static stand = %d
	static now() { return this.stand }
	constructor(...given) { given.length ? super(...given) : super(Date.stand) }
}`, sitetest.ShippedDay.UnixMilli())

func (b Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	Run(b, chromedp.Steps(steps...))
}

func Run[T any](b Tab, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.Ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// Call runs a command of the Chrome DevTools protocol.
func Call[P, R any](b Tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	return Run(b, func(ctx context.Context, _ *chromedp.Target) (R, error) {
		return chromedp.Call(ctx, command, params)
	})
}

func (b Tab) Open(address string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(address))
}

// Text returns the text of the first element that matches a selector, waiting for one. It finds and reads the
// element in one step, since scripts may replace what has been found.
func (b Tab) Text(selector string) string {
	b.t.Helper()
	script := fmt.Sprintf("document.querySelector(%q)?.textContent ?? null", selector)
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if text := Eval[*string](b, script); text != nil {
			return strings.Join(strings.Fields(*text), " ")
		}
	}
	b.t.Fatalf("no element is %s", selector)
	return ""
}

// Wait waits until an expression is true in the page.
func (b Tab) Wait(expression string) {
	b.t.Helper()
	Run(b, chromedp.Poll[any](expression))
}

// In returns the same tab for use in a subtest.
func (b Tab) In(t testing.TB) Tab { return Tab{t, b.Ctx} }

// Eval returns the result of a script in the page. It awaits promises.
func Eval[T any](b Tab, script string) T {
	b.t.Helper()
	return Run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// BeforeEachPage makes a script run in every page opened from now on, before the page's own scripts.
func (b Tab) BeforeEachPage(script string) {
	b.t.Helper()
	add := cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script}
	Call(b, cdppage.AddScriptToEvaluateOnNewDocument, add)
}
