package article_test

import (
	"testing"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// A phrase has emphasis, code and links; HTML and blocks are literal text.
func TestPhrase(t *testing.T) {
	at := diag.Position{File: "locales/active.it.toml", Line: 3, Column: 9}
	for _, test := range []struct{ source, html, plain, link, rule string }{
		{"*a* __b__ `c_d`", "<em>a</em> <strong>b</strong> <code>c_d</code>", "a b c_d", "", ""},
		{"\\*e\\* & f", "*e* &amp; f", "*e* & f", "", ""},
		{"<b>a</b> &lt;i>", "&lt;b&gt;a&lt;/b&gt; &lt;i&gt;", "<b>a</b> <i>", "", ""},
		{"# a\n- b\n\n> c", "# a\n- b &gt; c", "# a - b > c", "", ""},
		{"[a](b/c.md#d)", `<a href="">a</a>`, "a", "b/c", ""},
		{"[a](link:x) <https://a.b>", `<a href="">a</a> &lt;https://a.b&gt;`, "a <https://a.b>", "", ""},
		{"[a](https://x.y/)", `<a href="https://x.y/">a</a>`, "a", "", ""},
		{"[a](javascript:b)", "a", "a", "", "unsafe-link"},
		{"[a](#b)", `<a href="">a</a>`, "a", "", "broken-link"},
		{"[a](../en/b.md)", "a", "a", "", "broken-link"},
		{"[a](https://x.y/{{.Z}})", `<a href="https://x.y/%7B%7B.Z%7D%7D">a</a>`, "a", "", "broken-link"},
		{"![a](b.png)", `<img  alt="a" loading="lazy" decoding="async">`, "a", "", "unsafe-link"},
	} {
		a, found := article.Phrase("it", test.source, at)
		if html := string(a.Body.HTML); html != test.html || article.Plain(a.Body.HTML) != test.plain {
			t.Errorf("%q is %s, %q", test.source, html, article.Plain(a.Body.HTML))
		}
		if test.link != "" && (len(a.Links) != 1 || a.Links[0].Ref != test.link || a.Position(a.Links[0].Pos) != at) {
			t.Errorf("%q has the links %+v", test.source, a.Links)
		}
		rule := ""
		for _, f := range found {
			rule = f.Rule
			if f.Position != at {
				t.Errorf("%q: %s", test.source, f)
			}
		}
		if rule != test.rule {
			t.Errorf("%q is refused by %q, want %q", test.source, rule, test.rule)
		}
	}
}
