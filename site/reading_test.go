package site_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// What programs read of an article equals its page: the same sections in the same order, and the same words as
// HTML, text and Markdown.
func TestReadings(t *testing.T) {
	s := sitetest.Shipped(t)
	for _, l := range s.Library.Site.Languages {
		list, total := site.Summaries(s, l.Tag, "", 1000)
		if len(list) != total || total < 10 {
			t.Fatalf("%s: %d of %d articles", l.Tag, len(list), total)
		}
		for _, summary := range list {
			r, _ := site.Read(t.Context(), s, l.Tag, summary.Path)
			if r.Summary != summary {
				t.Errorf("%s: %+v is listed as %+v", summary.Path, r.Summary, summary)
			}
			checkReading(t, s, r)
		}
	}
}

func checkReading(t *testing.T, s *site.Site, r site.Reading) {
	t.Helper()
	f, ok := s.Markdown(strings.TrimPrefix(r.URL, s.Prefix()))
	if !ok {
		t.Fatalf("%s has no page in Markdown", r.URL)
	}
	var b bytes.Buffer
	page, err := f.Bytes(&b)
	if err != nil {
		t.Fatal(err)
	}
	rest := string(page)
	for i, section := range r.Sections {
		if first := section.ID == "main"; first != (i == 0) || section.URL != r.URL+"#"+section.ID {
			t.Errorf("%s: section %d has id %q and address %s", r.URL, i, section.ID, section.URL)
		}
		words := wordsOf(sitetest.ParsePage(t, r.URL, []byte(section.HTML)).Root)
		if got := strings.Join(strings.Fields(section.Text), ""); got != words {
			t.Errorf("%s: text %q, but HTML %q", section.URL, got, words)
		}
		heading := "# " + section.Heading + "\n\n"
		var between string
		for _, part := range []string{heading, section.Markdown} {
			if between, rest, ok = strings.Cut(rest, part); !ok {
				t.Errorf("%s: the page in Markdown lacks, after what precedes:\n%s", section.URL, part)
				return
			}
		}
		if i > 0 && strings.TrimSpace(between) != "" {
			t.Errorf("%s: below the heading stands %q", section.URL, between)
		}
	}
}

// wordsOf returns the text and the alternative texts of pictures, without white space.
func wordsOf(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else if n.Data == "img" {
			b.WriteString(sitetest.Attr(n, "alt"))
		}
	}
	return strings.Join(strings.Fields(b.String()), "")
}

// A reading says whether its text is the source, a current translation, an older one, or missing.
func TestTranslationOfReadings(t *testing.T) {
	s := sitetest.Shipped(t)
	states := map[site.TranslationState]int{}
	for _, l := range s.Library.Site.Languages {
		list, _ := site.Summaries(s, l.Tag, "", 1000)
		for _, summary := range list {
			r, _ := site.Read(t.Context(), s, l.Tag, summary.Path)
			states[r.Translation.State]++
			if isSource := r.Translation.Source == nil; isSource != (r.Translation.State == site.IsSource) {
				t.Errorf("%s: %+v", r.URL, r.Translation)
			}
		}
	}
	if states[site.IsSource] == 0 || states[site.Current] == 0 {
		t.Errorf("%v", states)
	}
}

func TestSummariesByPages(t *testing.T) {
	s := sitetest.Shipped(t)
	all, total := site.Summaries(s, "en", "", 1000)
	after := ""
	for i := 0; i < total; i += 7 {
		page, _ := site.Summaries(s, "en", after, 7)
		if len(page) == 0 || page[0] != all[i] {
			t.Fatalf("after %q: %+v", after, page)
		}
		after = page[len(page)-1].Path
	}
	if rest, _ := site.Summaries(s, "en", after, 7); len(rest) > 0 {
		t.Errorf("after the last one: %+v", rest)
	}
}
