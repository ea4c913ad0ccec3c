package site

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const parkingAPI = "/base/api/v1/checkers"

// parkingHandler is the API of the parking house on its day.
func parkingHandler(t testing.TB) http.Handler {
	t.Helper()
	h := parking(t).Handler()
	return h
}

// ask makes a request; header lines are given as "Name: value".
func ask(h http.Handler, method, url, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// decode reads a JSON answer of a status.
func decode[T any](t testing.TB, w *httptest.ResponseRecorder, status int) (v T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, wanted %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%s: %s", err, w.Body)
	}
	return v
}

func TestDecisionIsWhatTheContractSays(t *testing.T) {
	w := ask(parkingHandler(t), "GET", parkingAPI+"/may-i-park/decision?permit=unknown&lang=it", "")
	set := parking(t).Rules.Versions("may-i-park")[0]
	want := `{"checker":"may-i-park","version":"` + set.Version() + `","lang":"it","facts":{"permit":"unknown"},"status":"open","outcome":null,` +
		`"reasons":[],"ask":{"fact":"zone","question":"it may-i-park.fact.zone.question","values":[` +
		`{"id":"centre","label":"it may-i-park.value.zone.centre"},{"id":"outside","label":"it may-i-park.value.zone.outside"}],"find_out":null},` +
		`"possible":["no","yes"],"changes":[],"dates":[]}` + "\n"
	if got := w.Body.String(); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	w = ask(parkingHandler(t), "GET", parkingAPI+"/may-i-park/decision?permit=none&zone=centre&lang=en", "")
	for _, part := range []string{
		`"outcome":{"id":"no","title":"en may-i-park.outcome.no"}`,
		`"cite":{"title":"Permits B","url":"/base/en/city/parking/permits/#needed"}`,
		`"ask":null`, `"possible":["no"]`, `"changes":[{"set":{"permit":"visitor"},"outcome":"yes"}]`,
	} {
		if !strings.Contains(w.Body.String(), part) {
			t.Errorf("%s lacks %s", w.Body, part)
		}
	}
}

func TestDecisions(t *testing.T) {
	h := parkingHandler(t)
	for _, test := range []struct {
		query, outcome, asks, possible, dates string
	}{
		{"", "", "permit", "no yes", ""},
		{"zone=outside", "yes", "", "yes", ""},
		{"permit=none", "", "zone", "no yes", ""},
		{"permit=unknown&zone=unknown", "", "", "no yes", ""},
		{"permit=visitor&zone=centre", "yes", "", "yes", ""},
		{"permit=visitor&zone=centre&on=2027-01-01", "no", "", "no", ""},
		{"zone=centre&permit=visitor&renewal=2027-01-31", "yes", "", "yes", "renew-by 2027-01-21 towed 2027-02-03"},
		{"permit=visitor&zone=outside&renewal=2026-12-01", "yes", "", "yes", "renew-by 2026-11-21 towed 2026-12-04"},
		{"permit=visitor&zone=outside&renewal=2026-11-30", "yes", "", "yes", "renew-by 2026-11-20"},
		{"permit=visitor&zone=outside&renewal=2026-11-30&on=2026-11-20", "yes", "", "yes", "renew-by 2026-11-20 towed 2026-12-03"},
		{"permit=resident&zone=outside&renewal=2026-11-30", "yes", "", "yes", ""},
		{"permit=visito%72&zone=outside", "yes", "", "yes", ""},
		{"&permit=visitor&&", "yes", "zone", "yes", ""},
	} {
		d := decode[Decision](t, ask(h, "GET", parkingAPI+"/may-i-park/decision?"+test.query, ""), 200)
		outcome, asks := "", ""
		if d.Outcome != nil {
			outcome = d.Outcome.ID
		}
		if d.Ask != nil {
			asks = d.Ask.Fact
		}
		var dates []string
		for _, date := range d.Dates {
			dates = append(dates, date.ID, date.Date.String())
		}
		got := fmt.Sprint(outcome, "|", asks, "|", strings.Join(d.Possible, " "), "|", strings.Join(dates, " "))
		want := fmt.Sprint(test.outcome, "|", test.asks, "|", test.possible, "|", test.dates)
		if got != want {
			t.Errorf("%s: %s, wanted %s", test.query, got, want)
		}
	}
}

