package site_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// What readers need who zoom, or use no mouse.

// At 320 CSS pixels, which is a window of 1280 at 400 %, nothing has to be
// scrolled sideways (WCAG 1.4.10); and what is pressed is large enough at any
// width (WCAG 2.5.8): 24 pixels, but for links within a sentence.
func TestReflowAndTargets(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, server.Handler(s))
	b := sitetest.OpenBrowser(t)
	for _, width := range []int64{320, 768, 1280} {
		b.Width(width)
		for _, lang := range []string{"en", "it"} {
			for _, kind := range sitetest.PageKinds(s, lang) {
				b.Open(address + kind.Link)
				sitetest.Eval[int](b, `(document.querySelectorAll('details').forEach(d => d.open = true), 0)`)
				if wide := sitetest.Eval[float64](b, `document.scrollingElement.scrollWidth`); wide > float64(width) {
					t.Errorf("%s is %g px wide in a window of %d", kind.Link, wide, width)
				}
				for _, small := range sitetest.Eval[[]string](b, smallTargets) {
					t.Errorf("%s at %d px: %s", kind.Link, width, small)
				}
			}
		}
	}
}

// A reader without a mouse gets from the home page to an answer. Wherever the
// focus goes it can be seen, and nothing covers it.
func TestKeyboardWalk(t *testing.T) {
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, server.Handler(s))
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := sitetest.OpenBrowser(t)
			b.Width(width)
			b.Media("", &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}) // where the focus is, at once
			b.Open(address + "/it/")
			b.Press(kb.Tab)
			if got := sitetest.Eval[string](b, `document.activeElement.className`); got != "skip" {
				t.Errorf("Tab goes to %q first, want the link that skips to the content", got)
			}
			walk(t, b, `.chips a[href$="product=goto-meeting/"]`)
			for _, step := range []string{"contract=monthly/", "role=billing-admin/", "balance=clear/"} {
				walk(t, b, `.choose a[href$="`+step+`"]`)
			}
			if got, want := b.Text("h1"), s.Words.Words("it").Text("cancel-online.outcome.cancel-online"); got != want {
				t.Errorf("the walk ends at %q, want %q", got, want)
			}
			b.Press(kb.Tab, kb.Enter) // the first link skips what is before the answer
			if got := sitetest.Eval[string](b, `document.activeElement.id`); got != "main" {
				t.Errorf("the link that skips to the content leads to %q", got)
			}
		})
	}
}

// A key alone does something only as long as a reader wants it to (WCAG 2.1.4).
func TestSlashCanBeSwitchedOff(t *testing.T) {
	address := sitetest.Serve(t, server.Handler(sitetest.Shipped(t)))
	b := sitetest.OpenBrowser(t)
	pressed := func() string {
		b.Open(address + "/en/")
		b.Press("/")
		return sitetest.Eval[string](b, `document.activeElement.id`)
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

// smallTargets describes what can be pressed and is smaller than 24 pixels, except
// for links within a sentence.
const smallTargets = `[...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
	const box = e.getBoundingClientRect()
	if (!e.checkVisibility() || box.height == 0 || e.matches('.skip')) return false
	const inSentence = getComputedStyle(e).display == 'inline' && e.parentElement.innerText.trim() != e.innerText.trim()
	return !inSentence && (box.height < 23.5 || box.width < 23.5)
}).map(e => {
	const box = e.getBoundingClientRect()
	return e.outerHTML.slice(0, 120) + ' is ' + Math.round(box.width) + ' x ' + Math.round(box.height)
})`

// walk presses Tab until the focus is on a link, and then Enter.
func walk(t *testing.T, b sitetest.Tab, selector string) {
	t.Helper()
	for range 60 {
		b.Press(kb.Tab)
		if wrong := sitetest.Eval[string](b, unseenFocus); wrong != "" {
			t.Errorf("%s: %s", b.Address(), wrong)
		}
		if sitetest.Eval[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			b.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
				return err
			}))
			return
		}
	}
	t.Fatalf("%s: the Tab key never comes to %s", b.Address(), selector)
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
