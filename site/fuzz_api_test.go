package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"helpcenter/site/answer"
)

// holds fails where an answer is a defect or no JSON.
func holds(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code >= 500 || w.Code != 200 && w.Code != 400 && w.Code != 413 {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if !json.Valid(w.Body.Bytes()) {
		t.Errorf("no JSON: %q", w.Body)
	}
	if w.Body.Len() > 64<<10 && w.Code != 200 {
		t.Errorf("%d bytes say what is wrong", w.Body.Len())
	}
}

func FuzzAPIQuery(f *testing.F) {
	for _, query := range []string{
		"", "permit=none&zone=centre&lang=it&renewal=2027-01-31&on=2026-12-01", "permit=none&permit=none", "permit=%00%ff&=&&a;b", "on=0000-00-00&renewal=2999-12-31",
	} {
		f.Add(query)
	}
	h := parkingHandler(f)
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"", "/may-i-park", "/may-i-park/decision"} {
			r := httptest.NewRequest(http.MethodGet, parkingAPI+path, nil)
			r.URL.RawQuery = query
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			holds(t, w)
			// What is answered, net/url reads as the same.
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
		"[]", `[{"permit":"none","zone":"centre"},{"lang":"it"}]`, `[{"zone":"moon"},{"permit":1}]`, `{"a":`, "[" + strings.Repeat("[", 200), `[{"zone":"\ud800"}]`, "[{}] 1", `[{"a":1,"a":2}]`, strings.Repeat("\x80", 200),
	} {
		f.Add(body)
	}
	h := parkingHandler(f)
	f.Fuzz(func(t *testing.T, body string) {
		w := ask(h, http.MethodPost, parkingAPI+"/may-i-park/decisions", body)
		holds(t, w)
		var given []map[string]string
		var list []answer.Decision
		if w.Code == 200 {
			if json.Unmarshal([]byte(body), &given) != nil || json.Unmarshal(w.Body.Bytes(), &list) != nil || len(given) != len(list) {
				t.Fatalf("%q is answered with %s", body, w.Body)
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
