package server

import (
	"net/http"

	"github.com/gorilla/mux"

	"helpcenter/site/api"
)

// router declares every address that is not a file. The files themselves do not
// come here, and neither do addresses without variables, which a look-up finds
// (see handler.ServeHTTP): a request through mux costs a quarter more.
func (h *handler) router() http.Handler {
	root := mux.NewRouter().UseEncodedPath().SkipClean(true)
	at := root.PathPrefix(h.site.Prefix()).Subrouter()
	h.routeService()
	h.routeAPI(at)
	read := []string{http.MethodGet, http.MethodHead}
	at.Path("/").Methods(read...).HandlerFunc(h.counted("/", h.chooseLanguage))
	for _, l := range h.site.Library.Site.Languages {
		at.Path("/"+l.Tag+"/search/").Queries("q", "").Methods(read...).HandlerFunc(h.counted("/{lang}/search/", h.searchResults(l.Tag)))
		for _, id := range h.site.Rules.IDs() {
			at.PathPrefix("/" + l.Tag + "/" + id + "/").Methods(read...).HandlerFunc(h.counted("/{lang}/{checker}/", h.state(l.Tag, id)))
		}
	}
	root.NotFoundHandler = http.HandlerFunc(h.static)
	root.MethodNotAllowedHandler = http.HandlerFunc(h.static)
	return root
}

// routeService declares what those read who run the service.
func (h *handler) routeService() {
	h.route("/healthz", api.Only(health, http.MethodGet, http.MethodHead))
	h.route("/readyz", api.Only(h.Ready, http.MethodGet, http.MethodHead))
	h.route("/metrics", api.Only(h.Metrics.page().ServeHTTP, http.MethodGet, http.MethodHead))
}

// routeAPI declares the addresses of the API. What asks for one that it does not
// have is no look-up.
func (h *handler) routeAPI(at *mux.Router) {
	for path, pattern := range h.api.Patterns() {
		h.direct[path] = route{h.Metrics.route(pattern), h.api.ServeHTTP}
	}
	nothing := h.counted("/api/", h.api.ServeHTTP)
	at.Path("/api").HandlerFunc(nothing)
	at.PathPrefix("/api/").HandlerFunc(nothing)
}

// route declares an address without variables.
func (h *handler) route(path string, next http.HandlerFunc) {
	h.direct[h.site.Link(path[1:])] = route{h.Metrics.route(path), next}
}

// counted counts the requests of a route by its pattern.
func (h *handler) counted(pattern string, next http.HandlerFunc) http.HandlerFunc {
	m := h.Metrics.route(pattern)
	return func(w http.ResponseWriter, r *http.Request) {
		count(w, m)
		next(w, r)
	}
}
