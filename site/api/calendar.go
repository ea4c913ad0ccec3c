package api

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// Deadlines go into a reader's calendar as iCalendar (RFC 5545): all-day events
// that take no time of the day, each with two alarms at nine in the morning, a
// week and a day ahead.
//
// The file is a function of the rules, the words and the renewal date alone: a
// DTSTAMP has to say when the event was last revised, which is the day from
// which the rules are valid. The UID is the same for the same deadline, so that
// a calendar in which the file is opened again takes it for the same event.

const calendarType = "text/calendar; charset=utf-8"

// The alarms, counted from the midnight at which the day begins.
var alarms = []string{"-P6DT15H", "-PT15H"}

// deadline answers with the deadlines of a checker, counted from the renewal
// date in the query.
func (a *API) deadline(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := a.ask(w, r, id, []string{answer.FieldLang, answer.FieldRenewal}, false)
		if !ok {
			return
		}
		events := deadlines(q.set)
		switch {
		case !q.set.InForce(q.day):
			AnswerProblem(w, http.StatusNotFound, fmt.Sprintf("%q takes effect on %s", id, q.set.ValidFrom))
			return
		case len(events) == 0:
			AnswerProblem(w, http.StatusNotFound, fmt.Sprintf("%q has no deadline", id))
			return
		case q.renewal.IsZero():
			r := refuse(field{name: answer.FieldRenewal}, []string{daysAllowed}, "the day of the renewal is missing")
			a.answerRefused(w, []refusal{r})
			return
		}
		w.Header().Set("Content-Disposition", `attachment; filename="deadline.ics"`)
		a.send(w, r, q, newReply(calendarType, a.calendar(q, events)))
	}
}

func (a *API) calendar(q question, dates []ruleset.Date) []byte {
	id, words := q.set.ID, a.site.Words.Words(q.lang)
	var cal calendar
	cal.Line("BEGIN", "VCALENDAR")
	cal.Line("VERSION", "2.0")
	cal.Line("PRODID", "-//helpcenter//"+id+"//"+strings.ToUpper(q.lang))
	for _, date := range dates {
		day := q.renewal.AddDays(date.Days)
		summary := words.Format(id+".date."+date.ID, "Date", day)
		cal.Line("BEGIN", "VEVENT")
		cal.Line("UID", fmt.Sprintf("%s.%s.%s@%s", id, date.ID, q.renewal, a.site.Host()))
		cal.Line("DTSTAMP", strings.ReplaceAll(max(q.set.ValidFrom.String(), civil.FirstDate.String()), "-", "")+"T000000Z")
		cal.Line("DTSTART;VALUE=DATE", strings.ReplaceAll(day.String(), "-", ""))
		cal.Line("SUMMARY;LANGUAGE="+q.lang, escapeText(summary))
		cal.Line("DESCRIPTION;LANGUAGE="+q.lang, escapeText(words.Text(id+".date."+date.ID+".text")))
		cal.Line("URL", a.site.Absolute(site.PagePath(q.lang, id)))
		cal.Line("TRANSP", "TRANSPARENT")
		for _, before := range alarms {
			cal.Line("BEGIN", "VALARM")
			cal.Line("ACTION", "DISPLAY")
			cal.Line("TRIGGER", before)
			cal.Line("DESCRIPTION;LANGUAGE="+q.lang, escapeText(summary))
			cal.Line("END", "VALARM")
		}
		cal.Line("END", "VEVENT")
	}
	cal.Line("END", "VCALENDAR")
	return cal.Text
}

// A calendar is the text of an iCalendar file, which is made line by line.
type calendar struct{ Text []byte }

// foldAt is the length that a line may have, in bytes, without its end (RFC
// 5545, 3.1).
const foldAt = 75

// Line adds a content line, folded between characters.
func (c *calendar) Line(name, value string) {
	rest, room := name+":"+value, foldAt
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.Text = append(c.Text, rest[:cut]+"\r\n "...)
		rest, room = rest[cut:], foldAt-1
	}
	c.Text = append(c.Text, rest+"\r\n"...)
}

// escapeText writes a text as a value of type TEXT (RFC 5545, 3.3.11).
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(s)
}
