package markdown_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"helpcenter/site/markdown"
)

func write(source string) string {
	var b bytes.Buffer
	markdown.Write(&b, []byte(source), func(address string) string { return address })
	return b.String()
}

func Example() {
	fmt.Print(write(`<h1>Cancel</h1><p>Open <a href="/x/"><strong>Billing</strong></a>:</p><ol><li>Sign in</li>` +
		`<li>Choose</li></ol>`))
	// Output:
	// # Cancel
	//
	// Open [**Billing**](/x/):
	//
	// 1. Sign in
	// 2. Choose
}

func TestWrite(t *testing.T) {
	for _, test := range []struct{ name, html, want string }{
		{"paragraphs", "<p>One\n two</p>\n<p>Three<br>\nfour</p>", "One two\n\nThree\\\nfour"},
		{"nested lists", "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>", "- a\n  - b\n- c\n\n  d"},
		{"start", `<ol start="3"><li>a</li></ol>`, "3. a"},
		{"alert", `<div class="alert note" role="note"><p class="alert-title">Note</p><p>a</p></div><p>b</p>`,
			"> Note\n>\n> a\n\nb"},
		{"table",
			"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1|2</td><td><ul><li>x</li><li>y</li></ul></td>" +
				"</tr></tbody></table>",
			"| A | B |\n| --- | --- |\n| 1\\|2 | x y |"},
		{"code", "<p><code>a*b ` c</code></p><pre><code class=\"language-sh\">a\n\n  b\n</code></pre>",
			"``a*b ` c``\n\n```sh\na\n\n  b\n```"},
		{"picture", `<figure><img src="a b.png" alt="A [b]"><figcaption>C</figcaption></figure>`,
			"![A \\[b\\]](<a b.png>)\n\nC"},
		{"definitions", "<dl><dt>A</dt><dd>b</dd><dd>c</dd></dl>", "**A**\n\n- b\n- c"},
		{"question", `<details><summary><h3>Who?</h3></summary><div id="x"><p>You.</p></div></details>`, "### Who?\n\nYou."},
		{"signs", "<p>*a* _b_ 1&lt;2 &amp;amp; [x]</p><p># a</p><p>1. b</p><p>- c</p>",
			"\\*a\\* \\_b\\_ 1\\<2 \\&amp; \\[x\\]\n\n\\# a\n\n1\\. b\n\n\\- c"},
		{"signs of headings", "<p>a ## b #c</p><p>## a#</p>", "a \\## b #c\n\n\\## a#"},
		{"entities", "<p>&#32;a&nbsp;b &lt;c&gt; d&#32;&#32;e</p>", "a\u00a0b \\<c> d e"},
		{"words apart", "<p>a  b \n c  </p>", "a b c"},
		{"a link after an exclamation", `<p>Go!<a href="/">x</a></p>`, "Go\\![x](/)"},
		{"spaces in marks", "<p>a<strong> b </strong>c</p>", "a **b** c"},
		{"a card", `<a href="/x/"><strong>T</strong><span>d</span></a>`, "[**T** d](/x/)"},
		{"what to press", `<details><summary>a <span class="edit">b</span></summary>c</details>`, "a\n\nc"},
		{"left out", "<p>a</p><form><label>b</label></form><script>c</script><p hidden>d</p><svg><path/></svg>", "a"},
	} {
		if got := strings.TrimSuffix(write(test.html), "\n"); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// The time for a text grows linearly with its length, whatever the text. If it grew with the square, this would take
// minutes.
func TestCost(t *testing.T) {
	const many = 1_000_000
	for _, test := range []struct{ html, want string }{
		{"<p>a " + strings.Repeat("#", many) + "</p>", "a \\" + strings.Repeat("#", many)},
		{"<p>a " + strings.Repeat("#", many) + "b</p>", "a " + strings.Repeat("#", many) + "b"},
		{"<p>" + strings.Repeat("a  ", many) + "</p>", strings.Repeat("a ", many-1) + "a"},
		{"<p>" + strings.Repeat("a* ", many) + "</p>", strings.Repeat("a\\* ", many-1) + "a\\*"},
	} {
		if got := strings.TrimSpace(write(test.html)); got != test.want {
			t.Errorf("%.20s…: %.40s…, %d bytes, want %.40s…, %d bytes", test.html, got, len(got), test.want, len(test.want))
		}
	}
}

// Whatever the HTML, its Markdown shows the same text and links.
func FuzzWrite(f *testing.F) {
	for _, text := range []string{
		"a", "*", "1.", "#", "- - -", "`", "&lt;b&gt;", "a|b", "~~", "\\", "[x](y)", "---", "===", "&amp;", "!",
	} {
		f.Add(text, text, text)
	}
	gm := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	f.Fuzz(func(t *testing.T, a, b, c string) {
		e := html.EscapeString
		source := "<h2>" + e(a) + "</h2><p>" + e(b) + " <a href=\"/x/\">" + e(c) + "</a></p><ul><li>" + e(a) +
			"</li><li>x<ul><li>" +
			e(b) + "</li></ul></li></ul><blockquote><p>" + e(c) + "</p></blockquote>" +
			"<table><tr><th>" + e(a) + "</th></tr><tr><td>" + e(b) + "</td></tr></table>"
		if strings.ContainsFunc(a+b+c, func(r rune) bool { return r < ' ' && r != '\n' || r == 0xfffd || r == 0x7f }) {
			t.Skip() // html.Parse replaces these characters
		}
		var back bytes.Buffer
		if err := gm.Convert([]byte(write(source)), &back); err != nil {
			t.Fatal(err)
		}
		if want, got := words(source), words(back.String()); !slices.Equal(want, got) {
			t.Errorf("%q became %q\n%s", want, got, write(source))
		}
	})
}

// words returns the words of HTML, and the addresses of its links.
func words(source string) []string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Fields(b.String())
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken:
			token := z.Token()
			b.WriteString(" ")
			for _, attribute := range token.Attr {
				if attribute.Key == "href" {
					b.WriteString(attribute.Val + " ")
				}
			}
		}
	}
}
