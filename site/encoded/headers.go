package encoded

import (
	"net/http"
	"slices"

	"helpcenter/site/headers"
)

// Headers are prepared once and shared by all answers that have them.
type Headers []preparedHeader

type preparedHeader struct {
	name  string
	value []string
}

// Security headers: of pages and files, and of everything else that the service
// answers, which loads and frames nothing and so needs to forbid less.
var (
	PageHeaders    = newHeaders(headers.Security...)
	ServiceHeaders = newHeaders(
		[2]string{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
		[2]string{"X-Content-Type-Options", "nosniff"})
)

// newHeaders prepares headers given as pairs of name and value.
func newHeaders(pairs ...[2]string) Headers {
	var h Headers
	for _, p := range pairs {
		h = append(h, preparedHeader{http.CanonicalHeaderKey(p[0]), []string{p[1]}})
	}
	return h
}

// FileHeaders returns the headers of a file of a media type. The name of an immutable
// file holds a hash of its bytes, so it may be cached for ever.
func FileHeaders(mediaType string, immutable bool, offered []*Coding) Headers {
	cache := headers.CacheRevalidate
	if immutable {
		cache = headers.CacheForever
	}
	last := [2]string{"Accept-Ranges", "bytes"} // compressed files can be asked for in parts too, but nobody does
	if len(offered) > 1 {
		last = [2]string{"Vary", "Accept-Encoding"}
	}
	return newHeaders([2]string{"Content-Type", mediaType}, [2]string{"Cache-Control", cache}, last)
}

// Set sets the headers of an answer. To Vary it adds.
func (h Headers) Set(w http.ResponseWriter) {
	to := w.Header()
	for _, each := range h {
		if each.name == "Vary" && to["Vary"] != nil {
			to["Vary"] = slices.Concat(each.value, to["Vary"])
			continue
		}
		to[each.name] = each.value
	}
}

// ReadOnly reports whether a request is GET or HEAD.
func ReadOnly(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }
