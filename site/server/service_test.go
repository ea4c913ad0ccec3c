package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
)

// A lab is a service of the parking site with a clock and files that tests can change.
type lab struct {
	*Service
	now    atomic.Pointer[time.Time]
	broken atomic.Bool
	hangs  atomic.Pointer[chan struct{}] // loading waits for it unless nil
	loads  atomic.Int64
	log    syncBuffer
}

// syncBuffer is a log that is safe for concurrent use.
type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *syncBuffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

var brokenFile = diag.Errorf(diag.Position{File: "content/it/x.md", Line: 3}, "broken-link", "no article")

func newLab(t testing.TB) *lab {
	t.Helper()
	l := &lab{}
	l.now.Store(&sitetest.ParkingDay)
	in := sitetest.ParkingInput(t)
	svc, found := New(Options{
		Load: func(now time.Time) (*site.Site, []diag.Finding) {
			l.loads.Add(1)
			if hangs := l.hangs.Load(); hangs != nil {
				<-*hangs
			}
			if l.broken.Load() {
				return nil, []diag.Finding{brokenFile}
			}
			in := in
			in.Now = now
			return site.New(in)
		},
		Now:     func() time.Time { return *l.now.Load() },
		Version: "v1.2.3",
		Log:     slog.New(slog.NewJSONHandler(&l.log, nil)),
	})
	sitetest.FailOnFindings(t, found)
	l.Service = svc
	return l
}

// lines returns the log lines with a message.
func (l *lab) lines(t testing.TB, message string) (lines []map[string]any) {
	t.Helper()
	for line := range strings.Lines(l.log.text()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%s: %s", err, line)
		}
		if m["msg"] == message {
			lines = append(lines, m)
		}
	}
	return lines
}

func (l *lab) metric(t testing.TB, line string) bool {
	t.Helper()
	w := sitetest.Ask(l, "GET", "/base/metrics", "")
	if w.Code != 200 {
		t.Fatal(w.Code)
	}
	return strings.Contains(w.Body.String(), "\n"+line+"\n")
}

func TestNoServiceOfBrokenFiles(t *testing.T) {
	svc, found := New(Options{Load: func(time.Time) (*site.Site, []diag.Finding) {
		return nil, []diag.Finding{brokenFile}
	}})
	if svc != nil || len(found) != 1 {
		t.Errorf("%v %v", svc, found)
	}
}

func TestReloadKeepsTheLastGoodSite(t *testing.T) {
	l := newLab(t)
	before := l.Site()
	l.broken.Store(true)
	if found := l.Reload(); !diag.HasErrors(found) || l.Site() != before {
		t.Fatalf("%v", found)
	}
	ready := sitetest.Decode[readiness](t, sitetest.Ask(l, "GET", "/base/readyz", ""), 200)
	if ready.Status != "ready" || len(ready.Findings) != 1 ||
		!strings.HasPrefix(ready.Findings[0], "content/it/x.md:3: error") {
		t.Errorf("%+v", ready)
	}
	if len(l.lines(t, "reload failed; the previous site stays")) != 1 ||
		!l.metric(t, `helpcenter_reloads_total{result="failed"} 1`) {
		t.Error("the failure is not told")
	}
	l.broken.Store(false)
	if found := l.Reload(); diag.HasErrors(found) || l.Site() == before {
		t.Fatalf("%v", found)
	}
	if ready := sitetest.Decode[readiness](t, sitetest.Ask(l, "GET", "/base/readyz", ""), 200); len(ready.Findings) != 0 ||
		!l.metric(t, `helpcenter_reloads_total{result="done"} 1`) {
		t.Errorf("%+v", ready)
	}
}