// refusals lists what a problem refuses: pointer, field and given, in order.
func refusals(p problem) string {
	var list []string
	for _, r := range p.Errors {
		list = append(list, r.Pointer+" "+r.Field+"="+r.Given)
	}
	return strings.Join(list, "; ")
}

func TestRefusedQueries(t *testing.T) {
	h := parkingHandler(t)
	for _, test := range []struct {
		address, refused string
		status           int
	}{
		{"/may-i-park/decision?permit=boss", " permit=boss", 400},
		{"/may-i-park/decision?permit=", " permit=", 400},
		{"/may-i-park/decision?permit", " permit=", 400},
		{"/may-i-park/decision?role=other&permit=boss&lang=fr&renewal=soon&on=2027-02-29", " lang=fr;  renewal=soon;  on=2027-02-29;  role=other;  permit=boss", 400},
		{"/may-i-park/decision?permit=none&permit=none", " permit=none", 400},
		{"/may-i-park/decision?lang=it&lang=it", " lang=it", 400},
		{"/may-i-park/decision?permit=%zz", " permit=%zz", 400},
		{"/may-i-park/decision?permit=none;zone=centre", " permit=none;zone=centre", 400},
		{"/may-i-park/decision?renewal=3000-01-01", " renewal=3000-01-01", 400},
		{"/may-i-park/decision?on=1969-12-31", " on=1969-12-31", 400},
		{"/may-i-park?permit=none", " permit=none", 400},
		{"/may-i-park?renewal=2027-01-31", " renewal=2027-01-31", 400},
		{"?on=2027-01-31", " on=2027-01-31", 400},
		{"/may-i-park/deadline.ics", " renewal=", 400},
		{"/may-i-park/deadline.ics?renewal=2027-01-31&zone=centre", " zone=centre", 400},
		{"/may-i-perk/decision", " checker=may-i-perk", 404},
		{"/may-i-park/decide", "", 404},
		{"/", "", 404},
		{"/..", " checker=..", 404},
	} {
		w := ask(h, "GET", parkingAPI+test.address, "")
		p := decode[problem](t, w, test.status)
		if got := refusals(p); got != test.refused {
			t.Errorf("%s refuses %q, wanted %q", test.address, got, test.refused)
		}
		if p.Status != test.status || w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", test.address, p.Status, w.Header())
		}
	}
}

func TestRefusalsSayWhatIsAllowed(t *testing.T) {
	w := ask(parkingHandler(t), "GET", parkingAPI+"/may-i-park/decision?permit=resdent&zon=centre", "")
	p := decode[problem](t, w, 400)
	if len(p.Errors) != 2 {
		t.Fatal(w.Body)
	}
	for i, allowed := range []string{"resident visitor none unknown", "permit zone lang renewal on"} {
		if got := strings.Join(p.Errors[i].Allowed, " "); got != allowed {
			t.Errorf("allowed is %q, wanted %q", got, allowed)
		}
	}
	for i, near := range []string{"resident", "zone"} {
		if !strings.Contains(p.Errors[i].Detail, near) {
			t.Errorf("%q does not suggest %q", p.Errors[i].Detail, near)
		}
	}
}

