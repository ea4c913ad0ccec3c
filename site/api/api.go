// Package api answers, below /api and as JSON, the questions that the pages of the checkers answer for readers. It
// reads questions (question.go, batch.go), has the rules decide them (package answer), and sends replies (reply.go)
// or says what is wrong with the request (problem.go). /api/openapi.json describes it (openapi.go).
//
//	a := api.New(s, api.Options{Now: time.Now, Reader: language, Decided: count})
//	http.Handle("/api/", a)
//
// It does not depend on the server around it. Its cost is bounded: a request is read only up to its first
// [maxRefusals] errors, a batch has limits of its own (batch.go), and work stops when the client leaves.
package api

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/golang-lru/v2"

	"helpcenter/site"
	"helpcenter/site/encoded"
	"helpcenter/site/ruleset"
)

// An API is the handler of all addresses at and below /api.
type API struct {
	options  Options
	site     *site.Site
	routes   map[string]apiRoute // by path
	folder   string              // the folder of articles, which share one route
	replies  *lru.Cache[replyKey, *reply]
	batches  chan struct{} // holds one token per batch, from its first byte to the last of its answer
	deciding chan struct{} // holds one token per batch being read and decided
}

// Options connect an API to the server around it. All functions are required.
type Options struct {
	Now     func() time.Time              // the clock
	Until   time.Time                     // when the site changes by itself; zero for never
	Reader  func(*http.Request) string    // the language of the site that the client prefers
	Decided func(checker, outcome string) // called for each decision; outcome is "open" if there is none
}

// An apiRoute is the handler of an address, and the pattern under which it is counted.
type apiRoute struct {
	pattern string
	http.HandlerFunc
}

// New returns the API of a site.
func New(s *site.Site, o Options) *API {
	a := &API{
		options: o, site: s, routes: map[string]apiRoute{}, folder: s.Link("api/v1/articles/"),
		batches: make(chan struct{}, maxBatches), deciding: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
	}
	a.replies, _ = lru.New[replyKey, *reply](maxReplies) // fails only for a size below one
	get := func(next http.HandlerFunc) http.HandlerFunc { return Only(next, http.MethodGet, http.MethodHead) }
	a.route("/api/openapi.json", "", get(a.openAPI()))
	a.route("/api/v1/search", "", get(a.search))
	a.route("/api/v1/articles", "", get(a.articles))
	a.route("/api/v1/articles/{path}", "", get(a.article))
	a.route("/api/v1/checkers", "", get(a.checkerList))
	for _, id := range s.Rules.IDs() {
		a.route("/api/v1/checkers/{checker}", id, get(a.checkerDetails(id)))
		a.route("/api/v1/checkers/{checker}/decision", id, get(a.decision(id)))
		a.route("/api/v1/checkers/{checker}/explanation", id, get(a.explanation(id)))
		a.route("/api/v1/checkers/{checker}/decisions", id, Only(a.decisions(id), http.MethodPost))
		a.route("/api/v1/checkers/{checker}/deadline.ics", id, get(a.deadline(id)))
	}
	return a
}

func (a *API) route(pattern, checker string, next http.HandlerFunc) {
	path := strings.Replace(pattern, "{checker}", checker, 1)
	a.routes[a.site.Link(path[1:])] = apiRoute{pattern, next}
}

// find returns the route of a path.
func (a *API) find(path string) (apiRoute, bool) {
	route, ok := a.routes[path]
	if !ok && strings.HasPrefix(path, a.folder) {
		route, ok = a.routes[a.folder+"{path}"]
	}
	return route, ok
}

// Pattern returns the pattern of a path, such as /api/v1/checkers/{checker}/decision, or "" if the path is unknown.
func (a *API) Pattern(path string) string {
	route, _ := a.find(path)
	return route.pattern
}

// Patterns returns all patterns.
func (a *API) Patterns() map[string]bool {
	patterns := map[string]bool{}
	for _, route := range a.routes {
		patterns[route.pattern] = true
	}
	return patterns
}

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if AllowOrigin(a.site, w, r, "Content-Type") {
		return
	}
	if route, ok := a.find(r.URL.Path); ok {
		route.HandlerFunc(w, r)
		return
	}
	a.notFound(w, r)
}

// Only restricts a handler to some methods. It answers any other with status 405.
func Only(next http.HandlerFunc, methods ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(methods, r.Method) {
			next(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(methods, ", "))
		AnswerProblem(w, http.StatusMethodNotAllowed, quotable(r.Method)+" is not allowed at this address")
	}
}

