package site

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// A failure is what a reader sees of a defect of the program: a plain page in
// the reader's language, made before anything can fail.

// The messages of that page.
const (
	failureTitle = "failure.title"
	failureText  = "failure.text"
)

func (s *Site) failurePage(l *language) []byte {
	text := func(id string) string { return html.EscapeString(l.Text(id)) }
	return fmt.Appendf(nil, `<!doctype html>
<html lang="%s">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>%s</title></head>
<body><main><h1>%[2]s</h1><p>%s</p><p><a href="%s">%s</a></p></main></body>
</html>
`, l.Tag, text(failureTitle), text(failureText), s.link(file(l.Tag)), text("home"))
}

// fail answers a request that a defect has ended, in the language of its address
// or else of the reader.
func (h *handler) fail(w http.ResponseWriter, r *http.Request) {
	maps.DeleteFunc(w.Header(), func(name string, _ []string) bool { return name != requestID })
	pageHeaders.set(w)
	h.stayEncrypted(w, r)
	if h.isAPI(r) {
		answerProblem(w, http.StatusInternalServerError, "the fault is not in the request; it has been noted")
		return
	}
	page := h.failures[h.spoken(r).Tag]
	w.Header().Set("Content-Type", pageType)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(http.StatusInternalServerError)
	w.Write(page)
}

func (h *handler) isAPI(r *http.Request) bool {
	name, _ := h.name(r)
	return strings.HasPrefix(name+"/", "api/")
}
