package encoded

import (
	"strconv"
	"strings"
)

// Negotiate returns the offered coding with the greatest weight in the values of Accept-Encoding (RFC 9110,
// 12.5.3), and the first of those with equal weight. If none is accepted, or there is no header, it returns the
// last one offered.
func Negotiate(accept []string, offered []*Coding) *Coding {
	best, weight := offered[len(offered)-1], 0.0
	if len(accept) == 0 {
		return best
	}
	for _, c := range offered {
		if q := codingWeight(accept, c); q > weight {
			best, weight = c, q
		}
	}
	return best
}

// identityWeight is the weight of no coding if the header does not name it: it may be sent, but anything named is
// preferred.
const identityWeight = 0.0001

func codingWeight(accept []string, c *Coding) float64 {
	if c != nil {
		q, _ := weight(accept, c.name, "*")
		return q
	}
	if q, ok := weight(accept, "identity", "*"); ok {
		return q
	}
	return identityWeight
}

// PrefersMarkdown reports whether the values of Accept name Markdown with a weight not below that of HTML (RFC
// 9110, 12.5.1).
func PrefersMarkdown(accept []string) bool {
	markdown, _ := weight(accept, "text/markdown")
	if markdown == 0 {
		return false
	}
	html, _ := weight(accept, "text/html", "text/*", "*/*")
	return markdown >= html
}

// weight returns the weight that the values of a header give to the first of names found among them.
func weight(values []string, names ...string) (q float64, ok bool) {
	for _, name := range names {
		for _, value := range values {
			for item := range strings.SplitSeq(value, ",") {
				given, params, _ := strings.Cut(item, ";")
				if strings.EqualFold(strings.TrimSpace(given), name) {
					return quality(params, strings.Contains(name, "/")), true
				}
			}
		}
	}
	return 0, false
}

// quality reads a weight from parameters (RFC 9110, 12.4.2): 1 if there is none, 0 if it is invalid. Only media
// types may have other parameters.
func quality(params string, media bool) float64 {
	for param := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if name == "" || media && !strings.EqualFold(name, "q") {
			continue
		}
		if !strings.EqualFold(name, "q") {
			return 0
		}
		if q, err := strconv.ParseFloat(value, 64); err == nil && q >= 0 && q <= 1 {
			return q
		}
		return 0
	}
	return 1
}
