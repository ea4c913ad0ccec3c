// Package headers holds the HTTP headers that pages rely on. A service sends them, and the site writes them to
// _headers for static hosts.
package headers

import "strings"

// Security returns the headers of every response as pairs of name and value, given the content security policy of
// the pages. Pages repeat that policy in a meta element, without frame-ancestors, which has no effect there.
func Security(policy string) [][2]string {
	return [][2]string{
		{"Content-Security-Policy", policy + "; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
	}
}

// Framed returns the headers of pages that other sites may frame, as far as they differ from [Security].
func Framed(policy string, ancestors []string) [][2]string {
	return [][2]string{
		{"Content-Security-Policy", policy + "; frame-ancestors " + strings.Join(ancestors, " ")},
		CrossOrigin,
	}
}

// CrossOrigin lets other sites load a file.
var CrossOrigin = [2]string{"Cross-Origin-Resource-Policy", "cross-origin"}

// Values of Cache-Control.
const (
	CacheForever    = "public, max-age=31536000, immutable" // for names that contain a hash
	CacheRevalidate = "no-cache"                            // for pages: stored, but revalidated
)
