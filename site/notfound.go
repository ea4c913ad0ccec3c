package site

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"helpcenter/site/search"
)

type notFoundView struct {
	Near []entry // articles that the address may mean
	Ask  *askView
}

// notFoundPage is shown for an address in the language that does not exist.
func notFoundPage(l *language, near ...entry) *page {
	p := l.newPage("notfound")
	p.file, p.onlyHere = l.Tag+"/404.html", true
	p.Title, p.Description = l.Text("notfound.title"), l.Text("notfound.text")
	p.makeData = func() any { return notFoundView{near, l.firstQuestion()} }
	return p
}

const (
	maxSuggestions = 5
	maxAddress     = 200 // bytes; nobody has typed or linked a longer one
)

// nearest returns the articles that a reader may have looked for at an address
// that does not exist: those with its last step as their slug or name, in any
// language, since articles move between products and categories; and then those
// that a search for its words finds.
func (l *language) nearest(ctx context.Context, address string) []entry {
	if len(address) > maxAddress {
		return nil
	}
	slug := strings.TrimSuffix(path.Base(path.Clean("/"+address)), ".html")
	var paths []string
	add := func(path string) {
		if len(paths) < maxSuggestions && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, a := range l.site.Library.Articles {
		if a.Slug == slug || path.Base(a.Path) == slug {
			add(a.Path)
		}
	}
	words := strings.FieldsFunc(slug, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	query := search.Query{Text: strings.Join(words, " ") + " ", Limit: maxSuggestions}
	for _, hit := range l.index().Search(ctx, query).Hits {
		add(hit.Path)
	}
	return l.entries(paths)
}
