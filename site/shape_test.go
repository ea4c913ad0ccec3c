package site_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"helpcenter/site/sitetest"
)

var everyPage = flag.Bool("every-page", os.Getenv("CI") == "true",
	"check pages in Italian and English, too, that differ from others only in their words")

// pagesToCheck returns the pages that costly checks look at, in order: of those that differ only
// in their words and addresses the longest one; with -every-page and in CI also all in two languages.
func pagesToCheck(all published) []string {
	longest := map[string]string{}
	for name, page := range all.pages {
		shape := shapeOf(page)
		if *everyPage && (strings.HasPrefix(name, "it/") || strings.HasPrefix(name, "en/")) {
			shape = name
		}
		if is := longest[shape]; is == "" || len(all.files[name]) > len(all.files[is]) ||
			len(all.files[name]) == len(all.files[is]) && name < is {
			longest[shape] = name
		}
	}
	return slices.Sorted(maps.Values(longest))
}

// shapeOf returns what a page is but for its words and addresses: its elements with their
// attributes, and which of the words and addresses are the same.
func shapeOf(page *sitetest.Document) string {
	var b strings.Builder
	known := map[string]int{"": 0}
	word := func(text string) int {
		text = strings.Join(strings.Fields(text), " ")
		if _, ok := known[text]; !ok {
			known[text] = len(known)
		}
		return known[text]
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			fmt.Fprintf(&b, "%d ", word(n.Data))
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				if isWords(a) {
					fmt.Fprintf(&b, " %s=%d", a.Key, word(a.Val))
				} else {
					fmt.Fprintf(&b, " %s=%q", a.Key, a.Val)
				}
			}
			b.WriteString(">")
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		b.WriteString("</>")
	}
	walk(page.Root)
	return b.String()
}

// isWords reports whether the value of an attribute is words, their language, or an address
// of another page.
func isWords(a html.Attribute) bool {
	switch a.Key {
	case "alt", "aria-label", "content", "hreflang", "lang", "placeholder", "src", "title", "value":
		return true
	case "action", "href":
		return !strings.HasPrefix(a.Val, "#")
	}
	return strings.HasPrefix(a.Key, "data-")
}
