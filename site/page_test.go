package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/content"
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
	return tab{b.t, ctx}
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

// The language selector leads to the same page in the other language, with the
// section, the search and the date that the reader was at.
func TestLanguageSwitch(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	there := pageKinds(s, "en")
	for i, kind := range pageKinds(s, "it") {
		t.Run(kind.name, func(t *testing.T) {
			b, want := b.in(t), there[i].link
			if kind.name == "article" {
				kind.link, want = kind.link+"#support", want+"#support"
			}
			if kind.name == "not found" {
				want = s.link(file("en"))
			}
			b.open(address + kind.link)
			b.follow(`.switch a[lang="en"]`)
			if got := b.address(); got != address+want {
				t.Errorf("%s leads to %s, want %s", kind.link, got, want)
			}
			if got := b.attribute("html", "lang"); got != "en" {
				t.Errorf("%s leads to a page in %q", kind.link, got)
			}
		})
	}
}

// Without script the selector keeps what the service knows of.
func TestLanguageSwitchWithoutScript(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	b.disableScript()
	there := pageKinds(s, "en")
	for i, kind := range pageKinds(s, "it") {
		if kind.name != "results" && kind.name != "dates" {
			continue
		}
		b.open(address + kind.link)
		b.follow(`.switch a[lang="en"]`)
		if got := b.address(); got != address+there[i].link {
			t.Errorf("%s leads to %s, want %s", kind.link, got, there[i].link)
		}
	}
}

// A notice begins and ends in a page that is open, by the reader's clock.
func TestNoticesComeAndGo(t *testing.T) {
	in := rooms(t)
	in.Now = time.Now()
	notice := func(text string, from, until time.Duration) content.Notice {
		return content.Notice{
			Severity: "info", Text: content.Text{"en": text, "it": text},
			From: in.Now.Add(from), Until: in.Now.Add(until),
		}
	}
	const soon = 6 * time.Second
	in.Library.Site.Notices = []content.Notice{notice("first", -time.Hour, soon), notice("second", soon, 2*soon)}
	s, found := New(in)
	failOnFindings(t, found)
	address := serve(t, s)
	b := openBrowser(t)
	b.open(address + "/en/")
	const shown = `[...document.querySelectorAll('.notice')].filter(n => n.checkVisibility()).map(n => n.innerText.trim()).join()`
	if got := eval[string](b, shown); got != "first" {
		t.Fatalf("shown at first: %q", got)
	}
	for _, want := range []string{"second", ""} {
		b.do(waitFor(shown + " == " + strconv.Quote(want)))
	}
	if eval[bool](b, `document.querySelector('.notices').checkVisibility()`) {
		t.Error("there is room for notices when all are over")
	}
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
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}

// No page does what its content security policy forbids, with the service's
// header and with the page's own copy alone; and nothing goes wrong in it.
func TestContentSecurityPolicy(t *testing.T) {
	s := shipped(t)
	for host, address := range map[string]string{"service": serve(t, s), "static host": static(t, s)} {
		b := openBrowser(t)
		b.beforeEachPage(`
			window.wrong = []
			addEventListener('securitypolicyviolation', e => wrong.push(e.violatedDirective + ' ' + e.blockedURI))
			addEventListener('error', e => wrong.push(e.message), true)
			addEventListener('unhandledrejection', e => wrong.push(String(e.reason)))`)
		for _, kind := range pageKinds(s, "it") {
			t.Run(host+"/"+kind.name, func(t *testing.T) {
				b := b.in(t)
				b.open(address + kind.link)
				if wrong := eval[[]string](b, `new Promise(done => setTimeout(() => done(wrong), 100))`); len(wrong) > 0 {
					t.Errorf("%s: %q", kind.link, wrong)
				}
			})
		}
		b.open(address + "/en/")
		eval[string](b, `document.body.insertAdjacentHTML('beforeend', '<img src="data:,">'), ''`)
		b.do(waitFor(`wrong.some(w => w.startsWith('img-src'))`)) // or else the listening proves nothing
	}
}

// A response is what went over the network for one request.
type response struct {
	kind  network.ResourceType
	url   string
	bytes float64
	sets  bool // a cookie
}

