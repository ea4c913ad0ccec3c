package site_test

import (
	"bytes"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// TestViewsHaveStencils keeps the templates that ship and the views of what
// stands on thousands of pages such that stencils can be cut.
func TestViewsHaveStencils(t *testing.T) {
	s := sitetest.Shipped(t)
	for _, l := range s.Langs {
		for name := range site.Views {
			st := l.Shell.Stencils[name]
			if st == nil {
				t.Errorf("%s: template %q or its view is not simple", l.Tag, name)
				continue
			}
			for range 3 {
				for _, path := range s.ArticlePaths {
					if err := l.Write(new(bytes.Buffer), s.ArticlePage(l, path)); err != nil {
						t.Fatal(err)
					}
				}
			}
			if n := st.Uncut(); n > 0 {
				t.Errorf("%s: template %q has no stencil for %d shapes of its views", l.Tag, name, n)
			}
		}
	}
}
