package site_test

import (
	"bytes"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// The embedded templates of pages that exist by the thousand can be compiled, for every shape of their views.
func TestTemplatesAreCompiled(t *testing.T) {
	s := sitetest.Shipped(t)
	for _, l := range s.Library.Site.Languages {
		for range 3 {
			for _, path := range s.ArticlePaths() {
				f, _ := s.File(s.ArticleFile(l.Tag, path))
				if err := f.Write(new(bytes.Buffer)); err != nil {
					t.Fatal(err)
				}
			}
		}
		for name := range site.Views {
			if n, ok := s.NotCompiled(l.Tag, name); !ok || n > 0 {
				t.Errorf("%s: template %q: compiled: %t, except for %d shapes of its views", l.Tag, name, ok, n)
			}
		}
	}
}