// load opens an address with an empty cache, and returns what was asked for.
func (b tab) load(address string) []response {
	b.t.Helper()
	ctx, stop := context.WithCancel(b.ctx)
	defer stop()
	b.do() // starts the browser, which must outlive the listening
	var mu sync.Mutex
	var ids []network.RequestID
	all := map[network.RequestID]*response{}
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventResponseReceived:
			ids = append(ids, e.RequestID)
			_, sets := e.Response.Headers["Set-Cookie"]
			all[e.RequestID] = &response{kind: e.Type, url: e.Response.URL, sets: sets}
		case *network.EventLoadingFinished:
			if r := all[e.RequestID]; r != nil {
				r.bytes = e.EncodedDataLength
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return err
	}))
	b.open(address)
	eval[bool](b, `new Promise(done => setTimeout(() => done(true), 300))`)
	mu.Lock()
	defer mu.Unlock()
	var list []response
	for _, id := range ids {
		list = append(list, *all[id])
	}
	return list
}

// What a page costs over the network, headers included, by the longest article
// and the longest state: what is needed to show it, and all of it.
func TestWeights(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	for _, lang := range []string{"en", "it"} {
		for _, kind := range pageKinds(s, lang) {
			first, total, requests := 0.0, 0.0, 0
			for _, r := range b.load(address + kind.link) {
				if strings.HasPrefix(r.url, "data:") {
					continue // the browser's own, in a date field
				}
				if !strings.HasPrefix(r.url, address+"/") {
					t.Errorf("%s asks %s, a third party", kind.link, r.url)
				}
				if r.sets {
					t.Errorf("%s sets a cookie", r.url)
				}
				if r.kind == network.ResourceTypeImage {
					continue
				}
				requests++
				total += r.bytes
				if r.kind == network.ResourceTypeDocument || r.kind == network.ResourceTypeStylesheet {
					first += r.bytes
				}
			}
			t.Logf("%s: %d requests, %.0f bytes, %.0f of them to be shown", kind.link, requests, total, first)
			if strings.Contains(kind.name, "result") || kind.name == "search" {
				continue // the index has a budget of its own
			}
			if first > 14e3 || total > 20e3 || requests > 4 {
				t.Errorf("%s takes %d requests and %.0f bytes, %.0f of them to be shown", kind.link, requests, total, first)
			}
			if cookie := eval[string](b, `document.cookie`); cookie != "" {
				t.Errorf("%s has the cookie %s", kind.link, cookie)
			}
		}
	}
}

// Nothing moves once it has been shown.
func TestNothingShifts(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	b.beforeEachPage(`
		window.shift = 0
		new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value }).observe({ type: 'layout-shift', buffered: true })`)
	for _, width := range []int64{360, 1280} {
		b.width(width)
		for _, kind := range pageKinds(s, "it") {
			b.open(address + kind.link)
			if shift := eval[float64](b, `new Promise(done => setTimeout(() => done(shift), 200))`); shift != 0 {
				t.Errorf("%s at %d px shifts by %g", kind.link, width, shift)
			}
		}
	}
}

// At 320 CSS pixels, which is a window of 1280 at 400 %, nothing has to be
// scrolled sideways (WCAG 1.4.10); and what is pressed is large enough at any
// width (WCAG 2.5.8): 24 pixels, but for links within a sentence.
func TestReflowAndTargets(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	for _, width := range []int64{320, 768, 1280} {
		b.width(width)
		for _, lang := range []string{"en", "it"} {
			for _, kind := range pageKinds(s, lang) {
				b.open(address + kind.link)
				eval[int](b, `(document.querySelectorAll('details').forEach(d => d.open = true), 0)`)
				if wide := eval[float64](b, `document.scrollingElement.scrollWidth`); wide > float64(width) {
					t.Errorf("%s is %g px wide in a window of %d", kind.link, wide, width)
				}
				for _, small := range eval[[]string](b, smallTargets) {
					t.Errorf("%s at %d px: %s", kind.link, width, small)
				}
			}
		}
	}
}

const smallTargets = `[...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
	const box = e.getBoundingClientRect()
	if (!e.checkVisibility() || box.height == 0 || e.matches('.skip')) return false
	const inSentence = getComputedStyle(e).display == 'inline' && e.parentElement.innerText.trim() != e.innerText.trim()
	return !inSentence && (box.height < 23.5 || box.width < 23.5)
}).map(e => e.outerHTML.slice(0, 120) + ' is ' + Math.round(e.getBoundingClientRect().width) + ' x ' + Math.round(e.getBoundingClientRect().height))`

