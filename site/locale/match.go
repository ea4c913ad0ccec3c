package locale

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

const (
	maxHeader = 1000 // bytes of an Accept-Language header that are read; browsers send about 100
	maxTag    = 70   // bytes of a language tag: twice what RFC 5646 (4.4.1) requires programs to support
)

// Match returns the language to show a reader: the chosen one, if the site has it; else the best one according to
// the weights of an Accept-Language header (RFC 9110, 12.5.4); else the default language. It uses CLDR's language
// matching, so it satisfies it-CH. Malformed parts of the header are ignored, and so is everything after 1,000
// bytes.
func (c *Catalog) Match(acceptLanguage, chosen string) string {
	if lang := c.nearest(chosen); lang != "" {
		return lang
	}
	wanted, refused := readAccept(acceptLanguage)
	for _, w := range wanted {
		candidates := []string{c.nearest(w.tag)}
		if w.tag == "*" {
			candidates = append([]string{c.fallback.lang}, c.languages...)
		}
		for _, lang := range candidates {
			if lang != "" && !slices.ContainsFunc(refused, func(r string) bool { return includes(r, lang) }) {
				return lang
			}
		}
	}
	return c.fallback.lang
}

// nearest returns the language of the site that best serves readers of another, or "" if none does.
func (c *Catalog) nearest(tag string) string {
	if len(tag) > maxTag {
		return ""
	}
	t, err := language.Parse(tag)
	if _, i, confidence := c.matcher.Match(t); err == nil && confidence > language.No {
		return c.languages[i]
	}
	return ""
}

// includes reports whether a range includes a language, by basic filtering (RFC 4647, 3.3.1).
func includes(rng, lang string) bool {
	return strings.EqualFold(rng, lang) || strings.HasPrefix(strings.ToLower(lang), strings.ToLower(rng)+"-")
}

type weighted struct {
	tag    string
	weight float32
}

// readAccept returns the ranges of an Accept-Language header in descending order of weight, and those that the
// reader refuses.
func readAccept(header string) (wanted []weighted, refused []string) {
	if len(header) > maxHeader {
		header = header[:maxHeader]
		header = header[:max(0, strings.LastIndexByte(header, ','))]
	}
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(part, ";")
		tag = strings.TrimSpace(tag)
		_, weights, err := language.ParseAcceptLanguage(part)
		switch {
		case err != nil: // ignore only this part, not the whole header
		case len(weights) == 0:
			refused = append(refused, tag)
		case 0 < weights[0] && weights[0] <= 1:
			wanted = append(wanted, weighted{tag, weights[0]})
		}
	}
	slices.SortStableFunc(wanted, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	return wanted, refused
}
