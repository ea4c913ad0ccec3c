package site_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// tenancySite returns a site with a checker that has dates of all kinds.
func tenancySite(t *testing.T) *site.Site {
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/dates/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	in := sitetest.Input(t)
	in.Rules, _ = ruleset.Load(sitetest.Overlay(t, rules.Files, map[string][]byte{"tenancy.toml": read("tenancy.toml")}))
	english, err := fs.ReadFile(locales.Files, "active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	words := append(read("active.en.toml"), english...)
	in.Words, _ = locale.Load(sitetest.Overlay(t, locales.Files, map[string][]byte{"active.en.toml": words}),
		in.Library.Site.Tags(), "en")
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	return s
}

// said is a function that returns what a page says about dates.
const said = `page => [...page.querySelectorAll('.dates [role=status] > p, .dates [role=status] li')]
	.filter(e => !e.hidden).map(e => e.textContent.trim().replace(/\s+/g, ' ')).join('\n')`

// The script counts months, working days and roundings as the service does, on any day.
func TestScriptCountsAllKindsOfDates(t *testing.T) {
	t.Parallel()
	s := tenancySite(t)
	service := sitetest.Serve(t, server.Handler(s))
	b := browsertest.OpenTab(t)
	random := rand.New(rand.NewPCG(3, 4))
	for _, state := range []string{"landlord=council/", "landlord=private/noticed=-30..0/"} {
		for range testsample.Times(20, 7) {
			day := func(from, days int) string {
				return sitetest.ShippedDay.AddDate(0, 0, from+random.IntN(days)).Format(time.DateOnly)
			}
			query := "?end=" + day(-400, 1200) + "&noticed=" + day(-30, 31)
			b.Open(service + "/en/tenancy/" + state + query)
			fetch := `(async () => (%s)(new DOMParser().parseFromString(await (await fetch(location)).text(), 'text/html')))()`
			want := browsertest.Eval[string](b, fmt.Sprintf(fetch, said))
			if got := browsertest.Eval[string](b, "("+said+")(document)"); got != want || got == "" {
				t.Fatalf("%s%s: the script says\n%s\nthe service\n%s", state, query, got, want)
			}
		}
	}
}

// A typed day leads to its cell, is kept for the dates, and is in the form again.
func TestTypedDaysLeadToTheirCells(t *testing.T) {
	h := server.Handler(tenancySite(t))
	day := func(n int) string { return sitetest.ShippedDay.AddDate(0, 0, n).Format(time.DateOnly) }
	for _, test := range []struct{ path, location string }{
		{"landlord=private/?noticed=" + day(-5), "landlord=private/noticed=-30..0/?noticed=" + day(-5)},
		{"landlord=private/noticed=-30..0/?end=2031-01-31&noticed=" + day(-40),
			"landlord=private/noticed=-60..-31/?end=2031-01-31&noticed=" + day(-40)},
		{"landlord=private/noticed=-30..0/?noticed=" + day(-5), ""},
		{"landlord=private/noticed=-30..0/?noticed=" + day(-100), ""},
		{"landlord=private/noticed=-30..0/?noticed=soon", ""},
	} {
		w := sitetest.Ask(h, "GET", "/en/tenancy/"+test.path, "")
		if got := strings.TrimPrefix(w.Header().Get("Location"), "/en/tenancy/"); got != test.location {
			t.Errorf("%s leads to %q, want %q", test.path, got, test.location)
		}
		if test.location == "" && w.Code != http.StatusOK {
			t.Errorf("%s: %d", test.path, w.Code)
		}
	}
	w := sitetest.Ask(h, "GET", "/en/tenancy/landlord=council/?end=2031-01-31", "")
	for _, text := range []string{"Give notice by 31 December 2030",
		"deadline.ics?end=2031-01-31&amp;landlord=council&amp;lang=en",
		`id="end" name="end" type="date" value="2031-01-31"`, "When does the tenancy end?"} {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

// The calendar has each deadline that applies and is not past.
func TestCalendarOfDeadlines(t *testing.T) {
	h := server.Handler(tenancySite(t))
	const api = "/api/v1/checkers/tenancy/"
	day := func(n int) string { return sitetest.ShippedDay.AddDate(0, 0, n).Format(time.DateOnly) }
	for _, test := range []struct {
		query  string
		code   int
		events string
	}{
		{"end=2031-01-31", 200, "notice.2031-01-31 deposit.2031-01-31"},
		{"end=" + day(5), 200, "deposit." + day(5)},
		{"end=" + day(5) + "&noticed=" + day(0), 200, "deposit." + day(5) + " objection." + day(0)},
		{"landlord=council&end=" + day(-40), 410, ""},
		{"landlord=council", 400, ""},
		{"landlord=nobody&end=2031-01-31", 400, ""},
	} {
		w := sitetest.Ask(h, "GET", api+"deadline.ics?"+test.query, "")
		var events []string
		for line := range strings.Lines(w.Body.String()) {
			if uid, ok := strings.CutPrefix(line, "UID:tenancy."); ok {
				name, _, _ := strings.Cut(uid, "@")
				events = append(events, name)
			}
		}
		if got := strings.Join(events, " "); w.Code != test.code || got != test.events {
			t.Errorf("%s: %d %s, want %d %s", test.query, w.Code, got, test.code, test.events)
		}
	}
	w := sitetest.Ask(h, "GET", api+"decision?landlord=council&lang=en&end="+day(5), "")
	body := w.Body.String()
	if strings.Count(body, `"past":true`) != 1 || !strings.Contains(body, "The notice is too late") {
		t.Errorf("a deadline that is past: %s", body)
	}
}
