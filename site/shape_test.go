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

// pagesToCheck returns the pages that costly checks look at. They are so many that whatever stands on any
// page, in whatever language, stands in the same place on one of them, and the home page and the
// 404 of each language are among them; without CI=true they are six of these. With -every-page they are all.
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

// addPlaces adds the places below an element. A place is an element or a text, with what encloses it
// and what precedes it, as tags without their words. The end of an element is one, too.
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

// tagWithoutWords returns the tag of an element with the values of those attributes that decide what
// it is, and whether the others say something.
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
