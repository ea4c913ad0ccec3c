package site

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"helpcenter"
	"helpcenter/rules"
	"helpcenter/site/answer"
)

// A question is what a request asks: a decision on answers, or something about
// a checker, in a language and on a day.
type question struct {
	set        *rules.Ruleset // the version that holds on the day of asking
	lang       *language
	answers    rules.Answers
	renewal    helpcenter.Date // zero where none is given
	now        time.Time       // the moment of asking
	day        helpcenter.Date // the day of asking
	given      bool            // the day was given, and is not the one of the clock
	negotiated bool            // the language was chosen by Accept-Language
}

// A field is a name and a value that a request gives.
type field struct{ name, value string }

// The fields that a question may have besides facts. No fact may be called so.
const (
	fieldLang    = "lang"
	fieldRenewal = "renewal"
	fieldOn      = "on"
)

var questionFields = []string{fieldLang, fieldRenewal, fieldOn}

// maxFields is how many fields a question may have: more than there are.
const maxFields = 64

// daysAllowed are the days that a question may name.
var daysAllowed = helpcenter.FirstDate.String() + " to " + helpcenter.LastDate.String()

// readQuery appends the fields of a query to fields. Unlike net/url it keeps
// their order, so that a field given twice is seen, and makes no map.
func readQuery(raw string, fields []field) ([]field, []refusal) {
	var refused []refusal
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(key)
		text, err2 := url.QueryUnescape(value)
		f := field{name, text}
		if err != nil || err2 != nil || strings.Contains(pair, ";") {
			refused = append(refused, refuse(field{key, value}, nil, "this is not percent-encoded as a query has to be"))
			continue
		}
		fields = append(fields, f)
	}
	return fields, refused
}

// read fills in a question from fields, of which those in allowed may stand,
// and facts if facts is set. Everything refused is returned at once.
func (h *handler) read(c *checker, q question, fields []field, allowed []string, facts bool) (question, []refusal) {
	if len(fields) > maxFields {
		return q, []refusal{refuse(fields[maxFields], nil, "this is one field more than the "+strconv.Itoa(maxFields)+" that are read")}
	}
	var refused []refusal
	for i, f := range fields {
		var err *refusal
		switch {
		case repeated(fields, i):
			r := refuse(f, nil, strconv.Quote(quotable(f.name))+" is given twice")
			err = &r
		case !slices.Contains(allowed, f.name):
		case f.name == fieldLang:
			err = q.readLang(h.site, f)
		case f.name == fieldRenewal:
			err = readDay(f, &q.renewal)
		case f.name == fieldOn:
			err, q.given = readDay(f, &q.day), true
		}
		if err != nil {
			refused = append(refused, *err)
		}
	}
	if c != nil {
		q.set = h.site.Rules.At(c.id, q.day)
	}
	return q.readFacts(fields, allowed, facts, refused)
}

// readFacts fills in the answers: the fields that are not in reserved.
func (q question) readFacts(fields []field, reserved []string, facts bool, refused []refusal) (question, []refusal) {
	for i, f := range fields {
		if repeated(fields, i) || slices.Contains(reserved, f.name) {
			continue
		}
		fact := -1
		if facts {
			fact = q.set.Fact(f.name)
		}
		if fact < 0 {
			refused = append(refused, q.refuseName(f, reserved, facts))
			continue
		}
		value := q.set.Value(fact, f.value)
		if value == rules.Unanswered {
			allowed := append(slices.Clone(q.set.Facts[fact].Values), answer.Unknown)
			refused = append(refused, refuse(f, allowed, fmt.Sprintf("%q is no value of %q", quotable(f.value), f.name)).suggest(f.value))
			continue
		}
		q.answers = q.answers.With(fact, value)
	}
	return q, refused
}

func (q question) refuseName(f field, reserved []string, facts bool) refusal {
	allowed := []string{}
	if facts {
		for _, fact := range q.set.Facts {
			allowed = append(allowed, fact.ID)
		}
	}
	allowed = append(allowed, reserved...)
	return refuse(f, allowed, fmt.Sprintf("there is no field %q", quotable(f.name))).suggest(f.name)
}

// repeated reports whether a field of the same name comes before.
func repeated(fields []field, i int) bool {
	for _, before := range fields[:i] {
		if before.name == fields[i].name {
			return true
		}
	}
	return false
}

func (q *question) readLang(s *Site, f field) *refusal {
	if l := s.language(f.value); l != nil {
		q.lang, q.negotiated = l, false
		return nil
	}
	r := refuse(f, s.tags(), fmt.Sprintf("%q is no language of this site", quotable(f.value))).suggest(f.value)
	return &r
}

func readDay(f field, to *helpcenter.Date) *refusal {
	day, err := helpcenter.ParseDate(f.value)
	if err == nil {
		*to = day
		return nil
	}
	r := refuse(f, []string{daysAllowed}, fmt.Sprintf("%q is not a day between these, written like 2027-01-31", quotable(f.value)))
	return &r
}

// tags returns the languages of the site.
func (s *Site) tags() []string {
	tags := make([]string, len(s.langs))
	for i, l := range s.langs {
		tags[i] = l.Tag
	}
	return tags
}
