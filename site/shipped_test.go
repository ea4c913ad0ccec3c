package site_test

import (
	"bytes"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"helpcenter/site"
	"helpcenter/site/civil"
	"helpcenter/site/sitetest"
)

// These tests check what ships: every page, every link, every case.

// published is the published shipped site, for tests that only read it.
type published struct {
	files map[string][]byte
	pages map[string]*sitetest.Document
}

var shippedFiles struct {
	once sync.Once
	published
}

func publishedFiles(t *testing.T) published {
	t.Helper()
	sitetest.WithoutRaces(t)
	shippedFiles.once.Do(func() {
		shippedFiles.files = sitetest.PublishedFiles(t, sitetest.Sampled(t))
		shippedFiles.pages = map[string]*sitetest.Document{}
		for name, data := range shippedFiles.files {
			if strings.HasSuffix(name, ".html") {
				shippedFiles.pages[name] = sitetest.ParsePage(t, name, data)
			}
		}
	})
	return shippedFiles.published
}

func TestShippedPages(t *testing.T) {
	all := publishedFiles(t)
	files, docs := all.files, all.pages
	for name, doc := range docs {
		checkShape(t, name, doc)
		checkLabels(t, name, doc)
		for _, link := range doc.Links {
			checkLink(t, name, link, files, docs)
		}
	}
}

// French has a no-break space before a colon and similar marks, even where templates join words.
func TestFrenchPunctuation(t *testing.T) {
	sitetest.WithoutRaces(t)
	s := sitetest.Shipped(t)
	wrong := regexp.MustCompile(`[\pL»)] ?[:;!?](?:\s|$)`)
	looked := 0
	for _, name := range s.PageFiles() {
		if !strings.HasPrefix(name, "fr/") {
			continue
		}
		looked++
		file, _ := s.File(name)
		data, err := file.Bytes(new(bytes.Buffer))
		if err != nil {
			t.Fatal(err)
		}
		for n := range sitetest.ParsePage(t, name, data).Root.Descendants() {
			if n.Type == html.TextNode && n.Parent.Data != "script" && wrong.MatchString(n.Data) {
				t.Errorf("%s: no no-break space before %q in %q", name, wrong.FindString(n.Data), n.Data)
			}
		}
	}
	if looked < 100 {
		t.Errorf("%d pages looked at", looked)
	}
}

// checkShape checks what every page must have.
func checkShape(t *testing.T, name string, doc *sitetest.Document) {
	t.Helper()
	if n := len(doc.Tags("h1")); n != 1 {
		t.Errorf("%s has %d h1, want one", name, n)
	}
	if titles := doc.Tags("title"); len(titles) != 1 || sitetest.TextOf(titles[0]) == "" {
		t.Errorf("%s has no title", name)
	}
	lang := sitetest.Attr(doc.Tags("html")[0], "lang")
	if tag, _, ok := strings.Cut(name, "/"); ok && lang != tag {
		t.Errorf("%s says that its language is %q", name, lang)
	}
	for id, n := range doc.IDs {
		if n > 1 {
			t.Errorf("%s has the id %q %d times", name, id, n)
		}
	}
	level := 1
	for _, h := range doc.Find(func(n *html.Node) bool {
		return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
	}) {
		next := int(h.Data[1] - '0')
		if next > level+1 && sitetest.InMain(h) {
			t.Errorf("%s: heading %q skips a level", name, sitetest.TextOf(h))
		}
		level = next
	}
	for _, img := range doc.Tags("img") {
		isLogo := sitetest.Attr(img.Parent, "class") == "brand" && sitetest.TextOf(img.Parent) != ""
		if sitetest.Attr(img, "alt") == "" && !isLogo ||
			sitetest.Attr(img, "width") == "" || sitetest.Attr(img, "height") == "" {
			t.Errorf("%s: picture %s lacks a description or its size", name, sitetest.Attr(img, "src"))
		}
	}
	for n := range doc.Root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s> is against the content security policy", name, n.Data, a.Key)
			}
		}
	}
	text := sitetest.TextOf(doc.Root)
	for _, residue := range []string{"<no value>", "ZgotmplZ", "{{", "%!"} {
		if strings.Contains(text, residue) {
			t.Errorf("%s holds %q", name, residue)
		}
	}
}

// checkLabels checks that ids used to refer to other elements exist, that no two landmarks have the same name, and
// that no picture repeats its link.
func checkLabels(t *testing.T, name string, doc *sitetest.Document) {
	t.Helper()
	landmarks := map[string]bool{}
	for n := range doc.Root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "aria-controls", "aria-describedby", "aria-labelledby", "for", "form", "list":
				for id := range strings.FieldsSeq(a.Val) {
					if doc.IDs[id] == 0 {
						t.Errorf("%s: <%s %s=%q> where no such id is", name, n.Data, a.Key, a.Val)
					}
				}
			}
		}
		switch n.Data {
		case "aside", "form", "main", "nav", "search", "section":
			called := sitetest.Attr(n, "aria-label")
			for _, by := range doc.Find(func(by *html.Node) bool {
				id := sitetest.Attr(by, "id")
				return id != "" && id == sitetest.Attr(n, "aria-labelledby")
			}) {
				called = sitetest.TextOf(by)
			}
			landmark := n.Data + " " + called
			if landmarks[landmark] && (called != "" || n.Data != "form" && n.Data != "section") {
				t.Errorf("%s has two landmarks %q", name, landmark)
			}
			landmarks[landmark] = true
		case "img":
			if alt := sitetest.Attr(n, "alt"); alt != "" && alt == sitetest.TextOf(n.Parent) {
				t.Errorf("%s: the picture %q repeats the text beside it", name, alt)
			}
		}
	}
}

