package library

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
)

func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"what may be linked to",
			"[a](other.md) [b](other.md#one) [c](#d) ![e](../../../images/dot.svg) [f](../../../images/dot.svg)\n\n## D {#d}\n",
			nil},
		{"percent signs", "[a](%6fther.md)\n", nil},
		{"no article", "a [b](othr.md) c\n", []string{"6:3 error broken-link"}},
		{"no section", "a [b](other.md#two) c\n", []string{"6:3 error broken-anchor"}},
		{"no section here", "a\n[b](#two)\n", []string{"7:1 error broken-anchor"}},
		{"in a list in a list", "- a\n  - b [c](d.md)\n", []string{"7:7 error broken-link"}},
		{"in a table", "| A | B |\n|---|---|\n| c | **d** [e](f.md) |\n", []string{"8:13 error broken-link"}},
		{"in an alert", "> [!NOTE]\n> a\n> b [c](d.md)\n", []string{"8:5 error broken-link"}},
		{"in a heading", "## A [b](c.md) {#a}\n", []string{"6:6 error broken-link"}},
		{"after letters of two bytes", "perché [b](c.md)\n", []string{"6:9 error broken-link"}},
		{"over two lines", "a [b\nc](d.md) [e](f.md)\n", []string{"6:3 error broken-link", "7:10 error broken-link"}},
		{"by reference", "a [b] c\n\n[b]: d.md\n", []string{"6:3 error broken-link"}},
		{"no picture", "a ![b](c.svg) d\n", []string{"6:3 error broken-link"}},
		{"no picture, as a figure", "![b](../../../images/dott.svg)\n", []string{"6:1 error broken-link"}},
		{"no file", "[b](c.pdf)\n", []string{"6:1 error broken-link"}},
		{"a folder", "[b](../billing)\n", []string{"6:1 error broken-link"}},
		{"nowhere", "[b]()\n", []string{"6:1 error broken-link"}},
		{"a query", "[b](other.md?x=1)\n", []string{"6:1 error broken-link"}},
		{"out of content", "[b](../../../../site/x.svg)\n", []string{"6:1 error broken-link"}},
		{"out of the language", "[b](../../../it/meet/billing/other.md)\n", []string{"6:1 error broken-link"}},
		{"an article as a picture", "![b](other.md)\n", []string{"6:1 error unsafe-link"}},
		{"a picture from elsewhere", "![b](https://example.com/x.png)\n", []string{"6:1 error unsafe-link"}},

		{"script", "[a](javascript:alert)\n", []string{"6:1 error unsafe-link"}},
		{"script in capitals", "[a](JavaScript:alert)\n", []string{"6:1 error unsafe-link"}},
		{"script in disguise", "[a](java&#115;cript&colon;alert)\n", []string{"6:1 error unsafe-link"}},
		{"script over lines", "[a](java&#10;script:alert)\n", []string{"6:1 error unsafe-link"}},
		{"script by reference", "[a]\n\n[a]: javascript:alert\n", []string{"6:1 error unsafe-link"}},
		{"script in angle brackets", "<javascript:alert>\n", []string{"6:1 error unsafe-link"}},
		{"data", "![a](data:image/png;base64,xx)\n", []string{"6:1 error unsafe-link"}},
		{"vbscript", "[a](vbscript:a)\n", []string{"6:1 error unsafe-link"}},
		{"file", "[a](file:///etc/passwd)\n", []string{"6:1 error unsafe-link"}},
		{"scheme of the page", "[a](//example.com)\n", []string{"6:1 error unsafe-link"}},
		{"root of the site", "[a](/en/meet/)\n", []string{"6:1 error unsafe-link"}},
		{"backslashes", "[a](\\\\\\\\example.com)\n", []string{"6:1 error unsafe-link"}},
		{"dots in disguise", "[a](%2e%2e/%2e%2e/%2e%2e/%2e%2e/x.svg)\n", []string{"6:1 error broken-link"}},
		{"NUL in disguise", "[a](other.md%00)\n", []string{"6:1 error unsafe-link"}},
		{"a broken percent sign", "[a](other%zz.md)\n", []string{"6:1 error unsafe-link"}},
		{"white space", "[a](<other .md>)\n", []string{"6:1 error unsafe-link"}},
		{"a user name", "[a](https://bank.example@example.com/)\n", []string{"6:1 error unsafe-link"}},
		{"no host", "[a](https:///x)\n", []string{"6:1 error unsafe-link"}},
		{"no number", "[a](tel:)\n", []string{"6:1 error unsafe-link"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, found := Load(articletest.Files(articletest.Page, articletest.Article(tt.text)))
			articletest.Expect(t, found, tt.want...)
			if a := l.Article("en", "meet/billing/page"); len(tt.want) > 0 &&
				strings.Contains(string(a.Read().Body.HTML), "href=\"j") {
				t.Errorf("what was refused is in %s", a.Read().Body.HTML)
			}
		})
	}
}

