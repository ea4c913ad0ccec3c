package server

import (
	"net/http"
	"net/http/pprof"
	"strconv"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"helpcenter/site/api"
	"helpcenter/site/diag"
)

// operatorRoutes returns the addresses for operators that may be on the public port.
func operatorRoutes(m *metrics, ready http.HandlerFunc) map[string]http.HandlerFunc {
	read := func(next http.HandlerFunc) http.HandlerFunc { return api.Only(next, http.MethodGet, http.MethodHead) }
	numbers := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
	return map[string]http.HandlerFunc{
		"/healthz": read(health), "/readyz": read(ready), "/metrics": read(numbers.ServeHTTP),
	}
}

// adminHandler answers operators on an address of their own. There the path of the base URL does not matter, and
// profiles are available too.
func (s *Service) adminHandler() http.Handler {
	mux := http.NewServeMux()
	for path, serve := range operatorRoutes(s.metrics, s.ready) {
		mux.HandleFunc(path, serve)
	}
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// readiness is the answer of /readyz.
type readiness struct {
	Status   string   `json:"status"`   // ready or draining
	Findings []string `json:"findings"` // errors of the last reload, if it failed
}

// health answers that the program is running.
func health(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.Write([]byte("ok\n"))
}

// ready answers whether the service wants requests. A failed reload does not matter, since the previous site is
// served.
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

// alwaysReady is for handlers that neither reload nor drain.
func alwaysReady(w http.ResponseWriter, _ *http.Request) {
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