func TestBatch(t *testing.T) {
	h := parkingHandler(t)
	body := `[{"permit":"none","zone":"centre"}, {}, {"zone":"outside","lang":"en","on":"2027-05-01"}, {"permit":"visitor","renewal":"2027-01-31"}]`
	w := ask(h, "POST", parkingAPI+"/may-i-park/decisions?lang=it", body, "Content-Type: application/json")
	list := decode[[]Decision](t, w, 200)
	var got []string
	for _, d := range list {
		got = append(got, d.Lang, fmt.Sprint(d.Possible), fmt.Sprint(len(d.Dates)))
	}
	if want := "it [no] 0 it [no yes] 0 en [yes] 0 it [yes] 2"; strings.Join(got, " ") != want {
		t.Errorf("got %s, wanted %s", got, want)
	}
	if cache := w.Header().Get("Cache-Control"); cache != "no-store" {
		t.Errorf("a batch may be cached: %s", cache)
	}
	versions := parking(t).Rules.Versions("may-i-park")
	if list[0].Version != versions[0].Version() || list[2].Version != versions[1].Version() {
		t.Errorf("the versions are %s and %s", list[0].Version, list[2].Version)
	}
	if w := ask(h, "POST", parkingAPI+"/may-i-park/decisions", "[]"); w.Body.String() != "[]\n" {
		t.Errorf("an empty batch is answered with %s", w.Body)
	}
}

func TestRefusedBatches(t *testing.T) {
	h := parkingHandler(t)
	many := strings.Repeat("{},", maxBatch) + "{}"
	for _, test := range []struct {
		body, refused string
		status        int
	}{
		{`[{"zone":"outside"}, {"permit":"none"}, {"zone":"moon","permit":"none"}, {"role":"other"}]`, "/2/zone zone=moon; /3/role role=other", 400},
		{`[{"zone":"outside","zone":"centre"}]`, "/0/zone zone=centre", 400},
		{`[{"zone":1}, {"zone":null}, {"zone":["centre"]}, {"zone":{"a":[]}}]`, `/0/zone zone=1; /1/zone zone=null; /2/zone zone=["centre"]; /3/zone zone={"a":[]}`, 400},
		{`[{"a/b~c":"x"}]`, "/0/a~1b~0c a/b~c=x", 400},
		{`[1, "zone", null, []]`, "/0 =1; /1 =\"zone\"; /2 =null; /3 =[]", 400},
		{`{"zone":"outside"}`, ` ={"zone":"outside"}`, 400},
		{`null`, " =null", 400},
		{``, " =", 400},
		{`[{"zone":"outside"}`, ` =[{"zone":"outside"}`, 400},
		{`[{"zone":"outside"}] []`, ` =[{"zone":"outside"}] []`, 400},
		{"[" + many + "]", fmt.Sprintf(" =%d", maxBatch+1), 400},
		{`["` + strings.Repeat("x", maxBatchSize) + `"]`, "", 413},
	} {
		w := ask(h, "POST", parkingAPI+"/may-i-park/decisions", test.body)
		if got := refusals(decode[problem](t, w, test.status)); got != test.refused {
			t.Errorf("%.80s refuses %q, wanted %q", test.body, got, test.refused)
		}
	}
}

// What is refused is repeated only in part, and costs little however long it is.
// The machine may have other things to do: the best of some times counts.
func TestLongNonsense(t *testing.T) {
	h := parkingHandler(t)
	long := strings.Repeat("è", maxBatchSize/5)
	refuse := func() time.Duration {
		began := time.Now()
		w := ask(h, "POST", parkingAPI+"/may-i-park/decisions", `[{"permit":"`+long+`","`+long+`":"x"}]`)
		if p := decode[problem](t, w, 400); len(p.Errors) != 2 || w.Body.Len() > 2000 {
			t.Errorf("%d bytes: %.200s", w.Body.Len(), w.Body)
		}
		w = ask(h, "GET", parkingAPI+"/may-i-park/decision?"+strings.Repeat("permit=none&", 10_000), "")
		if p := decode[problem](t, w, 400); len(p.Errors) > maxFields {
			t.Errorf("%d refusals", len(p.Errors))
		}
		return time.Since(began)
	}
	const limit = 2 * time.Second
	took := refuse()
	for tries := 1; took > limit && tries < 10; tries++ {
		took = min(took, refuse())
	}
	if took > limit {
		t.Errorf("this took %s", took)
	}
}

