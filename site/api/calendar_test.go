package api_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"helpcenter/site"
	"helpcenter/site/api"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// contentLines reads an iCalendar file by RFC 5545 (3.1): lines end in CRLF, have at most 75 bytes, and are
// continued by a space.
func contentLines(t *testing.T, text string) []string {
	t.Helper()
	body, ok := strings.CutSuffix(text, "\r\n")
	if !ok {
		t.Errorf("the last line does not end in CRLF: %q", text)
	}
	var lines []string
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") || line == "" {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
		if rest, ok := strings.CutPrefix(line, " "); ok {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestCalendar(t *testing.T) {
	address := sitetest.ParkingAPI + "/may-i-park/deadline.ics?lang=it&renewal=2027-01-31"
	w := sitetest.Ask(server.Handler(sitetest.Parking(t)), "GET", address, "")
	if w.Code != 200 || w.Header().Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	var depth []string
	values := map[string]string{}
	for _, line := range contentLines(t, w.Body.String()) {
		name, value, ok := strings.Cut(line, ":")
		switch {
		case !ok:
			t.Errorf("no content line: %q", line)
		case name == "BEGIN":
			depth = append(depth, value)
		case name == "END" && depth[len(depth)-1] != value:
			t.Errorf("%s ends within %s", value, depth[len(depth)-1])
		case name == "END":
			depth = depth[:len(depth)-1]
		default:
			values[strings.Join(append(depth, name), "/")] = value
		}
	}
	for name, want := range map[string]string{
		"VCALENDAR/VERSION":                    "2.0",
		"VCALENDAR/VEVENT/UID":                 "may-i-park.renew-by.2027-01-31@help.test",
		"VCALENDAR/VEVENT/DTSTAMP":             "20250101T000000Z",
		"VCALENDAR/VEVENT/DTSTART;VALUE=DATE":  "20270121",
		"VCALENDAR/VEVENT/SUMMARY;LANGUAGE=it": "it may-i-park.date.renew-by 21 gennaio 2027",
		"VCALENDAR/VEVENT/URL":                 "https://help.test/base/it/may-i-park/",
		"VCALENDAR/VEVENT/VALARM/ACTION":       "DISPLAY",
		"VCALENDAR/VEVENT/VALARM/TRIGGER":      "-PT15H",
	} {
		if values[name] != want {
			t.Errorf("%s is %q, wanted %q", name, values[name], want)
		}
	}
	if len(depth) > 0 {
		t.Errorf("%v not ended", depth)
	}
	if again := sitetest.Ask(server.Handler(sitetest.Parking(t)),
		"GET", address, ""); again.Body.String() != w.Body.String() {
		t.Error("the file is another each time")
	}
}

func TestCalendarText(t *testing.T) {
	for _, text := range []string{
		"a,b;c\\d\ne\r\nf", strings.Repeat("è", 200), strings.Repeat("日本", 60), strings.Repeat("x", 75),
		strings.Repeat("x", 74) + "è", "",
	} {
		var c api.Calendar
		lines := contentLines(t, c.AddLine("SUMMARY", api.EscapeText(text)))
		back := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").
			Replace(strings.TrimPrefix(lines[0], "SUMMARY:"))
		if want := strings.ReplaceAll(text, "\r\n", "\n"); len(lines) != 1 || back != want {
			t.Errorf("%q comes back as %q", want, back)
		}
	}
}

func TestNoDeadline(t *testing.T) {
	in := sitetest.ParkingInput(t)
	_, tables := sitetest.ParkingFiles()
	for name, file := range tables {
		tables[name].Data = []byte(strings.ReplaceAll(string(file.Data), "days = -10", "days = 10"))
	}
	in.Rules = sitetest.MustRules(t, tables)
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	h := server.Handler(s)
	w := sitetest.Ask(h, "GET", sitetest.ParkingAPI+"/may-i-park/deadline.ics?renewal=2027-01-31", "")
	if w.Code != 404 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	newContract(t, s) // checks that the description is still valid
	if about := fmt.Sprint(sitetest.Ask(h, "GET", sitetest.ParkingAPI+"/may-i-park", "").Body); !strings.Contains(about,
		`"deadlines":[]`) {
		t.Error(about)
	}
}
