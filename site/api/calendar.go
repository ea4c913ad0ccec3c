package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// Deadlines that are not past go into a reader's calendar as iCalendar (RFC 5545). They are all-day events that
// block no time, each with two alarms at nine in the morning, a week and a day ahead.
//
// DTSTAMP, the time of the last revision, is the day from which the rules are valid, so the same request gives the
// same bytes all day. The UID depends only on the deadline, so a calendar that imports the file again updates the
// event.

const calendarType = "text/calendar; charset=utf-8"

// The alarms, relative to the midnight at which the event begins.
var alarms = []string{"-P6DT15H", "-PT15H"}

// deadline answers with the deadlines of a checker that apply to the facts in the query and are not past, counted
// from the days in the query. On its own day a deadline is not past.
func (a *API) deadline(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := a.ask(w, r, id, questionFields[:2], true)
		if !ok {
			return
		}
		all := q.set.Schedule(q.answers, q.typed, q.day).Deadlines()
		if !q.set.InForce(q.day) {
			AnswerProblem(w, http.StatusNotFound, fmt.Sprintf("checker %q takes effect on %s", id, q.set.ValidFrom))
			return
		}
		if len(all) == 0 {
			AnswerProblem(w, http.StatusNotFound, fmt.Sprintf("checker %q has no deadline", id))
			return
		}
		source := q.set.Dates[all[0].Date].Source
		counted := slices.DeleteFunc(all, func(d ruleset.Day) bool { return d.Day.IsZero() })
		if len(counted) == 0 {
			detail := "the day is missing from which deadlines are counted"
			a.answerRefused(w, []refusal{refuse(field{name: source}, []string{daysAllowed}, detail)})
			return
		}
		left := slices.DeleteFunc(counted, func(d ruleset.Day) bool { return d.Late })
		if len(left) == 0 {
			AnswerProblem(w, http.StatusGone, "every deadline is past")
			return
		}
		w.Header().Set("Content-Disposition", `attachment; filename="deadline.ics"`)
		made := newReply(calendarType, a.calendar(q, left))
		made.dated = true
		a.send(w, r, q, made)
	}
}

func (a *API) calendar(q question, days []ruleset.Day) []byte {
	id, words := q.set.ID, a.site.Checker(q.set, q.lang).With(q.answers, q.typed, q.day)
	var cal calendar
	cal.line("BEGIN", "VCALENDAR")
	cal.line("VERSION", "2.0")
	cal.line("PRODID", "-//helpcenter//"+id+"//"+strings.ToUpper(q.lang))
	for _, d := range days {
		date, day := words.Date(d.Date, d.Day), d.Day
		summary := date.Text
		cal.line("BEGIN", "VEVENT")
		cal.line("UID", fmt.Sprintf("%s.%s.%s@%s", id, date.ID, q.typed[date.Source], a.site.Host()))
		cal.line("DTSTAMP", strings.ReplaceAll(max(q.set.ValidFrom.String(), civil.FirstDate.String()), "-", "")+"T000000Z")
		cal.line("DTSTART;VALUE=DATE", strings.ReplaceAll(day.String(), "-", ""))
		cal.line("SUMMARY;LANGUAGE="+q.lang, escapeText(summary))
		cal.line("DESCRIPTION;LANGUAGE="+q.lang, escapeText(date.Count.Plain))
		cal.line("URL", a.site.Absolute(site.PagePath(q.lang, id)))
		cal.line("TRANSP", "TRANSPARENT")
		for _, before := range alarms {
			cal.line("BEGIN", "VALARM")
			cal.line("ACTION", "DISPLAY")
			cal.line("TRIGGER", before)
			cal.line("DESCRIPTION;LANGUAGE="+q.lang, escapeText(summary))
			cal.line("END", "VALARM")
		}
		cal.line("END", "VEVENT")
	}
	cal.line("END", "VCALENDAR")
	return cal.text
}

// A calendar is an iCalendar file being written.
type calendar struct{ text []byte }

// foldAt is the maximum length of a line in bytes, without the line break (RFC 5545, 3.1).
const foldAt = 75

// line adds a content line, folded between characters.
func (c *calendar) line(name, value string) {
	rest, width := name+":"+value, foldAt
	for len(rest) > width {
		cut := width
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.text = append(c.text, rest[:cut]+"\r\n "...)
		rest, width = rest[cut:], foldAt-1 // a space precedes it
	}
	c.text = append(c.text, rest+"\r\n"...)
}

// escapeText returns a text as a value of type TEXT (RFC 5545, 3.3.11).
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(s)
}
