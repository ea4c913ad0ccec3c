package encoded

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"helpcenter/site/headers"
)

// PageHeaders returns the security headers of pages and files under a content security policy. Each of others
// replaces the header of the same name.
func PageHeaders(policy string, others ...[2]string) http.Header {
	return newHeaders(append(headers.Security(policy), others...)...)
}

// ServiceHeaders are the security headers of everything else that the service answers. Such answers load and frame
// nothing, so they need fewer headers.
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

// FileHeaders returns the headers of a file of a media type. An immutable file has a hash of its bytes in its name,
// so it may be cached forever.
func FileHeaders(mediaType string, immutable bool, offered []*Coding) http.Header {
	cache := headers.CacheRevalidate
	if immutable {
		cache = headers.CacheForever
	}
	last := [2]string{"Accept-Ranges", "bytes"} // ranges of compressed files work too, but nobody asks for them
	if len(offered) > 1 {
		last = [2]string{"Vary", "Accept-Encoding"}
	}
	if strings.HasPrefix(mediaType, "text/html") || strings.HasPrefix(mediaType, "text/markdown") {
		last[1] = "Accept, Accept-Encoding" // a page is sent as either one; see PrefersMarkdown
	}
	return newHeaders([2]string{"Content-Type", mediaType}, [2]string{"Cache-Control", cache}, last)
}

// SetHeaders sets headers of an answer, replacing those of the same name, except that it adds to Vary. All answers
// share the values, which must not be changed.
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
