package preview_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"helpcenter/site/diag"
)

// Drafts and articles to be published on other days are shown and listed, with a mark, until they are published.
func TestUnpublishedArticles(t *testing.T) {
	d := newWriter(t)
	const list, mark = "/preview/", "Draft: not published yet"
	page := func(address string) string {
		w := d.get(address)
		if w.Code != http.StatusOK {
			t.Fatalf("%s answers %d", address, w.Code)
		}
		return w.Body.String()
	}
	if text := page(list); !strings.Contains(text, "every article is published") {
		t.Errorf("the list is\n%s", text)
	}
	if strings.Contains(page(permitsPage), mark) {
		t.Error("a published article is marked")
	}

	d.replace(permitsEN, "\nupdated", "\ndraft = true\nupdated")
	for address, want := range map[string]string{
		permitsPage: mark, list: permitsPage, "/base/en/city/parking/": mark,
	} {
		if text := page(address); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", address, want, text)
		}
	}
	if text := page(permitsPage); !strings.Contains(text, `content="noindex"`) {
		t.Error("search engines may list a draft")
	}
	if text := page("/base/it/city/parking/permits/"); strings.Contains(text, "noindex") {
		t.Error("its translation, which is published, is marked")
	}

	tomorrow := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	d.replace(permitsEN, "draft = true", "publish = 2026-11-27")
	if text := page(permitsPage); !strings.Contains(text, "Published from") {
		t.Errorf("an article to come is not marked:\n%s", text)
	}
	if until := d.Site().Until(); until.IsZero() || until.After(tomorrow) {
		t.Fatalf("the site is the same until %s", until)
	}
	d.now.Store(&tomorrow)
	d.Changed() // as when the clock says so
	if text := page(permitsPage); strings.Contains(text, "noindex") {
		t.Error("it is not published on its day")
	}
}

// A link to a draft works in the preview, and a warning tells what a build will say about it.
func TestLinksToDrafts(t *testing.T) {
	d := newWriter(t)
	const other = "content/en/city/parking/other.md"
	d.save(other, "+++\ntitle = \"Other\"\ndescription = \"d\"\nupdated = 2026-01-01\ndraft = true\n+++\n\nText.\n")
	d.replace(permitsEN, "Text.", "Text, [other](other.md).")
	found := d.saves[len(d.saves)-1]
	if !found.Shown || len(found.Findings) != 2 || found.Findings[0].Severity != diag.Warning ||
		found.Findings[0].Rule != "broken-link" {
		t.Errorf("the save is %+v, want a warning about each link", found)
	}
	d.replace(other, "draft = true\n", "")
	if found := d.saves[len(d.saves)-1]; !found.Shown || len(found.Findings) > 0 {
		t.Errorf("once it is published the save is %+v", found)
	}
}