// An article is published and expires while the service runs: it is there from the start of the one day to the
// start of the other, in the time zone of the site.
func TestArticlesFollowTheClock(t *testing.T) {
	articles, _ := sitetest.ParkingFiles()
	text := strings.Replace(string(articles["en/city/parking/permits.md"].Data), "\nupdated",
		"\npublish = 2026-11-28\nexpires = 2026-12-01\nupdated", 1)
	articles["en/city/parking/fair.md"] = &fstest.MapFile{Data: []byte(text)}
	synctest.Test(t, func(t *testing.T) {
		in, clock := sitetest.ParkingInput(t), atomic.Value{}
		clock.Store(sitetest.ParkingDay)
		now := func() time.Time { return clock.Load().(time.Time) }
		s, found := New(Options{
			Load: func(now time.Time) (*site.Site, []diag.Finding) {
				in := in
				lib, found := library.LoadWith(articles, nil, library.View{Now: now})
				in.Library, in.Now = lib, now
				s, more := site.New(in)
				return s, append(found, more...)
			},
			Now: now,
		})
		sitetest.FailOnFindings(t, found)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go KeepCurrent(ctx, now, s.Site, func() { s.Reload() })
		for _, step := range []struct {
			now  string
			want int
		}{
			{"2026-11-27T22:59:59Z", 404}, {"2026-11-27T23:00:00Z", 200}, {"2026-11-30T22:59:59Z", 200},
			{"2026-11-30T23:00:00Z", 404},
		} {
			synctest.Wait()
			at, _ := time.Parse(time.RFC3339, step.now)
			clock.Store(at)
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if got := sitetest.Ask(s, "GET", "/base/en/city/parking/fair/", "").Code; got != step.want {
				t.Errorf("at %s it answers %d, want %d", step.now, got, step.want)
			}
		}
	})
}

// A version of the rules begins while the service runs. From that moment its pages are shown and all others stay
// the same. If the folders are broken then, that happens as soon as they are whole again.
func TestSiteFollowsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go KeepCurrent(ctx, l.options.Now, l.Site, func() { l.Reload() })
		page := func(address string) string { return sitetest.Ask(l, "GET", "/base/en/"+address, "").Body.String() }
		const state, article = "may-i-park/permit=visitor/zone=centre/", "city/parking/permits/"
		early, text := page(state), page(article)
		later := l.Site().Until()
		if want := time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC); !later.Equal(want) {
			t.Fatalf("the next boundary is %s", later)
		}
		l.broken.Store(true) // an edit is under way
		l.now.Store(&later)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if page(state) != early || l.loads.Load() != 2 {
			t.Fatalf("while the files are broken: same page: %t, loads: %d", page(state) == early, l.loads.Load())
		}
		l.broken.Store(false)
		again := later.Add(retryReload)
		l.now.Store(&again)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if page(state) == early || l.loads.Load() != 3 || !l.Site().Until().IsZero() {
			t.Errorf("same page: %t, loads: %d", page(state) == early, l.loads.Load())
		}
		if now := page(article); now != text || !strings.Contains(now, "<h1") {
			t.Errorf("an article has changed from\n%s\nto\n%s", text, now)
		}
	})
}

