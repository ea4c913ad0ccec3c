package site

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"helpcenter/site/search"
)

const (
	nearestEntries = 5   // offered where a page is not found
	nearestAddress = 200 // bytes: nobody has typed or linked a longer one
)

// Nearest returns the articles that a reader may have looked for at an address
// that leads nowhere: those with its last part as their slug or name, in any
// language, since articles move between products and categories; and then those
// that a search for its words finds.
func (s *Site) Nearest(ctx context.Context, l *Language, address string) []entry {
	if len(address) > nearestAddress {
		return nil
	}
	slug := strings.TrimSuffix(path.Base(path.Clean("/"+address)), ".html")
	var paths []string
	for _, a := range s.Library.Articles {
		if a.Slug == slug || path.Base(a.Path) == slug {
			paths = append(paths, a.Path)
		}
	}
	words := strings.FieldsFunc(slug, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	found, _ := s.Search(ctx, l.Tag, search.Query{Text: strings.Join(words, " ") + " ", Limit: nearestEntries})
	for _, hit := range found.Hits {
		paths = append(paths, hit.Path)
	}
	var entries []entry
	for i, p := range paths {
		if slices.Index(paths, p) == i && len(entries) < nearestEntries {
			entries = append(entries, s.entry(l, p))
		}
	}
	return entries
}
