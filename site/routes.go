package site

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"
)

// router declares every address that is not a file. The files themselves do not
// come here, and neither do addresses without variables, which a look-up finds
// (see handler.ServeHTTP): a request through mux costs a quarter more.
func (h *handler) router() http.Handler {
	root := mux.NewRouter().UseEncodedPath().SkipClean(true)
	at := root.PathPrefix(h.site.prefix).Subrouter()
	h.routeService()
	h.routeAPI(at)
	read := []string{http.MethodGet, http.MethodHead}
	at.Path("/").Methods(read...).HandlerFunc(h.counted("/", h.chooseLanguage))
	for _, l := range h.site.langs {
		at.Path("/"+l.Tag+"/search/").Queries("q", "").Methods(read...).HandlerFunc(h.counted("/{lang}/search/", h.searchResults(l)))
		for _, c := range h.site.checkers {
			at.PathPrefix("/" + l.Tag + "/" + c.id + "/").Methods(read...).HandlerFunc(h.counted("/{lang}/{checker}/", h.state(l, c)))
		}
	}
	root.NotFoundHandler = http.HandlerFunc(h.static)
	root.MethodNotAllowedHandler = http.HandlerFunc(h.static)
	return root
}

// routeService declares what those read who run the service.
func (h *handler) routeService() {
	h.route("/healthz", "", h.only(health, http.MethodGet, http.MethodHead))
	h.route("/readyz", "", h.only(h.ready, http.MethodGet, http.MethodHead))
	h.route("/metrics", "", h.only(h.metrics.page().ServeHTTP, http.MethodGet, http.MethodHead))
}

// routeAPI declares the API. A checker is known by its id, so only what asks for
// one that there is not has a variable.
func (h *handler) routeAPI(at *mux.Router) {
	get := func(next http.HandlerFunc) http.HandlerFunc { return h.only(next, http.MethodGet, http.MethodHead) }
	h.route("/api/openapi.json", "", get(h.openAPI()))
	h.route("/api/v1/checkers", "", get(h.checkerList))
	for _, c := range h.site.checkers {
		h.route("/api/v1/checkers/{checker}", c.id, get(h.checkerDetails(c)))
		h.route("/api/v1/checkers/{checker}/decision", c.id, get(h.decision(c)))
		h.route("/api/v1/checkers/{checker}/decisions", c.id, h.only(h.decisions(c), http.MethodPost))
		h.route("/api/v1/checkers/{checker}/deadline.ics", c.id, get(h.deadline(c)))
	}
	at.PathPrefix("/api/v1/checkers/{checker}").HandlerFunc(h.counted("/api/", func(w http.ResponseWriter, r *http.Request) {
		h.noChecker(w, r, mux.Vars(r)["checker"])
	}))
	at.Path("/api").HandlerFunc(h.counted("/api/", h.noAddress))
	at.PathPrefix("/api/").HandlerFunc(h.counted("/api/", h.noAddress))
}

// route declares an address without variables, by its pattern and the checker
// that it is about.
func (h *handler) route(pattern, checker string, next http.HandlerFunc) {
	path := strings.Replace(pattern, "{checker}", checker, 1)
	h.direct[h.site.link(path[1:])] = route{h.metrics.route(pattern), next}
}

// only answers requests by some methods, and tells others which they are.
func (h *handler) only(next http.HandlerFunc, methods ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(methods, r.Method) {
			next(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(methods, ", "))
		h.answerProblem(w, http.StatusMethodNotAllowed, quotable(r.Method)+" is not possible at this address")
	}
}

// counted counts the requests of a route by its pattern.
func (h *handler) counted(pattern string, next http.HandlerFunc) http.HandlerFunc {
	m := h.metrics.route(pattern)
	return func(w http.ResponseWriter, r *http.Request) {
		count(w, m)
		next(w, r)
	}
}
