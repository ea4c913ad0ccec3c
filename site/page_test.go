package site_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/library"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// What the scripts and styles of pages do in a browser.

// The language selector leads to the same page in the other language, keeping the reader's section, search and
// date.
func TestLanguageSwitch(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	media(b, "", "prefers-reduced-motion", "reduce") // links stay in place
	for _, kind := range testsample.Of(pageKinds(s, "it"), 6) {
		t.Run(kind.Name, func(t *testing.T) {
			b, want := b.In(t), pageOf(s, "en", kind.Name).Link
			if kind.Name == "article" {
				kind.Link, want = kind.Link+"#support", want+"#support"
			}
			if kind.Name == "not found" {
				want = s.Link(site.PagePath("en"))
			}
			b.Open(address + kind.Link)
			switchTo(b, "en")
			if got := addressOf(b); got != address+want {
				t.Errorf("%s leads to %s, want %s", kind.Link, got, want)
			}
			if got := attribute(b, "html", "lang"); got != "en" {
				t.Errorf("%s leads to a page in %q", kind.Link, got)
			}
		})
	}
}

// A notice begins and ends while a page is open, by the reader's clock.
func TestNoticesComeAndGo(t *testing.T) {
	t.Parallel()
	in := sitetest.Input(t)
	notice := func(text string, from, until time.Duration) library.Notice {
		return library.Notice{
			Severity: "info", Text: library.Text{"en": text, "it": text},
			From: in.Now.Add(from), Until: in.Now.Add(until),
		}
	}
	const soon = time.Hour
	in.Library.Site.Notices = []library.Notice{notice("first", -time.Hour, soon), notice("second", soon, 2*soon)}
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	address := sitetest.Serve(t, server.Handler(s))
	b := browsertest.OpenTab(t)
	b.BeforeEachPage(`
		const due = []
		setTimeout = (run, wait) => due.push({ run, at: Date.now() + wait })
		window.pass = time => {
			Date.stand += time
			for (const d of due.splice(0)) d.at <= Date.now() ? d.run() : due.push(d)
		}`)
	b.Open(address + "/en/")
	const shown = `[...document.querySelectorAll('.notice')].filter(n => n.checkVisibility())` +
		`.map(n => n.querySelector('p').innerText.trim()).join()`
	if got := browsertest.Eval[string](b, shown); got != "first" {
		t.Fatalf("shown at first: %q", got)
	}
	for _, want := range []string{"second", ""} {
		browsertest.Eval[int](b, fmt.Sprintf(`pass(%d), 0`, (soon+time.Second).Milliseconds()))
		if got := browsertest.Eval[string](b, shown); got != want {
			t.Errorf("shown then: %q, want %q", got, want)
		}
	}
	if browsertest.Eval[bool](b, `document.querySelector('.notices').checkVisibility()`) {
		t.Error("there is room for notices when all are over")
	}
}

// Paper shows the answers to all questions, and nothing to press.
func TestPrint(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	b.Open(address + s.ArticleLink("en", "goto-meeting/billing/cancel-subscription"))
	const hidden = `[...document.querySelectorAll('.question')].filter(q => ` +
		`q.offsetHeight < q.firstElementChild.offsetHeight + 20).length`
	if n := browsertest.Eval[int](b, hidden); n != 9 {
		t.Errorf("%d answers are closed on the screen, want 9", n)
	}
	media(b, "print", "prefers-color-scheme", "dark")
	if n := browsertest.Eval[int](b, hidden); n != 0 {
		t.Errorf("%d answers are not printed", n)
	}
	for _, selector := range []string{".quick", ".menu", ".find", ".toc", ".support", ".bottom", ".check"} {
		if browsertest.Eval[bool](b, fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, selector)) {
			t.Errorf("%s is printed", selector)
		}
	}
	if !browsertest.Eval[bool](b, `document.querySelector('.brand').checkVisibility()`) {
		t.Error("the name of the site is not printed")
	}
	if got := browsertest.Eval[string](b, `getComputedStyle(document.body).backgroundColor`); got != "rgb(255, 255, 255)" {
		t.Errorf("the paper is %s in the dark theme", got)
	}
	resize(b, 700) // about A4
	const answer = "it/cancel-online/product=goto-meeting/contract=monthly/role=billing-contact/balance=clear/"
	b.Open(address + s.Link(answer))
	if browsertest.Eval[bool](b, `(line => line.scrollWidth > line.clientWidth)(document.querySelector('.line'))`) {
		t.Error("the answers given are cut")
	}
}

// A link to an answer opens it: from another page, from the same page, and without script.
func TestAnswersOpenByLink(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	article := sitetest.Serve(t, shippedHandler(t)) + s.ArticleLink("it", "goto-meeting/billing/cancel-subscription")
	for _, script := range []bool{true, false} {
		b := browsertest.OpenTab(t)
		if !script {
			disableScript(b)
		}
		open := func() string {
			return browsertest.Eval[string](b, `[...document.querySelectorAll('.question[open] > div')].map(d => d.id).join()`)
		}
		resize(b, 360)
		b.Open(article + "#q-refund")
		if got := open(); got != "q-refund" {
			t.Errorf("script %t: a link opens %q", script, got)
		}
		if !browsertest.Eval[bool](b, `document.querySelector('.question[open] summary').getBoundingClientRect().top >= 0`) {
			t.Errorf("script %t: the question is out of sight", script)
		}
		b.Open(article)
		b.Do(chromedp.Click(chromedp.CSS(`.prose a[href$="#q-why-not"]`)))
		if got := open(); got != "q-why-not" {
			t.Errorf("script %t: a link on the page opens %q", script, got)
		}
	}
}

// Browsers that lack what the pages need show a notice; others never do.
func TestOldBrowserNotice(t *testing.T) {
	t.Parallel()
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	b.Open(address + "/en/")
	const shown = `document.querySelector('.old-browser').checkVisibility()`
	if browsertest.Eval[bool](b, shown) {
		t.Error("a new browser is said to be old")
	}
	browsertest.Eval[int](b, `[...document.styleSheets[0].cssRules].forEach((rule, i, all) => {
		if (rule.conditionText?.includes('container-type')) `+
		`document.styleSheets[0].deleteRule([...document.styleSheets[0].cssRules].indexOf(rule))
	}), 0`)
	if !browsertest.Eval[bool](b, shown) {
		t.Error("a browser that does not support container-type is told nothing")
	}
}

// On a static host, the page for an address that does not exist finds what the address may mean.
func TestNearestOnStaticHost(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := serveFiles(t)
	b := browsertest.OpenTab(t)
	b.Open(address + "/it/goto-meeting/annullare-abbonamento.html")
	want := s.ArticleLink("it", "goto-meeting/billing/cancel-subscription")
	b.Wait(fmt.Sprintf(`!!document.querySelector('.near:not([hidden]) a[href=%q]')`, want))
}
