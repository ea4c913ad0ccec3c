package preview_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"helpcenter/site/browsertest"
	"helpcenter/site/sitetest"
)

// A saved change appears in the open page by itself, in place and marked, and the reader stays at the same place.
func TestPreviewInABrowser(t *testing.T) {
	t.Parallel()
	var sections strings.Builder
	for i := range 60 {
		fmt.Fprintf(&sections, "\n## Section %d {#s%d}\n\nParagraph %d.\n\n- one of %d\n- two of %d\n", i, i, i, i, i)
	}
	d := newWriter(t, permitsEN, fmt.Sprintf(sitetest.ParkingArticle, "Permits")+sections.String())
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	b := browsertest.OpenTab(t)
	b.Open(server.URL + permitsPage)
	b.Wait(`document.querySelector('.preview-panel')?.dataset.revision == '1'`)
	if panel := b.Text(".preview-panel"); !strings.Contains(panel, "3 helpful, 1 not") {
		t.Errorf("the panel says %q, want what readers said", panel)
	}
	b.Do(chromedp.Evaluate[chromedp.Void](`document.getElementById('s40').scrollIntoView({ behavior: 'instant' }); ` +
		`window.was = scrollY; window.heading = document.getElementById('s40')`))

	d.replace(permitsEN, "two of 41\n", "three of 41\n")
	b.Wait(`document.querySelector('main').textContent.includes('three of 41')`)
	for what, expression := range map[string]string{
		"the scroll position changes":      `scrollY === was && was > 1000`,
		"what has not changed is replaced": `heading.isConnected`,
		"not only the changed item is marked": `[...document.querySelectorAll('.preview-changed')]` +
			`.map(e => e.textContent.trim()).join() === 'three of 41'`,
	} {
		if !browsertest.Run(b, chromedp.Evaluate[bool](expression)) {
			t.Error(what)
		}
	}

	d.replace(permitsEN, "title = ", "titel = ")
	b.Wait(`document.querySelector('.preview-panel')?.dataset.state === 'error'`)
	if panel := b.Text(".preview-panel"); !strings.Contains(panel, permitsEN+":2:1") ||
		!strings.Contains(panel, "titel") {
		t.Errorf("the panel says %q, want the mistake at its place", panel)
	}
	if !strings.Contains(b.Text("main"), "three of 41") {
		t.Error("the last good page is gone")
	}
	d.replace(permitsEN, "titel = ", "title = ")
	b.Wait(`document.querySelector('.preview-panel')?.dataset.state === 'fine'`)

	b.Open(server.URL + "/preview/both/city/parking/permits/")
	b.Wait(`document.querySelector('.preview-panel')?.dataset.revision > 1`)
	d.replace(permitsIT, "Text.", "Testo.")
	b.Wait(`document.querySelector('.preview-changed')?.textContent.trim() === 'Testo.'`)
}
