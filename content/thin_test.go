package content

import "testing"

func TestThin(t *testing.T) {
	whole, _ := Load(room())
	thin := whole.Thin(func(path string) bool { return path == "meet/billing/source" })
	if len(thin.Articles) != len(whole.Articles) {
		t.Fatalf("%d articles are left of %d", len(thin.Articles), len(whole.Articles))
	}
	for i, a := range thin.Articles {
		was, kept := whole.Articles[i], a.Path == "meet/billing/source"
		if a.Title != was.Title || a.Description != was.Description || a.Slug != was.Slug || thin.Article(a.Lang, a.Path) != a {
			t.Errorf("%s: title, description, slug or place are lost", a.Path)
		}
		if got := len(a.Body.HTML) > 0; got != kept || len(was.Body.HTML) == 0 {
			t.Errorf("%s: it has a text: %t, want %t", a.Path, got, kept)
		}
	}
}
