package site

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
	"helpcenter/site/search"
)

// Home returns the address of the home page in a language.
func (s *Site) Home(lang string) string { return s.language(lang).link() }

// NotFound returns the page, in a language, for an address that does not exist, with the articles that the address
// may mean.
func (s *Site) NotFound(ctx context.Context, lang, address string) File {
	l := s.language(lang)
	if near := l.entries(l.nearestPaths(ctx, address)); len(near) > 0 {
		return l.answer("", func() *page { return notFoundPage(l, near...) })
	}
	f, _ := s.File(lang + "/404.html")
	return f
}

// SearchResults returns the search page in a language with the results for the query of a request, such as
// q=renew&product=meet. It stops searching when ctx is done. If some words of the query matched nothing, it calls
// missed, unless nil: with the whole text if there are no results, or with partly true and the words that matched.
func (s *Site) SearchResults(ctx context.Context, lang, query string, missed func(text string, partly bool)) File {
	asked, _ := url.ParseQuery(query) // ignores what is malformed
	q := search.Query{
		Text: strings.TrimSpace(asked.Get("q")), Product: asked.Get("product"), Kind: asked.Get("kind"),
		Limit: shown(asked.Get("n")),
	}
	l := s.language(lang)
	return l.answer(query, func() *page {
		found := l.index().Search(ctx, q)
		if missed != nil && ctx.Err() == nil {
			report(l.index(), q, found, missed)
		}
		return resultsPage(ctx, l, q, found)
	})
}

// report tells missed what a search did not find. Searches within a product or kind say nothing about the whole
// site, and a reader who asks for more results has searched before.
func report(index *search.Index, q search.Query, found search.Results, missed func(text string, partly bool)) {
	isResult := func(h search.Hit) bool { return !h.Fallback }
	switch {
	case found.TooShort || q.Product != "" || q.Kind != "" || q.Limit > search.PageHits:
	case !slices.ContainsFunc(found.Hits, isResult):
		missed(q.Text, false)
	case len(found.Missing) > 0:
		var known []string
		for _, mark := range index.Marks(found, q.Text) {
			known = append(known, q.Text[mark[0]:mark[1]])
		}
		missed(strings.Join(known, " "), true)
	}
}

// maxState is the maximum length of the path of a state below its checker, in bytes. It bounds the cost of
// suggestions for invalid answers.
const maxState = 2000

// State returns the page of the state that a path below a checker names, with answers in any order, and the
// canonical address of that page. The query of the request may have answers too, as a form sends them. Dates are
// counted from the days in it, on the day of asking. ok is false if the path names no state.
func (s *Site) State(lang, checker, path, query string, on civil.Date) (address string, f File, ok bool) {
	l, c := s.language(lang), s.checker(checker)
	asked, _ := url.ParseQuery(query)
	a, ok := c.read(path, asked, on)
	if !ok {
		return "", File{}, false
	}
	own, typed := l.path(c.steps(a)...), c.typed(a, asked, on)
	isPage := false
	if len(typed) == 0 {
		f, isPage = s.File(own)
	}
	if !isPage { // not among the pages made in advance
		f = l.answer(query, func() *page { return statePage(l, c, a, typed, on) })
	}
	return s.Link(own), f, true
}

// read returns the canonical answers given by a path below the checker and by a form.
func (c *checker) read(path string, asked url.Values, on civil.Date) (ruleset.Answers, bool) {
	var segments []string
	if path = strings.Trim(path, "/"); path != "" {
		segments = strings.Split(path, "/")
	}
	if len(path) > maxState {
		return ruleset.Answers{}, false
	}
	if len(segments) == 1 && segments[0] == openStep {
		segments = nil
	}
	a, err := c.ParsePath(c.current(segments), on)
	if err != nil {
		return a, false
	}
	if form, err := c.ParsePath(c.asked(a, asked, on), on); err == nil {
		a = form
	}
	return c.Canonical(a), true
}

// outcome returns the address of the page of a state and the id of its outcome. ok is false if it has none.
func (l *language) outcome(c *checker, path, query string, on civil.Date) (address, id string, ok bool) {
	asked, _ := url.ParseQuery(query)
	a, ok := c.read(path, asked, on)
	if !ok {
		return "", "", false
	}
	decided := c.in(l).Decide(a, nil, on).Outcome
	if decided == nil {
		return "", "", false
	}
	address = l.link(c.steps(a)...)
	if len(asked) > 0 {
		address += "?" + asked.Encode()
	}
	return address, decided.ID, true
}

