package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"
)

// router declares the addresses whose answers are made per request. Files, the API and the addresses for operators
// are looked up before (see handler.ServeHTTP), because going through mux makes a request a quarter more expensive.
func (h *handler) router() http.Handler {
	root := mux.NewRouter().UseEncodedPath().SkipClean(true)
	at := root.PathPrefix(h.site.Prefix()).Subrouter()
	at.Path("/").HandlerFunc(h.counted(rootRoute, h.chooseLanguage))
	for _, l := range h.site.Library.Site.Languages {
		at.Path("/"+l.Tag+"/search/").Queries("q", "").HandlerFunc(h.counted(searchRoute, h.searchResults(l.Tag)))
		for _, id := range h.site.Rules.IDs() {
			at.PathPrefix("/" + l.Tag + "/" + id + "/").HandlerFunc(h.counted(stateRoute, h.state(l.Tag, id)))
		}
	}
	root.NotFoundHandler = http.HandlerFunc(h.static)
	return root
}

// counted counts the requests of a route.
func (h *handler) counted(name string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h.count(w, name)
		next(w, r)
	}
}

// searchResults answers without script with what the page's script would find.
func (h *handler) searchResults(lang string) http.HandlerFunc {
	missed := h.missed(lang)
	return func(w http.ResponseWriter, r *http.Request) {
		h.file(w, r, h.site.SearchResults(r.Context(), lang, r.URL.RawQuery, missed), http.StatusOK)
	}
}

// spelling returns the status of a redirect from a path of answers to the canonical one. The redirect is permanent
// if the canonical path holds only answers that were given; others may come from a form or another version.
func spelling(path, canonical string) int {
	given := strings.Split(path, "/")
	for segment := range strings.SplitSeq(canonical, "/") {
		if !slices.Contains(given, segment) && segment != "" {
			return http.StatusSeeOther
		}
	}
	return http.StatusPermanentRedirect
}

// state answers below a checker's address with the states that are not files: those with a renewal date. It
// redirects other spellings of a state to the canonical one.
func (h *handler) state(lang, checker string) http.HandlerFunc {
	root := h.site.Link(lang + "/" + checker + "/")
	return func(w http.ResponseWriter, r *http.Request) {
		path, day := strings.TrimPrefix(r.URL.Path, root), h.site.Day(h.Now())
		switch address, f, ok := h.site.State(lang, checker, path, r.URL.RawQuery, day); {
		case !ok:
			h.static(w, r)
		case r.URL.Path != address:
			redirect(w, r, address, spelling(path, strings.TrimPrefix(address, root)))
		default:
			h.file(w, r, f, http.StatusOK)
		}
	}
}
