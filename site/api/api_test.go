package api_test

import (
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"helpcenter/site/answer"
	"helpcenter/site/api"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/webtest"
)

func TestDecisionIsWhatTheContractSays(t *testing.T) {
	w := sitetest.Ask(server.Handler(sitetest.Parking(t)), "GET",
		sitetest.ParkingAPI+"/may-i-park/decision?permit=unknown&lang=it", "")
	set := sitetest.Parking(t).Rules.Versions("may-i-park")[0]
	want := `{"checker":"may-i-park","version":"` + set.Version() + `","lang":"it",` +
		`"facts":{"permit":"unknown"},"status":"open","outcome":null,` +
		`"reasons":[],"ask":{"fact":"zone","question":"it may-i-park.fact.zone.question","values":[` +
		`{"id":"centre","label":"it may-i-park.value.zone.centre"},` +
		`{"id":"outside","label":"it may-i-park.value.zone.outside"}],"find_out":null},` +
		`"possible":["no","yes"],"changes":[],"dates":[]}` + "\n"
	if got := w.Body.String(); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// The scripts show what requests are answered with; see package webtest.
func TestScripts(t *testing.T) {
	webtest.Run(t, server.Handler(sitetest.Parking(t)), "testdata/*.txt")
}

// Each question of a batch is decided by the rules of its own day.
func TestVersionsInABatch(t *testing.T) {
	w := sitetest.Ask(server.Handler(sitetest.Parking(t)), "POST", sitetest.ParkingAPI+"/may-i-park/decisions",
		`[{}, {"on":"2027-05-01"}]`)
	list := sitetest.Decode[[]answer.Decision](t, w, 200)
	versions := sitetest.Parking(t).Rules.Versions("may-i-park")
	if len(list) != 2 || list[0].Version != versions[0].Version() || list[1].Version != versions[1].Version() {
		t.Errorf("the decisions are %+v", list)
	}
}

func TestLongAddressOfAState(t *testing.T) {
	w := sitetest.Ask(server.Handler(sitetest.Parking(t)), "GET",
		"/base/it/may-i-park/permit="+strings.Repeat("x", 100_000)+"/", "")
	if w.Code != 404 {
		t.Errorf("it is answered with %d", w.Code)
	}
}

func TestMethods(t *testing.T) {
	server := httptest.NewServer(server.Handler(sitetest.Parking(t)))
	defer server.Close()
	get, post := "GET, HEAD", "POST"
	for address, allow := range map[string]string{
		"/base/api/openapi.json":                                             get,
		sitetest.ParkingAPI:                                                  get,
		sitetest.ParkingAPI + "/may-i-park":                                  get,
		sitetest.ParkingAPI + "/may-i-park/decision?zone=outside":            get,
		sitetest.ParkingAPI + "/may-i-park/decisions":                        post,
		sitetest.ParkingAPI + "/may-i-park/deadline.ics?renewal=2027-01-31":  get,
		"/base/healthz":                                                      get,
		"/base/readyz":                                                       get,
		"/base/metrics":                                                      get,
		"/base/it/may-i-park/permit=visitor/zone=centre/?renewal=2027-01-31": get,
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"} {
			r, err := http.NewRequest(method, server.URL+address, nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			allowed := slices.Contains(strings.Split(allow, ", "), method)
			if refused := answer.StatusCode == 405; refused == allowed ||
				refused && answer.Header.Get("Allow") != allow {
				t.Errorf("%s %s: %d, Allow %q", method, address, answer.StatusCode, answer.Header.Get("Allow"))
			}
			if method == "HEAD" && allowed && (answer.StatusCode != 200 || len(body) > 0) {
				t.Errorf("HEAD %s: %d with %d bytes", address, answer.StatusCode, len(body))
			}
		}
	}
}

func TestHeadHasTheHeadersOfGet(t *testing.T) {
	h := server.Handler(sitetest.Parking(t))
	address := sitetest.ParkingAPI + "/may-i-park/decision?zone=outside"
	get, head := sitetest.Ask(h, "GET", address, ""), sitetest.Ask(h, "HEAD", address, "")
	if !maps.EqualFunc(get.Header(), head.Header(), slices.Equal) {
		t.Errorf("GET has %v, HEAD has %v", get.Header(), head.Header())
	}
}

func TestConditionalRequests(t *testing.T) {
	h := server.Handler(sitetest.Parking(t))
	address := sitetest.ParkingAPI + "/may-i-park/decision?lang=it"
	plain, zipped := sitetest.Ask(h, "GET", address, ""), sitetest.Ask(h, "GET", address, "", "Accept-Encoding: gzip")
	tag := plain.Header().Get("Etag")
	for _, test := range []struct {
		header string
		status int
	}{
		{tag, 304}, {"W/" + tag, 304}, {`"other", ` + tag, 304}, {"*", 304}, {`"other"`, 200}, {"", 200},
	} {
		w := sitetest.Ask(h, "GET", address, "", "If-None-Match: "+test.header)
		if w.Code != test.status || w.Header().Get("Etag") != tag || (w.Body.Len() == 0) != (w.Code == 304) {
			t.Errorf("If-None-Match %s: %d with %d bytes", test.header, w.Code, w.Body.Len())
		}
	}
	if other := sitetest.Ask(h, "GET", address+"&permit=none", "").Header().Get("Etag"); other == tag {
		t.Error("another body has the same tag")
	}
	if again := sitetest.Ask(server.Handler(sitetest.Parking(t)), "GET", address, "").Header().Get("Etag"); again != tag {
		t.Error("the same body has another tag")
	}
	if zipped.Code != 200 || zipped.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("%d %v", zipped.Code, zipped.Header())
	}
}

