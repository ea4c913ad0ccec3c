// Package sitetest holds what tests of several packages share: the shipped site, a small site in memory (see
// [Parking]), parsed pages and requests. Tests that use it must be external, since it imports site.
package sitetest

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/testsample"
)

// ShippedDay is a day on which the shipped notices are shown.
var ShippedDay = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// Input loads the shipped content, locales and rules, for a test that changes them.
func Input(t testing.TB) site.Input {
	t.Helper()
	return mustInput(t, content.Files)
}

// SampledInput is [Input] in the languages of [Sampled].
func SampledInput(t testing.TB) site.Input {
	t.Helper()
	if testsample.All() {
		return Input(t)
	}
	return mustInput(t, BilingualContent())
}

func mustInput(t testing.TB, articles fs.FS) site.Input {
	t.Helper()
	in, found := input(articles)
	FailOnFindings(t, found)
	return in
}

func input(articles fs.FS) (site.Input, []diag.Finding) {
	lib, found := library.Load(articles)
	words, more := locale.Load(locales.Files, lib.Site.Tags(), lib.Site.DefaultLanguage)
	found = append(found, more...)
	set, more := ruleset.Load(rules.Files)
	return site.Input{Library: lib, Words: words, Rules: set, Now: ShippedDay}, append(found, more...)
}

func FailOnFindings(t testing.TB, found []diag.Finding) {
	t.Helper()
	for _, f := range diag.Sort(found) {
		t.Error(f)
	}
	if len(found) > 0 {
		t.FailNow()
	}
}

var shipped = sync.OnceValues(func() (*site.Site, []diag.Finding) { return siteOf(content.Files) })

func siteOf(articles fs.FS) (*site.Site, []diag.Finding) {
	in, found := input(articles)
	if len(found) > 0 {
		return nil, found
	}
	return site.New(in)
}

// Shipped returns the shipped site, which all tests of a package share.
func Shipped(t testing.TB) *site.Site {
	t.Helper()
	s, found := shipped()
	FailOnFindings(t, found)
	return s
}

// Sampled is [Shipped] for tests that look at every page, whose cost grows with the languages. If tests take
// samples, it is [Bilingual].
func Sampled(t testing.TB) *site.Site {
	t.Helper()
	if testsample.All() {
		return Shipped(t)
	}
	return Bilingual(t)
}

// PublishedFiles returns all files of a site by path.
func PublishedFiles(t testing.TB, s *site.Site) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	var mu sync.Mutex
	err := s.Each(func(f site.File, data []byte) error {
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

type HTMLNode = html.Node

// A Document is a parsed page.
type Document struct {
	Root  *html.Node
	IDs   map[string]int
	Links []string // of anchors, stylesheets, scripts, pictures, forms
}

func ParsePage(t testing.TB, name string, data []byte) *Document {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %s", name, err)
	}
	d := &Document{Root: root, IDs: map[string]int{}}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				d.IDs[a.Val]++
			case "href", "src", "action":
				if a.Val != "" {
					d.Links = append(d.Links, a.Val)
				}
			}
		}
	}
	return d
}

// Find returns the elements for which keep is true.
func (d *Document) Find(keep func(n *html.Node) bool) []*html.Node {
	var found []*html.Node
	for n := range d.Root.Descendants() {
		if n.Type == html.ElementNode && keep(n) {
			found = append(found, n)
		}
	}
	return found
}

func (d *Document) Tags(name string) []*html.Node {
	return d.Find(func(n *html.Node) bool { return n.Data == name })
}

func Attr(n *html.Node, key string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func TextOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	space := func(r rune) bool { return strings.ContainsRune(" \t\n\r\f", r) } // of HTML; a no-break space is none
	return strings.Join(strings.FieldsFunc(b.String(), space), " ")
}

func InMain(n *html.Node) bool {
	for p := range n.Ancestors() {
		if p.Data == "main" {
			return true
		}
	}
	return false
}

func AllCases(r *ruleset.Ruleset) func(yield func(ruleset.Answers) bool) {
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
