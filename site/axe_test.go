package site_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"helpcenter/site"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// axe finds no barrier on any page (WCAG 2.2 A and AA, and axe's own best
// practices). A tab reads one page after the other into its document instead of
// opening each, which takes half the time; all pages have the same head.
func TestAxeEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at every page in a browser")
	}
	s := sitetest.Shipped(t)
	address, axe := sitetest.Serve(t, server.Handler(s)), axeScript(t)
	browser, pages := sitetest.OpenBrowser(t), s.PageFiles()
	var next atomic.Int64
	for i := range 2 {
		t.Run(fmt.Sprintf("tab %d", i+1), func(t *testing.T) {
			t.Parallel()
			b := browser.In(t).NewTab()
			b.BeforeEachPage(axe)
			b.Open(address + s.Link(site.PagePath("en")))
			for n := next.Add(1) - 1; n < int64(len(pages)); n = next.Add(1) - 1 {
				link := s.Link(pages[n])
				reportAxe(t, b, link, fmt.Sprintf(`
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
	s := sitetest.Shipped(t)
	address, axe := sitetest.Serve(t, server.Handler(s)), axeScript(t)
	b := sitetest.OpenBrowser(t)
	b.BeforeEachPage(axe)
	for _, colors := range []string{"light", "dark"} {
		for _, width := range []int64{360, 1280} {
			b.Media("", sitetest.Theme(colors))
			b.Width(width)
			for _, kind := range sitetest.PageKinds(s, "it") {
				t.Run(fmt.Sprintf("%s/%d/%s", colors, width, kind.Name), func(t *testing.T) {
					b := b.In(t)
					b.Open(address + kind.Link)
					reportAxe(t, b, kind.Link, "")
				})
			}
		}
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

// reportAxe reports what axe finds on the page of a tab, after a script has prepared
// it.
func reportAxe(t *testing.T, b sitetest.Tab, name, prepare string) {
	t.Helper()
	found := sitetest.Eval[string](b, `(async () => {`+prepare+`
		const { violations } = await axe.run({ resultTypes: ['violations'] })
		return JSON.stringify(violations.flatMap(v => v.nodes.map(n => [v.id, v.help, n.target.join(' '), n.html].join(': '))))
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
