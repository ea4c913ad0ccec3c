package lint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// misplaced lists marks that never stand between two words of a sentence. An ellipsis counts as one mark, and so
// does ?!.
var misplaced = []struct {
	pattern    *regexp.Regexp
	spaced     bool // allowed in languages such as French
	what       string
	suggestion string
}{
	{regexp.MustCompile(`[.,;:!?] *[>›→]`), false, "is in a menu path", "write **First** > **Second**"},
	{regexp.MustCompile(`,,|;;|::|,\.|[;:!?]\.|[.,;]:|[.,:];|[.;:],|(?:^|[^.])\.\.(?:[^./\\]|$)|\.{4}`), false,
		"has one mark too many", "keep one"},
	{regexp.MustCompile(`^ +[.,](?:\s|$)`), false, "follows a space", "delete the space"},
	{regexp.MustCompile(`^ +[;:!?](?:\s|$)`), true, "follows a space", "delete the space"},
	{regexp.MustCompile(`\( +$|^ +\)`), false, "has a space inside", "delete the space"},
}

// unspacedMark reports whether the mark after the i-th word lacks the space that languages such as French have
// before some marks. Regional variants are not judged, since not all have it.
func unspacedMark(t *passage, i int, gap string) bool {
	if !t.SpaceBeforeMarks || i < 0 || gap == "" || strings.IndexByte(";:!?", gap[0]) < 0 || strings.Contains(t.tag, "-") {
		return false
	}
	w := t.words[i]
	ends := len(gap) > 1 && strings.IndexByte(" \n\t", gap[1]) >= 0 || len(gap) == 1 && i == len(t.words)-1
	return ends && !w.code && !w.aside && !t.inAlien(i) && !inside(t.code, w.to)
}

// punctuation reports the first misplaced mark.
func punctuation(t *passage) {
	if foreignQuotes(t) || unopenedMark(t) {
		return
	}
	from := 0
	for i := 0; i <= len(t.words); i++ {
		to := len(t.text)
		if i < len(t.words) {
			to = t.words[i].from
		}
		gap := t.text[from:to]
		if unspacedMark(t, i-1, gap) {
			t.warn(from, "punctuation", "no space before %q", gap[:1]).Suggestion = "write a no-break space before it"
			return
		}
		if !ordinary(gap) && t.misplacedMark(from, to) {
			return
		}
		if i == len(t.words) || i > 0 && t.misplacedStop(i) {
			return
		}
		from = t.words[i].to
	}
}

// ordinary reports whether a gap between words is one character, or one and a space, as nearly all are.
func ordinary(gap string) bool {
	return len(gap) < 2 || len(gap) == 2 && gap[1] == ' ' && gap[0] != ' ' || gap == "’"
}

// misplacedMark reports the first misplaced mark between two words.
func (t *passage) misplacedMark(from, to int) bool {
	gap := t.text[from:to]
	for _, rule := range misplaced {
		m := rule.pattern.FindStringIndex(gap)
		if m == nil || rule.spaced && t.SpaceBeforeMarks || inside(t.code, from) || inside(t.code, from+m[0]) {
			continue
		}
		marks := strings.TrimSpace(gap[m[0]:m[1]])
		at := from + m[0] + strings.Index(gap[m[0]:], marks)
		abbreviated := marks[0] == '.' &&
			(len(t.Abbreviations) == 0 || t.abbreviated(at) || strings.HasSuffix(t.text[:at+1], ".."))
		if abbreviated && len(marks) > 1 && marks[1] != '.' || inside(t.code, at) {
			continue
		}
		t.warn(at, "punctuation", "%q %s", marks, rule.what).Suggestion = rule.suggestion
		return true
	}
	return false
}

// quoteMarks are the double and single quotation marks of all languages, except those that are also apostrophes.
const quoteMarks = "“”„«»‚‘‹›"

// foreignQuotes reports the first quotation marks that the language does not use.
func foreignQuotes(t *passage) bool {
	if t.Quotes == nil {
		return false
	}
	for from := 0; ; {
		start := strings.IndexAny(t.text[from:], quoteMarks)
		if start < 0 {
			return false
		}
		start += from
		mark, size := utf8.DecodeRuneInString(t.text[start:])
		from = start + size
		closing := "“”»«"
		if strings.ContainsRune("‚‘‹›", mark) {
			closing = "‘’›‹"
		}
		line, _, _ := strings.Cut(t.text[from:], "\n")
		for end, r := range line {
			after, _ := utf8.DecodeRuneInString(line[end+utf8.RuneLen(r):])
			if !strings.ContainsRune(closing, r) || wordRune(after) {
				continue
			}
			end += from
			if judgesQuotes(t, start, end) {
				return true
			}
			from = end + utf8.RuneLen(r)
			break
		}
	}
}

// judgesQuotes reports the quotation marks at two offsets if the language does not use them, or not with the same
// spaces inside.
func judgesQuotes(t *passage, start, end int) bool {
	mark, size := utf8.DecodeRuneInString(t.text[start:])
	last, _ := utf8.DecodeRuneInString(t.text[end:])
	pair := string(mark)
	if first, _ := utf8.DecodeRuneInString(t.text[start+size:]); unicode.IsSpace(first) {
		pair += " "
	}
	pair += string(last)
	if slices.Contains(t.Quotes, pair) || inside(t.code, start) || t.inAlien(t.wordAt(start)) {
		return false
	}
	t.warn(start, "punctuation", "%q are not the quotation marks of %q", pair, t.tag).
		Suggestion = "write " + strconv.Quote(t.Quotes[0])
	return true
}

// unopenedMark reports the first mark that ends a sentence without a mark that opens it: ¿ ... ?
func unopenedMark(t *passage) bool {
	for _, pair := range t.OpeningMarks {
		opening, mark := pair[:len(pair)-1], pair[len(pair)-1:]
		for from := 0; strings.Contains(t.text[from:], mark); {
			at := from + strings.Index(t.text[from:], mark)
			before := t.text[max(from, strings.LastIndexAny(t.text[:at], "\n\t")+1):at]
			from = at + 1
			w := t.wordAt(at) - 1
			if strings.Contains(before, opening) || w < 0 || strings.TrimSpace(before) == "" || inside(t.code, at) {
				continue
			}
			if other := t.words[w]; other.bold || other.code || other.aside || t.inAlien(w) {
				continue
			}
			t.warn(at, "punctuation", "%q without %q before the sentence", mark, opening).
				Suggestion = "begin the sentence with " + strconv.Quote(opening)
			return true
		}
	}
	return false
}

// misplacedStop reports a full stop before the i-th word if the word begins with a small letter.
func (t *passage) misplacedStop(i int) bool {
	w, before := t.words[i], t.words[i-1]
	first, _ := utf8.DecodeRuneInString(t.text[w.from:])
	switch {
	case len(t.Abbreviations) == 0, t.between(i-1, i) != ". ", !unicode.IsLower(first):
		return false
	case w.code, before.code, before.to-before.from < 3:
		return false
	case t.abbreviated(before.to), t.written(span{i, i + 1}) != t.word(i): // iPhone, macOS
		return false
	case t.inProduct(span{i - 1, i + 1}):
		return false
	}
	t.warn(before.to, "punctuation", "a full stop within a sentence, before %q", t.word(i)).
		Suggestion = "delete it, or begin the next sentence with a capital letter"
	return true
}
