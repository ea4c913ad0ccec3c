package api

import (
	"net/http"
	"slices"

	"helpcenter/site"
)

// crossOrigin is what pages of the listed origins may do (https://fetch.spec.whatwg.org/#http-cors-protocol). They
// may not send credentials: the API has no users.
var crossOrigin = struct{ methods, exposed, age []string }{
	methods: []string{"GET, HEAD, POST"}, exposed: []string{"ETag, Retry-After"}, age: []string{"7200"},
}

// AllowOrigin lets a page read the answer if the page's origin is listed for the API. The page may send the given
// headers, a comma-separated list. AllowOrigin reports whether the request was a CORS preflight, which it answers.
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
