package article

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"helpcenter/site/articletest"
)

// allowedTags are all tags that this package writes, with their attributes.
var allowedTags = map[string][]string{
	"a": {"href", "title"}, "blockquote": nil, "br": nil, "code": {"class"}, "dd": nil, "del": nil, "details": nil,
	"div": {"class", "role", "tabindex", "aria-label"}, "dl": nil, "dt": nil, "em": nil, "figcaption": nil, "figure": nil,
	"h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "hr": nil,
	"img": {"src", "alt", "loading", "decoding", "title"}, "kbd": nil, "li": {"id"}, "mark": nil, "ol": {"start"},
	"p": {"class"}, "pre": nil, "strong": nil, "sub": nil, "summary": nil, "sup": nil, "table": nil, "tbody": nil,
	"td": {"class"}, "th": {"scope", "class"}, "thead": nil, "tr": nil, "ul": nil,
	"video": {"controls", "preload", "src"},
}

// checkHTML returns an error if a body has tags that do not match, or tags or attributes that this package does not
// write.
func checkHTML(b Body) error {
	z := html.NewTokenizer(strings.NewReader(string(b.Fill(nil, func(dst []byte, h Placeholder) []byte {
		if h.Kind == ImageAttributes {
			return append(dst, `src="x"`...)
		}
		return append(dst, 'x')
	}))))
	var open []string
	for {
		kind := z.Next()
		t := z.Token()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Errorf("never closed: %q", open)
			}
			return nil
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			return fmt.Errorf("unexpected %s", t)
		case html.StartTagToken:
			attrs, ok := allowedTags[t.Data]
			for _, a := range t.Attr {
				ok = ok && slices.Contains(attrs, a.Key)
			}
			if !ok {
				return fmt.Errorf("unexpected %s", t)
			}
			if !slices.Contains([]string{"br", "hr", "img"}, t.Data) {
				open = append(open, t.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != t.Data {
				return fmt.Errorf("%s where %q are open", t, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// checkArticle returns an error if the parts of an article are inconsistent.
func checkArticle(a *Content) error {
	size := int32(len(a.Body.HTML))
	at := int32(0)
	for _, h := range a.Body.Placeholders {
		if h.At < at || h.At > size {
			return fmt.Errorf("placeholder %+v comes after %d of %d", h, at, size)
		}
		at = h.At
	}
	for i := range a.Sections {
		s := &a.Sections[i]
		if s.at > s.from || s.from > s.to || s.to > size || s.Title != "" && a.Section(s.ID) == nil {
			return fmt.Errorf("section %+v of %d", s, size)
		}
		if err := checkHTML(a.SectionBody(s)); err != nil {
			return fmt.Errorf("section %q: %v", s.ID, err)
		}
	}
	end := int32(0)
	for _, b := range a.Blocks {
		if b.from < end || b.to <= b.from || b.to > size || int(b.Section) >= len(a.Sections) {
			return fmt.Errorf("block %+v after %d of %d", b, end, size)
		}
		if text := a.Text(b); !utf8.ValidString(text) || text != strings.Trim(text, " \t\n") {
			return fmt.Errorf("text of block %+v is %q", b, text)
		}
		end = b.to
	}
	for _, l := range a.Links {
		if l.from > l.to || l.to > size || !bytes.HasPrefix(a.Body.HTML[l.to:], []byte("</a>")) {
			return fmt.Errorf("link %+v of %d", l, size)
		}
	}
	return checkHTML(a.Body)
}

func fuzzParse(t *testing.T, text string) {
	slow := time.AfterFunc(time.Minute, func() { panic("parsing takes too long") })
	defer slow.Stop()
	a, found := Parse("content/"+articletest.Page, []byte(text))
	if err := articletest.CheckPositions(text, found); err != nil {
		t.Error(err)
	}
	if err := checkArticle(a); err != nil {
		t.Errorf("%v in\n%s", err, a.Body.HTML)
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"## A {#a}\n\n- [b](c.md#d) ![e](f.svg \"g\")\n  1. `h`\n\n> [!NOTE]\n> *i* **j**\n",
		"| A | B |\n|:-:|--:|\n| `\\|` | [c](d) |\n\n```values a b c\n```\n\n<!-- lint: e because f -->\n",
		"[a]\n\n[a]: b.md 'c'\n\nSetext {#x}\n===\n\n***\n\n    code\n\n&#x202e; &lt; <b onclick=x> <https://a.b>\n",
		"> > - a\n> >   > [!TIP] b\n\n![![x](y)](z)\n\na\\\nb  \nc\t&amp;\n",
		"A *b*\n: c\n\nD\n: e\n\n  f\n\n~~g~~ <kbd>h</kbd> <sub>i</sub> <sup>j</sup> <mark>k</mark><br>\n",
		"A[^x] b[^y].\n\n[^y]: Why\n[^x]: *Ex*\n\n    more\n\n![A *tour*](tour.mp4)\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { fuzzParse(t, articletest.Article(text)) })
}

func FuzzFrontMatter(f *testing.F) {
	for _, seed := range []string{
		articletest.Article("Text.\n"), "+++\n+++", "\ufeff+++\r\ntitle = \"a\"\r\n+++\r\n", "---\ntitle: a\n---\n",
		"+++\ntitle = '''\na'''\naliases = [\"a\", 1]\nrelated = [\"../x\"]\nslug = \"\\u0000\"\nkind = \"x\"\nx = 1\n+++\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(fuzzParse)
}
