package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"helpcenter/site/diag"
)

// A problem says what is wrong with a request (RFC 9457), with up to maxRefusals errors. It is in English whatever
// the language of the request, since programmers read it.
type problem struct {
	Type   string    `json:"type"`
	Title  string    `json:"title"`
	Status int       `json:"status"`
	Detail string    `json:"detail"`
	Errors []refusal `json:"errors,omitempty"`
}

// A refusal is one error in a request: where it is, what was given, and what is allowed.
type refusal struct {
	Pointer string   `json:"pointer,omitempty"` // in a body (RFC 6901); "" for a query
	Field   string   `json:"field"`
	Given   string   `json:"given"`
	Allowed []string `json:"allowed"`
	Detail  string   `json:"detail"`
}

// maxRefusals is how many errors are collected before reading stops.
const maxRefusals = 20

// maxQuoted is how many bytes of a given value are quoted. No allowed value is longer.
const maxQuoted = 100

func refuse(f field, allowed []string, detail string) refusal {
	r := refusal{Field: quotable(f.name), Given: quotable(f.value), Allowed: allowed, Detail: detail}
	if r.Allowed == nil {
		r.Allowed = []string{}
	}
	return r
}

// suggest adds the allowed value that was probably meant.
func (r refusal) suggest(word string) refusal {
	if len(word) > maxQuoted {
		return r
	}
	if near := diag.Nearest(word, r.Allowed); near != "" {
		r.Detail += "; did you mean " + strconv.Quote(near) + "?"
	}
	return r
}

// quotable shortens a text to maxQuoted bytes.
func quotable(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	return strings.ToValidUTF8(s[:maxQuoted], "") + "…"
}

// pointer returns the JSON pointer of the steps (RFC 6901).
func pointer(steps ...string) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(quotable(step)))
	}
	return b.String()
}

// AnswerProblem answers with a problem that no single field caused.
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

func (a *API) answerRefused(w http.ResponseWriter, refused []refusal) {
	detail := strconv.Itoa(len(refused)) + " invalid parameters"
	if len(refused) == 1 {
		detail = "1 invalid parameter"
	}
	if len(refused) >= maxRefusals {
		refused = refused[:maxRefusals]
		detail = fmt.Sprintf("at least %d invalid parameters; these are the first", maxRefusals)
	}
	a.answerRefusals(w, http.StatusBadRequest, detail, refused...)
}

// answerRefusals answers with a problem of the type that the API describes.
func (a *API) answerRefusals(w http.ResponseWriter, status int, detail string, refused ...refusal) {
	problem{
		Type:  a.site.Link("api/openapi.json") + "#/components/schemas/Problem",
		Title: "Invalid request", Status: status, Detail: detail, Errors: refused,
	}.answer(w)
}
