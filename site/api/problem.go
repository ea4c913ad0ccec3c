package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"helpcenter/site/diag"
)

// A problem says what is wrong with a request, as RFC 9457 has it. It is written
// for the person who wrote the request, so it is in English whatever the
// language of the request, and it names at once what is wrong, up to maxRefusals.
type problem struct {
	Type   string    `json:"type"`
	Title  string    `json:"title"`
	Status int       `json:"status"`
	Detail string    `json:"detail"`
	Errors []refusal `json:"errors,omitempty"`
}

// A refusal is one thing that is wrong: where, what was given, what is allowed.
type refusal struct {
	Pointer string   `json:"pointer,omitempty"` // in a body, as RFC 6901 has it; "" for a query
	Field   string   `json:"field"`
	Given   string   `json:"given"`
	Allowed []string `json:"allowed"`
	Detail  string   `json:"detail"`
}

// maxRefusals is how many refusals are looked for: a request with more is not
// read to its end.
const maxRefusals = 20

// maxQuoted is how much of what was given is repeated, in bytes. No allowed
// value is longer.
const maxQuoted = 100

// refuse returns a refusal of a field.
func refuse(f field, allowed []string, detail string) refusal {
	r := refusal{Field: quotable(f.name), Given: quotable(f.value), Allowed: allowed, Detail: detail}
	if r.Allowed == nil {
		r.Allowed = []string{}
	}
	return r
}

// suggest adds the allowed word that was probably meant.
func (r refusal) suggest(word string) refusal {
	if len(word) > maxQuoted {
		return r
	}
	if near := diag.Nearest(word, r.Allowed); near != "" {
		r.Detail += "; did you mean " + strconv.Quote(near) + "?"
	}
	return r
}

// quotable cuts a text to what is repeated of it.
func quotable(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	return strings.ToValidUTF8(s[:maxQuoted], "") + "…"
}

// pointer returns the JSON pointer that the steps make (RFC 6901).
func pointer(steps ...string) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(quotable(step)))
	}
	return b.String()
}

// AnswerProblem answers with a problem that no field of the request is the cause of.
func AnswerProblem(w http.ResponseWriter, status int, detail string) {
	problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}.answer(w)
}

func (p problem) answer(w http.ResponseWriter) {
	body := Encode(p)
	head := w.Header()
	head.Set("Content-Type", "application/problem+json")
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	w.Write(body)
}

// answerRefused answers a request whose fields are refused.
func (a *API) answerRefused(w http.ResponseWriter, refused []refusal) {
	detail := strconv.Itoa(len(refused)) + " of the values given cannot be taken"
	if len(refused) >= maxRefusals {
		refused = refused[:maxRefusals]
		detail = fmt.Sprintf("at least %d of the values given cannot be taken; these are the first", maxRefusals)
	}
	a.answerRefusals(w, http.StatusBadRequest, detail, refused...)
}

// answerRefusals answers with a problem of a type that is described with the API.
func (a *API) answerRefusals(w http.ResponseWriter, status int, detail string, refused ...refusal) {
	problem{
		Type:  a.site.Link("api/openapi.json") + "#/components/schemas/Problem",
		Title: "The request cannot be answered as it is", Status: status, Detail: detail, Errors: refused,
	}.answer(w)
}