// checkLink checks that a link within the site leads to a file, and to an id in it.
func checkLink(t *testing.T, from, link string, files map[string][]byte, docs map[string]*sitetest.Document) {
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
	} else if u.Fragment != "" && docs[to].IDs[u.Fragment] == 0 {
		t.Errorf("%s links to %s, where no such id is", from, link)
	}
}

// alternatesOf returns the alternates that a page names, by language.
func alternatesOf(doc *sitetest.Document) map[string]string {
	got := map[string]string{}
	for _, link := range doc.Tags("link") {
		if tag := sitetest.Attr(link, "hreflang"); tag != "" {
			got[tag] = sitetest.Attr(link, "href")
		}
	}
	return got
}

// Every page except those for addresses that do not exist names itself in every language. All pages so named, and
// the sitemap, name the same ones.
func TestShippedAlternates(t *testing.T) {
	s := sitetest.Sampled(t)
	all := publishedFiles(t)
	file := func(address string) string { return strings.TrimPrefix(address, s.Absolute("")) + "index.html" }
	for name, doc := range all.pages {
		got := alternatesOf(doc)
		if name == "index.html" || strings.HasSuffix(name, "404.html") {
			if len(got) > 0 {
				t.Errorf("%s has the alternates %v", name, got)
			}
			continue
		}
		if len(got) != len(s.Library.Site.Languages)+1 || got["x-default"] != got[s.Library.Site.DefaultLanguage] {
			t.Errorf("%s has the alternates %v", name, got)
		}
		own := sitetest.Attr(doc.Tags("html")[0], "lang")
		if file(got[own]) != name {
			t.Errorf("%s is not among its own alternates: %s", name, got[own])
		}
		for tag, address := range got {
			to := all.pages[file(address)]
			elsewhere := tag != "x-default" && !strings.HasPrefix(file(address), tag+"/")
			if to == nil || !maps.Equal(alternatesOf(to), got) || elsewhere {
				t.Errorf("%s: the alternate %s leads to %s, which does not say the same", name, tag, address)
			}
		}
	}
	listed := map[string]int{}
	for _, u := range readURLs(t, s) {
		doc, got := all.pages[file(u.Loc)], map[string]string{}
		for _, a := range u.Alternates {
			got[a.Tag] = a.Address
		}
		if doc == nil || !maps.Equal(got, alternatesOf(doc)) {
			t.Errorf("the sitemap gives %s the alternates %v", u.Loc, got)
		}
		listed[strings.Split(file(u.Loc), "/")[0]]++
	}
	for _, l := range s.Library.Site.Languages {
		if listed[l.Tag] == 0 || listed[l.Tag] != listed[s.Library.Site.DefaultLanguage] {
			t.Errorf("the sitemap lists %d pages in %q of %v", listed[l.Tag], l.Tag, listed)
		}
	}
}

// Every case of every checker has a page in every language, with the outcome as heading and every reason.
func TestShippedCases(t *testing.T) {
	s := sitetest.Sampled(t)
	pages := publishedFiles(t).pages
	for _, id := range s.Rules.IDs() {
		c := s.Ruleset(id)
		cases := 0
		for a := range sitetest.AllCases(c) {
			cases++
			d := c.Decide(a)
			for _, l := range s.Library.Site.Languages {
				decided := s.Checker(c, l.Tag).Decide(a, nil, civil.Date{})
				name := site.PagePath(l.Tag, append([]string{id}, c.Segments(c.Canonical(a))...)...)
				doc := pages[name]
				want := decided.Outcome.Title
				if got := sitetest.TextOf(doc.Tags("h1")[0]); got != want {
					t.Errorf("%s is headed %q, want %q", name, got, want)
				}
				body := sitetest.TextOf(doc.Root)
				if len(decided.Reasons) != d.Reasons.Len() {
					t.Errorf("%s: %d reasons of %d are worded", name, len(decided.Reasons), d.Reasons.Len())
				}
				for _, reason := range decided.Reasons {
					if reason.Text.Plain == "" || !strings.Contains(body, reason.Text.Plain) {
						t.Errorf("%s does not give the reason %q", name, reason.Text.Plain)
					}
				}
			}
		}
		if cases != c.Cases() {
			t.Errorf("%s: looked at %d cases of %d", c.ID, cases, c.Cases())
		}
	}
}
