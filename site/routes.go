package site

import (
	"net/http"

	"github.com/gorilla/mux"
)

// router declares every address that is not a file. The files themselves do not
// come here: see handler.ServeHTTP.
func (h *handler) router() http.Handler {
	root := mux.NewRouter().UseEncodedPath().SkipClean(true)
	read := []string{http.MethodGet, http.MethodHead}
	at := root.PathPrefix(h.site.prefix).Subrouter()
	at.Path("/").Methods(read...).HandlerFunc(h.chooseLanguage)
	for _, l := range h.site.langs {
		at.Path("/"+l.Tag+"/search/").Queries("q", "").Methods(read...).HandlerFunc(h.searchResults(l))
		for _, c := range h.site.checkers {
			at.PathPrefix("/" + l.Tag + "/" + c.id + "/").Methods(read...).HandlerFunc(h.state(l, c))
		}
	}
	root.NotFoundHandler = http.HandlerFunc(h.static)
	root.MethodNotAllowedHandler = http.HandlerFunc(h.static)
	return root
}