func TestMethods(t *testing.T) {
	server := httptest.NewServer(parkingHandler(t))
	defer server.Close()
	get, post := "GET, HEAD", "POST"
	for address, allow := range map[string]string{
		"/base/api/openapi.json":   get,
		parkingAPI:                 get,
		parkingAPI + "/may-i-park": get,
		parkingAPI + "/may-i-park/decision?zone=outside":           get,
		parkingAPI + "/may-i-park/decisions":                       post,
		parkingAPI + "/may-i-park/deadline.ics?renewal=2027-01-31": get,
		"/base/healthz": get,
		"/base/readyz":  get,
		"/base/metrics": get,
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
			if refused := answer.StatusCode == 405; refused == allowed || refused && answer.Header.Get("Allow") != allow {
				t.Errorf("%s %s: %d, Allow %q", method, address, answer.StatusCode, answer.Header.Get("Allow"))
			}
			if method == "HEAD" && allowed && (answer.StatusCode != 200 || len(body) > 0) {
				t.Errorf("HEAD %s: %d with %d bytes", address, answer.StatusCode, len(body))
			}
		}
	}
}

func TestHeadHasTheHeadersOfGet(t *testing.T) {
	h := parkingHandler(t)
	address := parkingAPI + "/may-i-park/decision?zone=outside"
	get, head := ask(h, "GET", address, ""), ask(h, "HEAD", address, "")
	if !maps.EqualFunc(get.Header(), head.Header(), slices.Equal) {
		t.Errorf("GET has %v, HEAD has %v", get.Header(), head.Header())
	}
}

func TestConditionalRequests(t *testing.T) {
	h := parkingHandler(t)
	address := parkingAPI + "/may-i-park/decision?lang=it"
	plain, zipped := ask(h, "GET", address, ""), ask(h, "GET", address, "", "Accept-Encoding: gzip")
	tag := plain.Header().Get("Etag")
	for _, test := range []struct {
		header string
		status int
	}{
		{tag, 304}, {"W/" + tag, 304}, {`"other", ` + tag, 304}, {"*", 304}, {`"other"`, 200}, {"", 200},
	} {
		w := ask(h, "GET", address, "", "If-None-Match: "+test.header)
		if w.Code != test.status || w.Header().Get("Etag") != tag || (w.Body.Len() == 0) != (w.Code == 304) {
			t.Errorf("If-None-Match %s: %d with %d bytes", test.header, w.Code, w.Body.Len())
		}
	}
	if other := ask(h, "GET", address+"&permit=none", "").Header().Get("Etag"); other == tag {
		t.Error("another body has the same tag")
	}
	if again := ask(parkingHandler(t), "GET", address, "").Header().Get("Etag"); again != tag {
		t.Error("the same body has another tag")
	}
	if zipped.Code != 200 || zipped.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("%d %v", zipped.Code, zipped.Header())
	}
}

func TestCompression(t *testing.T) {
	h := parkingHandler(t)
	plain := ask(h, "GET", parkingAPI+"/may-i-park", "")
	zipped := ask(h, "GET", parkingAPI+"/may-i-park", "", "Accept-Encoding: br;q=1, gzip;q=0.5")
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
	if w := ask(h, "GET", parkingAPI+"/may-i-park", "", "Accept-Encoding: gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("compressed against the client's word")
	}
}

func TestFreshness(t *testing.T) {
	s := parking(t)
	boundary := s.Until()
	for _, test := range []struct {
		now          time.Time
		query, cache string
	}{
		{parkingDay, "zone=outside", "public, max-age=300, must-revalidate"},
		{parkingDay, "permit=visitor&renewal=2027-01-31", "public, max-age=84600, must-revalidate"}, // from half past midnight in Rome
		{parkingDay, "permit=resident&renewal=2027-01-31", "public, max-age=300, must-revalidate"},
		{parkingDay, "permit=visitor&renewal=2027-01-31&on=2026-11-21", "public, max-age=300, must-revalidate"},
		{boundary.Add(-time.Minute), "zone=outside", "public, max-age=60, must-revalidate"},
		{boundary.Add(-time.Minute), "zone=outside&on=2026-11-21", "public, max-age=300, must-revalidate"},
		{boundary.Add(time.Minute), "zone=outside", "public, max-age=0, must-revalidate"},
	} {
		h := s.handler(environment{now: func() time.Time { return test.now }, metrics: newMetrics()})
		w := ask(h, "GET", parkingAPI+"/may-i-park/decision?"+test.query, "")
		if got := w.Header().Get("Cache-Control"); got != test.cache {
			t.Errorf("%s at %s: %q, wanted %q", test.query, test.now, got, test.cache)
		}
	}
}