// A Feedback is what a reader says about a page.
type Feedback struct {
	Page    string // path of the article, or id of the checker
	Section string // id of a section of the article or of the outcome of the checker; "" for none
	Answer  string // "yes", "no", or the reason for no
	Back    string // address of the page
}

// ReadFeedback reads what the form of a page in a language has sent. It returns false if the page has no such form
// or the answer is not one that the form offers. Dates are counted on the day on.
func ReadFeedback(s *Site, lang string, form url.Values, on civil.Date) (f Feedback, ok bool) {
	page, query, _ := strings.Cut(form.Get("page"), "?")
	steps, ok := strings.CutPrefix(page, lang+"/")
	f.Answer = form.Get("answer")
	if reason := form.Get("reason"); f.Answer == "no" && reason != "" {
		f.Answer = reason
		ok = ok && slices.Contains(feedbackReasons, reason)
	} else {
		ok = ok && (f.Answer == "yes" || f.Answer == "no")
	}
	if !ok {
		return f, false
	}
	checker, state, _ := strings.Cut(steps, "/")
	if s.checker(checker) != nil {
		f.Page = checker
		f.Back, f.Section, ok = s.language(lang).outcome(s.checker(checker), state, query, on)
		return f, ok
	}
	file, ok := s.File(page)
	a := s.Library.Shown(lang, file.Article)
	if f.Section = form.Get("section"); !ok || !strings.HasSuffix(page, "/") || a == nil ||
		f.Section != "" && a.Read().Section(f.Section) == nil {
		return f, false
	}
	f.Page, f.Back = file.Article, s.Link(page)
	return f, true
}

// current drops from segments those of cells that no longer exist.
func (c *checker) current(segments []string) []string {
	return slices.DeleteFunc(segments, func(segment string) bool {
		fact, value, _ := strings.Cut(segment, "=")
		f := c.Fact(fact)
		return f >= 0 && c.Facts[f].Spans(value)
	})
}

// asked returns the segments of some answers, plus those that a form sends for other facts and the numbers and days
// that were typed.
func (c *checker) asked(a ruleset.Answers, form url.Values, on civil.Date) []string {
	var more []string
	for f, fact := range c.Facts {
		values, ok := form[fact.ID]
		values = slices.DeleteFunc(values, func(value string) bool { return value == "" })
		_, exact := fact.Exact(strings.Join(values, ","), on)
		if ok && (a.At(f) == ruleset.Unanswered || exact) {
			a = a.With(f, ruleset.Unanswered)
			more = append(more, fact.ID+"="+strings.Join(values, ","))
		}
	}
	return append(c.Segments(a), more...)
}

// typed returns the numbers and days in a form that do not contradict the answers, and the values of its anchors.
func (c *checker) typed(a ruleset.Answers, form url.Values, on civil.Date) (typed ruleset.Typed) {
	for f, fact := range c.Facts {
		if text := form.Get(fact.ID); a.At(f) < 0 || c.Value(f, text, on) == a.At(f) {
			typed = fact.Note(typed, text, on)
		}
	}
	for _, anchor := range c.Anchors {
		if text := form.Get(anchor.ID); text != "" {
			typed = typed.With(anchor.ID, text)
		}
	}
	return typed
}

// Failure returns the page that readers of a language see after an internal error. It needs no template.
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

type notFoundView struct {
	Near []entry // articles that the address may mean
	Ask  *askView
}

// notFoundPage returns the page, in a language, for an address that does not exist.
func notFoundPage(l *language, near ...entry) *page {
	p := l.newPage("notfound")
	p.file, p.own = l.Tag+"/404.html", noLanguage
	p.Title, p.Description = l.Text("notfound.title"), l.Text("notfound.text")
	p.makeData = func() any { return notFoundView{near, l.firstQuestion()} }
	return p
}

const (
	maxSuggestions = 5
	maxAddress     = 200 // in bytes; nobody has typed or linked a longer one
)

// nearestPaths returns the articles that a reader may have looked for at an address that does not exist. First come
// those whose slug or name, in any language, is its last step, since articles move between products and categories;
// then those that a search for its words finds.
func (l *language) nearestPaths(ctx context.Context, address string) (paths []string) {
	if len(address) > maxAddress {
		return nil
	}
	slug := strings.TrimSuffix(path.Base(path.Clean("/"+address)), ".html")
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
		if l.site.Article(l.Tag, hit.Path) != nil && !hit.Fallback {
			add(hit.Path)
		}
	}
	return paths
}
