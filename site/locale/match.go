package locale

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// maxHeader is how much of an Accept-Language header is read, in bytes. Those of
// browsers have about a hundred.
const maxHeader = 1000

// maxTag is how long a language tag may be, in bytes: twice what RFC 5646 (4.4.1)
// has programs make room for.
const maxTag = 70

// newMatcher makes the matcher of [Catalog.Match].
func newMatcher(languages []string) language.Matcher {
	var tags []language.Tag
	for _, lang := range languages {
		tags = append(tags, language.Make(lang))
	}
	return language.NewMatcher(tags)
}

// Match chooses the language of a reader: the one chosen, where the site has it;
// else the best of an Accept-Language header by its weights (RFC 9110, 12.5.4);
// else the default language. Ranges match as CLDR's language matching has it:
// it-CH is content with it. Parts of a header that are not well-formed are passed
// over, and so is what follows the first thousand bytes.
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
	return strings.EqualFold(rng, lang) || len(rng) < len(lang) && lang[len(rng)] == '-' && strings.EqualFold(rng, lang[:len(rng)])
}

type weighted struct {
	tag    string
	weight float64
}

// readAccept returns the ranges of an Accept-Language header by falling weight,
// and apart from them those that the reader refuses.
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
