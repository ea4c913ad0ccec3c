package article_test

import (
	"strings"
	"testing"

	"helpcenter/site/articletest"
	"helpcenter/site/library"
)

func TestFront(t *testing.T) {
	const whole = "title = \"T\"\ndescription = \"D\"\nupdated = 2025-03-03\n"
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"whole", "+++\n" + whole + "+++\n", nil},
		{"CRLF, byte order mark and spaces",
			"\ufeff+++  \r\n" + strings.ReplaceAll(whole, "\n", "\r\n") + "+++\t\r\n\r\nText.\r\n", nil},
		{"no text and no last line feed", "+++\n" + whole + "+++", []string{"6:1 error empty"}},
		{"everything",
			"+++\n" + whole +
				"slug = \"s\"\naliases = [\"a/b\"]\nrelated = [\"meet/billing/other\"]\nkind = \"video\"\nchecker = \"c\"\n" +
				"draft = true\n+++\n", nil},
		{"none", "Text.\n", []string{"1:1 error front-matter"}},
		{"empty file", "", []string{"1:1 error front-matter"}},
		{"YAML", "---\ntitle: T\ndescription: D\nupdated: 2025-03-03\nrelated:\n  - meet/billing/other\n---\nText.\n", nil},
		{"YAML that lacks keys", "---\ntitle: T\nslug: A b\n---\nText.\n",
			[]string{"2 error front-matter", "2 error front-matter", "3:7 error front-matter"}},
		{"YAML without an end", "---\ntitle: T\n", []string{"1:1 error front-matter"}},
		{"no end", "+++\n" + whole, []string{"1:1 error front-matter"}},
		{"nothing in it", "+++\n+++\n", []string{"2 error front-matter", "2 error front-matter", "2 error front-matter"}},
		{"not TOML", "+++\ntitle = \"T\"\nupdated = \n+++\n", []string{"3:11 error toml"}},
		{"a date that does not exist", "+++\ntitle = \"T\"\ndescription = \"D\"\nupdated = 2025-02-30\n+++\n",
			[]string{"4:11 error toml"}},
		{"a wrong type", "+++\ntitle = 7\n+++\n", []string{"2:1 error toml"}},
		{"an unknown key", "+++\n" + whole + "titel = \"T\"\n+++\n", []string{"5:1 error unknown-key"}},
		{"a misspelt title and day",
			"+++\n" + strings.NewReplacer("title", "titel", "updated", "upadted").Replace(whole) + "+++\n",
			[]string{"2:1 error unknown-key", "4:1 error unknown-key"}},
		{"a key in two spellings", "+++\n" + whole + "draft = true\nDraft = false\n+++\n", []string{"6:1 error unknown-key"}},
		{"a title in capitals", "+++\n" + strings.Replace(whole, "title", "TITLE", 1) + "+++\n",
			[]string{"2:1 error unknown-key"}},
		{"a number among aliases", "+++\n" + whole + "aliases = [\"a/b\", 7]\n+++\n", []string{"5:19 error toml"}},
		{"an empty title", "+++\n" + strings.Replace(whole, "\"T\"", "\" \"", 1) + "+++\n",
			[]string{"2:9 error front-matter"}},
		{"a title of two lines", "+++\n" + strings.Replace(whole, "\"T\"", `"a\nb"`, 1) + "+++\n",
			[]string{"2:9 error front-matter"}},
		{"an invisible title", "+++\n" + strings.Replace(whole, "\"T\"", "\"a\u200bb\"", 1) + "+++\n",
			[]string{"2:11 error invisible"}},
		{"an invisible title, escaped", "+++\n" + strings.Replace(whole, "\"T\"", `"a\u202eb"`, 1) + "+++\n",
			[]string{"2:9 error invisible"}},
		{"a NUL in the title, escaped", "+++\n" + strings.Replace(whole, "\"T\"", `"a\u0000b"`, 1) + "+++\n",
			[]string{"2:9 error invisible"}},
		{"a slug", "+++\n" + whole + "slug = \"A b\"\n+++\n", []string{"5:8 error front-matter"}},
		{"a kind", "+++\n" + whole + "kind = \"poem\"\n+++\n", []string{"5:8 error front-matter"}},
		{"a checker", "+++\n" + whole + "checker = \"a/b\"\n+++\n", []string{"5:11 error front-matter"}},
		{"aliases", "+++\n" + whole + "aliases = [\"/a\", \"a b\", \"en/../x\", \"c\", \"c\"]\n+++\n",
			[]string{"5:12 error front-matter", "5:18 error front-matter", "5:25 error front-matter",
				"5:41 error address-collision"}},
		{"related",
			"+++\n" + whole +
				"related = [\"other.md\", \"meet/billing/page\", \"meet/billing/none\", \"meet/billing/other\", " +
				"\"meet/billing/other\"]\n+++\n",
			[]string{"5:12 error front-matter", "5:24 error front-matter", "5:45 error broken-link", "5:88 error front-matter"}},
		{"far too long", "+++\n" + whole + strings.Repeat("a = 1\n", 2000) + "+++\n", []string{"2 error too-large"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.text
			if strings.HasSuffix(text, "+++\n") {
				text += "Text.\n"
			}
			_, found := library.Load(articletest.Files(articletest.Page, text))
			articletest.Expect(t, found, tt.want...)
		})
	}
}

// A bad alias is answered with the one that was meant, or with the file for addresses that no alias can have.
func TestAliasAdvice(t *testing.T) {
	for alias, advice := range map[string]string{
		"/old/":                         `write it as "old"`,
		"/en/meet/old.html":             `write it as "meet/old"`,
		"meet//old":                     `write it as "meet/old"`,
		"https://example.com/en/a/old/": `write it as "a/old"`,
		"https://example.com/it/old":    `from = "/it/old"`,
		"Old Page":                      `from = "/Old Page"`,
		"../old.php?id=1":               `from = "/old.php?id=1"`,
	} {
		_, found := library.Load(articletest.Files(articletest.Page, "+++\ntitle = \"T\"\ndescription = \"D\"\n"+
			"updated = 2025-03-03\naliases = [\""+alias+"\"]\n+++\n\nText.\n"))
		if len(found) != 1 || !strings.Contains(found[0].Suggestion, advice) {
			t.Errorf("%s: found %v, want advice %q", alias, found, advice)
		}
	}
}
