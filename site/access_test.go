package site_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site/sitetest"
)

// What readers need who zoom, or use no mouse.

// A reader without a mouse gets from the home page to an answer. Wherever the
// focus goes it can be seen, and nothing covers it.
func TestKeyboardWalk(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := sitetest.OpenTab(t)
			resize(b, width)
			media(b, "", "prefers-reduced-motion", "reduce") // where the focus is, at once
			b.Open(address + "/it/")
			press(b, kb.Tab)
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
			press(b, kb.Tab, kb.Enter) // the first link skips what is before the answer
			if got := sitetest.Eval[string](b, `document.activeElement.id`); got != "main" {
				t.Errorf("the link that skips to the content leads to %q", got)
			}
		})
	}
}

// A key alone does something only as long as a reader wants it to (WCAG 2.1.4).
func TestSlashCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	address := sitetest.Serve(t, shippedHandler(t))
	b := sitetest.OpenTab(t)
	pressed := func() string {
		b.Open(address + "/en/")
		press(b, "/")
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
// for links within a sentence and those for programs.
const smallTargets = `[...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
	const box = e.getBoundingClientRect()
	if (!e.checkVisibility() || box.height == 0 || e.matches('.skip, [aria-hidden] *')) return false
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
		press(b, kb.Tab)
		if wrong := sitetest.Eval[string](b, unseenFocus); wrong != "" {
			t.Errorf("%s: %s", addressOf(b), wrong)
		}
		if sitetest.Eval[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			b.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
				return err
			}))
			return
		}
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
