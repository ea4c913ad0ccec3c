package site_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/sitetest"
)

// Every page in Markdown has the headings, words, links and pictures of the HTML page, in the same order. The
// Markdown is read by the parser that reads articles.
func TestMarkdownIsThePage(t *testing.T) {
	sitetest.WithoutRaces(t)
	s := sitetest.Sampled(t)
	gm := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	var mu sync.Mutex
	compared := 0
	err := s.Each(func(f site.File, data []byte) error {
		text, ok := s.Markdown(f.Path)
		if !ok || f.Type != site.PageType {
			return nil
		}
		var source, back bytes.Buffer
		if err := text.Write(&source); err != nil {
			return err
		}
		_, body, _ := bytes.Cut(source.Bytes()[len("---\n"):], []byte("---\n"))
		if err := gm.Convert(body, &back); err != nil {
			return err
		}
		want, got := shown(t, s, mainOf(data)), shown(t, s, back.Bytes())
		mu.Lock()
		defer mu.Unlock()
		if compared++; !slices.Equal(want, got) {
			i := 0
			for i < min(len(want), len(got)) && want[i] == got[i] {
				i++
			}
			t.Errorf("%s: from item %d on the page shows %q, Markdown %q", f.Path, i, rest(want, i), rest(got, i))
		}
		return nil
	})
	if err != nil || compared < 900 {
		t.Errorf("%d pages compared: %v", compared, err)
	}
}

func rest(list []string, i int) []string { return list[i:min(i+8, len(list))] }

func mainOf(page []byte) []byte {
	_, after, _ := bytes.Cut(page, []byte("<main"))
	_, after, _ = bytes.Cut(after, []byte(">"))
	main, _, _ := bytes.Cut(after, []byte("</main>"))
	return main
}

// shown lists what HTML shows: words, and around them their headings, links and pictures.
func shown(t *testing.T, s *site.Site, source []byte) (list []string) {
	root, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		t.Error(err)
		return nil
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		attribute := func(key string) string {
			for _, a := range n.Attr {
				if a.Key == key {
					return a.Val
				}
			}
			return ""
		}
		hidden := slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
			return a.Key == "hidden" || a.Key == "class" && a.Val == "edit" // something to press
		})
		begin, end := "", ""
		switch n.DataAtom {
		case atom.Form, atom.Script, atom.Svg, atom.Noscript:
			return
		case atom.H1, atom.H2, atom.H3, atom.H4:
			begin, end = "<"+n.Data+">", "</"+n.Data+">"
		case atom.A:
			begin, end = "<a "+htmlAddress(s, attribute("href"))+">", "</a>"
		case atom.Img:
			begin = "<img " + strings.TrimPrefix(attribute("src"), s.Origin()) + " " + attribute("alt") + ">"
		}
		if hidden || attribute("class") == "edit" { // Markdown leaves out what is there to be pressed
			return
		}
		if begin != "" {
			list = append(list, begin)
		}
		if n.Type == html.TextNode {
			list = append(list, strings.Fields(n.Data)...)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if end != "" {
			list = append(list, end)
		}
	}
	walk(root)
	return list
}

// htmlAddress returns the address of the HTML page for an address of its Markdown.
func htmlAddress(s *site.Site, address string) string {
	path, fragment, _ := strings.Cut(strings.TrimPrefix(address, s.Origin()), "#")
	if base, ok := strings.CutSuffix(path, ".md"); ok && strings.HasPrefix(path, s.Prefix()) {
		path = base + "/"
	}
	return path + "#" + fragment
}

// The links between Markdown pages lead to files.
func TestLinksInMarkdown(t *testing.T) {
	s := sitetest.Sampled(t)
	for _, path := range []string{
		"en.md", "it/articles.md", "en/goto-meeting/billing/cancel-subscription.md", "en/cancel-online.md",
	} {
		f, ok := s.File(path)
		var b bytes.Buffer
		if !ok || f.Write(&b) != nil {
			t.Fatalf("no file %s", path)
		}
		links := 0
		for part := range strings.SplitSeq(b.String(), "]("+s.Absolute("")) {
			target, _, _ := strings.Cut(part, ")")
			target, _, _ = strings.Cut(target, "#")
			if !strings.HasSuffix(target, ".md") {
				continue
			}
			if links++; !isFile(s, target) {
				t.Errorf("%s links to %s", path, target)
			}
		}
		if strings.Contains(b.String(), "](/") {
			t.Errorf("%s has a link that depends on its address", path)
		}
		if links == 0 {
			t.Errorf("%s has no links", path)
		}
	}
}

func isFile(s *site.Site, path string) bool {
	_, ok := s.File(path)
	return ok
}

// decision.json holds what the rules decide, in the form of the API and without dates.
func TestDecisionFiles(t *testing.T) {
	s, states := sitetest.Sampled(t), 0
	for _, id := range s.Rules.IDs() {
		set := s.Ruleset(id)
		for a := range set.States() {
			for _, l := range s.Library.Site.Languages {
				path := l.Tag + "/" + id + "/" + strings.Join(append(set.Segments(a), "decision.json"), "/")
				f, ok := s.File(path)
				var b bytes.Buffer
				var d answer.Decision
				if !ok || f.Write(&b) != nil || json.Unmarshal(b.Bytes(), &d) != nil {
					t.Fatalf("no decision at %s", path)
				}
				states++
				want := set.Decide(a)
				if d.Lang != l.Tag || len(d.Dates) > 0 || len(d.Reasons) != want.Reasons.Len() ||
					(d.Outcome != nil) != (want.Outcome >= 0) || d.Outcome != nil && d.Outcome.ID != set.Outcomes[want.Outcome].ID {
					t.Errorf("%s: %+v", path, d)
				}
			}
		}
	}
	if states == 0 {
		t.Error("there are no states")
	}
}

// No llms.txt is longer than its readers accept.
func TestLists(t *testing.T) {
	s := sitetest.Sampled(t)
	for _, path := range []string{"llms.txt", "en/llms.txt", "it/llms.txt"} {
		f, ok := s.File(path)
		var b bytes.Buffer
		if !ok || f.Write(&b) != nil || b.Len() > 50_000 || !strings.HasPrefix(b.String(), "# ") {
			t.Errorf("%s: %d bytes", path, b.Len())
		}
		for part := range strings.SplitSeq(b.String(), "](") {
			target, _, _ := strings.Cut(part, ")")
			if file, ok := strings.CutPrefix(target, s.Absolute("")); ok && !isFile(s, file) {
				t.Errorf("%s links to %s", path, target)
			}
		}
	}
}

// A site of pages only has none of this, and its pages refer to nothing that is missing.
func TestPagesOnly(t *testing.T) {
	in := sitetest.ParkingInput(t)
	in.PagesOnly = true
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	err := s.Each(func(f site.File, data []byte) error {
		if f.Type == site.MarkdownType || strings.Contains(f.Path, "llms") ||
			strings.HasSuffix(f.Path, "decision.json") ||
			f.Type == site.PageType && bytes.Contains(data, []byte("text/markdown")) {
			t.Errorf("%s", f.Path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
