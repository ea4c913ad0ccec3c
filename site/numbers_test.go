package site_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// withdraw returns the shipped site with a checker that asks for a number, a day and a set.
func withdraw(t *testing.T) *site.Site {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/numbers/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	in := sitetest.Input(t)
	set, found := ruleset.Load(sitetest.Overlay(t, rules.Files, map[string][]byte{"withdraw.toml": read("withdraw.toml")}))
	sitetest.FailOnFindings(t, found)
	in.Rules = set
	english, err := fs.ReadFile(locales.Files, "active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string][]byte{"active.en.toml": append(read("active.en.toml"), english...)}
	in.Words, found = locale.Load(sitetest.Overlay(t, locales.Files, words), in.Library.Site.Tags(), "en")
	sitetest.FailOnErrors(t, found)
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	return s
}

// A question links to each cell in words, and has a field to type in.
func TestCellsOnPages(t *testing.T) {
	s := withdraw(t)
	for address, want := range map[string][]string{
		"en/withdraw/": {
			"More than 14 days ago", "In the last 14 days", "In the next 30 days", `type="date"`,
		},
		"it/withdraw/": {"Più di 14 giorni fa"},
		"en/withdraw/delivered=-14..0/": {
			"49 or fewer seats", "50 or more seats", `min="1" max="10000" step="1"`, "I don’t know",
		},
		"en/withdraw/delivered=-14..0/seats=50..10000/": {"None of these", "Video and Telephone"},
		"en/withdraw/delivered=1..30/":                  {"Yes"},
	} {
		f, ok := s.File(address + "index.html")
		if !ok {
			f, ok = s.File(address)
		}
		if !ok {
			t.Errorf("there is no page %s", address)
			continue
		}
		var buffer bytes.Buffer
		text, err := f.Bytes(&buffer)
		if err != nil {
			t.Fatal(err)
		}
		body := string(text)
		for _, words := range want {
			if !strings.Contains(body, words) {
				t.Errorf("%s lacks %q", address, words)
			}
		}
		if strings.Contains(address, "en/withdraw/") && strings.Count(address, "=") == 0 &&
			strings.Contains(body, "I don’t know") {
			t.Errorf("%s offers not to know", address)
		}
	}
}

// What is typed leads to its cell, and the query is kept. The address of a cell of another version also leads to a
// page.
func TestTypedAnswers(t *testing.T) {
	h := server.Handler(withdraw(t))
	in14 := "/en/withdraw/delivered=-14..0/"
	for address, want := range map[string]string{
		in14 + "?seats=60":                              in14 + "seats=50..10000/?seats=60",
		in14 + "seats=60..70/":                          in14 + "seats=50..10000/",
		in14 + "seats=40..70/":                          in14,
		in14 + "seats=50..10000/?used=video&used=phone": in14 + "seats=50..10000/used=video,phone/?used=video&used=phone",
		"/en/withdraw/seats=60/delivered=-14..0/":       in14 + "seats=50..10000/",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if got := w.Header().Get("Location"); got != want ||
			w.Code != http.StatusSeeOther && w.Code != http.StatusPermanentRedirect {
			t.Errorf("%s: %d to %q, want %q", address, w.Code, got, want)
		}
	}
	for _, address := range []string{in14 + "?seats=x", in14 + "seats=50..10000/?seats=60"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d to %q", address, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestNumbersInTheAPI(t *testing.T) {
	h := server.Handler(withdraw(t))
	ask := func(query string, into any) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w,
			httptest.NewRequest(http.MethodGet, "/api/v1/checkers/withdraw/decision?lang=en&on=2026-11-26&"+query, nil))
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return w.Code
	}
	for query, want := range map[string]string{
		"delivered=2026-11-12&seats=10":                     "yes",
		"delivered=2026-11-11":                              "no",
		"delivered=2026-11-20&seats=50&used=phone":          "yes",
		"delivered=-14..0&seats=50..10000&used=phone,video": "no",
		"delivered=2026-12-01":                              "yes",
		"delivered=2026-11-20&seats=50":                     "open",
	} {
		var d answer.Decision
		code := ask(query, &d)
		got := string(d.Status)
		if d.Outcome != nil {
			got = d.Outcome.ID
		}
		if code != http.StatusOK || got != want {
			t.Errorf("%s: %d %s, want %s", query, code, got, want)
		}
	}
	var refused struct {
		Errors []struct {
			Field   string
			Allowed []string
		}
	}
	for query, field := range map[string]string{
		"seats=0": "seats", "seats=1..60": "seats", "delivered=unknown": "delivered", "used=sofa": "used",
		"delivered=2016-01-01": "delivered", "delivered=2026-12-01&seats=50&used=phone": "used",
	} {
		if code := ask(query, &refused); code != http.StatusBadRequest || len(refused.Errors) != 1 ||
			refused.Errors[0].Field != field {
			t.Errorf("%s: %d %+v", query, code, refused)
		}
	}
	ask("seats=0", &refused)
	if !slices.Equal(refused.Errors[0].Allowed, []string{"1..10000", "unknown"}) {
		t.Errorf("allowed are %q", refused.Errors[0].Allowed)
	}
}
