package api

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"helpcenter/site/answer"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// A question is what a request asks: a decision on answers, or something about
// a checker, in a language and on a day.
type question struct {
	set        *ruleset.Ruleset // the version that holds on the day of asking
	lang       string           // "" until known
	answers    ruleset.Answers
	renewal    civil.Date // zero where none is given
	now        time.Time  // the moment of asking
	day        civil.Date // the day of asking
	given      bool       // the day was given, and is not the one of the clock
	negotiated bool       // the language was chosen by Accept-Language
}

// A field is a name and a value that a request gives.
type field struct{ name, value string }

var questionFields = []string{answer.FieldLang, answer.FieldRenewal, answer.FieldOn}

// maxFields is how many fields a question may have: more than there are.
const maxFields = 64

// daysAllowed are the days that a question may name.
var daysAllowed = civil.FirstDate.String() + " to " + civil.LastDate.String()

// readQuery appends the fields of a query to fields. Unlike net/url it keeps
// their order, so that a field given twice is seen, and makes no map. It stops at
// the first field too many, and at too many refusals.
func readQuery(raw string, fields []field) ([]field, []refusal) {
	var refused []refusal
	for pair := range strings.SplitSeq(raw, "&") {
		if len(fields) > maxFields || len(refused) >= maxRefusals {
			break
		}
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
// and facts of a checker if facts is set. Everything refused is returned at once,
// up to too many refusals.
func (a *API) read(checker string, q question, fields []field, allowed []string, facts bool) (question, []refusal) {
	if len(fields) > maxFields {
		detail := fmt.Sprintf("this is one field more than the %d that are read", maxFields)
		return q, []refusal{refuse(fields[maxFields], nil, detail)}
	}
	var refused []refusal
	for i, f := range fields {
		var err *refusal
		switch {
		case repeated(fields, i):
			r := refuse(f, nil, strconv.Quote(quotable(f.name))+" is given twice")
			err = &r
		case !slices.Contains(allowed, f.name):
		case f.name == answer.FieldLang:
			err = a.readLang(f, &q)
		case f.name == answer.FieldRenewal:
			err = readDay(f, &q.renewal)
		case f.name == answer.FieldOn:
			err, q.given = readDay(f, &q.day), true
		}
		if err != nil {
			refused = append(refused, *err)
		}
	}
	if checker != "" {
		q.set = a.site.Rules.At(checker, q.day)
	}
	return q.readFacts(fields, allowed, facts, refused)
}

// readFacts fills in the answers: the fields that are not in reserved.
func (q question) readFacts(fields []field, reserved []string, facts bool, refused []refusal) (question, []refusal) {
	for i, f := range fields {
		if len(refused) >= maxRefusals {
			break
		}
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
		if value == ruleset.Unanswered {
			allowed := append(slices.Clone(q.set.Facts[fact].Values), answer.Unknown)
			detail := fmt.Sprintf("%q is no value of %q", quotable(f.value), f.name)
			refused = append(refused, refuse(f, allowed, detail).suggest(f.value))
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

func (a *API) readLang(f field, q *question) *refusal {
	tags := a.languages()
	if slices.Contains(tags, f.value) {
		q.lang, q.negotiated = f.value, false
		return nil
	}
	r := refuse(f, tags, fmt.Sprintf("%q is no language of this site", quotable(f.value))).suggest(f.value)
	return &r
}

func readDay(f field, to *civil.Date) *refusal {
	day, err := civil.ParseDate(f.value)
	if err == nil {
		*to = day
		return nil
	}
	detail := fmt.Sprintf("%q is not a day between these, written like 2027-01-31", quotable(f.value))
	r := refuse(f, []string{daysAllowed}, detail)
	return &r
}

// languages returns the tags of the site's languages.
func (a *API) languages() []string {
	languages := a.site.Library.Site.Languages
	tags := make([]string, len(languages))
	for i, l := range languages {
		tags[i] = l.Tag
	}
	return tags
}