// Paper shows the answers to all questions and nothing that is for pressing.
func TestPrint(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	b.open(address + s.link(s.articleFile("en", "goto-meeting/billing/cancel-subscription")))
	const hidden = `[...document.querySelectorAll('.question')].filter(q => q.offsetHeight < q.firstElementChild.offsetHeight + 20).length`
	if n := eval[int](b, hidden); n != 9 {
		t.Errorf("%d answers are closed on the screen, want 9", n)
	}
	b.media("print", theme("dark"))
	if n := eval[int](b, hidden); n != 0 {
		t.Errorf("%d answers are not printed", n)
	}
	for _, selector := range []string{".top", ".find", ".toc", ".help", ".bottom", ".ask"} {
		if eval[bool](b, fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, selector)) {
			t.Errorf("%s is printed", selector)
		}
	}
	if got := eval[string](b, `getComputedStyle(document.body).backgroundColor`); got != "rgb(255, 255, 255)" {
		t.Errorf("the paper is %s in the dark theme", got)
	}
}

// A link to an answer opens it: from another page, from the same, and without
// script.
func TestAnswersOpenByLink(t *testing.T) {
	s := shipped(t)
	article := serve(t, s) + s.link(s.articleFile("it", "goto-meeting/billing/cancel-subscription"))
	for _, script := range []bool{true, false} {
		b := openBrowser(t)
		if !script {
			b.disableScript()
		}
		open := func() string {
			return eval[string](b, `[...document.querySelectorAll('.question[open] > div')].map(d => d.id).join()`)
		}
		b.open(article + "#q-refund")
		if got := open(); got != "q-refund" {
			t.Errorf("script %t: a link opens %q", script, got)
		}
		if !eval[bool](b, `document.querySelector('.question[open] summary').getBoundingClientRect().top >= 0`) {
			t.Errorf("script %t: the question is out of sight", script)
		}
		b.open(article)
		b.do(chromedp.Click(chromedp.CSS(`.prose a[href$="#q-why-not"]`)))
		if got := open(); got != "q-why-not" {
			t.Errorf("script %t: a link on the page opens %q", script, got)
		}
	}
}

// A reader without a mouse gets from the home page to an answer. Wherever the
// focus goes it can be seen, and nothing covers it.
func TestKeyboardWalk(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := openBrowser(t)
			b.width(width)
			b.media("", &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}) // where the focus is, at once
			b.open(address + "/it/")
			b.press(kb.Tab)
			if got := eval[string](b, `document.activeElement.className`); got != "skip" {
				t.Errorf("Tab goes to %q first, want the link that skips to the content", got)
			}
			b.walk("a.ask")
			for _, step := range []string{"product=goto-meeting/", "contract=monthly/", "role=billing-admin/", "balance=clear/"} {
				b.walk(`.choose a[href$="` + step + `"]`)
			}
			if got, want := b.text("h1"), s.language("it").Text("cancel-online.outcome.cancel-online"); got != want {
				t.Errorf("the walk ends at %q, want %q", got, want)
			}
			b.press(kb.Tab, kb.Enter) // the first link skips what is before the answer
			if got := eval[string](b, `document.activeElement.id`); got != "main" {
				t.Errorf("the link that skips to the content leads to %q", got)
			}
		})
	}
}

// press presses keys, one after the other.
func (b tab) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(key))
	}
}

// walk presses Tab until the focus is on a link, and then Enter.
func (b tab) walk(selector string) {
	b.t.Helper()
	for range 60 {
		b.press(kb.Tab)
		if wrong := eval[string](b, unseenFocus); wrong != "" {
			b.t.Errorf("%s: %s", b.address(), wrong)
		}
		if eval[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
				_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
				return err
			}))
			return
		}
	}
	b.t.Fatalf("%s: the Tab key never comes to %s", b.address(), selector)
}

// unseenFocus says what is wrong with how the focus shows.
const unseenFocus = `(() => {
	const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e)
	const name = e.outerHTML.slice(0, 100)
	if (e === document.body) return ''
	if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no outline on ' + name
	if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) return 'out of sight: ' + name
	const on = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
	return e.contains(on) || on.contains(e) ? '' : 'covered: ' + name
})()`

// Browsers that do not know what the pages are made of are told; the others
// never see it.
func TestOldBrowserNotice(t *testing.T) {
	address := serve(t, shipped(t))
	b := openBrowser(t)
	b.open(address + "/en/")
	const shown = `document.querySelector('.old-browser').checkVisibility()`
	if eval[bool](b, shown) {
		t.Error("a new browser is said to be old")
	}
	eval[int](b, `[...document.styleSheets[0].cssRules].forEach((rule, i, all) => {
		if (rule.conditionText?.includes('container-type')) document.styleSheets[0].deleteRule([...document.styleSheets[0].cssRules].indexOf(rule))
	}), 0`)
	if !eval[bool](b, shown) {
		t.Error("a browser that does not support container-type is told nothing")
	}
}
