package site

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"helpcenter"
	"helpcenter/site/answer"
)

// The API under /api/v1/ answers what the checkers' pages answer, to programs.
// It reads questions (question.go, batch.go), has the rules decide them
// (package answer) and sends replies (reply.go) or says what is wrong with the
// request (problem.go). /api/openapi.json describes it (openapi.go).

// A checkerSummary is one checker among all.
type checkerSummary struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"` // of its page
}

// A checkerDescription is everything that may be asked and answered.
type checkerDescription struct {
	checkerSummary
	Version   string            `json:"version"`
	Lang      string            `json:"lang"`
	Facts     []factDescription `json:"facts"`    // in the order in which they are asked
	Outcomes  []answer.Outcome  `json:"outcomes"` // the highest first
	Deadlines []string          `json:"deadlines"`
}

type factDescription struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Question string             `json:"question"`
	Hint     string             `json:"hint"`
	Values   []valueDescription `json:"values"`
	FindOut  *answer.Citation   `json:"find_out"`
}

type valueDescription struct {
	answer.Value
	Hint string `json:"hint"`
}

func (s *Site) summary(c answer.Checker) checkerSummary {
	return checkerSummary{c.Set.ID, c.Message("title"), c.Message("description"), s.link(file(c.Lang, c.Set.ID))}
}

func (s *Site) describe(c answer.Checker) checkerDescription {
	out := checkerDescription{
		checkerSummary: s.summary(c), Version: c.Set.Version(), Lang: c.Lang,
		Facts: []factDescription{}, Outcomes: []answer.Outcome{}, Deadlines: []string{},
	}
	for f, fact := range c.Set.Facts {
		q := c.Question(f)
		about := factDescription{ID: fact.ID, Name: c.Message("fact." + fact.ID), Question: q.Question, Hint: q.Hint, FindOut: q.FindOut}
		for _, v := range q.Values {
			about.Values = append(about.Values, valueDescription{v, v.Hint})
		}
		out.Facts = append(out.Facts, about)
	}
	for o := range c.Set.Outcomes {
		out.Outcomes = append(out.Outcomes, c.Outcome(o))
	}
	for _, date := range deadlines(c.Set) {
		out.Deadlines = append(out.Deadlines, date.ID)
	}
	return out
}

// today is the day of asking of those who name none.
func (h *handler) today() helpcenter.Date { return h.site.Day(h.now()) }

// ask reads a question from the query. Where it cannot it answers, and returns
// false.
func (h *handler) ask(w http.ResponseWriter, r *http.Request, c *checker, allowed []string, facts bool) (question, bool) {
	var buffer [maxFields]field
	fields, refused := readQuery(r.URL.RawQuery, buffer[:0])
	now := h.now()
	q, more := h.read(c, question{now: now, day: h.site.Day(now)}, fields, allowed, facts)
	if refused = append(refused, more...); len(refused) > 0 {
		h.answerRefused(w, refused)
		return q, false
	}
	if q.lang == nil {
		q.lang, q.negotiated = h.reader(r), true
	}
	return q, true
}

// send sends a reply with what caches have to know.
func (h *handler) send(w http.ResponseWriter, r *http.Request, q question, a *reply) {
	head := w.Header()
	head["Cache-Control"] = h.freshness(q, a)
	head["Vary"] = varyEncoding
	if q.negotiated {
		head["Vary"] = varyLanguage
	}
	a.ServeHTTP(w, r)
}

// cacheBriefly is for answers that change only when somebody changes the rules
// or the words.
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
func (h *handler) freshness(q question, a *reply) []string {
	if q.given {
		return cacheBriefly
	}
	fresh := brief
	if a.dated {
		fresh = q.day.AddDays(1).Time(h.site.Library.Site.Location).Sub(q.now)
	}
	if !h.until.IsZero() {
		fresh = min(fresh, h.until.Sub(q.now))
	}
	if fresh == brief {
		return cacheBriefly
	}
	return cacheFor(fresh)
}

