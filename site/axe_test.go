package site

import (
	"fmt"
	"sync/atomic"
	"testing"
)

// axe finds no barrier on any page (WCAG 2.2 A and AA, and axe's own best
// practices). A tab reads one page after the other into its document instead of
// opening each, which takes half the time; all pages have the same head.
func TestAxeEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at every page in a browser")
	}
	s := shipped(t)
	address, axe := serve(t, s), axeScript(t)
	browser := openBrowser(t)
	var next atomic.Int64
	for i := range 2 {
		t.Run(fmt.Sprintf("tab %d", i+1), func(t *testing.T) {
			t.Parallel()
			b := browser.in(t).newTab()
			b.beforeEachPage(axe)
			b.open(address + s.link(file("en")))
			for n := next.Add(1) - 1; n < int64(len(s.pages)); n = next.Add(1) - 1 {
				link := s.link(s.pages[n].file)
				b.axe(link, fmt.Sprintf(`
					const page = new DOMParser().parseFromString(await (await fetch(%q)).text(), 'text/html')
					document.documentElement.lang = page.documentElement.lang
					document.title = page.title
					document.body = page.body`, link))
			}
		})
	}
}

// And none on a page of each kind in either theme, on a phone and on a desktop.
func TestAxeThemes(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
	s := shipped(t)
	address, axe := serve(t, s), axeScript(t)
	b := openBrowser(t)
	b.beforeEachPage(axe)
	for _, colors := range []string{"light", "dark"} {
		for _, width := range []int64{360, 1280} {
			b.media("", theme(colors))
			b.width(width)
			for _, kind := range pageKinds(s, "it") {
				t.Run(fmt.Sprintf("%s/%d/%s", colors, width, kind.name), func(t *testing.T) {
					b := b.in(t)
					b.open(address + kind.link)
					b.axe(kind.link, "")
				})
			}
		}
	}
}
