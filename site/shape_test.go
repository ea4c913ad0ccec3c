package site_test

import (
	"cmp"
	"flag"
	"maps"
	"slices"
	"strings"

	"helpcenter/site/testsample"

	"golang.org/x/net/html"
)

var everyPage = flag.Bool("every-page", false, "check pages, too, that differ from others only in their words")

// pagesToCheck returns the pages for costly checks: enough that whatever is on any page, in any language, is in the
// same place on one of them, including the home page and the 404 page of each language. Without CI=true it returns
// six of these, with -every-page all pages.
func pagesToCheck(all published) []string {
	largest := slices.SortedFunc(maps.Keys(all.pages), func(a, b string) int {
		return cmp.Or(len(all.files[b])-len(all.files[a]), strings.Compare(a, b))
	})
	if *everyPage {
		return largest
	}
	seen := map[string]bool{}
	return testsample.Of(slices.DeleteFunc(largest, func(name string) bool {
		before := len(seen)
		addPlaces(seen, all.pages[name].Root, "")
		return len(seen) == before && strings.Count(name, "/") != 1
	}), 6)
}

// addPlaces adds the places below an element. A place is an element, a text or the end of an element, with what
// encloses it and what precedes it, as tags without their words.
func addPlaces(places map[string]bool, n *html.Node, enclosing string) {
	last := ""
	for c := range n.ChildNodes() {
		is := "text"
		switch {
		case c.Type == html.ElementNode:
			is = tagWithoutWords(c)
			addPlaces(places, c, enclosing+is)
		case c.Type != html.TextNode || strings.TrimSpace(c.Data) == "":
			continue
		}
		places[enclosing+" "+last+" "+is] = true
		last = is
	}
	places[enclosing+" "+last+" end"] = true
}

// tagWithoutWords returns the tag of an element with the values of the attributes that decide what it is, and
// whether its other attributes are empty.
func tagWithoutWords(n *html.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Key)
		if strings.TrimSpace(a.Val) == "" {
			b.WriteString("=")
		} else if !isWords(a.Key) {
			b.WriteString("=" + a.Val)
		}
	}
	b.WriteString(">")
	return b.String()
}

// isWords reports whether the value of an attribute is words, a name, an address, a day or a number.
func isWords(attribute string) bool {
	return strings.HasPrefix(attribute, "data-") || slices.Contains([]string{
		"action", "alt", "aria-controls", "aria-describedby", "aria-label", "aria-labelledby", "content", "datetime", "for",
		"height", "href", "hreflang", "id", "lang", "max", "min", "name", "placeholder", "src", "start", "title", "value",
		"width",
	}, attribute)
}
