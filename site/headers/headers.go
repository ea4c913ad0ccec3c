// Package headers holds the HTTP headers that a page relies on. A service sends
// them, and the site writes them into _headers for static hosts.
package headers

// Security returns what is sent with every response, names and values, by the policy
// of the pages. That is also a meta element of the pages, where frame-ancestors has no
// effect and is left out.
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

// Values of Cache-Control.
const (
	CacheForever    = "public, max-age=31536000, immutable" // for names that contain a hash
	CacheRevalidate = "no-cache"                            // for pages: stored, but revalidated
)
