package site

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"unicode/utf8"

	"helpcenter/site/civil"
	"helpcenter/site/search"
)

// asked returns a page that is made for one request, whose query the language
// selector keeps, as a file without a path. What a reader has sent may be of
// another encoding, and stands in the page.
func (l *Language) asked(query string, make func() *page) File {
	return File{Type: PageType, Lang: l.Tag, Write: func(b *bytes.Buffer) error {
		p := make()
		p.asked = query
		err := l.Write(b, p)
		if !utf8.Valid(b.Bytes()) {
			valid := bytes.ToValidUTF8(b.Bytes(), []byte("\ufffd"))
			b.Reset()
			b.Write(valid)
		}
		return err
	}}
}

// Home returns the address of the home page in a language.
func (s *Site) Home(lang string) string { return s.Link(PagePath(lang)) }

// NotFound returns the page in a language for an address that leads nowhere, with
// the articles that the address may mean.
func (s *Site) NotFound(ctx context.Context, lang, address string) File {
	l := s.Language(lang)
	if near := s.Nearest(ctx, l, address); len(near) > 0 {
		return l.asked("", func() *page { return s.notFoundPage(l, near...) })
	}
	f, _ := s.File(lang + "/404.html")
	return f
}

// SearchResults returns the search page in a language with what is found for the
// query of a request, such as q=renew&product=meet. Once ctx is done it looks no further.
func (s *Site) SearchResults(ctx context.Context, lang, query string) File {
	asked, _ := url.ParseQuery(query) // what can be read of it
	q := search.Query{Text: strings.TrimSpace(asked.Get("q")), Product: asked.Get("product"), Kind: asked.Get("kind")}
	l := s.Language(lang)
	return l.asked(query, func() *page { return s.resultsPage(ctx, l, q) })
}

// maxState is how long the address of a state may be below its checker's, in
// bytes: what is refused there is compared with all that is allowed.
const maxState = 2000

// State returns the page of the state of a checker that a path below the checker's
// names, its answers in any order, and the address that the page has. Where the
// query of the request has a renewal date, the days are counted from it, on the day
// of asking. It is not ok where the path names no state.
func (s *Site) State(lang, checker, path, query string, on civil.Date) (address string, f File, ok bool) {
	var segments []string
	if path = strings.Trim(path, "/"); path != "" {
		segments = strings.Split(path, "/")
	}
	l, c := s.Language(lang), s.checker(checker)
	if len(path) > maxState {
		return "", File{}, false
	}
	a, err := c.Set.ParsePath(segments)
	if err != nil {
		return "", File{}, false
	}
	own := PagePath(lang, c.Steps(c.Set.Canonical(a))...)
	asked, _ := url.ParseQuery(query)
	if renewal := asked.Get("renewal"); renewal != "" {
		return s.Link(own), l.asked(query, func() *page { return c.statePage(l, a, renewal, on) }), true
	}
	f, ok = s.File(own)
	return s.Link(own), f, ok
}
