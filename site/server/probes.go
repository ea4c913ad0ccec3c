package server

import (
	"net/http"
	"strconv"

	"helpcenter/site/api"
	"helpcenter/site/diag"
)

// readiness is the answer of /readyz.
type readiness struct {
	Status   string   `json:"status"`   // ready or draining
	Findings []string `json:"findings"` // why the last reload failed, if it did
}

// health answers that the program runs.
func health(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.Write([]byte("ok\n"))
}

// ready answers whether requests are welcome. They are after a reload that
// failed, too: the last good site is shown.
func (s *Service) ready(w http.ResponseWriter, _ *http.Request) {
	a := readiness{Status: "ready", Findings: []string{}}
	if s.draining.Load() {
		a.Status = "draining"
	}
	if found := s.findings.Load(); found != nil {
		for _, f := range *found {
			if f.Severity == diag.Error {
				a.Findings = append(a.Findings, f.String())
			}
		}
	}
	answerReady(w, a)
}

// AlwaysReady answers where nothing is reloaded or drained.
func AlwaysReady(w http.ResponseWriter, _ *http.Request) {
	answerReady(w, readiness{Status: "ready", Findings: []string{}})
}

func answerReady(w http.ResponseWriter, a readiness) {
	body, h := api.Encode(a), w.Header()
	h.Set("Content-Type", api.JSONType)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if a.Status != "ready" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	w.Write(body)
}
