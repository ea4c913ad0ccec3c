package article_test

import (
	"slices"
	"strings"
	"testing"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
	"helpcenter/site/diag"
)

// parse returns an article with the given text, which begins in line 6.
func parse(text string) (*article.Content, []diag.Finding) {
	return article.Parse("content/"+articletest.Page, []byte(articletest.Article(text)))
}

// marked returns a body's HTML with its placeholders written as {kind ref#anchor}.
func marked(b article.Body) string {
	return string(b.Fill(nil, func(dst []byte, h article.Placeholder) []byte {
		kinds := [...]string{
			article.LinkAddress:     "link",
			article.AssetAddress:    "asset",
			article.SiteLink:        "site",
			article.FootnoteMark:    "mark",
			article.FootnoteReturn:  "return",
			article.ImageAttributes: "image",
			article.AlertTitle:      "alert",
			article.ValueList:       "values",
		}
		text := "{" + kinds[h.Kind] + " " + h.Ref
		if h.Anchor != "" {
			text += "#" + h.Anchor
		}
		if v := h.Values; v != nil {
			text += v.Checker + " " + v.Fact + " " + v.Outcome
		}
		return append(dst, text+"}"...)
	}))
}

func TestHTML(t *testing.T) {
	const table = `<div class="table" role="group" tabindex="0" aria-label="A title"><table>` + "\n"
	for _, tt := range []struct{ name, text, want string }{
		{"paragraph", "Un *testo* **forte** `x < y`\ne \\*altro\\* &egrave; &amp;\\\nfine",
			"<p>Un <em>testo</em> <strong>forte</strong> <code>x &lt; y</code>\ne *altro* è &amp;<br>\nfine</p>\n"},
		{"apostrophes stay as written", "l'account l’account -- ...", "<p>l'account l’account -- ...</p>\n"},
		{"lines end", "  a  \n*b*  \nc \n d\\\n\\*e\\\\ \nf\\ *g* ",
			"<p>a<br>\n<em>b</em><br>\nc\nd<br>\n*e\\\nf\\ <em>g</em></p>\n"},
		{"signs that are no markup", "a! b [c] * d_e \\`f` ]g ![h <i & &amp;j\\& \\k",
			"<p>a! b [c] * d_e `f` ]g ![h &lt;i &amp; &amp;j&amp; \\k</p>\n"},
		{"references", " [a]: b.md\n[c]: d.md\n[a] [c]",
			"<p><a href=\"{link meet/billing/b}\">a</a> <a href=\"{link meet/billing/d}\">c</a></p>\n"},
		{"heading with id", "## Passaggi {#steps}", `<h2 id="steps">Passaggi</h2>` + "\n"},
		{"heading with id and closing signs", "## Passaggi {#steps} ##", `<h2 id="steps">Passaggi</h2>` + "\n"},
		{"heading underlined", "Passaggi {#steps}\n---", `<h2 id="steps">Passaggi</h2>` + "\n"},
		{"heading without id", "## Perché *È* così?", `<h2 id="perche-e-cosi">Perché <em>È</em> così?</h2>` + "\n"},
		{"headings alike", "## A\n## A\n## A\n## B {#a-2}",
			"<h2 id=\"a\">A</h2>\n<h2 id=\"a-3\">A</h2>\n<h2 id=\"a-4\">A</h2>\n<h2 id=\"a-2\">B</h2>\n"},
		{"heading of no letters", "## 日本", `<h2 id="section">日本</h2>` + "\n"},
		{"heading with braces", "## Type {name}", `<h2 id="type-name">Type {name}</h2>` + "\n"},
		{"heading with a link", "## See [it](other.md) {#see}",
			`<h2 id="see">See <a href="{link meet/billing/other}">it</a></h2>` + "\n"},
		{"a link of the site", "[a](link:admin)", "<p><a href=\"{site admin}\">a</a></p>\n"},
		{"steps", "1. One\n2. Two\n\n   More", "<ol>\n<li><p>One</p>\n</li>\n<li><p>Two</p>\n<p>More</p>\n</li>\n</ol>\n"},
		{"steps that go on", "3. One\n4. Two", "<ol start=\"3\">\n<li>One</li>\n<li>Two</li>\n</ol>\n"},
		{"list in a list", "- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"},
		{"quotation", "> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"},
		{"code", "```go\na < b\n```\n\n    c",
			"<pre><code class=\"language-go\">a &lt; b\n</code></pre>\n<pre><code>c\n</code></pre>\n"},
		{"rule", "***", "<hr>\n"},
		{"strikethrough", "a ~~b *c*~~", "<p>a <del>b <em>c</em></del></p>\n"},
		{"bare addresses", "See https://example.com/a_b, www.example.com or a@example.com.",
			"<p>See <a href=\"https://example.com/a_b\">https://example.com/a_b</a>, " +
				"<a href=\"http://www.example.com\">www.example.com</a> or " +
				"<a href=\"mailto:a@example.com\">a@example.com</a>.</p>\n"},
		{"tasks", "- [ ] a\n- [x] b", "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>\n"},
		{"definitions", "A *b*\n: c\n\nD\n: e\n\n  f",
			"<dl>\n<dt>A <em>b</em></dt>\n<dd>c</dd>\n<dt>D</dt>\n<dd>e\n<p>f</p>\n</dd>\n</dl>\n"},
		{"footnotes", "A[^x] b[^y] c[^x].\n\n[^y]: Why\n[^x]: *Ex*\n\n    more\n",
			"<p>A{mark meet/billing/page#1} b{mark meet/billing/page#2} c{mark meet/billing/page#1-2}.</p>\n<hr>\n<ol>\n" +
				"<li id=\"fn:1\"><p><em>Ex</em></p>\n<p>more{return meet/billing/page#1}</p>\n</li>\n" +
				"<li id=\"fn:2\"><p>Why{return meet/billing/page#2}</p>\n</li>\n</ol>\n"},
		{"a footnote's mark alone", "[^x]\n\n[^x]: Why",
			"<p>{mark meet/billing/page#1}</p>\n<hr>\n<ol>\n<li id=\"fn:1\"><p>Why{return meet/billing/page#1}</p>\n" +
				"</li>\n</ol>\n"},
		{"tags within text", "a<br>b <KBD>Ctrl</KBD> H<sub>2</sub>O **x<sup>*2*</sup>** <mark>m</mark><br/>",
			"<p>a<br>b <kbd>Ctrl</kbd> H<sub>2</sub>O <strong>x<sup><em>2</em></sup></strong> <mark>m</mark><br></p>\n"},
		{"a tag in a cell", "| A |\n|---|\n| b<br>c |\n",
			table +
				"<thead>\n<tr><th scope=\"col\">A</th></tr>\n</thead>\n<tbody>\n<tr><td>b<br>c</td></tr>\n</tbody>\n" +
				"</table></div>\n"},
		{"details", "<details>\n<summary>Show &amp; tell</summary>\n\n*a*\n\n</details>\n\nb",
			"<details><summary>Show &amp; tell</summary>\n<p><em>a</em></p>\n</details>\n<p>b</p>\n"},
		{"details in a list", "- a\n\n  <details><summary>b</summary>\n\n  c\n\n  </details>\n",
			"<ul>\n<li><p>a</p>\n<details><summary>b</summary>\n<p>c</p>\n</details>\n</li>\n</ul>\n"},
		{"video", "![A *tour*](tour.mp4)",
			"<figure><video controls preload=\"metadata\" src=\"{asset en/meet/billing/tour.mp4}\"></video><figcaption>A " +
				"tour</figcaption></figure>\n"},
		{"caution", "> [!CAUTION]\n> a",
			"<div class=\"alert caution\" role=\"note\"><p class=\"alert-title\">{alert caution}</p>\n<p>a</p>\n</div>\n"},
		{"the language of code", "```c++\na\n```", "<pre><code class=\"language-c++\">a\n</code></pre>\n"},
		{"comments are dropped", "a <!-- b --> c\n\n<!-- d -->\n\n<!-- e\n\nf --> \n\ng", "<p>a  c</p>\n<p>g</p>\n"},

		{"link to an article", "[a](other.md)", `<p><a href="{link meet/billing/other}">a</a></p>` + "\n"},
		{"link to a section", `[a](../../meet/billing/other.md#one "b > c")`,
			`<p><a href="{link meet/billing/other#one}" title="b &gt; c">a</a></p>` + "\n"},
		{"link to a section of this article", "[a](#b)", `<p><a href="{link meet/billing/page#b}">a</a></p>` + "\n"},
		{"link by reference", "[a][r]\n\n[r]: other.md", `<p><a href="{link meet/billing/other}">a</a></p>` + "\n"},
		{"link to a file", "[a](guide.pdf)", `<p><a href="{asset en/meet/billing/guide.pdf}">a</a></p>` + "\n"},
		{"link to another site", `[a](https://example.com/?b=c&d="è")`,
			`<p><a href="https://example.com/?b=c&amp;d=%22%C3%A8%22">a</a></p>` + "\n"},
		{"link in angle brackets", "<https://example.com> <a@example.com>",
			`<p><a href="https://example.com">https://example.com</a> <a href="mailto:a@example.com">a@example.com</a></p>` +
				"\n"},
		{"telephone", "[a](tel:+390000)", `<p><a href="tel:+390000">a</a></p>` + "\n"},

		{"figure", `![A *dot* & [more](other.md)](../../../images/dot.svg "The caption")`,
			`<figure><img {image images/dot.svg} alt="A dot &amp; more" loading="lazy" decoding="async"><figcaption>The ` +
				`caption</figcaption></figure>` + "\n"},
		{"picture in text", `The ![icon](dot.svg "title") icon`,
			`<p>The <img {image en/meet/billing/dot.svg} alt="icon" loading="lazy" decoding="async" title="title"> icon</p>` +
				"\n"},
		{"picture in steps", "1. a\n\n   ![b](b.svg)",
			"<ol>\n<li><p>a</p>\n<figure><img {image en/meet/billing/b.svg} alt=\"b\" loading=\"lazy\" decoding=\"async\">" +
				"</figure>\n</li>\n</ol>\n"},

		{"alert", "> [!WARNING]\n> Text.\n>\n> - a",
			"<div class=\"alert warning\" role=\"note\"><p class=\"alert-title\">{alert warning}</p>\n<p>Text.</p>\n<ul>\n" +
				"<li>a</li>\n</ul>\n</div>\n"},
		{"alert that begins with a list", "> [!example]\n> - a",
			"<div class=\"alert example\" role=\"note\"><p class=\"alert-title\">{alert example}</p>\n<ul>\n<li>a</li>\n" +
				"</ul>\n</div>\n"},
		{"alert apart from its text", "> [!NOTE]\n>\n> a",
			"<div class=\"alert note\" role=\"note\"><p class=\"alert-title\">{alert note}</p>\n<p>a</p>\n</div>\n"},
		{"alert in steps", "1. a\n   > [!TIP]\n   > b",
			"<ol>\n<li>a\n<div class=\"alert tip\" role=\"note\"><p class=\"alert-title\">{alert tip}</p>\n<p>b</p>\n</div>\n" +
				"</li>\n</ol>\n"},
		{"marker that is a link", "> [!NOTE]\n> a [!NOTE]\n\n[!NOTE]: other.md",
			"<div class=\"alert note\" role=\"note\"><p class=\"alert-title\">{alert note}</p>\n" +
				"<p>a <a href=\"{link meet/billing/other}\">!NOTE</a></p>\n</div>\n"},

		{"values", "```values cancel product online\n```\n", "{values cancel product online}"},
		{"table", "|  | B | C |\n|---|:-:|--:|\n| a \\| b | **c** |\n", table +
			"<thead>\n<tr><td></td><th scope=\"col\" class=\"center\">B</th><th scope=\"col\" class=\"right\">C</th></tr>\n" +
			"</thead>\n" +
			"<tbody>\n<tr><td>a | b</td><td class=\"center\"><strong>c</strong></td><td></td></tr>\n</tbody>\n</table></div>\n"},
		{"table of a header", "| A |\n|---|\n",
			table + "<thead>\n<tr><th scope=\"col\">A</th></tr>\n</thead>\n</table></div>\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, found := parse(tt.text)
			if diag.HasErrors(found) {
				t.Error(found)
			}
			if got := marked(a.Body); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestMarkdownFindings(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"nothing wrong", "Text.\n\n## A {#a}\n\n### B\n\n## C\n", nil},

		{"HTML block", "a\n\n<div>\nb\n</div>\n", []string{"8:1 error raw-html"}},
		{"HTML in text", "a **b <i>c</i>**\n", []string{"6:7 error raw-html", "6:11 error raw-html"}},
		{"HTML in a cell", "| A |\n|---|\n| b <u> |\n", []string{"8:5 error raw-html"}},
		{"a tag never closed", "a <kbd>b\n\n**<sub>c** d</sub>\n",
			[]string{"6:1 error raw-html", "8:1 error raw-html", "8:13 error raw-html"}},
		{"tags that cross", "<sub><sup>a</sub></sup>\n", []string{"6:1 error raw-html", "6:12 error raw-html"}},
		{"a tag with attributes", "<kbd class=\"a\">b</kbd>\n", []string{"6:1 error raw-html", "6:17 error raw-html"}},
		{"details never closed", "<details><summary>a</summary>\n\nb\n", []string{"6:1 error raw-html"}},
		{"details with attributes", "<details open><summary>a</summary>\n\nb\n\n</details>\n",
			[]string{"6:1 error raw-html", "10:1 error raw-html"}},
		{"details without empty lines", "<details><summary>a</summary>\nb\n</details>\n",
			[]string{"6:1 error raw-html", "7:1 error raw-html"}},
		{"a heading in details", "<details><summary>a</summary>\n\n## B\n\n</details>\n",
			[]string{"8:1 error heading-order"}},
		{"a video in text", "a ![b](c.mp4)\n", []string{"6:3 error unsafe-link"}},
		{"a video without a caption", "![](c.mp4)\n", []string{"6:1 error missing-alt"}},
		{"a sublist indented too little", "1. a\n  - b\n", []string{"7:3 warning list-indent"}},
		{"a paragraph indented too little", "1. a\n\n  b\n\n2. c\n", []string{"8:3 warning list-indent"}},
		{"lists that are right", "- a\n  - b\n\n1. c\n   - d\n\n   e\n\nf\n", nil},
		{"HTML after a comment", "<!-- a --> <b>x</b>\n", []string{"6:12 error raw-html"}},
		{"HTML after a comment in a quotation", "> <!-- a\n> b --> <i>\n", []string{"7:9 error raw-html"}},
		{"empty comments", "<!--> <b>\n\na <!--->\n", []string{"6:7 error raw-html"}},
		{"script", "- a\n\n  <script>alert(1)</script>\n", []string{"8:3 error raw-html"}},
		{"a comment without end", "a\n\n<!-- b\n\nc\n", []string{"8:1 error raw-html"}},
		{"a processing instruction", "a <?php ?> b\n", []string{"6:3 error raw-html"}},

		{"heading of level 1", "# A\n", []string{"6:1 error heading-order"}},
		{"a level left out", "## A\n\n#### B\n", []string{"8:1 warning heading-order"}},
		{"beginning too deep", "### B\n", []string{"6:1 warning heading-order"}},
		{"heading in a list", "- a\n\n  ## B\n", []string{"8:3 error heading-order"}},
		{"heading in an alert", "> [!NOTE]\n> ## B\n", []string{"7:3 error heading-order"}},
		{"heading without text", "## {#a}\n", []string{"6:1 error heading-id"}},
		{"id twice", "## A {#a}\n\n## B {#a}\n", []string{"8:6 error duplicate-id"}},
		{"id of capitals", "## A {#Abc}\n", []string{"6:6 error heading-id"}},
		{"id with accents", "## A {#perché}\n", []string{"6:6 error heading-id"}},
		{"id and style", "## A {#a style=\"x\"}\n", []string{"6:6 error heading-id"}},
		{"style", "## A {style=\"x\"}\n", []string{"6:6 error heading-id"}},
		{"class", "## A {.b}\n", []string{"6:6 error heading-id"}},
		{"id with underscores", "## A {#_b_c}\n", []string{"6:6 error heading-id"}},

		{"unknown alert", "> [!WARNUNG]\n> a\n", []string{"6:3 error alert"}},
		{"alert with text on its line", "> [!NOTE] a\n", []string{"6:3 error alert"}},

		{"alert without text", "> [!NOTE]\n\na\n", []string{"6:3 error empty"}},
		{"alert of a comment", "> [!NOTE]\n> <!-- a -->\n\na\n", []string{"6:3 error empty"}},
		{"alert of values", "> [!NOTE]\n> ```values a b c\n> ```\n", nil},
		{"article without text", "", []string{"6:1 error empty"}},
		{"article of comments", "\n<!-- a -->\n\n", []string{"6:1 error empty"}},

		{"a row with more cells than its table", "| A | B |\n|---|---|\n| a | b |\n| a | b | c |\n",
			[]string{"9:9 error table"}},
		{"without bars at its ends", "A | B\n--|--\na | b | c\n", []string{"8:7 error table"}},
		{"in a list", "- a\n\n  | A |\n  |---|\n  | b | c |\n", []string{"10:7 error table"}},
		{"a row with fewer cells", "| A | B |\n|---|---|\n| a |\n|\n", []string{"8:1 warning table", "9:1 warning table"}},
		{"text right after a table", "| A | B |\n|---|---|\n| a | |\nb\n", []string{"9:1 warning table"}},
		{"empty cells", "| A | B | C |\n|---|---|---|\n| a || |\n||||\n|||c\n", nil},
		{"a row with fewer cells in a list", "- a\n\n  A | B\n  --|--\n  a \\| b\n", []string{"10:3 warning table"}},
		{"a table of one column", "| A |\n|---|\n| a |\nb\n", nil},

		{"a number of a list that is not shown", "1. a\n2. b\n4. c\n", []string{"8:1 error unshown-text"}},
		{"numbers in another order", "- 3) a\n  2) b\n", []string{"7:3 error unshown-text"}},
		{"a number with a zero before it", "01. a\n02. b\n", []string{"6:1 error unshown-text"}},
		{"numbers that are all the same", "1. a\n1. b\n\n   1. c\n\n1. d\n", nil},
		{"numbers in order", "> 7. a\n> 8. b\n>\n> 9. c\n", nil},
		{"bars that are escaped", "| A | B |\n|---|---|\n| a \\| b | `c \\| d` |\n", nil},
		{"a bar in code", "| A | B |\n|---|---|\n| a | `b|c` |\n", []string{"8:9 error table"}},
		{"a bar in code where a cell is missing", "| A | B | C |\n|---|---|---|\n| a | `` b`|c `` |\n",
			[]string{"8:12 error table"}},
		{"code beside bars", "| A | B | C |\n|---|---|---|\n| `a` | b | `c` |\n| \\` | c | \\` |\n", nil},

		{"a fence never closed", "a\n\n```\nb\n\n## C\n", []string{"8:1 error code-fence"}},
		{"a fence closed by too few signs", "````\nb\n```\n", []string{"6:1 error code-fence"}},
		{"a fence closed by other signs", "```\nb\n~~~\n", []string{"6:1 error code-fence"}},
		{"a fence that its list ends", "- ```\n  b\n\nc\n", []string{"6:3 error code-fence"}},
		{"a fence that its quotation ends", "> ```\n> b\n\n```\nc\n```\n", []string{"6:3 error code-fence"}},
		{"fences that are closed", "```\n```\n\n- ~~~ go\n  a\n  ~~~\n- b\n\n> ```\n> c\n> ````\n", nil},
		{"words after the language", "``` js title=\"x\"\na\n```\n", []string{"6:5 error unshown-text"}},

		{"a definition that no link uses", "a\n\n[b]: c.md\n", []string{"8:1 error unshown-text"}},
		{"a definition of a picture", "![a][b]\n\n[b]: d.svg\n", nil},
		{"a definition in capitals", "[B]\n\n[b]: other.md\n", nil},
		{"two definitions", "[b]\n\n[b]: other.md\n[b]: source.md\n", []string{"9:1 error unshown-text"}},
		{"a footnote of one word", "a\n\n[^1]: b\n", []string{"8:1 error unshown-text"}},
		{"footnotes of one name", "a[^1]\n\n[^1]: b\n\n[^1]: c\n", []string{"10:1 error unshown-text"}},
		{"too many footnotes", strings.Repeat("[^a]: b\n\n", 300), []string{"406:1 error too-large"}},
		{"a definition that is none", "a [b] [c]\n\n[e]: two words\n", nil},
		{"a link whose definition is none", "a [b] [c][e]\n\n[e]: two words\n", []string{"6:7 error foreign-markup"}},
		{"a link with a title in a description", "![a [b](other.md 'c')](d.svg)\n", []string{"6:5 error unshown-text"}},
		{"HTML in a description", "![a <b>c</b>](d.svg)\n", []string{"6:5 error raw-html", "6:9 error raw-html"}},

		{"values without words", "```values\n```\n", []string{"6:1 error values"}},
		{"values with too many", "a\n\n```values a b c d\n```\n", []string{"8:1 error values"}},
		{"values with a body", "```values a b c\nd\n```\n", []string{"6:1 error values"}},

		{"picture without description", "![](../../../images/dot.svg)\n", []string{"6:1 warning missing-alt"}},
		{"silence without a reason", "<!-- lint: term -->\n\na\n", []string{"6:1 warning silence"}},
		{"invisible in text", "a\u200bb\n", []string{"6:2 warning invisible"}},
		{"a family and Persian", "👩\u200d👧 می\u200cخواهم\n", nil},
		{"bidi in a link", "a [b\u202ec](other.md)\n", []string{"6:3 error invisible"}},
		{"bidi in a link, by reference", "a [b&#x202e;c](other.md)\n", []string{"6:3 error invisible"}},
		{"an isolate in a link", "a [b\u2066c](other.md)\n", []string{"6:3 error invisible"}},
		{"letters that look like others in a host", "[b](https://ex\u0430mple.com/)\n", []string{"6:1 error unsafe-link"}},
		{"the same, by percent signs", "[b](https://ex%D0%B0mple.com/)\n", []string{"6:1 error unsafe-link"}},
		{"the same, as registries have it", "[b](https://xn--exmple-4nf.com/)\n", nil},
		{"bidi in a heading", "## b\u202ec\n", []string{"6:1 error invisible"}},
		{"bidi in a destination", "[b](https://example.com/\u202ec)\n", []string{"6:1 error unsafe-link"}},
		{"control character", "a\x07b\n", []string{"6:2 error encoding"}},
		{"NUL", "a\x00b\n", []string{"6:2 error encoding"}},
		{"not UTF-8", "perch\xe9\n", []string{"6:6 error encoding"}},
		{"a lone carriage return", "a\rb\n", []string{"6:2 error encoding"}},

		{"nested too deep", strings.Repeat(">", 40) + " a\n", []string{"6:1 error too-large"}},
		{"lists nested too deep", "a\n\n" + strings.Repeat("- ", 40) + "a\n", []string{"8:1 error too-large"}},
		{"a block too long", "a\n\n" + strings.Repeat("[a](", 10_000), []string{"8:1 error too-large"}},
		{"a table too large", "| a |\n" + strings.Repeat("|-", 200) + "\n" + strings.Repeat("x\n", 200),
			[]string{"6:1 error too-large"}},
		{"too many headings", strings.Repeat("## A\n", 1001), []string{"1006:1 error too-large"}},
		{"an article too long", strings.Repeat("a\n\n", 100_000), []string{" error too-large"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, found := parse(tt.text)
			found = diag.Sort(found)
			for i := range found {
				if found[i].Line == 0 {
					found[i].File = "content/" + articletest.Page + ":"
				}
			}
			articletest.Expect(t, found, tt.want...)
		})
	}
}

func TestSections(t *testing.T) {
	a, _ := parse("Intro.\n\n## A {#a}\n\nText [l](#b).\n\n### Sub **bold** {#sub}\n\n> [!NOTE]\n> n\n\n## B {#b}\n\n" +
		"End.\n")
	for _, tt := range []struct {
		id, title string
		level     int32
		line      int32
		body      string
	}{
		{"a", "A", 2, 8,
			"<p>Text <a href=\"{link meet/billing/page#b}\">l</a>.</p>\n<h3 id=\"sub\">Sub <strong>bold</strong></h3>\n" +
				"<div class=\"alert note\" role=\"note\"><p class=\"alert-title\">{alert note}</p>\n<p>n</p>\n</div>\n"},
		{"sub", "Sub bold", 3, 12,
			"<div class=\"alert note\" role=\"note\"><p class=\"alert-title\">{alert note}</p>\n<p>n</p>\n</div>\n"},
		{"b", "B", 2, 17, "<p>End.</p>\n"},
	} {
		s := a.Section(tt.id)
		if s == nil {
			t.Fatalf("no section %q", tt.id)
		}
		if s.Title != tt.title || s.Level != tt.level || s.Line != tt.line {
			t.Errorf("section is %+v, want %+v", s, tt)
		}
		if got := marked(a.SectionBody(s)); got != tt.body {
			t.Errorf("under %q stands\n%s\nwant\n%s", tt.id, got, tt.body)
		}
	}
}

func TestBlocks(t *testing.T) {
	a, _ := parse("A *b*\n  c & `d`\\\ne.\n\n## H [l](other.md)\n\n- a\n- b\n  1. c\n\n| X | Y |\n|---|---|\n" +
		"| 1 | 2 |\n\n" +
		"> [!TIP]\n> t\n>\n> u\n\n> q\n\n```\nx <y>\n```\n\n![alt \"text\"](d.svg 'cap')\n\n<!-- no -->\n\n***\n\n" +
		"The ![dots](d.svg) menu\n")
	want := []struct {
		kind    article.BlockKind
		line    int32
		section int16
		text    string
	}{
		{article.Paragraph, 6, -1, "A b c & d e."},
		{article.Heading, 10, 0, "H l"},
		{article.List, 12, 0, "a\nb\nc"},
		{article.Table, 16, 0, "X\tY\n1\t2"},
		{article.Alert, 20, 0, "t\nu"},
		{article.Quote, 25, 0, "q"},
		{article.Code, 27, 0, "x <y>"},
		{article.Figure, 31, 0, "alt \"text\"\ncap"},
		{article.Paragraph, 37, 0, "The dots menu"},
	}
	if len(a.Blocks) != len(want) {
		t.Fatalf("%d blocks, want %d: %v", len(a.Blocks), len(want), a.Blocks)
	}
	for i, w := range want {
		if b := a.Blocks[i]; b.Kind != w.kind || b.Line != w.line || b.Section != w.section || a.Text(b) != w.text {
			t.Errorf("block %d is %+v %q, want %+v", i, b, a.Text(b), w)
		}
	}
}

func TestSilences(t *testing.T) {
	a, _ := parse("<!-- lint: vague-link because the button is called so -->\n\na <!-- lint: term because\n" +
		"B is a name --> b\n\n<!-- plain -->\n")
	want := []article.Silence{{6, "vague-link", "the button is called so"}, {8, "term", "B is a name"}}
	if !slices.Equal(a.Silences, want) {
		t.Errorf("silences are %v, want %v", a.Silences, want)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Perché": "perche", "Che cos’è «GoTo»?": "che-cos-e-goto",
		"  1. A/B  ": "1-a-b", "ĲSSEL": "ijssel", "–": "section", "": "section",
	} {
		if got := article.Slug(title); got != want {
			t.Errorf("slug(%q) = %q, want %q", title, got, want)
		}
	}
}
