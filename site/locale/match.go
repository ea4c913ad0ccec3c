package locale

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

const (
	maxHeader = 1000 // bytes of an Accept-Language header that are read; browsers send about 100
	maxTag    = 70   // bytes of a language tag: twice what RFC 5646 (4.4.1) has programs support
)

// Match returns the language to show a reader: the one chosen, if the site has it;
// else the best of an Accept-Language header by its weights (RFC 9110, 12.5.4); else
// the default language. CLDR's language matching applies, so it satisfies it-CH.
// Malformed parts of the header are ignored, and so is all after 1,000 bytes.
func (c *Catalog) Match(acceptLanguage, chosen string) string {
	if lang, ok := c.nearest(chosen); ok {
		return lang
	}
	wanted, refused := readAccept(acceptLanguage)
	for _, w := range wanted {
		for _, lang := range c.candidates(w.tag) {
			if !slices.ContainsFunc(refused, func(r string) bool { return includes(r, lang) }) {
				return lang
			}
		}
	}
	return c.fallback.lang
}

// candidates returns the languages that satisfy a range, best first.
func (c *Catalog) candidates(tag string) []string {
	if tag == "*" {
		return append([]string{c.fallback.lang}, c.languages...)
	}
	if lang, ok := c.nearest(tag); ok {
		return []string{lang}
	}
	return nil
}

// nearest returns the language of the site that best serves readers of another.
func (c *Catalog) nearest(tag string) (string, bool) {
	if len(tag) > maxTag {
		return "", false
	}
	t, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	_, i, confidence := c.matcher.Match(t)
	return c.languages[i], confidence > language.No
}

// includes reports whether a range includes a language, by basic filtering (RFC
// 4647, 3.3.1).
func includes(rng, lang string) bool {
	return strings.EqualFold(rng, lang) ||
		len(rng) < len(lang) && lang[len(rng)] == '-' && strings.EqualFold(rng, lang[:len(rng)])
}

type weighted struct {
	tag    string
	weight float64
}

// readAccept returns the ranges of an Accept-Language header by falling weight,
// and those that the reader refuses.
func readAccept(header string) (wanted []weighted, refused []string) {
	if len(header) > maxHeader {
		header = header[:maxHeader]
		header = header[:max(0, strings.LastIndexByte(header, ','))]
	}
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		w := weighted{strings.TrimSpace(tag), 1}
		if q, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(params)), "q="); ok {
			n, err := strconv.ParseFloat(q, 64)
			if err != nil || !(0 <= n && n <= 1) {
				continue
			}
			w.weight = n
		}
		if w.weight == 0 {
			refused = append(refused, w.tag)
		} else {
			wanted = append(wanted, w)
		}
	}
	slices.SortStableFunc(wanted, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	return wanted, refused
}
