package api

import (
	"net/http"
	"slices"
)

// crossOrigin is what pages of the listed origins are allowed (https://fetch.spec.whatwg.org/#http-cors-protocol).
// Credentials are not: the API knows nobody.
var crossOrigin = struct{ methods, headers, exposed, age []string }{
	methods: []string{"GET, HEAD, POST"}, headers: []string{"Content-Type"},
	exposed: []string{"ETag, Retry-After"}, age: []string{"7200"},
}

// allowOrigin adds to an answer what lets a page of a listed origin read it. It reports
// whether the request was the question of a browser whether it may ask, and is answered.
func (a *API) allowOrigin(w http.ResponseWriter, r *http.Request) (answered bool) {
	origins := a.site.Library.Site.API.Origins
	if len(origins) == 0 {
		return false
	}
	head := w.Header()
	head.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if !slices.Contains(origins, origin) {
		return false
	}
	head["Access-Control-Allow-Origin"] = []string{origin}
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		head["Access-Control-Expose-Headers"] = crossOrigin.exposed
		return false
	}
	head["Access-Control-Allow-Methods"] = crossOrigin.methods
	head["Access-Control-Allow-Headers"] = crossOrigin.headers
	head["Access-Control-Max-Age"] = crossOrigin.age
	w.WriteHeader(http.StatusNoContent)
	return true
}