func TestCompression(t *testing.T) {
	h := server.Handler(sitetest.Parking(t))
	plain := sitetest.Ask(h, "GET", sitetest.ParkingAPI+"/may-i-park", "")
	zipped := sitetest.Ask(h, "GET", sitetest.ParkingAPI+"/may-i-park", "", "Accept-Encoding: br;q=1, gzip;q=0.5")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("Etag") == plain.Header().Get("Etag") {
		t.Fatalf("%v", zipped.Header())
	}
	r, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(r); err != nil || string(body) != plain.Body.String() {
		t.Errorf("%v: %s", err, body)
	}
	w := sitetest.Ask(h, "GET", sitetest.ParkingAPI+"/may-i-park", "", "Accept-Encoding: gzip;q=0")
	if w.Header().Get("Content-Encoding") != "" {
		t.Error("compressed against the client's word")
	}
}

func TestFreshness(t *testing.T) {
	s := sitetest.Parking(t)
	boundary := s.Until()
	for _, test := range []struct {
		now          time.Time
		query, cache string
	}{
		{sitetest.ParkingDay, "zone=outside", "public, max-age=300, must-revalidate"},
		// It is half past midnight in Rome.
		{sitetest.ParkingDay, "permit=visitor&renewal=2027-01-31", "public, max-age=84600, must-revalidate"},
		{sitetest.ParkingDay, "permit=resident&renewal=2027-01-31", "public, max-age=300, must-revalidate"},
		{sitetest.ParkingDay, "permit=visitor&renewal=2027-01-31&on=2026-11-21", "public, max-age=300, must-revalidate"},
		{boundary.Add(-time.Minute), "zone=outside", "public, max-age=60, must-revalidate"},
		{boundary.Add(-time.Minute), "zone=outside&on=2026-11-21", "public, max-age=300, must-revalidate"},
		{boundary.Add(time.Minute), "zone=outside", "public, max-age=0, must-revalidate"},
	} {
		a := api.New(s, api.Options{
			Now: func() time.Time { return test.now }, Until: boundary,
			Reader: func(*http.Request) string { return "en" }, Decided: func(string, string) {},
		})
		w := sitetest.Ask(a, "GET", sitetest.ParkingAPI+"/may-i-park/decision?"+test.query, "")
		if got := w.Header().Get("Cache-Control"); got != test.cache {
			t.Errorf("%s at %s: %q, wanted %q", test.query, test.now, got, test.cache)
		}
	}
}

// The API answers every shipped case as the rules decide it, in every language, both when the reply is new and when
// it comes from the cache.
func TestShippedDecisions(t *testing.T) {
	s := sitetest.Shipped(t)
	h := server.Handler(s)
	for _, id := range s.Rules.IDs() {
		set := s.Ruleset(id)
		for a := range sitetest.AllCases(set) {
			want := set.Decide(a)
			for _, l := range s.Library.Site.Languages {
				address := s.Link("api/v1/checkers/"+id+"/decision?lang="+l.Tag) + "&" + strings.Join(set.Segments(a), "&")
				for range 2 {
					d := sitetest.Decode[answer.Decision](t, sitetest.Ask(h, "GET", address, ""), 200)
					if d.Outcome == nil || d.Outcome.ID != set.Outcomes[want.Outcome].ID ||
						len(d.Reasons) != want.Reasons.Len() {
						t.Fatalf("%s: %+v", address, d)
					}
				}
			}
		}
	}
}

// The cache of replies is bounded, whatever is asked.
func TestRepliesAreBounded(t *testing.T) {
	a := watchedAPI(t, func() {})
	for i := range 2 * api.MaxReplies {
		if found, n := a.CacheOne(ruleset.Answers{}.With(0, i%200).With(1, i/200)); !found || n > api.MaxReplies {
			t.Fatalf("after %d replies %d are cached; the last one: %t", i+1, n, found)
		}
	}
}
