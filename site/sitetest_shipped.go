package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// shippedDay is a day on which the shipped notices are shown.
var shippedDay = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// rooms loads the rooms as they ship.
func rooms(t testing.TB) Input {
	t.Helper()
	lib, found := library.Load(content.Files)
	failOnFindings(t, found)
	var tags []string
	for _, l := range lib.Site.Languages {
		tags = append(tags, l.Tag)
	}
	words, found := locale.Load(locales.Files, tags, lib.Site.DefaultLanguage)
	failOnFindings(t, found)
	set, found := ruleset.Load(rules.Files)
	failOnFindings(t, found)
	return Input{Library: lib, Words: words, Rules: set, Now: shippedDay}
}

func failOnFindings(t testing.TB, found []diag.Finding) {
	t.Helper()
	for _, f := range diag.Sort(found) {
		t.Error(f)
	}
	if len(found) > 0 {
		t.FailNow()
	}
}

// shipped is the site as it ships.
func shipped(t testing.TB) *Site {
	t.Helper()
	s, found := New(rooms(t))
	failOnFindings(t, found)
	return s
}

// publishedFiles returns all files of a site by path.
func publishedFiles(t testing.TB, s *Site) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	var mu sync.Mutex
	err := s.Each(func(f File, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if files[f.Path] != nil {
			return fmt.Errorf("%s is published twice", f.Path)
		}
		files[f.Path] = append([]byte{}, data...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

type htmlNode = html.Node

// A document is a parsed page.
type document struct {
	root  *html.Node
	ids   map[string]int
	links []string // of anchors, stylesheets, scripts, pictures, forms
}

func parsePage(t testing.TB, name string, data []byte) *document {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %s", name, err)
	}
	d := &document{root: root, ids: map[string]int{}}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				d.ids[a.Val]++
			case "href", "src", "action", "data-find", "data-search":
				if a.Val != "" {
					d.links = append(d.links, a.Val)
				}
			}
		}
	}
	return d
}

// find returns the elements for which keep holds.
func (d *document) find(keep func(n *html.Node) bool) []*html.Node {
	var found []*html.Node
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && keep(n) {
			found = append(found, n)
		}
	}
	return found
}

func (d *document) tags(name string) []*html.Node {
	return d.find(func(n *html.Node) bool { return n.Data == name })
}

func attr(n *html.Node, key string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func inMain(n *html.Node) bool {
	for p := range n.Ancestors() {
		if p.Data == "main" {
			return true
		}
	}
	return false
}

func allCases(r *ruleset.Ruleset) func(yield func(ruleset.Answers) bool) {
	return func(yield func(ruleset.Answers) bool) {
		var walk func(f int, a ruleset.Answers) bool
		walk = func(f int, a ruleset.Answers) bool {
			if f == len(r.Facts) {
				return yield(a)
			}
			for v := range r.Facts[f].Values {
				if !walk(f+1, a.With(f, v)) {
					return false
				}
			}
			return true
		}
		walk(0, ruleset.Answers{})
	}
}