func TestLanguageOfAnswers(t *testing.T) {
	h := parkingHandler(t)
	for _, test := range []struct{ query, accept, lang, vary string }{
		{"?lang=it", "en", "it", "Accept-Encoding"},
		{"", "it-CH, en;q=0.8", "it", "Accept-Encoding, Accept-Language"},
		{"", "fr", "en", "Accept-Encoding, Accept-Language"},
		{"", "", "en", "Accept-Encoding, Accept-Language"},
	} {
		for _, address := range []string{"", "/may-i-park", "/may-i-park/decision"} {
			w := ask(h, "GET", parkingAPI+address+test.query, "", "Accept-Language: "+test.accept)
			answer := decode[struct{ Lang string }](t, w, 200)
			if answer.Lang != test.lang || w.Header().Get("Vary") != test.vary {
				t.Errorf("%s%s for %q: %s, Vary %q", address, test.query, test.accept, answer.Lang, w.Header().Get("Vary"))
			}
		}
	}
}

// Every case that ships is answered by the API as the rules decide it, in every
// language, asked twice: made anew, and as it is kept.
func TestShippedDecisions(t *testing.T) {
	s := shipped(t)
	h := s.Handler()
	for _, c := range s.checkers {
		for a := range allCases(c.set) {
			want := c.set.Decide(a)
			for _, l := range s.langs {
				address := s.link("api/v1/checkers/"+c.id+"/decision?lang="+l.Tag) + "&" + strings.Join(c.set.Segments(a), "&")
				for range 2 {
					d := decode[Decision](t, ask(h, "GET", address, ""), 200)
					if d.Outcome == nil || d.Outcome.ID != c.set.Outcomes[want.Outcome].ID || len(d.Reasons) != want.Reasons.Len() {
						t.Fatalf("%s: %+v", address, d)
					}
				}
			}
		}
	}
}

func TestStateWithRenewal(t *testing.T) {
	h := parkingHandler(t)
	address := "/base/it/may-i-park/permit=visitor/zone=centre/"
	for _, test := range []struct {
		query, has, lacks string
	}{
		{"?renewal=2027-01-31", "21 gennaio 2027", ".late</"},
		{"?renewal=2026-11-30", "20 novembre 2026", "3 dicembre"},
		{"?renewal=tomorrow%22%3E%3Cscript%3E", "tomorrow&#34;&gt;&lt;script&gt;", "<script>"},
	} {
		w := ask(h, "GET", address+test.query, "")
		if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, test.has) || strings.Contains(body, test.lacks) {
			t.Errorf("%s: %d, has %q: %t, has %q: %t", test.query, w.Code, test.has, strings.Contains(body, test.has), test.lacks, strings.Contains(body, test.lacks))
		}
	}
	for from, to := range map[string]string{
		"/base/it/may-i-park/zone=centre/permit=visitor/?renewal=2027-01-31": address + "?renewal=2027-01-31",
		"/base/it/may-i-park/permit=visitor/zone=centre":                     address,
	} {
		w := ask(h, "GET", from, "")
		if w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != to {
			t.Errorf("%s: %d to %s", from, w.Code, w.Header().Get("Location"))
		}
	}
	if w := ask(h, "GET", "/base/it/may-i-park/permit="+strings.Repeat("x", 100_000)+"/", ""); w.Code != 404 {
		t.Errorf("a long nonsense is answered with %d", w.Code)
	}
}
