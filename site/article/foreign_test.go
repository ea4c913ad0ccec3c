package article_test

import (
	"strings"
	"testing"

	"helpcenter/site/article"
	"helpcenter/site/tomlfile"
)

// The syntax of other tools is an error at its place, with advice, but not in code or behind a backslash.
func TestForeignMarkup(t *testing.T) {
	for _, tt := range []struct{ text, advice string }{
		{"{{< note >}}", "section PATH#ID"},
		{"{{ site.name }}", "write what it stands for"},
		{"{% include x.html %}", "write what it stands for"},
		{":::tip", "[!NOTE]"},
		{"!!! note", "[!NOTE]"},
		{"??? question", "<details>"},
		{"a{: .wide}", "delete them"},
		{"a{.wide}", "delete them"},
		{"a{width=50%}", "pictures"},
		{"a {#id} b", "heading"},
		{"[[Page|text]]", "[text]"},
		{"[TOC]", "delete it"},
		{"a[^none]", "[^name]: text"},
		{"a [text][none]", "[name]:"},
		{"**[text][none]**", "[name]:"},
		{"[a *b* c][none]", "[name]:"},
		{"[text][]", "[name]:"},
		{"over two lines][none]", "[name]:"},
		{"a^[note]", "[^name]"},
		{"a ==b c== d", "<mark>"},
		{"a ++b++", "without signs"},
		{"m^2^", "<sup>"},
		{"$a^2$", "picture"},
		{"a :smile:", "the sign itself"},
		{"*[HTML]: language", "explain"},
		{"@[youtube](x.md)", "clip.mp4"},
		{"import A from './a'", "components"},
		{"H~2~O", "<sub>"},
	} {
		_, found := parse("a\n\n" + tt.text + "\n")
		if len(found) != 1 || found[0].Rule != "foreign-markup" || found[0].Line != 8 ||
			!strings.Contains(found[0].Suggestion, tt.advice) {
			t.Errorf("%s: found %v, want foreign-markup with %q", tt.text, found, tt.advice)
		}
		escaped := strings.NewReplacer("\\", "\\\\", "~", "\\~", "^", "\\^", "{", "\\{", "[", "\\[", "=", "\\=", ":", "\\:",
			"!", "\\!", "?", "\\?", "+", "\\+", "$", "\\$", "*", "\\*", "@", "\\@", "import", "\\import").Replace(tt.text)
		if tt.text[:1] == "i" {
			escaped = "The words " + tt.text
		}
		for _, left := range []string{"`` " + tt.text + " ``", "```\n" + tt.text + "\n```", escaped} {
			if _, found := parse("a\n\n" + left + "\n"); len(found) > 0 {
				t.Errorf("%s: found %v", left, found)
			}
		}
	}
	for _, fine := range []string{
		"a = b == c", "10:30:15 a: b", "C++ and C++", "$5 to $10", "a {b} [c] d", "a[i][j]", "[c] [d]",
		"[a][b]\n\n[b]: https://example.com/",
		"https://example.com/:a:/x==y==z", "a ^ b",
	} {
		if _, found := parse(fine); len(found) > 0 {
			t.Errorf("%s: found %v", fine, found)
		}
	}
}

func TestRefusedTags(t *testing.T) {
	for tag, advice := range map[string]string{
		"<b>a</b>": "**", "<iframe src=x>": "clip.mp4", "<Tabs />": "components", "<table>": "| A | B |", "<blink>": `\<`,
	} {
		_, found := parse("a " + tag + "\n")
		if len(found) == 0 || found[0].Rule != "raw-html" || !strings.Contains(found[0].Suggestion, advice) {
			t.Errorf("%s: found %v, want advice %q", tag, found, advice)
		}
	}
	var file struct {
		Syntax []struct{ Name, Sign, Pattern, Advice string }
		Tags   map[string]string
	}
	if _, found := tomlfile.Decode("foreign.toml", article.ForeignFile, 1, &file); len(found) > 0 {
		t.Error(found)
	}
}
