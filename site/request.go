package site

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/search"
)

// Home returns the address of the home page in a language.
func (s *Site) Home(lang string) string { return s.language(lang).link() }

// NotFound returns the page in a language for an address that does not exist,
// with the articles that the address may mean.
func (s *Site) NotFound(ctx context.Context, lang, address string) File {
	l := s.language(lang)
	if near := l.nearest(ctx, address); len(near) > 0 {
		return l.answer("", func() *page { return notFoundPage(l, near...) })
	}
	f, _ := s.File(lang + "/404.html")
	return f
}

// SearchResults returns the search page in a language with the results for the
// query of a request, such as q=renew&product=meet. Once ctx is done it looks no further.
func (s *Site) SearchResults(ctx context.Context, lang, query string) File {
	asked, _ := url.ParseQuery(query) // without what is malformed
	q := search.Query{Text: strings.TrimSpace(asked.Get("q")), Product: asked.Get("product"), Kind: asked.Get("kind")}
	l := s.language(lang)
	return l.answer(query, func() *page { return resultsPage(ctx, l, q) })
}

// maxState is the longest path of a state below its checker, in bytes. It bounds
// the cost of suggestions for invalid answers.
const maxState = 2000

// State returns the page of the state of a checker named by a path below the
// checker, with the answers in any order, and the canonical address of that page.
// If the query of the request has a renewal date, dates are counted from it, on
// the day of asking. ok is false if the path names no state.
func (s *Site) State(lang, checker, path, query string, on civil.Date) (address string, f File, ok bool) {
	var segments []string
	if path = strings.Trim(path, "/"); path != "" {
		segments = strings.Split(path, "/")
	}
	if len(path) > maxState {
		return "", File{}, false
	}
	l, c := s.language(lang), s.checker(checker)
	a, err := c.ParsePath(segments)
	if err != nil {
		return "", File{}, false
	}
	own := l.path(c.steps(c.Canonical(a))...)
	asked, _ := url.ParseQuery(query)
	if renewal := asked.Get("renewal"); renewal != "" {
		return s.Link(own), l.answer(query, func() *page { return statePage(l, c, a, renewal, on) }), true
	}
	f, ok = s.File(own)
	return s.Link(own), f, ok
}

// Failure returns the page that readers of a language see after an internal
// error. It needs no template.
func (s *Site) Failure(lang string) []byte {
	l := s.language(lang)
	return fmt.Appendf(nil, `<!doctype html>
<html lang="%s">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`+
		`<meta name="color-scheme" content="light dark"><title>%s</title></head>
<body><main><h1>%[2]s</h1><p>%s</p><p><a href="%s">%s</a></p></main></body>
</html>
`, l.Tag, html.EscapeString(l.Text("failure.title")), html.EscapeString(l.Text("failure.text")), l.link(),
		html.EscapeString(l.Text("home")))
}
