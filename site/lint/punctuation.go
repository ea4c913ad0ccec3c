package lint

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// slips are signs between two words that no sentence has in this order. An
// ellipsis is one sign, and so is what asks and exclaims.
var slips = []struct {
	found  *regexp.Regexp
	spaced bool // languages such as French have some of these
	what   string
	advice string
}{
	{regexp.MustCompile(`[.,;:!?] *[>›→]`), false, "stands in a menu path", "write **First** > **Second**"},
	{regexp.MustCompile(`,,|;;|::|,\.|[;:!?]\.|[.,;]:|[.,:];|[.;:],|(?:^|[^.])\.\.(?:[^./\\]|$)|\.{4}`), false, "is one sign too many", "leave one"},
	{regexp.MustCompile(`^ +[.,](?:\s|$)`), false, "has a space before it", "take the space out"},
	{regexp.MustCompile(`^ +[;:!?](?:\s|$)`), true, "has a space before it", "take the space out"},
	{regexp.MustCompile(`\( +$|^ +\)`), false, "has a space too many", "take the space out"},
}

// punctuation reports signs that stand where they cannot: one slip a passage.
func (l *Linter) punctuation(t *passage) {
	from := 0
	for i := 0; i <= len(t.words); i++ {
		to := len(t.text)
		if i < len(t.words) {
			to = t.words[i].from
		}
		if !ordinary(t.text[from:to]) && t.slip(from, to) {
			return
		}
		if i > 0 && i < len(t.words) && l.strayStop(t, i) {
			return
		}
		if i < len(t.words) {
			from = t.words[i].to
		}
	}
}

// ordinary reports whether what stands between two words is a single sign, or
// one and a space: most is.
func ordinary(gap string) bool {
	return len(gap) < 2 || len(gap) == 2 && gap[1] == ' ' && gap[0] != ' ' || gap == "’"
}

// slip reports the first slip between two words.
func (t *passage) slip(from, to int) bool {
	gap := t.text[from:to]
	for _, s := range slips {
		m := s.found.FindStringIndex(gap)
		if m == nil || s.spaced && t.spaced || inside(t.code, from) || inside(t.code, from+m[0]) {
			continue
		}
		written := strings.TrimSpace(gap[m[0]:m[1]])
		if strings.HasPrefix(written, ".,") && t.abbreviated(from+m[0]) {
			continue
		}
		at := from + m[0] + strings.Index(gap[m[0]:], written)
		t.warn(at, "punctuation", "%q %s", written, s.what).Suggestion = s.advice
		return true
	}
	return false
}

// strayStop reports a full stop in the middle of a sentence: before the i-th
// word, which begins with a small letter.
func (l *Linter) strayStop(t *passage, i int) bool {
	w, before := t.words[i], t.words[i-1]
	r, _ := utf8.DecodeRuneInString(t.text[w.from:])
	switch {
	case t.text[before.to:w.from] != ". ", !unicode.IsLower(r):
		return false
	case w.code, before.code, before.to-before.from < 3, t.abbreviated(before.to), t.camel(i), t.named(l.names, match{i - 1, i + 1, 0}):
		return false
	}
	t.warn(before.to, "punctuation", "a full stop in the middle of a sentence, before %q", t.text[w.from:w.to]).
		Suggestion = "take it out, or begin the next sentence with a capital letter"
	return true
}

// camel reports whether a word is written as names are: iPhone, macOS.
func (t *passage) camel(i int) bool {
	w := t.words[i]
	return t.text[w.from:w.to] != t.lower[w.from:w.to]
}
