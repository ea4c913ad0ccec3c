package site

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"helpcenter/site/library"
)

// What pages do by themselves, shown by a browser.

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
	notice := func(text string, from, until time.Duration) library.Notice {
		return library.Notice{
			Severity: "info", Text: library.Text{"en": text, "it": text},
			From: in.Now.Add(from), Until: in.Now.Add(until),
		}
	}
	const soon = time.Hour
	in.Library.Site.Notices = []library.Notice{notice("first", -time.Hour, soon), notice("second", soon, 2*soon)}
	s, found := New(in)
	failOnFindings(t, found)
	address := serve(t, s)
	b := openBrowser(t)
	b.beforeEachPage(`
		const due = []
		setTimeout = (run, wait) => due.push({ run, at: Date.now() + wait })
		window.pass = time => {
			Date.stand += time
			for (const d of due.splice(0)) d.at <= Date.now() ? d.run() : due.push(d)
		}`)
	b.open(address + "/en/")
	const shown = `[...document.querySelectorAll('.notice')].filter(n => n.checkVisibility()).map(n => n.innerText.trim()).join()`
	if got := eval[string](b, shown); got != "first" {
		t.Fatalf("shown at first: %q", got)
	}
	for _, want := range []string{"second", ""} {
		eval[int](b, fmt.Sprintf(`pass(%d), 0`, (soon+time.Second).Milliseconds()))
		if got := eval[string](b, shown); got != want {
			t.Errorf("shown then: %q, want %q", got, want)
		}
	}
	if eval[bool](b, `document.querySelector('.notices').checkVisibility()`) {
		t.Error("there is room for notices when all are over")
	}
}

// Paper shows the answers to all questions and nothing that is for pressing.
func TestPrint(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	b := openBrowser(t)
	b.open(address + s.ArticleLink("en", "goto-meeting/billing/cancel-subscription"))
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
	article := serve(t, s) + s.ArticleLink("it", "goto-meeting/billing/cancel-subscription")
	for _, script := range []bool{true, false} {
		b := openBrowser(t)
		if !script {
			b.disableScript()
		}
		open := func() string {
			return eval[string](b, `[...document.querySelectorAll('.question[open] > div')].map(d => d.id).join()`)
		}
		b.width(360)
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

// On a host that knows nothing of the site, the page for an address that leads
// nowhere finds what the address may mean.
func TestNearestOnStaticHost(t *testing.T) {
	s := shipped(t)
	address := static(t, s)
	b := openBrowser(t)
	b.open(address + "/it/goto-meeting/annullare-abbonamento.html")
	want := s.ArticleLink("it", "goto-meeting/billing/cancel-subscription")
	b.do(waitFor(fmt.Sprintf(`!!document.querySelector('.near:not([hidden]) a[href=%q]')`, want)))
}
