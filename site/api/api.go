package api

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"helpcenter/site"
	"helpcenter/site/answer"
)

// An API answers below /api, as JSON, what the pages of the checkers answer to
// readers. It reads questions (question.go, batch.go), has the rules decide them
// (package answer) and sends replies (reply.go), or says what is wrong with the
// request (problem.go). /api/openapi.json describes it (openapi.go).
//
// It knows neither the server that it is part of nor what that counts. What it
// costs is bounded: a request is read up to its first [maxRefusals] faults, a
// batch has limits of its own (batch.go), and work ends when the client leaves.
type API struct {
	Options
	site     *site.Site
	routes   map[string]apiRoute // by path
	replies  Replies
	Batches  *semaphore.Weighted // held by each batch from its first byte to the last of its answer
	Deciding *semaphore.Weighted // held while a batch is judged and decided
}

// Options are what an API has from the server that it is part of.
type Options struct {
	Now     func() time.Time              // the clock
	Until   time.Time                     // when another version of the site begins; zero for never
	Reader  func(*http.Request) string    // the language of the site that the client prefers
	Decided func(checker, outcome string) // is told of each decision, "open" for one without outcome
}

// An apiRoute is an address by its pattern, and what answers it.
type apiRoute struct {
	pattern string
	http.HandlerFunc
}

// New returns the API of a site.
func New(s *site.Site, o Options) *API {
	a := &API{
		Options: o, site: s, routes: map[string]apiRoute{},
		Batches: semaphore.NewWeighted(maxBatches), Deciding: semaphore.NewWeighted(maxDeciding()),
	}
	get := func(next http.HandlerFunc) http.HandlerFunc { return Only(next, http.MethodGet, http.MethodHead) }
	a.route("/api/openapi.json", "", get(a.openAPI()))
	a.route("/api/v1/checkers", "", get(a.checkerList))
	for _, id := range s.Rules.IDs() {
		a.route("/api/v1/checkers/{checker}", id, get(a.checkerDetails(id)))
		a.route("/api/v1/checkers/{checker}/decision", id, get(a.decision(id)))
		a.route("/api/v1/checkers/{checker}/decisions", id, Only(a.decisions(id), http.MethodPost))
		a.route("/api/v1/checkers/{checker}/deadline.ics", id, get(a.deadline(id)))
	}
	return a
}

func (a *API) route(pattern, checker string, next http.HandlerFunc) {
	path := strings.Replace(pattern, "{checker}", checker, 1)
	a.routes[a.site.Link(path[1:])] = apiRoute{pattern, next}
}

// Patterns returns the pattern of each address that there is.
func (a *API) Patterns() map[string]string {
	patterns := map[string]string{}
	for path, route := range a.routes {
		patterns[path] = route.pattern
	}
	return patterns
}

// ServeHTTP answers any address at or below /api.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if route, ok := a.routes[r.URL.Path]; ok {
		route.HandlerFunc(w, r)
		return
	}
	a.notFound(w, r)
}

// Only answers requests by some methods, and tells others which they are.
func Only(next http.HandlerFunc, methods ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(methods, r.Method) {
			next(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(methods, ", "))
		AnswerProblem(w, http.StatusMethodNotAllowed, quotable(r.Method)+" is not possible at this address")
	}
}

// notFound answers where nothing is, or where the address names a checker that
// does not exist.
func (a *API) notFound(w http.ResponseWriter, r *http.Request) {
	rest, _ := strings.CutPrefix(r.URL.EscapedPath(), a.site.Link("api/v1/checkers/"))
	id, _, _ := strings.Cut(rest, "/")
	if id == "" || slices.Contains(a.site.Rules.IDs(), id) {
		about := a.site.Link("api/openapi.json")
		AnswerProblem(w, http.StatusNotFound, "there is nothing at this address; "+about+" tells what there is")
		return
	}
	f := field{"checker", id}
	refused := refuse(f, a.site.Rules.IDs(), fmt.Sprintf("there is no checker %q", quotable(id))).suggest(id)
	a.answerRefusals(w, http.StatusNotFound, refused.Detail, refused)
}

// ask reads a question about a checker, "" for none, from the query. Where it
// cannot it answers, and returns false.
func (a *API) ask(
	w http.ResponseWriter, r *http.Request, checker string, allowed []string, facts bool,
) (question, bool) {
	var buffer [maxFields]field
	fields, refused := readQuery(r.URL.RawQuery, buffer[:0])
	now := a.Now()
	q, more := a.read(checker, question{now: now, day: a.site.Day(now)}, fields, allowed, facts)
	if refused = append(refused, more...); len(refused) > 0 {
		a.answerRefused(w, refused)
		return q, false
	}
	if q.lang == "" {
		q.lang, q.negotiated = a.Reader(r), true
	}
	return q, true
}

// send sends a reply with what caches have to know.
func (a *API) send(w http.ResponseWriter, r *http.Request, q question, answer *Reply) {
	head := w.Header()
	head["Cache-Control"] = a.freshness(q, answer)
	head["Vary"] = varyEncoding
	if q.negotiated {
		head["Vary"] = varyLanguage
	}
	answer.ServeHTTP(w, r)
}

// brief is how long answers are fresh that change only when somebody changes the
// rules or the words.
const brief = 5 * time.Minute

var (
	cacheBriefly = cacheFor(brief)
	varyEncoding = []string{"Accept-Encoding"}
	varyLanguage = []string{"Accept-Encoding, Accept-Language"}
)

func cacheFor(d time.Duration) []string {
	return []string{"public, max-age=" + strconv.Itoa(max(0, int(d/time.Second))) + ", must-revalidate"}
}

// freshness returns the Cache-Control of a reply. On the day of the clock, dates
// hold until midnight, and the rules until the next version begins.
func (a *API) freshness(q question, answer *Reply) []string {
	if q.given {
		return cacheBriefly
	}
	fresh := brief
	if answer.dated {
		fresh = q.day.AddDays(1).Time(a.site.Library.Site.Location).Sub(q.now)
	}
	if !a.Until.IsZero() {
		fresh = min(fresh, a.Until.Sub(q.now))
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

// checkerDetails answers with what may be asked of a checker.
func (a *API) checkerDetails(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := a.ask(w, r, id, []string{answer.FieldLang, answer.FieldOn}, false); ok {
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

// decide returns the reply to a question, and tells the server of it.
func (a *API) decide(q question) *Reply {
	made := a.decided(q)
	a.Decided(q.set.ID, made.outcome)
	return made
}

func (a *API) decided(q question) *Reply {
	if !q.renewal.IsZero() || !q.set.InForce(q.day) {
		return a.newDecision(q)
	}
	key := Asked{q.set, q.lang, q.answers}
	made := a.replies.Get(key)
	if made == nil {
		made = a.newDecision(q)
		a.replies.Keep(key, made)
	}
	return made
}

func (a *API) newDecision(q question) *Reply {
	d := a.site.Checker(q.set, q.lang).Decide(q.answers, q.renewal, q.day)
	made := newReply(JSONType, Encode(d))
	made.dated, made.outcome = len(d.Dates) > 0, string(d.Status)
	if d.Outcome != nil {
		made.outcome = d.Outcome.ID
	}
	return made
}