// notFound answers an unknown address. If the address names an unknown checker, the answer lists the known ones.
func (a *API) notFound(w http.ResponseWriter, r *http.Request) {
	rest, _ := strings.CutPrefix(r.URL.EscapedPath(), a.site.Link("api/v1/checkers/"))
	id, _, _ := strings.Cut(rest, "/")
	if id == "" || slices.Contains(a.site.Rules.IDs(), id) {
		about := a.site.Link("api/openapi.json")
		AnswerProblem(w, http.StatusNotFound, "nothing is at this address; "+about+" lists the addresses")
		return
	}
	f := field{"checker", id}
	refused := refuse(f, a.site.Rules.IDs(), fmt.Sprintf("unknown checker %q", quotable(id))).suggest(id)
	a.answerRefusals(w, http.StatusNotFound, refused.Detail, refused)
}

// ask reads a question about a checker, or about none if checker is "", from the query. If the query is invalid,
// ask answers with the errors and returns false.
func (a *API) ask(
	w http.ResponseWriter, r *http.Request, checker string, allowed []string, facts bool,
) (question, bool) {
	var buffer [maxFields]field
	fields, refused := readQuery(r.URL.RawQuery, buffer[:0])
	now := a.options.Now()
	q, more := a.read(checker, question{now: now, day: a.site.Day(now)}, fields, allowed, facts)
	if refused = append(refused, more...); len(refused) > 0 {
		a.answerRefused(w, refused)
		return q, false
	}
	if q.lang == "" {
		q.lang, q.negotiated = a.options.Reader(r), true
	}
	return q, true
}

// send sends a reply with the headers for caches.
func (a *API) send(w http.ResponseWriter, r *http.Request, q question, answer *reply) {
	w.Header()["Cache-Control"] = a.freshness(q, answer)
	if q.negotiated {
		encoded.SetHeaders(w, byLanguage)
	}
	answer.ServeHTTP(w, r)
}

// brief is how long an answer is fresh if it changes only with the rules or the words.
const brief = 5 * time.Minute

var (
	cacheBriefly = cacheFor(brief)
	byLanguage   = http.Header{"Vary": {"Accept-Language"}}
)

func cacheFor(d time.Duration) []string {
	return []string{"public, max-age=" + strconv.Itoa(max(0, int(d/time.Second))) + ", must-revalidate"}
}

// freshness returns the Cache-Control of a reply. Unless the day of asking was given, dates hold until midnight,
// and the rules until the next version begins.
func (a *API) freshness(q question, answer *reply) []string {
	if q.given {
		return cacheBriefly
	}
	fresh := brief
	if answer.dated {
		fresh = q.day.AddDays(1).Time(a.site.Library.Site.Location).Sub(q.now)
	}
	if !a.options.Until.IsZero() {
		fresh = min(fresh, a.options.Until.Sub(q.now))
	}
	if fresh == brief {
		return cacheBriefly
	}
	return cacheFor(fresh)
}

// checkerList answers with all checkers.
func (a *API) checkerList(w http.ResponseWriter, r *http.Request) {
	q, ok := a.ask(w, r, "", questionFields[:1], false)
	if !ok {
		return
	}
	list := struct {
		Lang     string           `json:"lang"`
		Checkers []checkerSummary `json:"checkers"`
	}{q.lang, []checkerSummary{}}
	for _, id := range a.site.Rules.IDs() {
		list.Checkers = append(list.Checkers, a.summary(id, q.lang))
	}
	a.send(w, r, q, newReply(JSONType, Encode(list)))
}

// checkerDetails answers with the facts of a checker and their values.
func (a *API) checkerDetails(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := a.ask(w, r, id, []string{ruleset.FieldLang, ruleset.FieldOn}, false); ok {
			a.send(w, r, q, newReply(JSONType, Encode(a.describe(q))))
		}
	}
}

// decision answers with a decision on the facts in the query.
func (a *API) decision(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := a.ask(w, r, id, questionFields, true); ok {
			a.send(w, r, q, a.decide(q))
		}
	}
}

// decide returns the reply to a question. It caches replies by rules in force for which nothing was typed.
func (a *API) decide(q question) (made *reply) {
	key := replyKey{q.set, q.lang, q.answers}
	cached := len(q.typed) == 0 && q.set.InForce(q.day)
	if cached {
		made, _ = a.replies.Get(key)
	}
	if made == nil {
		made = a.newDecision(q)
		if cached {
			a.replies.Add(key, made)
		}
	}
	a.options.Decided(q.set.ID, made.outcome)
	return made
}

func (a *API) newDecision(q question) *reply {
	d := a.site.Checker(q.set, q.lang).Decide(q.answers, q.typed, q.day)
	made := newReply(JSONType, Encode(d))
	made.dated, made.outcome = len(d.Dates) > 0, string(d.Status)
	if d.Outcome != nil {
		made.outcome = d.Outcome.ID
	}
	return made
}