func TestSiteLinks(t *testing.T) {
	const links = "[[link]]\nid = \"admin\"\nplace = \"none\"\nlink = \"https://admin.example.com/a?b&c\"\n" +
		"name = { en = \"A\", it = \"B\" }\n" +
		"[[help]]\nid = \"contact\"\nlink = \"mailto:a@example.com\"\nname = { en = \"A\", it = \"B\" }\n"
	_, found := Load(articletest.Files("site.toml", articletest.SiteTOML+links, articletest.Page,
		articletest.Article("[a](link:admin) [b](link:contact) [c](link:amdin) [d](link:)\n\n[e]: link:none\n\n"+
			"[e] ![f](link:admin)\n")))
	articletest.Expect(t, found,
		"6:35 error broken-link", "6:51 error broken-link", "10:1 error broken-link", "10:5 error unsafe-link")
	if len(found) == 4 && !strings.Contains(found[0].Suggestion, `"admin"`) {
		t.Errorf("suggestion %q", found[0].Suggestion)
	}
}

// Where a link leads depends on what readers of a language see there.
func TestLinksByLanguage(t *testing.T) {
	_, found := Load(articletest.Files(
		"it/meet/billing/page.md",
		articletest.Article("[a](source.md#two) [b](other.md#uno) [c](other.md#one)\n"),
		"en/meet/billing/draft.md",
		strings.Replace(articletest.Article("[a](#x) [b](other.md#y)"), "updated", "draft = true\nupdated", 1),
		articletest.Page,
		articletest.Article("[a](draft.md)\n"),
		"en/meet/billing/torn.md",
		"no front matter\n\n## A {#a}\n",
		"en/meet/billing/zebra.md",
		articletest.Article("[a](torn.md#a)\n"),
	))
	articletest.Expect(t, found,
		"en/meet/billing/draft.md:7:1 error broken-anchor",
		"en/meet/billing/draft.md:7:9 error broken-anchor",
		"6:1 error broken-link",
		"en/meet/billing/torn.md:1:1 error front-matter",
		"it/meet/billing/page.md:6:38 error broken-anchor",
	)
}

func TestSuggestions(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"[a](othr.md)", `"meet/billing/other"`},
		{"[a](../account/other.md)", `"meet/billing/other"`},
		{"[a](other.md#on)", `"one"`},
		{"![a](dot.svg)", `"content/images/dot.svg"`},
		{"![a](../../../images/dto.svg)", `"content/images/dot.svg"`},
		{"> [!WARNIG]\n> a", "[!WARNING]"},
	} {
		_, found := Load(articletest.Files(articletest.Page, articletest.Article(tt.text)))
		if len(found) != 1 || !strings.Contains(found[0].Suggestion, tt.want) {
			t.Errorf("%s: found %v, want the suggestion %s", tt.text, found, tt.want)
		}
	}
}

// If there are many sections, the nearest three are named.
func TestNearestSections(t *testing.T) {
	var sections strings.Builder
	for i := range 40 {
		fmt.Fprintf(&sections, "## S {#s-%d}\n", i)
	}
	_, found := Load(articletest.Files(articletest.Page,
		articletest.Article(sections.String()+"## T {#change-plan}\n\n[a](#chnge-plans)\n")))
	if len(found) != 1 || !strings.Contains(found[0].Message, "change-plan, ") ||
		strings.Count(found[0].Message, "s-") > 3 {
		t.Errorf("found %v", found)
	}
}

func TestLinkRecords(t *testing.T) {
	a, _ := article.Parse("content/"+articletest.Page,
		[]byte(articletest.Article("a [b *c*](other.md#one) <https://example.com> [![d](e.svg)](f.pdf)\n\n## Title\n\n"+
			"## [e](#x) {#x}\n")))
	want := []struct{ text, dest, ref, anchor, at string }{
		{"b c", "other.md#one", "meet/billing/other", "one", "6:3"},
		{"https://example.com", "https://example.com", "", "", "6:25"},
		{"d", "f.pdf", "", "", "6:47"},
		{"e", "#x", "meet/billing/page", "x", "10:4"},
	}
	if len(a.Links) != len(want) {
		t.Fatalf("links are %v, want %v", a.Links, want)
	}
	for i, w := range want {
		l := a.Links[i]
		if a.LinkText(l) != w.text || l.Dest != w.dest || l.Ref != w.ref || l.Anchor != w.anchor ||
			a.Position(l.Pos).String() != a.File+":"+w.at {
			t.Errorf("link is %q %+v, want %+v", a.LinkText(l), l, w)
		}
	}
}
