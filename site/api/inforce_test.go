package api_test

import (
	"strings"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// Before the first day of its rules a checker decides nothing and says from which day it will. A question about
// that day is decided.
func TestRulesThatAreNotInForce(t *testing.T) {
	in := sitetest.ParkingInput(t)
	in.Now = time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC)
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	if until := s.Until(); until.Format(time.DateOnly+" 15") != "2025-01-01 00" {
		t.Errorf("the site holds until %s", until)
	}
	h := server.Handler(s)
	for address, want := range map[string][]string{
		"/base/en/may-i-park/":                          {"1 January 2025", "en may-i-park.title"},
		"/base/it/may-i-park/permit=none/zone=centre/":  {"1º gennaio 2025", "it may-i-park.value.permit.none"},
		"/base/en/may-i-park/permit=none/zone=unknown/": {"1 January 2025"},
		"/base/en/may-i-park/all/":                      {"1 January 2025"},
		sitetest.ParkingAPI + "/may-i-park/decision?permit=none": {
			`"status":"not-in-force","from":"2025-01-01","outcome":null`, `"facts":{"permit":"none"}`},
		sitetest.ParkingAPI + "/may-i-park/decision?permit=none&zone=centre&on=2025-01-01": {
			`"status":"decided"`, `"id":"no"`},
	} {
		w := sitetest.Ask(h, "GET", address, "")
		for _, text := range want {
			if w.Code != 200 || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s: %d without %q:\n%s", address, w.Code, text, w.Body)
			}
		}
		if strings.Contains(address, "permit=none/") && strings.Contains(w.Body.String(), "may-i-park.outcome.") {
			t.Errorf("%s shows an outcome", address)
		}
	}
	w := sitetest.Ask(h, "POST", sitetest.ParkingAPI+"/may-i-park/decisions", `[{}, {"zone":"outside","on":"2025-01-01"}]`)
	if body := w.Body.String(); !strings.Contains(body, `"not-in-force"`) || !strings.Contains(body, `"decided"`) {
		t.Errorf("a batch: %s", body)
	}
	w = sitetest.Ask(h, "GET", sitetest.ParkingAPI+"/may-i-park/deadline.ics?renewal=2027-01-31", "")
	if w.Code != 404 || !strings.Contains(w.Body.String(), "2025-01-01") {
		t.Errorf("deadlines: %d %s", w.Code, w.Body)
	}
}
