package encoded

import (
	"net/http"

	"helpcenter/site/headers"
)

// Headers are what is sent with every answer of a kind. Their values are made
// once, in the form that net/http wants, and shared by all answers.
type Headers []header

type header struct {
	name  string
	value []string
}

var (
	PageHeaders = prepare(headers.Security)

	// What is no page loads nothing and frames nothing, so it needs to forbid less.
	DataHeaders = prepare([][2]string{
		{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
	})
)

func prepare(pairs [][2]string) Headers {
	var h Headers
	for _, p := range pairs {
		h = append(h, header{http.CanonicalHeaderKey(p[0]), []string{p[1]}})
	}
	return h
}

func (h Headers) Set(w http.ResponseWriter) {
	to := w.Header()
	for _, each := range h {
		to[each.name] = each.value
	}
}

func ReadOnly(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }
