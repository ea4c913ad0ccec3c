package site

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"helpcenter"
	"helpcenter/rules"
	"helpcenter/site/answer"
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
func (h *handler) deadline(c *checker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := h.ask(w, r, c, []string{fieldLang, fieldRenewal}, false)
		if !ok {
			return
		}
		events := deadlines(q.set)
		switch {
		case len(events) == 0:
			h.answerProblem(w, http.StatusNotFound, fmt.Sprintf("%q has no deadline", c.id))
			return
		case q.renewal.IsZero():
			r := refuse(field{name: fieldRenewal}, []string{daysAllowed}, "the day of the renewal is missing")
			h.answerRefused(w, []refusal{r})
			return
		}
		w.Header().Set("Content-Disposition", `attachment; filename="deadline.ics"`)
		h.send(w, r, q, newReply(calendarType, h.site.calendar(h.site.Checker(q.set, q.lang.Tag), q.renewal, events)))
	}
}

// deadlines returns the dates by which something must be done.
func deadlines(set *rules.Ruleset) (list []rules.Date) {
	for _, date := range set.Dates {
		if date.Deadline() {
			list = append(list, date)
		}
	}
	return list
}

func (s *Site) calendar(c answer.Checker, renewal helpcenter.Date, dates []rules.Date) []byte {
	var cal calendar
	cal.line("BEGIN", "VCALENDAR")
	cal.line("VERSION", "2.0")
	cal.line("PRODID", "-//helpcenter//"+c.Set.ID+"//"+strings.ToUpper(c.Lang))
	for _, date := range dates {
		day := renewal.AddDays(date.Days)
		summary := c.Words.Format(c.Set.ID+".date."+date.ID, "Date", day)
		cal.line("BEGIN", "VEVENT")
		cal.line("UID", fmt.Sprintf("%s.%s.%s@%s", c.Set.ID, date.ID, renewal, s.base.Hostname()))
		cal.line("DTSTAMP", strings.ReplaceAll(max(c.Set.ValidFrom.String(), helpcenter.FirstDate.String()), "-", "")+"T000000Z")
		cal.line("DTSTART;VALUE=DATE", strings.ReplaceAll(day.String(), "-", ""))
		cal.line("SUMMARY;LANGUAGE="+c.Lang, escapeText(summary))
		cal.line("DESCRIPTION;LANGUAGE="+c.Lang, escapeText(c.Message("date."+date.ID+".text")))
		cal.line("URL", s.absolute(file(c.Lang, c.Set.ID)))
		cal.line("TRANSP", "TRANSPARENT")
		for _, before := range alarms {
			cal.line("BEGIN", "VALARM")
			cal.line("ACTION", "DISPLAY")
			cal.line("TRIGGER", before)
			cal.line("DESCRIPTION;LANGUAGE="+c.Lang, escapeText(summary))
			cal.line("END", "VALARM")
		}
		cal.line("END", "VEVENT")
	}
	cal.line("END", "VCALENDAR")
	return cal.text
}

// A calendar is the text of an iCalendar file, which is made line by line.
type calendar struct{ text []byte }

// foldAt is the length that a line may have, in bytes, without its end (RFC
// 5545, 3.1).
const foldAt = 75

// line adds a content line, folded between characters.
func (c *calendar) line(name, value string) {
	rest, room := name+":"+value, foldAt
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.text = append(c.text, rest[:cut]+"\r\n "...)
		rest, room = rest[cut:], foldAt-1
	}
	c.text = append(c.text, rest+"\r\n"...)
}

// escapeText writes a text as a value of type TEXT (RFC 5545, 3.3.11).
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(s)
}
