package site_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// axe finds no barrier on any page (WCAG 2.2 A and AA, and axe's own best practices). Instead of opening each page,
// a tab reads one after the other into its document, which takes half the time; all pages have the same head. Pages
// that have nothing new are left out, see pagesToCheck. To look at each:
//
//	go test ./site -run TestAxeEveryPage -every-page -timeout 30m
func TestAxeEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at every page in a browser")
	}
	t.Parallel()
	s := sitetest.Shipped(t)
	address, axe := sitetest.Serve(t, shippedHandler(t)), axeScript(t)
	pages := pagesToCheck(publishedFiles(t))
	var next atomic.Int64
	for i := range 2 {
		t.Run(fmt.Sprintf("tab %d", i+1), func(t *testing.T) {
			t.Parallel()
			b := browsertest.OpenTab(t)
			b.BeforeEachPage(axe)
			b.Open(address + s.Link(site.PagePath("en")))
			for n := next.Add(1) - 1; n < int64(len(pages)); n = next.Add(1) - 1 {
				link := s.Link(pages[n])
				reportAxe(t, b, link, allRules, fmt.Sprintf(`
					const page = new DOMParser().parseFromString(await (await fetch(%q)).text(), 'text/html')
					document.documentElement.lang = page.documentElement.lang
					document.title = page.title
					document.body = page.body`, link))
			}
		})
	}
}

// axe finds no barrier on a page of each kind in either theme, on a phone and on a desktop. At 320 CSS pixels, a
// window of 1280 at 400 %, nothing has to be scrolled sideways (WCAG 1.4.10). What can be pressed has at least 24
// pixels at any width, except links within a sentence (WCAG 2.5.8). The first screen of a small phone has the
// heading and what leads on.
func TestEveryKindOfPage(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
	t.Parallel()
	s := sitetest.Shipped(t)
	address, axe := sitetest.Serve(t, shippedHandler(t)), axeScript(t)
	for _, lang := range testsample.Of(s.Library.Site.Tags(), 1) {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := browsertest.OpenTab(t)
			themes := lang == "it" // all languages have the same styles
			if themes {
				b.BeforeEachPage(axe)
			}
			for _, kind := range testsample.Of(pageKinds(s, lang), 6) {
				b.Open(address + kind.Link)
				checkFirstScreen(t, b, kind)
				if themes {
					axeThemes(t, b, kind.Link)
				}
				checkSizes(t, b, kind.Link)
			}
		})
	}
}

// leading lists the kinds of pages whose first screen has to lead on.
var leading = []string{"home", "product", "product without articles", "first question", "question", "answer",
	"obstacles", "dates", "search", "not found"}

// checkFirstScreen checks that a small phone shows at once the heading and a button, an answer to the question, or
// the search box.
func checkFirstScreen(t *testing.T, b browsertest.Tab, kind pageKind) {
	t.Helper()
	if !slices.Contains(leading, kind.Name) {
		return
	}
	b.Do(chromedp.EmulateViewport(360, 780))
	const shown = `['h1', ':is(.search, .button, .chips a, .choose a)'].every(what =>
		document.querySelector('main ' + what).getBoundingClientRect().bottom <= innerHeight)`
	if !browsertest.Eval[bool](b, shown) {
		t.Errorf("%s has to be scrolled to its heading or to what leads on", kind.Link)
	}
}

// checkSizes checks the width of a page and the size of what can be pressed.
func checkSizes(t *testing.T, b browsertest.Tab, link string) {
	t.Helper()
	browsertest.Eval[int](b, `(document.querySelectorAll('details').forEach(d => d.open = true), 0)`)
	for _, width := range []int64{320, 768, 1280} {
		resize(b, width)
		if wide := browsertest.Eval[float64](b, `document.scrollingElement.scrollWidth`); wide > float64(width) {
			t.Errorf("%s is %g px wide in a window of %d", link, wide, width)
		}
		for _, small := range browsertest.Eval[[]string](b, smallTargets) {
			t.Errorf("%s at %d px: %s", link, width, small)
		}
	}
}

func axeThemes(t *testing.T, b browsertest.Tab, link string) {
	t.Helper()
	for _, width := range testsample.Of([]int64{360, 1280}, 1) {
		resize(b, width)
		media(b, "", "prefers-color-scheme", "light")
		reportAxe(t, b, fmt.Sprintf("%s at %d px, light", link, width), allRules, "")
		media(b, "", "prefers-color-scheme", "dark") // differs only in colors
		reportAxe(t, b, fmt.Sprintf("%s at %d px, dark", link, width), rulesOfColor, "")
	}
}

// axeScript returns axe-core.
func axeScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(sitetest.NPM(t, "axe-core@4.14.1"), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// Options of axe: all its rules, and those affected by colors.
const (
	allRules     = ""
	rulesOfColor = "runOnly: ['color-contrast', 'link-in-text-block']"
)

// reportAxe reports what axe finds by some of its rules on the page of a tab, after a script has prepared it.
func reportAxe(t *testing.T, b browsertest.Tab, name, rules, prepare string) {
	t.Helper()
	found := browsertest.Eval[string](b, `(async () => {`+prepare+`
		const { violations } = await axe.run({ resultTypes: ['violations'], `+rules+` })
		return JSON.stringify(violations.flatMap(v => `+
		`v.nodes.map(n => [v.id, v.help, n.target.join(' '), n.html].join(': '))))
	})()`)
	var violations []string
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		t.Fatal(err)
	}
	slices.Sort(violations)
	for _, v := range violations {
		t.Errorf("%s: %s", name, v)
	}
}
