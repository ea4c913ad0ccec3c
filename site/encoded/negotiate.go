package encoded

import (
	"strconv"
	"strings"
)

// Negotiate returns the coding offered to which the values of Accept-Encoding give
// the greatest weight (RFC 9110, 12.5.3), the first of equals. If they accept none it
// is the last one offered, as without the header.
func Negotiate(accept []string, offered []*Coding) *Coding {
	best, weight := offered[len(offered)-1], 0.0
	if len(accept) == 0 {
		return best
	}
	for _, c := range offered {
		if q := weightOf(accept, c); q > weight {
			best, weight = c, q
		}
	}
	return best
}

// identityWeight is the weight of no coding if the header does not name it: it may
// be sent, but anything named is preferred.
const identityWeight = 0.0001

// weightOf returns the weight of a coding, by its name or by *.
func weightOf(accept []string, c *Coding) float64 {
	name, other := "identity", identityWeight
	if c != nil {
		name, other = c.name, 0
	}
	for _, value := range accept {
		for item := range strings.SplitSeq(value, ",") {
			given, params, _ := strings.Cut(item, ";")
			switch given = strings.TrimSpace(given); {
			case strings.EqualFold(given, name):
				return quality(params)
			case given == "*":
				other = quality(params)
			}
		}
	}
	return other
}

// quality reads a weight (RFC 9110, 12.4.2): 1 if there is none, 0 if it is invalid.
func quality(params string) float64 {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1
	}
	name, value, _ := strings.Cut(params, "=")
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || !strings.EqualFold(name, "q") || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
