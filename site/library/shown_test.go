package library_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/articletest"
	"helpcenter/site/library"
)

func TestShownSections(t *testing.T) {
	const block = "```section meet/billing/%#one\n```\n"
	show := func(path string) string { return strings.ReplaceAll(block, "%", path) }
	for _, tt := range []struct {
		name, page, other string // articles in English
		italian           string // other in Italian
		want              []string
	}{
		{"a section", "\n" + show("other"), "## One {#one}\n\nText.\n", "", nil},
		{"one that shows another", "## One {#one}\n\nText.\n\n## Two {#two}\n\n" + show("other"),
			"## One {#one}\n\n" + show("page"), "", nil},
		{"no such article", "\n" + show("nothing"), "", "", []string{"7:1 error broken-link"}},
		{"no such section", "\n" + show("other"), "## Two {#two}\n", "", []string{"7:1 error broken-anchor"}},
		{"a draft", "\n" + show("other"), "draft", "", []string{"7:1 error broken-link"}},
		{"not translated", "\n" + show("other"), "", "## Uno {#one}\n", []string{"7:1 error section"}},
		{"with sections below it", "\n" + show("other"), "## One {#one}\n\n### Two {#two}\n", "",
			[]string{"7:1 error section"}},
		{"with footnotes", "\n" + show("other"), "## One {#one}\n\nText[^1]\n\n[^1]: of a note\n", "",
			[]string{"7:1 error section"}},
		{"itself", "## One {#one}\n\n" + show("page"), "## One {#one}\n\nText.\n", "", []string{"8:1 error section"}},
		{"itself by way of another", "## One {#one}\n\n" + show("other"), "## One {#one}\n\n" + show("page"), "",
			[]string{"en/meet/billing/other.md:8:1 error section", "8:1 error section"}},
		{"one that shows itself", "\n" + show("other"), "## One {#one}\n\n" + show("other"), "",
			[]string{"en/meet/billing/other.md:8:1 error section"}},
		{"too much", "\n" + show("other"), "## One {#one}\n\n" + strings.Repeat(show("big")+"\n", 8), "",
			[]string{"en/meet/billing/other.md:20:1 error too-large", "7:1 error too-large"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := articletest.Files(articletest.Page, articletest.Article(tt.page))
			set := func(file, text string) {
				if text != "" {
					files[file] = &fstest.MapFile{Data: []byte(articletest.Article(text))}
				}
			}
			delete(files, "en/meet/billing/other.md")
			delete(files, "it/meet/billing/other.md")
			set("en/meet/billing/big.md", "## One {#one}\n\n"+strings.Repeat("Text of a section.\n\n", 9_000))
			set("it/meet/billing/other.md", tt.italian)
			set("en/meet/billing/other.md", tt.other)
			if tt.other == "draft" {
				text := strings.Replace(articletest.Article("## One {#one}\n"), "updated", "draft = true\nupdated", 1)
				files["en/meet/billing/other.md"].Data = []byte(text)
			}
			_, found := library.Load(files)
			articletest.Expect(t, found, tt.want...)
		})
	}
}
