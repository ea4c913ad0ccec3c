package api

import (
	"net/http"
	"slices"

	"helpcenter/site"
)

// crossOrigin is what pages of the listed origins are allowed (https://fetch.spec.whatwg.org/#http-cors-protocol).
// Credentials are not: the API knows nobody.
var crossOrigin = struct{ methods, exposed, age []string }{
	methods: []string{"GET, HEAD, POST"}, exposed: []string{"ETag, Retry-After"}, age: []string{"7200"},
}

// AllowOrigin adds to an answer what lets a page of an origin listed for the API read it.
// The page may send some headers, given as one list. AllowOrigin reports whether the
// request was the question of a browser whether it may ask, and is answered.
func AllowOrigin(s *site.Site, w http.ResponseWriter, r *http.Request, headers string) (answered bool) {
	origins := s.Library.Site.API.Origins
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
	head["Access-Control-Allow-Headers"] = []string{headers}
	head["Access-Control-Max-Age"] = crossOrigin.age
	w.WriteHeader(http.StatusNoContent)
	return true
}
