package site

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What readers need who zoom, or use no mouse.

// At 320 CSS pixels, which is a window of 1280 at 400 %, nothing has to be
// scrolled sideways (WCAG 1.4.10); and what is pressed is large enough at any
// width (WCAG 2.5.8): 24 pixels, but for links within a sentence.
func TestReflowAndTargets(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
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

// A key alone does something only as long as a reader wants it to (WCAG 2.1.4).
func TestSlashCanBeSwitchedOff(t *testing.T) {
	address := serve(t, shipped(t))
	b := openBrowser(t)
	pressed := func() string {
		b.open(address + "/en/")
		b.press("/")
		return eval[string](b, `document.activeElement.id`)
	}
	if got := pressed(); got != "q" {
		t.Errorf("/ leads to %q, want the search box", got)
	}
	b.open(address + "/en/search/")
	b.do(chromedp.Click(chromedp.CSS(".slash input")))
	if got := pressed(); got != "" {
		t.Errorf("/ leads to %q though it is switched off", got)
	}
}