// checkerList answers with all checkers.
func (h *handler) checkerList(w http.ResponseWriter, r *http.Request) {
	q, ok := h.ask(w, r, nil, questionFields[:1], false)
	if !ok {
		return
	}
	list := struct {
		Lang     string           `json:"lang"`
		Checkers []checkerSummary `json:"checkers"`
	}{q.lang.Tag, []checkerSummary{}}
	for _, c := range h.site.checkers {
		list.Checkers = append(list.Checkers, h.site.summary(c.in(q.lang)))
	}
	h.send(w, r, q, newReply(jsonType, encode(list)))
}

// checkerDetails answers with what may be asked of a checker.
func (h *handler) checkerDetails(c *checker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := h.ask(w, r, c, []string{fieldLang, fieldOn}, false); ok {
			h.send(w, r, q, newReply(jsonType, encode(h.site.describe(h.site.Checker(q.set, q.lang.Tag)))))
		}
	}
}

// decision answers with a decision on the facts in the query.
func (h *handler) decision(c *checker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := h.ask(w, r, c, questionFields, true); ok {
			h.send(w, r, q, h.decide(q))
		}
	}
}

// decide returns the reply to a question, and counts it.
func (h *handler) decide(q question) *reply {
	a := h.decided(q)
	a.count.Inc()
	return a
}

func (h *handler) decided(q question) *reply {
	if !q.renewal.IsZero() {
		return h.newDecision(q)
	}
	key := asked{q.set, q.lang, q.answers}
	a := h.replies.get(key)
	if a == nil {
		a = h.newDecision(q)
		h.replies.keep(key, a)
	}
	return a
}

func (h *handler) newDecision(q question) *reply {
	d := h.site.Checker(q.set, q.lang.Tag).Decide(q.answers, q.renewal, q.day)
	outcome := string(answer.Open)
	if d.Outcome != nil {
		outcome = d.Outcome.ID
	}
	a := newReply(jsonType, encode(d))
	a.dated, a.count = len(d.Dates) > 0, h.metrics.decisions.WithLabelValues(d.Checker, outcome)
	return a
}

// decisions answers with a decision on each question of a batch, in order. What
// the query says of language and days holds for the questions that do not.
func (h *handler) decisions(c *checker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := h.ask(w, r, c, questionFields, false)
		if !ok {
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBatchSize))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			h.answerProblem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a batch has at most %d bytes", maxBatchSize))
			return
		case err != nil:
			h.answerProblem(w, http.StatusBadRequest, "the body ended before it was complete")
			return
		}
		questions, refused := h.readQuestions(c, q, body)
		if len(refused) > 0 {
			h.answerRefused(w, refused)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		w.Header()["Vary"] = varyEncoding
		h.decideAll(questions).ServeHTTP(w, r)
	}
}

// readQuestions reads the questions of a batch.
func (h *handler) readQuestions(c *checker, common question, body []byte) (list []question, refused []refusal) {
	items, refused := readBatch(body)
	for i, fields := range items {
		q, wrong := h.read(c, common, fields, questionFields, true)
		for _, r := range wrong {
			r.Pointer = pointer(strconv.Itoa(i), r.Field)
			refused = append(refused, r)
		}
		list = append(list, q)
	}
	return list, refused
}

// decideAll returns the decisions as one JSON array.
func (h *handler) decideAll(list []question) *reply {
	body := []byte("[")
	for i, q := range list {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, h.decide(q).plain()...)
	}
	return newReply(jsonType, append(body, "]\n"...))
}

// noChecker answers where the address names a checker that there is not.
func (h *handler) noChecker(w http.ResponseWriter, r *http.Request, id string) {
	if h.site.checker(id) != nil {
		h.noAddress(w, r)
		return
	}
	f := field{"checker", id}
	refused := refuse(f, h.site.Rules.IDs(), fmt.Sprintf("there is no checker %q", quotable(id))).suggest(id)
	h.answerProblem(w, http.StatusNotFound, refused.Detail, refused)
}

// noAddress answers below /api where nothing is.
func (h *handler) noAddress(w http.ResponseWriter, r *http.Request) {
	h.answerProblem(w, http.StatusNotFound, "there is nothing at this address; "+h.site.link("api/openapi.json")+" tells what there is")
}
