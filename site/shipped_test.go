package site

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"helpcenter"
	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
)

// What ships is what is tested: every page, every link, every case.

// shippedDay is a day on which the shipped notices are shown.
var shippedDay = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// rooms loads the rooms as they ship.
func rooms(t testing.TB) Input {
	t.Helper()
	lib, found := content.Load(content.Files)
	failOnFindings(t, found)
	var tags []string
	for _, l := range lib.Site.Languages {
		tags = append(tags, l.Tag)
	}
	words, found := locales.Load(locales.Files, tags, lib.Site.DefaultLanguage)
	failOnFindings(t, found)
	set, found := rules.Load(rules.Files)
	failOnFindings(t, found)
	return Input{Library: lib, Words: words, Rules: set, Now: shippedDay}
}

func failOnFindings(t testing.TB, found []helpcenter.Finding) {
	t.Helper()
	for _, f := range helpcenter.SortFindings(found) {
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

func TestShippedPages(t *testing.T) {
	files := publishedFiles(t, shipped(t))
	docs := map[string]*document{}
	for name, data := range files {
		if strings.HasSuffix(name, ".html") {
			docs[name] = parsePage(t, name, data)
		}
	}
	for name, doc := range docs {
		checkShape(t, name, doc)
		for _, link := range doc.links {
			checkLink(t, name, link, files, docs)
		}
	}
}

// checkShape proves what every page has.
func checkShape(t *testing.T, name string, doc *document) {
	t.Helper()
	if n := len(doc.tags("h1")); n != 1 {
		t.Errorf("%s has %d h1, want one", name, n)
	}
	if titles := doc.tags("title"); len(titles) != 1 || textOf(titles[0]) == "" {
		t.Errorf("%s has no title", name)
	}
	lang := attr(doc.tags("html")[0], "lang")
	if tag, _, ok := strings.Cut(name, "/"); ok && lang != tag {
		t.Errorf("%s says that its language is %q", name, lang)
	}
	for id, n := range doc.ids {
		if n > 1 {
			t.Errorf("%s has the id %q %d times", name, id, n)
		}
	}
	level := 1
	for _, h := range doc.find(func(n *html.Node) bool {
		return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
	}) {
		next := int(h.Data[1] - '0')
		if next > level+1 && inMain(h) {
			t.Errorf("%s: heading %q skips a level", name, textOf(h))
		}
		level = next
	}
	for _, img := range doc.tags("img") {
		if attr(img, "alt") == "" || attr(img, "width") == "" || attr(img, "height") == "" {
			t.Errorf("%s: picture %s lacks a description or its size", name, attr(img, "src"))
		}
	}
	for n := range doc.root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s> is against the content security policy", name, n.Data, a.Key)
			}
		}
	}
	for _, residue := range []string{"<no value>", "ZgotmplZ", "{{", "%!"} {
		if strings.Contains(textOf(doc.root), residue) {
			t.Errorf("%s holds %q", name, residue)
		}
	}
}

func inMain(n *html.Node) bool {
	for p := range n.Ancestors() {
		if p.Data == "main" {
			return true
		}
	}
	return false
}

// checkLink proves that a link within the site leads to a file, and to an id in
// it.
func checkLink(t *testing.T, from, link string, files map[string][]byte, docs map[string]*document) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s: %s", from, err)
		return
	}
	if u.Host != "" && u.Host != "help.example.com" || u.Scheme == "mailto" || u.Scheme == "tel" {
		return
	}
	to := from
	if u.Path != "" {
		if to = strings.TrimPrefix(u.Path, "/"); to == "" || strings.HasSuffix(to, "/") {
			to += "index.html"
		}
		if !strings.HasPrefix(u.Path, "/") {
			t.Errorf("%s: link %q is not root-absolute", from, link)
		}
	}
	if files[to] == nil {
		t.Errorf("%s links to %s, which is no file", from, link)
	} else if u.Fragment != "" && docs[to].ids[u.Fragment] == 0 {
		t.Errorf("%s links to %s, where no such id is", from, link)
	}
}

// Each page that exists in every language says so, on both sides, and no other
// page does.
func TestShippedAlternates(t *testing.T) {
	s := shipped(t)
	files := publishedFiles(t, s)
	for name, data := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		doc := parsePage(t, name, data)
		got := map[string]string{}
		for _, link := range doc.tags("link") {
			if tag := attr(link, "hreflang"); tag != "" {
				got[tag] = attr(link, "href")
			}
		}
		if len(got) == 0 {
			continue
		}
		if len(got) != len(s.langs)+1 || got["x-default"] != got[s.fallback().Tag] {
			t.Errorf("%s has the alternates %v", name, got)
		}
		for tag, href := range got {
			to := strings.TrimPrefix(href, "https://help.example.com/")
			if files[to+"index.html"] == nil {
				t.Errorf("%s: alternate %s leads to %s, which is no page", name, tag, href)
			}
		}
		if own := got[attr(doc.tags("html")[0], "lang")]; !strings.HasSuffix(name, strings.TrimPrefix(own, "https://help.example.com/")+"index.html") {
			t.Errorf("%s is not among its own alternates: %s", name, own)
		}
	}
}

// Every case of every checker has a page in every language whose heading is the
// outcome, and which gives every reason.
func TestShippedCases(t *testing.T) {
	s := shipped(t)
	files := publishedFiles(t, s)
	for _, c := range s.checkers {
		cases := 0
		for a := range allCases(c.set) {
			cases++
			d := c.set.Decide(a)
			for _, l := range s.langs {
				name := file(l.Tag, c.steps(c.set.Canonical(a))...)
				doc := parsePage(t, name, files[name])
				want := l.Text(c.id + ".outcome." + c.set.Outcomes[d.Outcome].ID)
				if got := textOf(doc.tags("h1")[0]); got != want {
					t.Errorf("%s is headed %q, want %q", name, got, want)
				}
				body := textOf(doc.root)
				for i := range d.Reasons.All() {
					if reason := l.Text(c.id + ".rule." + c.set.Rules[i].ID); !strings.Contains(body, reason) {
						t.Errorf("%s does not give the reason %q", name, reason)
					}
				}
			}
		}
		if cases != c.set.Cases() {
			t.Errorf("%s: looked at %d cases of %d", c.id, cases, c.set.Cases())
		}
	}
}

func allCases(r *rules.Ruleset) func(yield func(rules.Answers) bool) {
	return func(yield func(rules.Answers) bool) {
		var walk func(f int, a rules.Answers) bool
		walk = func(f int, a rules.Answers) bool {
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
		walk(0, rules.Answers{})
	}
}
