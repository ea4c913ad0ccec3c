package article_test

import (
	"strings"
	"testing"
)

func TestParts(t *testing.T) {
	a, found := parse("Before.\n\n```values a b c\n```\n\n## One {#one}\n\n```values d e f\n```\n\nText.\n\n" +
		"### *Is* it? {#is}\n\nSee [it](other.md).\n\n## Two {#two}\n\n```values g h i\n```")
	if len(found) > 0 {
		t.Fatal(found)
	}
	want := []struct{ id, heading, body string }{
		{"", "", "<p>Before.</p>\n{values a b c}"},
		{"one", `<h2 id="one">One</h2>` + "\n", "{values d e f}<p>Text.</p>\n"},
		{"is", `<h3 id="is"><em>Is</em> it?</h3>` + "\n", "<p>See <a href=\"{link meet/billing/other}\">it</a>.</p>\n"},
		{"two", `<h2 id="two">Two</h2>` + "\n", "{values g h i}"},
	}
	parts := a.Parts()
	if len(parts) != len(want) {
		t.Fatalf("%d parts, want %d", len(parts), len(want))
	}
	var joined strings.Builder
	for i, p := range parts {
		var id string
		if p.Section != nil {
			id = p.Section.ID
		}
		heading, body := marked(p.Heading), marked(p.Body)
		if id != want[i].id || heading != want[i].heading || body != want[i].body {
			t.Errorf("part %d is %q, %q, %q, want %q", i, id, heading, body, want[i])
		}
		joined.WriteString(heading + body)
	}
	if got := joined.String(); got != marked(a.Body) {
		t.Errorf("joined, the parts are %q, want %q", got, marked(a.Body))
	}
}
