package api

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/ruleset"
	"helpcenter/site/search"
)

// How many items are listed by default, and at most.
const (
	someFound, mostFound   = 30, 100
	someListed, mostListed = 500, 500
)

// The fields of requests for articles.
const (
	fieldQuery   = "q"
	fieldProduct = "product"
	fieldLimit   = "limit"
	fieldAfter   = "after"
)

// parameters holds the fields of a query by name, and the errors in them.
type parameters struct {
	given   map[string]string
	refused []refusal
}

// readParameters reads the language and the fields with these names. If there is any other field or error, it
// answers with the errors and returns false.
func (a *API) readParameters(w http.ResponseWriter, r *http.Request, names ...string) (question, parameters, bool) {
	q, ok := a.ask(w, r, "", append(names, ruleset.FieldLang), false)
	p := parameters{given: map[string]string{}}
	if ok {
		fields, _ := readQuery(r.URL.RawQuery, nil)
		for _, f := range fields {
			p.given[f.name] = f.value
		}
	}
	return q, p, ok
}

// limit returns how many items to list.
func (p *parameters) limit(some, most int) int {
	text, ok := p.given[fieldLimit]
	if !ok {
		return some
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		allowed := []string{fmt.Sprintf("1 to %d", most)}
		p.refuse(refuse(field{fieldLimit, text}, allowed, fmt.Sprintf("invalid number %q", quotable(text))))
	}
	return n
}

func (p *parameters) refuse(r refusal) { p.refused = append(p.refused, r) }

// searchResults is the answer to a search.
type searchResults struct {
	Lang      string       `json:"lang"`
	Total     int          `json:"total"`  // of documents found; Results has the first of them
	Answer    *ruled       `json:"answer"` // what the rules say, if the query asks for it; else nil
	Results   []site.Found `json:"results"`
	Corrected []correction `json:"corrected"`
	Missing   []string     `json:"missing"`   // words found nowhere
	Shortened bool         `json:"shortened"` // whether only the beginning of a long query was looked up
}

// A ruled is what the rules say about a product that a query names.
type ruled struct {
	Checker string `json:"checker"`
	Product string `json:"product"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	URL     string `json:"url"` // of the checker with the product answered
}

// A correction is a word of the query that was found nowhere, and the word searched for instead.
type correction struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// search answers with what the search page finds.
func (a *API) search(w http.ResponseWriter, r *http.Request) {
	q, p, ok := a.readParameters(w, r, fieldQuery, fieldProduct, fieldLimit)
	if !ok {
		return
	}
	asked := search.Query{Text: p.given[fieldQuery], Limit: p.limit(someFound, mostFound)}
	if id, ok := p.given[fieldProduct]; ok {
		asked.Product = id
		if ids := a.site.Library.Site.ProductIDs(); !slices.Contains(ids, id) {
			detail := fmt.Sprintf("invalid value %q for %q", quotable(id), fieldProduct)
			p.refuse(refuse(field{fieldProduct, id}, ids, detail).suggest(id))
		}
	}
	if len(p.refused) > 0 {
		a.answerRefused(w, p.refused)
		return
	}
	found, _ := a.site.Search(r.Context(), q.lang, asked)
	if found.TooShort {
		f := field{fieldQuery, asked.Text}
		a.answerRefused(w, []refusal{refuse(f, []string{"2 characters or more"}, "the query is too short")})
		return
	}
	if r.Context().Err() != nil {
		return
	}
	list := searchResults{
		Lang: q.lang, Total: found.Total, Results: site.FoundIn(a.site.Library, q.lang, found),
		Corrected: []correction{}, Missing: append([]string{}, found.Missing...), Shortened: found.Shortened,
	}
	if says := found.Answer; says != nil {
		list.Answer = &ruled{says.Checker, says.Product, says.Title, says.Text, says.URL}
	}
	for _, c := range found.Corrected {
		list.Corrected = append(list.Corrected, correction(c))
	}
	a.send(w, r, q, newReply(JSONType, Encode(list)))
}

// articles answers with a list of articles in the order of their paths.
func (a *API) articles(w http.ResponseWriter, r *http.Request) {
	q, p, ok := a.readParameters(w, r, fieldAfter, fieldLimit)
	if !ok {
		return
	}
	limit := p.limit(someListed, mostListed)
	if len(p.refused) > 0 {
		a.answerRefused(w, p.refused)
		return
	}
	list := struct {
		Lang     string         `json:"lang"`
		Total    int            `json:"total"`
		Articles []site.Summary `json:"articles"`
		Next     *string        `json:"next"` // the path after which the list continues; nil at its end
	}{Lang: q.lang, Articles: []site.Summary{}}
	more, total := site.Summaries(a.site, q.lang, p.given[fieldAfter], limit+1)
	if len(more) > limit {
		more = more[:limit]
		list.Next = &more[limit-1].Path
	}
	list.Articles, list.Total = append(list.Articles, more...), total
	a.send(w, r, q, newReply(JSONType, Encode(list)))
}

// article answers with one article.
func (a *API) article(w http.ResponseWriter, r *http.Request) {
	q, _, ok := a.readParameters(w, r)
	if !ok {
		return
	}
	path := strings.TrimPrefix(r.URL.Path, a.folder)
	text, near := site.Read(r.Context(), a.site, q.lang, path)
	if text.Path == "" {
		f := field{"path", path}
		detail := fmt.Sprintf("no article %q; %s lists all", quotable(path), a.site.Link("api/v1/articles"))
		a.answerRefusals(w, http.StatusNotFound, detail, refuse(f, near, detail))
		return
	}
	a.send(w, r, q, newReply(JSONType, Encode(text)))
}

// explanation answers with a decision and how each rule fares.
func (a *API) explanation(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := a.ask(w, r, id, questionFields, true)
		if !ok {
			return
		}
		words := a.site.Checker(q.set, q.lang)
		answer := struct {
			Decision answer.Decision `json:"decision"`
			Rules    []answer.Trace  `json:"rules"`
		}{words.Decide(q.answers, q.typed, q.day), []answer.Trace{}}
		if q.set.InForce(q.day) {
			answer.Rules = words.With(q.answers, q.typed, q.day).Trace()
		}
		made := newReply(JSONType, Encode(answer))
		made.dated = len(answer.Decision.Dates) > 0
		a.send(w, r, q, made)
	}
}
