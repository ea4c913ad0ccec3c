package api_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"helpcenter/site/answer"
	"helpcenter/site/api"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// holds fails if an answer is a server error, is not JSON, or is longer than a request of sent bytes justifies.
func holds(t *testing.T, w *httptest.ResponseRecorder, sent int) {
	t.Helper()
	if w.Code >= 500 || w.Code != 200 && w.Code != 400 && w.Code != 413 {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if !json.Valid(w.Body.Bytes()) {
		t.Errorf("no JSON: %q", w.Body)
	}
	var p api.Problem
	if w.Code == 200 || json.Unmarshal(w.Body.Bytes(), &p) != nil {
		return
	}
	if n := w.Body.Len(); n > min(4<<10+16*sent, 64<<10) || len(p.Errors) > api.MaxRefusals {
		t.Errorf("%d bytes are refused with %d, %d refusals", sent, n, len(p.Errors))
	}
}

// mostOfADecision is more bytes than any decision of the parking site has.
const mostOfADecision = 1 << 10

func FuzzAPIQuery(f *testing.F) {
	for _, query := range []string{
		"", "permit=none&zone=centre&lang=it&renewal=2027-01-31&on=2026-12-01",
		"permit=none&permit=none", "permit=%00%ff&=&&a;b", "on=0000-00-00&renewal=2999-12-31",
		strings.Repeat("%&", 9000), strings.Repeat("\x01\xff=\x02&", 3000), "a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q&r&s&t&u",
	} {
		f.Add(query)
	}
	h := server.Handler(sitetest.Parking(f))
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"", "/may-i-park", "/may-i-park/decision"} {
			r := httptest.NewRequest(http.MethodGet, sitetest.ParkingAPI+path, nil)
			r.URL.RawQuery = query
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			holds(t, w, len(query))
			// A query that is answered must mean the same to net/url.
			if values, err := url.ParseQuery(query); w.Code == 200 && path == "/may-i-park/decision" {
				var d answer.Decision
				if json.Unmarshal(w.Body.Bytes(), &d) != nil || err != nil {
					t.Fatalf("%v: %s", err, w.Body)
				}
				for fact, value := range d.Facts {
					if values.Get(fact) != value || len(values[fact]) != 1 {
						t.Errorf("%s is answered as %s", values[fact], value)
					}
				}
			}
		}
	})
}

func FuzzAPIBatch(f *testing.F) {
	for _, body := range []string{
		"[]", `[{"permit":"none","zone":"centre"},{"lang":"it"}]`, `[{"zone":"moon"},{"permit":1}]`, `{"a":`,
		"[" + strings.Repeat("[", 200), `[{"zone":"\ud800"}]`, "[{}] 1", `[{"a":1,"a":2}]`,
		strings.Repeat("\x80", 200),
		"[" + strings.Repeat(`"\xff",`, 300) + "1]", `[{"` + strings.Repeat(`\u0001`, 200) + `":"\u0001"}]`,
		"[" + strings.Repeat(`{"":1,"a":"b"},`, 300) + "{}]",
	} {
		f.Add(body)
	}
	h := server.Handler(sitetest.Parking(f))
	f.Fuzz(func(t *testing.T, body string) {
		w := sitetest.Ask(h, http.MethodPost, sitetest.ParkingAPI+"/may-i-park/decisions", body)
		holds(t, w, len(body))
		var given []map[string]string
		var list []answer.Decision
		if w.Code == 200 {
			wrong := errors.Join(json.Unmarshal([]byte(body), &given), json.Unmarshal(w.Body.Bytes(), &list))
			if wrong != nil || len(given) != len(list) {
				t.Fatalf("%q is answered with %s", body, w.Body)
			}
			if w.Body.Len() > 3+len(list)*mostOfADecision {
				t.Errorf("%d questions are answered with %d bytes", len(list), w.Body.Len())
			}
		}
		for i, d := range list {
			for fact, value := range d.Facts {
				if given[i][fact] != value {
					t.Errorf("item %d: %s=%s was not given", i, fact, value)
				}
			}
		}
	})
}
