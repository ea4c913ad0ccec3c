package api

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// A question is the content of a request: answers to a checker's facts, a language, and days.
type question struct {
	set        *ruleset.Ruleset // the version valid on the day of asking
	lang       string           // "" until known
	answers    ruleset.Answers
	typed      ruleset.Typed
	now        time.Time  // the moment of asking
	day        civil.Date // the day of asking
	given      bool       // whether the day of asking was given; if not, it is today
	negotiated bool       // whether Accept-Language chose the language
}

// A field is a name and a value in a request.
type field struct{ name, value string }

// anyAnchor stands for the anchors of a checker in a list of field names.
const anyAnchor = ""

var questionFields = []string{ruleset.FieldLang, anyAnchor, ruleset.FieldOn}

// maxFields is how many fields a question may have, more than any checker has.
const maxFields = 64

// daysAllowed is the range of days in error messages.
var daysAllowed = civil.FirstDate.String() + " to " + civil.LastDate.String()

// readQuery appends the fields of a query to fields. Unlike net/url it keeps their order, so a repeated one is
// noticed, and allocates no map. It stops after maxFields fields or maxRefusals errors.
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
			refused = append(refused, refuse(field{key, value}, nil, "invalid percent-encoding"))
			continue
		}
		fields = append(fields, f)
	}
	return fields, refused
}

// read fills in a question from fields. It accepts those named in allowed, where anyAnchor stands for the anchors,
// and if facts is set, the checker's facts. It returns all errors, up to about maxRefusals.
func (a *API) read(checker string, q question, fields []field, allowed []string, facts bool) (question, []refusal) {
	if len(fields) > maxFields {
		detail := fmt.Sprintf("more than %d fields", maxFields)
		return q, []refusal{refuse(fields[maxFields], nil, detail)}
	}
	if checker != "" {
		q.set = a.site.Rules.At(checker, dayOf(q.day, fields, allowed))
		var buffer [8]string
		allowed = q.withAnchors(buffer[:0], allowed)
	}
	var refused []refusal
	for i, f := range fields {
		var err *refusal
		switch {
		case repeated(fields, i):
			r := refuse(f, nil, strconv.Quote(quotable(f.name))+" is repeated")
			err = &r
		case !slices.Contains(allowed, f.name):
		case f.name == ruleset.FieldLang:
			err = a.readLang(f, &q)
		case f.name == ruleset.FieldOn:
			err, q.given = readDay(f, &q.day), true
		case checker == "": // the handler reads it
		default:
			err = readDay(f, new(civil.Date))
			q.typed = q.typed.With(f.name, f.value)
		}
		if err != nil {
			refused = append(refused, *err)
		}
	}
	return q.readFacts(fields, allowed, facts, refused)
}

// dayOf returns the day of asking given in fields, or else day.
func dayOf(day civil.Date, fields []field, allowed []string) civil.Date {
	for _, f := range fields {
		if f.name == ruleset.FieldOn && slices.Contains(allowed, f.name) {
			readDay(f, &day)
		}
	}
	return day
}

// withAnchors appends names to a list, replacing anyAnchor by the anchors.
func (q question) withAnchors(list, names []string) []string {
	for _, name := range names {
		if name != anyAnchor {
			list = append(list, name)
			continue
		}
		for _, anchor := range q.set.Anchors {
			list = append(list, anchor.ID)
		}
	}
	return list
}

// readFacts fills in the answers from the fields that are not reserved.
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
		value := q.set.Value(fact, f.value, q.day)
		if value == ruleset.Unanswered {
			allowed := q.set.Facts[fact].Allowed()
			detail := fmt.Sprintf("invalid value %q for %q", quotable(f.value), f.name)
			refused = append(refused, refuse(f, allowed, detail).suggest(f.value))
			continue
		}
		q.answers = q.answers.With(fact, value)
		q.typed = q.set.Facts[fact].Note(q.typed, f.value, q.day)
	}
	if q.set != nil && len(refused) == 0 {
		if err := q.set.Refused(q.answers); err != nil {
			refused = append(refused, refuse(fields[len(fields)-1], []string{}, err.Error()))
		}
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
	return refuse(f, allowed, fmt.Sprintf("unknown field %q", quotable(f.name))).suggest(f.name)
}

// repeated reports whether an earlier field has the same name.
func repeated(fields []field, i int) bool {
	for _, before := range fields[:i] {
		if before.name == fields[i].name {
			return true
		}
	}
	return false
}

func (a *API) readLang(f field, q *question) *refusal {
	tags := a.site.Library.Site.Tags()
	if slices.Contains(tags, f.value) {
		q.lang, q.negotiated = f.value, false
		return nil
	}
	r := refuse(f, tags, fmt.Sprintf("the site is not in language %q", quotable(f.value))).suggest(f.value)
	return &r
}

func readDay(f field, to *civil.Date) *refusal {
	day, err := civil.ParseDate(f.value)
	if err == nil {
		*to = day
		return nil
	}
	detail := fmt.Sprintf("invalid day %q (write YYYY-MM-DD, such as 2027-01-31)", quotable(f.value))
	r := refuse(f, []string{daysAllowed}, detail)
	return &r
}
