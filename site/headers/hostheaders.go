package headers

// ContentSecurityPolicy allows what the pages use and nothing else. It is sent
// as a header; frame-ancestors is left out of the pages' own copy, where it has
// no effect.
const (
	ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'"
	frameAncestors = "; frame-ancestors 'none'"
)

// Security are sent with every answer; static hosts read them in _headers.
var Security = [][2]string{
	{"Content-Security-Policy", ContentSecurityPolicy + frameAncestors},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "strict-origin-when-cross-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
}

const (
	CacheForever    = "public, max-age=31536000, immutable" // for names that hold a hash
	CacheRevalidate = "no-cache"                            // for pages: kept, but asked for again
)
