package encoded

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"helpcenter/site/headers"
)

// PageHeaders returns the security headers of pages and files with a policy. Others
// replace those of the same name.
func PageHeaders(policy string, others ...[2]string) http.Header {
	return newHeaders(append(headers.Security(policy), others...)...)
}

// ServiceHeaders are the security headers of everything else that the service answers,
// which loads and frames nothing and so needs to forbid less.
var ServiceHeaders = newHeaders(
	[2]string{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
	[2]string{"X-Content-Type-Options", "nosniff"})

// newHeaders returns headers given as pairs of name and value.
func newHeaders(pairs ...[2]string) http.Header {
	h := http.Header{}
	for _, p := range pairs {
		h.Set(p[0], p[1])
	}
	return h
}

// FileHeaders returns the headers of a file of a media type. The name of an immutable
// file holds a hash of its bytes, so it may be cached for ever.
func FileHeaders(mediaType string, immutable bool, offered []*Coding) http.Header {
	cache := headers.CacheRevalidate
	if immutable {
		cache = headers.CacheForever
	}
	last := [2]string{"Accept-Ranges", "bytes"} // compressed files can be asked for in parts too, but nobody does
	if len(offered) > 1 {
		last = [2]string{"Vary", "Accept-Encoding"}
	}
	if strings.HasPrefix(mediaType, "text/html") || strings.HasPrefix(mediaType, "text/markdown") {
		last[1] = "Accept, Accept-Encoding" // a page is sent in either, see PrefersMarkdown
	}
	return newHeaders([2]string{"Content-Type", mediaType}, [2]string{"Cache-Control", cache}, last)
}

// SetHeaders sets headers of an answer. To Vary it adds. The values are shared by all
// answers that have them.
func SetHeaders(w http.ResponseWriter, set http.Header) {
	to := w.Header()
	vary := to["Vary"]
	maps.Copy(to, set)
	if vary != nil {
		to["Vary"] = slices.Concat(set["Vary"], vary)
	}
}

// ReadOnly reports whether a request is GET or HEAD.
func ReadOnly(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }
