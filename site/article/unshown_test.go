package article_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"helpcenter/content"
	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// unseen matches what in Markdown is not meant for readers: comments, destinations, names of definitions, ids,
// languages of code, markers of alerts and character references. If in doubt, it matches too much.
var unseen = []*regexp.Regexp{
	regexp.MustCompile(`(?s)<!--.*?-->|<!--->|<!-->`),
	regexp.MustCompile("(?m)^[\\s>*+\\-\\d.)]*(`{3,}|~{3,})[^\\S\\n]*(values.*|\\S*)"),
	regexp.MustCompile(`(?s)\[(\\.|[^\[\]\\])*\]:[\s>]*(<(\\.|[^<>\n\\])*>|\S*)`),
	regexp.MustCompile(`\]\([\s>]*(<(\\.|[^<>\n\\])*>|\S*)`),
	regexp.MustCompile(`(?s)\]\[(\\.|[^\[\]\\])*\]`),
	regexp.MustCompile(`\{#[^}\n]*\}`),
	regexp.MustCompile(`\[\^[^\]\n]*\]:?`),
	regexp.MustCompile(`(?i)</?(details|summary|br|kbd|sub|sup|mark)\s*/?>`),
	regexp.MustCompile(`(?m)^[\s>*+\-\d.)]*\[[xX]\]`),
	regexp.MustCompile(`\[![^\]\n]*\]`),
	regexp.MustCompile(`&[#\pL\pN]+;`),
}

// letters counts the letters and digits of a text by rune.
func letters(text string) map[rune]int {
	n := map[rune]int{}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n[r]++
		}
	}
	return n
}

// shownText is what a body shows, and the texts of its images and links. Each item of an ordered list shows its
// number, and may have been written with that of the first.
func shownText(b article.Body) string {
	var text strings.Builder
	z := html.NewTokenizer(bytes.NewReader(b.Fill(nil, func(dst []byte, _ article.Placeholder) []byte { return dst })))
	type list struct{ start, next int }
	var lists []list
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		t := z.Token()
		switch {
		case t.Data != "ol" && t.Data != "ul" && t.Data != "li" || kind == html.TextToken:
		case kind == html.EndTagToken && t.Data != "li":
			lists = lists[:max(0, len(lists)-1)] // a part of a page may begin within a list
		case kind == html.EndTagToken:
		case t.Data == "ul":
			lists = append(lists, list{-1, 0})
		case t.Data == "ol":
			l := list{1, 1}
			for _, a := range t.Attr {
				l.start, _ = strconv.Atoi(a.Val)
				l.next = l.start
			}
			lists = append(lists, l)
		case len(lists) > 0 && lists[len(lists)-1].start >= 0:
			l := &lists[len(lists)-1]
			fmt.Fprint(&text, " ", l.start, " ", l.next, " ")
			l.next++
		}
		if kind == html.TextToken {
			text.WriteString(t.Data)
		}
		for _, a := range t.Attr {
			if a.Key == "alt" || a.Key == "title" {
				text.WriteString(a.Val)
			}
		}
	}
	return text.String()
}

// unshown returns an error if letters of the Markdown are missing from the body.
func unshown(markdown string, b article.Body) error {
	for _, re := range unseen {
		markdown = re.ReplaceAllString(markdown, "\n")
	}
	shown := letters(shownText(b))
	for r, n := range letters(markdown) {
		if n > shown[r] {
			return fmt.Errorf("of %d %q only %d are shown", n, r, shown[r])
		}
	}
	return nil
}

// Every letter of the shipped articles is on their pages. If a cell, a step or a paragraph were missing, unshown
// would notice.
func TestAllTextIsShown(t *testing.T) {
	l, _ := library.Load(content.Files)
	element := regexp.MustCompile(`(?s)<(td|th|li|p|figcaption)\b[^>]*>.*?</(td|th|li|p|figcaption)>`)
	elements := 0
	for _, a := range l.Articles {
		data, err := content.Files.ReadFile(strings.TrimPrefix(a.File, "content/"))
		if err != nil {
			t.Fatal(err)
		}
		_, body, _, _ := article.SplitFront(article.Normalize(data))
		if err := unshown(string(body), a.Read().Body); err != nil {
			t.Errorf("%s: %v", a.File, err)
		}
		whole := a.Read().Body.Fill(nil, func(dst []byte, _ article.Placeholder) []byte { return dst })
		for _, at := range element.FindAllIndex(whole, -1) {
			if part := whole[at[0]:at[1]]; len(letters(shownText(article.Body{HTML: part}))) > 0 {
				elements++
				rest := append(bytes.Clone(whole[:at[0]]), whole[at[1]:]...)
				if unshown(string(body), article.Body{HTML: rest}) == nil {
					t.Errorf("%s: that %q is lost is not seen", a.File, part)
				}
			}
		}
	}
	if elements < 300 {
		t.Errorf("%d elements were taken out", elements)
	}
}

// Everything that a writer writes is shown, or is an error.
func FuzzAllTextIsShown(f *testing.F) {
	for _, seed := range []string{
		"| A | B |\n|---|---|\n| a | `b|c` | d |\n", "```\na\n", "> [!NOTE]\n> a\n", "[^1]: a\n\n[b]: c 'd'\n[b]\n",
		"[b]: c.md\n[b]: d.md\n\n[b]",
		"![a <b> [c](d.md 'e') <https://f.example>](g.svg 'h')\n", "``` a b\nc\n```\n",
		"1. a\n\n   b &egrave; <!-- c --> d\n2) e\n", "## A {#b}\n\nc\n===\n",
		"a\n| b |\n|--|\n| c |\n| d | e\n", "<!-- a\n", "[a](b.md \"c\") <d@e.example> *f* __g__ ~~h~~\\\ni  \nj\n",
		"\ta\n\n~~~\n~~~ b\n",
		"- ```\n  a\n\nb\n", "```values a b c\n```\n", "> - a\n>\n>   | b |\n>   |-|\n>   | c \\| d |\n",
		"a[^b] <kbd>c</kbd> ~~d~~\n\n[^b]: e\n\nf\n: g\n\n<details><summary>h</summary>\n\n- [x] i\n\n</details>\n",
		"1. a\n2. b\n4. c\n", "01) a\n02) b\n", "> 7. a\n>    1. b\n>    1. c\n> 8. d\n", "- 0. a\n\n  1. b\n1. c\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = string(article.Normalize([]byte(text)))
		if a, found := parse(text); !diag.HasErrors(found) {
			if err := unshown(text, a.Body); err != nil {
				t.Errorf("%q: %v in\n%s", text, err, a.Body.HTML)
			}
		}
	})
}
