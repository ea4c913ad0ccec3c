package server

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/sitetest"
)

// With an address for operators, only /healthz stays on the public one.
func TestAdminAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		public, admin := newWire(), newWire()
		in := sitetest.ParkingInput(t)
		var log syncBuffer
		svc, found := New(Options{
			Load:  func(time.Time) (*site.Site, []diag.Finding) { return site.New(in) },
			Admin: admin, Log: slog.New(slog.NewJSONHandler(&log, nil)),
		})
		sitetest.FailOnFindings(t, found)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- svc.Serve(ctx, public) }()
		for address, want := range map[string][2]int{ // status on the public address and on the one for operators
			"/base/it/": {200, 404}, "/base/healthz": {200, 404}, "/healthz": {404, 200},
			"/base/metrics": {404, 404}, "/metrics": {404, 200}, "/base/readyz": {404, 404}, "/readyz": {404, 200},
			"/debug/pprof/": {404, 200}, "/base/debug/pprof/": {404, 404}, "/debug/pprof/goroutine?debug=1": {404, 200},
			"/debug/pprof/cmdline": {404, 200}, "/debug/pprof/symbol": {404, 200},
		} {
			for i, w := range []*wire{public, admin} {
				client := http.Client{Transport: &http.Transport{DialContext: w.dial, DisableKeepAlives: true}}
				answer, err := client.Get("http://help.test" + address)
				if err != nil {
					t.Fatal(err)
				}
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
				if answer.StatusCode != want[i] {
					t.Errorf("%s: status %d on address %d, want %d", address, answer.StatusCode, i, want[i])
				}
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if _, err := admin.dial(t.Context(), "", ""); err == nil {
			t.Error("the address for operators is still open")
		}
		for _, message := range []string{"started", "draining", "stopped"} {
			if n := strings.Count(log.text(), `"msg":"`+message+`"`); n != 1 {
				t.Errorf("%d lines say %q", n, message)
			}
		}
	})
}

// The log line of a request tells the route and the seconds it took, and is a warning if that was long.
func TestRequestLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		for path, took := range map[string]time.Duration{"/base/quick": slowRequest - 1, "/base/slow": slowRequest} {
			l.current.Load().services[path] = route{
				l.metrics.route(path),
				func(http.ResponseWriter, *http.Request) { time.Sleep(took) },
			}
		}
		for _, address := range []string{
			"/base/quick", "/base/slow", "/base/it/", "/base/it/search/?q=x", "/base/nothing", "/base/",
		} {
			sitetest.Ask(l, "GET", address, "")
		}
		lines := l.lines(t, "request")
		for i, want := range []struct {
			level, route string
			seconds      float64
		}{
			{"INFO", "/base/quick", 0.499999999}, {"WARN", "/base/slow", 0.5},
			{"INFO", "file", 0}, {"INFO", "/{lang}/search/", 0}, {"INFO", "other", 0}, {"INFO", "/", 0},
		} {
			if got := lines[i]; got["level"] != want.level || got["route"] != want.route ||
				got["seconds"] != want.seconds {
				t.Errorf("want %+v, got %v", want, got)
			}
		}
	})
}

// A reload that hangs is reported after the limit, its result is dropped, and the next one can run.
func TestReloadThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		before, storage := l.Site(), make(chan struct{})
		l.hangs.Store(&storage)
		reloaded := make(chan []diag.Finding)
		go func() { reloaded <- l.Reload() }()
		time.Sleep(reloadLimit / 2)
		if !l.metric(t, "helpcenter_reload_in_progress_seconds 150") || !l.metric(t, "helpcenter_reload_failing 0") {
			t.Error("that a reload goes on is not shown")
		}
		if found := <-reloaded; !diag.HasErrors(found) || l.Site() != before {
			t.Fatalf("%v", found)
		}
		time.Sleep(reloadLimit)
		ready := sitetest.Decode[readiness](t, sitetest.Ask(l, "GET", "/base/readyz", ""), 200)
		if ready.Status != "ready" || len(ready.Findings) != 1 {
			t.Errorf("%+v", ready)
		}
		for _, line := range []string{
			"helpcenter_reload_in_progress_seconds 600", "helpcenter_reload_failing 1",
			`helpcenter_reloads_total{result="failed"} 1`,
		} {
			if !l.metric(t, line) {
				t.Errorf("the metrics lack %s", line)
			}
		}
		if len(l.lines(t, "reload failed; the previous site stays")) != 1 {
			t.Error("the log does not tell of it")
		}
		l.hangs.Store(nil)
		if found := l.Reload(); diag.HasErrors(found) || l.Site() == before {
			t.Fatalf("the next reload: %v", found)
		}
		next := l.Site()
		close(storage)
		synctest.Wait()
		if l.Site() != next {
			t.Error("the result of a reload that hung is served")
		}
		for _, line := range []string{"helpcenter_reload_in_progress_seconds 0", "helpcenter_reload_failing 0"} {
			if !l.metric(t, line) {
				t.Errorf("the metrics lack %s", line)
			}
		}
	})
}

// Reloads that hang do not pile up.
func TestReloadsThatHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, storage := newLab(t), make(chan struct{})
		l.hangs.Store(&storage)
		for range 2 * maxHungReloads {
			if found := l.Reload(); !diag.HasErrors(found) {
				t.Fatalf("%v", found)
			}
		}
		if n := l.loads.Load() - 1; n != maxHungReloads {
			t.Errorf("%d reloads hang", n)
		}
		close(storage)
		synctest.Wait()
		l.hangs.Store(nil)
		if found := l.Reload(); diag.HasErrors(found) {
			t.Errorf("%v", found)
		}
	})
}

// Equal sites have equal sums, different sites have different ones, and the metrics show only the sum of the site
// that is served.
func TestSiteSum(t *testing.T) {
	sums := func(l *lab) []string {
		page := sitetest.Ask(l, "GET", "/base/metrics", "").Body.String()
		return regexp.MustCompile(`helpcenter_site_info\{sum="(\w+)"\}`).FindAllString(page, -1)
	}
	a, b := newLab(t), newLab(t)
	first := sums(a)
	a.Reload()
	if again, other := sums(a), sums(b); len(first) != 1 || len(again) != 1 || first[0] != again[0] ||
		other[0] != first[0] {
		t.Errorf("equal sites have the sums %s, %s and %s", first, again, other)
	}
	later := a.Site().Until()
	a.now.Store(&later) // other rules
	a.Reload()
	if got := sums(a); len(got) != 1 || got[0] == first[0] {
		t.Errorf("another site has the sum %s, not only one other than %s", got, first)
	}
	var line struct{ Sum string }
	lines := a.lines(t, "reload done")
	data, _ := json.Marshal(lines[len(lines)-1])
	if json.Unmarshal(data, &line); !strings.Contains(sums(a)[0], line.Sum) || line.Sum == "" {
		t.Errorf("the log says %s", data)
	}
}
