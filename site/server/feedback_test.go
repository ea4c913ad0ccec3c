package server

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/feedback"
	"helpcenter/site/sitetest"
	"helpcenter/site/webtest"
)

// withFeedback returns the handler of a site that asks whether its pages helped, and a function that ends counting
// and returns the counts.
func withFeedback(t testing.TB, in site.Input) (http.Handler, func() *feedback.Report) {
	t.Helper()
	in.Feedback = true
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	dir := t.TempDir()
	store, err := feedback.Open(dir, feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return NewHandler(s, Environment{Now: func() time.Time { return s.Now }, Feedback: store}), func() *feedback.Report {
		t.Helper()
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		report, err := feedback.Read([]string{dir}, "")
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
}

// What readers send is answered as the scripts say, and counted unless it is refused.
func TestFeedback(t *testing.T) {
	h, counted := withFeedback(t, sitetest.ParkingInput(t))
	webtest.Run(t, h, "testdata/feedback/*.txt")
	none := map[string]int{}
	counts := func(yes, no int, reasons map[string]int) feedback.Counts {
		return feedback.Counts{Helpful: yes, NotHelpful: no, Reasons: reasons}
	}
	want := &feedback.Report{
		Pages: []feedback.Page{
			{
				Language: "en", Page: "city/parking/permits", Counts: counts(1, 1, map[string]int{"wrong": 1}),
				Sections: []feedback.Section{{ID: "needed", Counts: counts(0, 1, map[string]int{"wrong": 1})}},
			},
			{Language: "it", Page: "city/parking/permits", Counts: counts(0, 1, none), Sections: []feedback.Section{}},
			{
				Language: "en", Page: "may-i-park", Counts: counts(1, 1, map[string]int{"failed": 1}),
				Sections: []feedback.Section{{ID: "yes", Counts: counts(1, 1, map[string]int{"failed": 1})}},
			},
		},
		Searches: []feedback.Search{
			{Language: "en", Words: "permits", Times: 1, Matched: "part"},
			{Language: "en", Words: "quagga", Times: 1, Matched: "nothing"},
		},
	}
	if got := counted(); !reflect.DeepEqual(got, want) {
		t.Errorf("counted\n%+v, want\n%+v", got, want)
	}
}

// Without a store there is no form, and no address that takes one.
func TestNoFeedback(t *testing.T) {
	h := Handler(sitetest.Parking(t))
	for _, page := range []string{"/base/en/city/parking/permits/", "/base/en/may-i-park/permit=visitor/zone=centre/"} {
		if body := sitetest.Ask(h, "GET", page, "").Body.String(); strings.Contains(body, "feedback") {
			t.Errorf("%s asks whether it helped", page)
		}
	}
	if code := sitetest.Ask(h, "POST", "/base/en/feedback", "answer=yes").Code; code != http.StatusMethodNotAllowed {
		t.Errorf("status %d", code)
	}
}

// FuzzFeedback sends arbitrary bodies. None costs more than a request may, and all redirects lead to a page of the
// site.
func FuzzFeedback(f *testing.F) {
	const state = "page=en/may-i-park/permit%3Dvisitor/zone%3Dcentre/"
	for _, body := range []string{
		"page=en/city/parking/permits/&answer=yes", state + "&answer=no&reason=wrong", "", "%", "a=b;c=d",
		state + "%3F" + strings.Repeat("renewal%3D2027-01-31%26", 600) + "&answer=yes",
		strings.Repeat("page=en/city/parking/permits/&", 500), strings.Repeat("a&", 8000), strings.Repeat("%25", 5000),
		"answer=yes&page=en/may-i-park/" + strings.Repeat("permit%3Dx/", 900), strings.Repeat("x", 17<<10),
		"answer=yes&page=en/may-i-park/%3F" + strings.Repeat("a%26", 2500),
		"answer=no&section=" + strings.Repeat("needed", 2000) + "&page=en/city/parking/permits/",
	} {
		f.Add(body)
	}
	h, _ := withFeedback(f, sitetest.ParkingInput(f))
	f.Fuzz(func(t *testing.T, body string) {
		var before, after runtime.MemStats
		r := httptest.NewRequest("POST", "/base/en/feedback", strings.NewReader(body))
		r.Header.Set("Content-Type", formType)
		w := httptest.NewRecorder()
		runtime.ReadMemStats(&before)
		h.ServeHTTP(w, r)
		runtime.ReadMemStats(&after)
		count, bytes := after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
		if count > mostAllocations || bytes > mostAllocated {
			t.Errorf("%d allocations of %d bytes", count, bytes)
		}
		switch w.Code {
		case http.StatusSeeOther:
			if to := w.Header().Get("Location"); !strings.HasPrefix(to, "/base/en/") || strings.ContainsAny(to, "\r\n\\ ") {
				t.Errorf("it leads to %q", to)
			}
		case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		default:
			t.Errorf("status %d", w.Code)
		}
	})
}
