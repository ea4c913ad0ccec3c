package site_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// These tests check what readers need if they zoom in or use no mouse.

// In each language a reader gets from the home page to an answer and its steps on a small screen, both with script
// and by plain links without it. In two languages the reader does so without a mouse, too: the order of focus is
// the same in all. The language selector leads to the same place in the next language.
func TestEveryLanguage(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	tags := s.Library.Site.Tags()
	for i, lang := range testsample.Of(tags, 1) {
		next := tags[(slices.Index(tags, lang)+1)%len(tags)]
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			first := sitetest.Ask(shippedHandler(t), "GET", "/", "", "Accept-Language: ja, "+lang+"-AT;q=0.8, *;q=0.1")
			home := first.Header().Get("Location")
			if home != s.Link(site.PagePath(lang)) {
				t.Fatalf("a reader of %q is led to %s", lang, home)
			}
			b := browsertest.OpenTab(t)
			resize(b, 360)
			media(b, "", "prefers-reduced-motion", "reduce") // scroll at once to where the focus is
			b.Open(address + home)
			if i < 2 {
				toAnswer(t, b, s, lang, func(selector string) { walk(t, b, selector) })
				walk(t, b, ".languages > summary", " ")
				walk(t, b, `.switch a[lang="`+next+`"]`)
			} else {
				toAnswer(t, b, s, lang, func(selector string) { follow(b, selector) })
				switchTo(b, next)
			}
			at(t, b, address+pageOf(s, next, "answer").Link)
			staysAt(t, b, s, address, lang, next, "article", "results", "dates")

			disableScript(b)
			b.Open(address + home)
			toAnswer(t, b, s, lang, func(selector string) { follow(b, selector) })
			staysAt(t, b, s, address, lang, next, "answer", "results", "dates")
		})
	}
}

// toAnswer goes from the home page to an answer, to its steps and back; to follows a link.
func toAnswer(t *testing.T, b browsertest.Tab, s *site.Site, lang string, to func(selector string)) {
	t.Helper()
	to(`.chips a[href$="product=goto-meeting/"]`)
	for _, step := range []string{"contract=monthly/", "role=billing-admin/", "balance=clear/"} {
		to(`.choose a[href$="` + step + `"]`)
	}
	if got, want := b.Text("h1"), s.Words.Words(lang).Text("cancel-online.outcome.cancel-online"); got != want {
		t.Errorf("the walk ends at %q, want %q", got, want)
	}
	answer, steps := addressOf(b), b.Text(".do li:last-child")
	to(`.do h2 a[href$="#steps"]`)
	const top = `document.querySelector(':target').offsetTop`
	if !strings.Contains(b.Text("main"), steps) || browsertest.Eval[int](b, top) == 0 {
		t.Errorf("%s does not show the step %q", addressOf(b), steps)
	}
	b.Open(answer)
}

// pageOf returns the page of a kind in a language.
func pageOf(s *site.Site, lang, kind string) pageKind {
	kinds := pageKinds(s, lang)
	return kinds[slices.IndexFunc(kinds, func(k pageKind) bool { return k.Name == kind })]
}

// staysAt checks that the language selector leads from pages in one language to the same place in another.
func staysAt(t *testing.T, b browsertest.Tab, s *site.Site, address, from, to string, kinds ...string) {
	t.Helper()
	for _, kind := range kinds {
		section := ""
		if kind == "article" {
			section = "#support"
		}
		b.Open(address + pageOf(s, from, kind).Link + section)
		if wide := browsertest.Eval[int](b, `document.documentElement.scrollWidth`); wide > 360 {
			t.Errorf("%s is %d pixels wide", addressOf(b), wide)
		}
		switchTo(b, to)
		at(t, b, address+pageOf(s, to, kind).Link+section)
		if got := attribute(b, "html", "lang"); got != to {
			t.Errorf("%s is in %q", addressOf(b), got)
		}
	}
}

func at(t *testing.T, b browsertest.Tab, want string) {
	t.Helper()
	if got := addressOf(b); got != want {
		t.Errorf("led to %s, want %s", got, want)
	}
}

// The Tab key first reaches the link that skips to the content. On a wide screen, too, the keyboard leads to an
// answer.
func TestKeyboardWalk(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	b := browsertest.OpenTab(t)
	resize(b, 1280)
	media(b, "", "prefers-reduced-motion", "reduce")
	b.Open(sitetest.Serve(t, shippedHandler(t)) + "/it/")
	press(b, kb.Tab)
	if got := browsertest.Eval[string](b, `document.activeElement.className`); got != "skip" {
		t.Errorf("Tab goes to %q first, want the link that skips to the content", got)
	}
	toAnswer(t, b, s, "it", func(selector string) { walk(t, b, selector) })
	press(b, kb.Tab, kb.Enter) // the first link skips what comes before the answer
	if got := browsertest.Eval[string](b, `document.activeElement.id`); got != "main" {
		t.Errorf("the link that skips to the content leads to %q", got)
	}
}

// A single key works as a shortcut only as long as the reader wants it to (WCAG 2.1.4).
func TestSlashCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	pressed := func() string {
		b.Open(address + "/en/")
		press(b, "/")
		return browsertest.Eval[string](b, `document.activeElement.id`)
	}
	if got := pressed(); got != "q" {
		t.Errorf("/ leads to %q, want the search box", got)
	}
	b.Open(address + "/en/search/")
	b.Do(chromedp.Click(chromedp.CSS(".slash input")))
	if got := pressed(); got != "" {
		t.Errorf("/ leads to %q though it is switched off", got)
	}
}

// smallTargets describes what can be pressed and is smaller than 24 pixels, except links within a sentence and
// those for programs.
const smallTargets = `[...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
	const box = e.getBoundingClientRect()
	if (!e.checkVisibility() || box.height == 0 || e.matches('.skip, [aria-hidden] *')) return false
	const inSentence = getComputedStyle(e).display == 'inline' && e.parentElement.innerText.trim() != e.innerText.trim()
	return !inSentence && (box.height < 23.5 || box.width < 23.5)
}).map(e => {
	const box = e.getBoundingClientRect()
	return e.outerHTML.slice(0, 120) + ' is ' + Math.round(box.width) + ' x ' + Math.round(box.height)
})`

// walk presses Tab until the focus is on an element, and then Enter, which follows a link, or other keys.
func walk(t *testing.T, b browsertest.Tab, selector string, keys ...string) {
	t.Helper()
	for range 60 {
		press(b, kb.Tab)
		ask := fmt.Sprintf(`[%s, String(document.activeElement.matches(%q))]`, unseenFocus, selector)
		said := browsertest.Eval[[2]string](b, ask)
		if said[0] != "" {
			t.Errorf("%s: %s", addressOf(b), said[0])
		}
		if said[1] != "true" {
			continue
		}
		if press(b, keys...); len(keys) == 0 {
			b.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
				return err
			}))
		}
		return
	}
	t.Fatalf("%s: the Tab key never comes to %s", addressOf(b), selector)
}

// unseenFocus says why the focus cannot be seen.
const unseenFocus = `(() => {
	const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e)
	const name = e.outerHTML.slice(0, 100)
	if (e === document.body) return ''
	if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no outline on ' + name
	if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) return 'out of sight: ' + name
	const on = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
	return e.contains(on) || on.contains(e) ? '' : 'covered: ' + name
})()`