func TestReloadUnderLoad(t *testing.T) {
	l := newLab(t)
	stop := make(chan struct{})
	var group sync.WaitGroup
	var asked atomic.Int64
	for _, address := range []string{
		"/base/it/", sitetest.ParkingAPI + "/may-i-park/decision?zone=outside",
		sitetest.ParkingAPI + "/may-i-park/decision?permit=visitor&renewal=2027-01-31", "/base/metrics", "/base/readyz",
	} {
		group.Go(func() {
			for {
				if w := sitetest.Ask(l, "GET", address, ""); w.Code != 200 || w.Body.Len() == 0 {
					t.Errorf("%s: %d", address, w.Code)
				}
				asked.Add(1)
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	for i := range 10 {
		l.broken.Store(i%3 == 2)
		l.Reload()
	}
	close(stop)
	group.Wait()
	if asked.Load() == 0 {
		t.Error("nothing was asked")
	}
}

func TestPanics(t *testing.T) {
	l := newLab(t)
	h, other := l.current.Load(), l.metrics.route(otherRoute)
	crash := func(http.ResponseWriter, *http.Request) { panic("a defect") }
	for path, mediaType := range map[string]string{
		"/base/it/crash": site.PageType, "/base/api/crash": "application/problem+json", "/base/crash": site.PageType,
	} {
		h.services[path] = route{other, crash}
		w := sitetest.Ask(l, "GET", path, "", "Accept-Language: it", "X-Request-Id: abc-1")
		if w.Code != 500 || w.Header().Get("Content-Type") != mediaType || w.Header().Get("X-Request-Id") != "abc-1" ||
			w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
		if mediaType == site.PageType && !strings.Contains(w.Body.String(), `<html lang="it">`) {
			t.Errorf("%s is not answered in Italian: %s", path, w.Body)
		}
	}
	if lines := l.lines(t, "panic"); len(lines) != 3 ||
		!strings.Contains(lines[0]["stack"].(string), "service_test.go") ||
		lines[0]["id"] != "abc-1" {
		t.Errorf("logged: %v", lines)
	}
	if !l.metric(t, "helpcenter_panics_total 3") {
		t.Error("not counted")
	}
	h.services["/base/half"] = route{other, func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("half"))
		panic("a defect")
	}}
	server := httptest.NewServer(l)
	defer server.Close()
	answer, err := http.Get(server.URL + "/base/half")
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		answer.Body.Close()
	}
	if err == nil {
		t.Error("half an answer is taken for a whole one")
	}
}

// Nothing that a reader types or answers is in the log or the metrics. Neither their times nor their figures can
// contain the date by chance.
func TestNothingOfReadersIsKept(t *testing.T) {
	l := newLab(t)
	for _, address := range []string{
		"/base/it/search/?q=secret", "/base/it/may-i-park/permit=visitor/zone=centre/?renewal=2999-01-31",
		"/base/it/may-i-park/permit=visitor/",
		sitetest.ParkingAPI + "/may-i-park/decision?permit=visitor&lang=it",
		sitetest.ParkingAPI + "/may-i-park/decision?permit=secret", "/base/it/may-i-park/permit=secret/",
	} {
		sitetest.Ask(l, "GET", address, "", "Referer: https://help.test/?q=secret", "User-Agent: secret")
	}
	sitetest.Ask(l, "POST", sitetest.ParkingAPI+"/may-i-park/decisions", `[{"permit":"visitor"},{"permit":"secret"}]`)
	text := l.log.text() + sitetest.Ask(l, "GET", "/base/metrics", "").Body.String()
	for _, word := range []string{"secret", "visitor", "2999-01-31"} {
		if strings.Contains(text, word) {
			t.Errorf("%q is kept: %s", word, text)
		}
	}
	lines := l.lines(t, "request")
	if len(lines) != 8 || lines[1]["path"] != "/base/it/may-i-park/…" ||
		lines[3]["path"] != "/base/api/v1/checkers/may-i-park/decision" ||
		lines[3]["status"] != 200.0 {
		t.Errorf("%v", lines)
	}
	for _, line := range []string{
		`helpcenter_decisions_total{checker="may-i-park",outcome="yes"} 1`,
		`helpcenter_requests_total{route="/api/v1/checkers/{checker}/decision",status="4xx"} 1`,
		`helpcenter_request_seconds_count{route="/api/v1/checkers/{checker}/decision"} 2`,
	} {
		if !l.metric(t, line) {
			t.Errorf("the metrics lack %s", line)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	l := newLab(t)
	for given, kept := range map[string]bool{
		"abc-1_2.Z": true, "": false, "a b": false, "a\tb": false, "é": false, strings.Repeat("x", 65): false,
		strings.Repeat("x", 64): true,
	} {
		a, b := sitetest.Ask(l, "GET", "/base/healthz", "", "X-Request-Id: "+given),
			sitetest.Ask(l, "GET", "/base/healthz", "", "X-Request-Id: "+given)
		id, next := a.Header().Get("X-Request-Id"), b.Header().Get("X-Request-Id")
		if id == "" || (id == given) != kept || !kept && id == next {
			t.Errorf("for %q: %q, then %q", given, id, next)
		}
	}
}

func TestServeFinishesWhatIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, w := newLab(t), newWire()
		l.options.Drain = 20 * time.Second // less than the time a client has to receive an answer
		began, finish := make(chan struct{}), make(chan struct{})
		l.current.Load().services["/base/slow"] = route{
			l.metrics.route(otherRoute),
			func(w http.ResponseWriter, _ *http.Request) {
				close(began)
				<-finish
				w.Write([]byte("done"))
			},
		}
		stop, ended := w.serve(t, l)
		slow := make(chan string, 1)
		go func() {
			body, err := w.fetch("slow")
			slow <- fmt.Sprint(body, err)
		}()
		<-began
		if body, err := w.fetch("readyz"); err != nil || !strings.Contains(body, `"ready"`) {
			t.Errorf("%v %s", err, body)
		}
		stop()
		time.Sleep(l.options.Drain / 2)
		if body, err := w.fetch("readyz"); err != nil || !strings.Contains(body, `"draining"`) {
			t.Errorf("while it drains: %v %s", err, body)
		}
		if body, err := w.fetch("healthz"); err != nil || body != "ok\n" {
			t.Errorf("while it drains: %v %s", err, body)
		}
		time.Sleep(l.options.Drain/2 + time.Second)
		if _, err := w.fetch("healthz"); err == nil {
			t.Error("it still answers")
		}
		close(finish)
		if body := <-slow; !strings.HasPrefix(body, "done") {
			t.Errorf("the slow request got %q", body)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func fetch(address string) (string, error) {
	answer, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}
