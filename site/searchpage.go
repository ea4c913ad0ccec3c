package site

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/search"
)

// A searchView is the data of the search page. It is published without results, which its script adds; a service
// adds them itself.
type searchView struct {
	Products  []option
	Kinds     []option
	Words     searchWords
	Status    string // number of results, corrections of the query, and words found nowhere
	Answer    *search.Answer
	Results   []resultView
	More      string         // address of the page with more results; "" if all are shown, or as many as may be
	Elsewhere []languageLink // other languages with results
	Offered   bool           // whether there are no results, so other help is offered
	Checkers  []checkerCard
	Needed    []entry
	Missed    bool // whether a service counts what is not found
}

// mostShown is the number of results that a search page may show. The page's script has the same one.
const mostShown = 50

// shown returns how many results a page shows whose address has n, the nearest number allowed.
func shown(n string) int {
	number, _ := strconv.Atoi(n) // of digits that are too many, the greatest number
	return min(max(number, search.PageHits), mostShown)
}

type option struct {
	ID, Name string
	Chosen   bool
}

// searchWords are messages for the script of the page, which fills in {n}, {to}, {from} and {words}.
type searchWords struct{ Total, First, Corrected, Missing, Shortened string }

// A resultView is a search result in which the words of the query are marked.
type resultView struct {
	Link                    string
	Title, Heading, Passage []span
}

// A span is a piece of text, which may be marked.
type span struct {
	Text   string
	Marked bool
}

// spans divides a text at its marks, which are byte offsets.
func spans(text string, marks [][2]int) []span {
	var list []span
	from := 0
	add := func(to int, marked bool) {
		if from < to {
			list = append(list, span{text[from:to], marked})
		}
		from = to
	}
	for _, m := range marks {
		add(m[0], false)
		add(m[1], true)
	}
	add(len(text), false)
	return list
}

// searchPage returns the page before a search.
func searchPage(l *language) *page {
	p, _ := searchPageFor(l, search.Query{})
	return p
}

// searchPageFor returns the search page with a query in its form, and its view.
func searchPageFor(l *language, q search.Query) (*page, *searchView) {
	v := &searchView{Checkers: l.checkerCards(""), Needed: l.entries(l.site.mostNeeded()), Missed: l.site.Feedback}
	v.Words.Total = l.Format("search.found", "Number", "{n}")
	v.Words.First = l.Format("search.first", "Number", "{n}")
	v.Words.Missing = l.Format("search.missing", "Words", "{words}")
	v.Words.Shortened = l.Text("search.shortened")
	v.Words.Corrected = l.Format("search.corrected", "To", "{to}", "From", "{from}")
	for _, p := range l.site.Library.Site.Products {
		if p.Group != "" { // the others stand for all products
			v.Products = append(v.Products, option{p.ID, p.Name[l.Tag], p.ID == q.Product})
		}
	}
	if len(v.Products) == 1 {
		v.Products = nil // nothing to choose
	}
	v.Kinds = l.kinds(q.Kind)
	p := l.newPage("search", "search")
	p.Title, p.Description, p.Crumbs = l.Text("search.title"), l.Text("search.description"), l.trail()
	p.Data, p.Query = v, q.Text
	return p, v
}

// kinds returns the kinds of articles to choose from, or none unless there are several.
func (l *language) kinds(chosen string) (list []option) {
	kinds := l.articleKinds()
	if len(kinds) < 2 {
		return nil
	}
	for _, k := range kinds {
		list = append(list, option{string(k), l.Text("search.kind." + string(k)), string(k) == chosen})
	}
	return list
}

// articleKinds returns the kinds of articles in a language.
func articleKinds(l *language) (kinds []article.Kind) {
	for _, k := range []article.Kind{article.KindArticle, article.KindGuide, article.KindVideo} {
		isOfKind := func(a *article.Article) bool { return a.Lang == l.Tag && a.Kind == k }
		if slices.ContainsFunc(l.site.Library.Articles, isOfKind) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// resultsPage returns the search page with the results of a query.
func resultsPage(ctx context.Context, l *language, q search.Query, found search.Results) *page {
	p, v := searchPageFor(l, q)
	index := l.index()
	switch {
	case found.TooShort:
		v.Status = l.Text("search.short")
		return p
	case found.Total == 0:
		v.Status, v.Offered = l.Text("search.none"), true
		v.Elsewhere = foundElsewhere(ctx, l, q)
	default:
		v.Status = l.Format("search.found", "Number", l.Number(found.Total))
	}
	if len(found.Hits) < found.Total {
		v.Status += " " + l.Format("search.first", "Number", l.Number(len(found.Hits)))
	}
	v.Answer = found.Answer
	for _, c := range found.Corrected {
		v.Status += " " + l.Format("search.corrected", "To", c.To, "From", c.From)
	}
	if len(found.Missing) > 0 && found.Total > 0 {
		v.Status += " " + l.Format("search.missing", "Words", strings.Join(found.Missing, ", "))
	}
	if found.Shortened {
		v.Status += " " + v.Words.Shortened
	}
	for _, hit := range found.Hits {
		mark := func(text string) []span { return spans(text, index.Marks(found, text)) }
		r := resultView{Link: hit.URL, Title: mark(hit.Title), Heading: mark(hit.Heading), Passage: mark(hit.Passage)}
		if hit.Section != "" {
			r.Link += "#" + hit.Section
		}
		v.Results = append(v.Results, r)
	}
	if len(found.Hits) < min(found.Total, mostShown) {
		v.More = moreLink(l, q)
	}
	return p
}

// moreLink returns the address of the search page with more results, at the first of them.
func moreLink(l *language, q search.Query) string {
	next := url.Values{"q": {q.Text}, "n": {strconv.Itoa(q.Limit + search.PageHits)}}
	if q.Product != "" {
		next.Set("product", q.Product)
	}
	if q.Kind != "" {
		next.Set("kind", q.Kind)
	}
	return fmt.Sprintf("%s?%s#r%d", l.link("search"), next.Encode(), q.Limit)
}

// foundElsewhere returns the other languages in which the query has results.
func foundElsewhere(ctx context.Context, l *language, q search.Query) []languageLink {
	var list []languageLink
	for _, other := range l.site.langs {
		if other != l && other.index().Search(ctx, q).Total > 0 {
			to := other.link("search") + "?" + url.Values{"q": {q.Text}}.Encode()
			list = append(list, languageLink{Tag: other.Tag, Name: other.Name, Link: to})
		}
	}
	return list
}
