package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"helpcenter/site/testsample"
)

const shortSoak = 3 * time.Second

var soak = flag.Duration("soak", shortSoak, "how long TestSoak takes")

// TestSoak runs the service on one core under all the traffic that it can take, while its folders change every
// second and every fifth change is broken, and half of the time under hostile searches too. Each answer is compared
// with the bytes of the version that is shown. To run it for long:
//
//	go test ./cmd/helpcenter -run TestSoak -soak 10m -timeout 20m -v
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds, and processes of their own")
	}
	if *soak == shortSoak {
		testsample.Skip(t)
	}
	dir := t.TempDir()
	good, broken := versionsOf(t, dir)
	e := &editor{T: t, link: filepath.Join(dir, "folders"), good: good, broken: broken}
	e.point(good[0])
	e.process = startProcess(t, []string{"GOMAXPROCS=1"}, "--dir", e.link, "--addr", "127.0.0.1:0")
	sites := siteOfEach(t, good)
	for _, l := range sites[0].Library.Site.Languages {
		e.read(l.Tag + "/search/?q=answer") // once the index of the language has been made
	}
	before := e.measures()

	files, others := questions(t, sites)
	e.traffic = newTraffic(e.process.address(), files, others)
	e.traffic.showing(1)
	began := time.Now()
	e.traffic.run(16, 4)
	e.group.Go(e.hang)
	for range 4 {
		e.group.Go(e.attack)
	}
	watch := e.watch(*soak)
	e.traffic.end()
	took := time.Since(began)

	e.traffic.report(t, took)
	after := e.settled(before)
	used := after["process_cpu_seconds_total"] - before["process_cpu_seconds_total"]
	t.Logf("%.2f of one core; %d reloads, %d refused; %d connections without a request cut",
		used/took.Seconds(), e.done, e.failed, e.refused)
	watch.report(t)
	e.compare(*soak >= 5*time.Minute)
	for _, name := range held {
		t.Logf("%s: %v before, %v after", name, before[name], after[name])
		if after[name] > before[name]+spare {
			t.Errorf("%s has grown from %v to %v", name, before[name], after[name])
		}
	}
	if after["helpcenter_panics_total"] != 0 {
		t.Errorf("%v panics: %s", after["helpcenter_panics_total"], e.log.text())
	}
	e.process.stop()
}

// An editor changes the folders of a service and makes it reload them.
type editor struct {
	*testing.T
	*process
	*traffic
	link         string // --dir
	good         [2]string
	broken       string
	edits        int
	shown        int // the version that is shown
	done, failed int // reloads
	attacks      atomic.Int64
}

// point makes the link point to a folder, atomically.
func (e *editor) point(dir string) {
	next := e.link + ".next"
	if err := os.Symlink(dir, next); err != nil {
		e.T.Fatal(err)
	}
	if err := os.Rename(next, e.link); err != nil {
		e.T.Fatal(err)
	}
}

// edit makes one change, and returns when it is shown or refused.
func (e *editor) edit() {
	e.T.Helper()
	if e.edits++; e.edits%5 == 3 {
		e.point(e.broken)
		e.signal(syscall.SIGHUP)
		e.failed++
		e.waitFor(`helpcenter_reloads_total{result="failed"}`, float64(e.failed))
		if ready := e.read("readyz"); !strings.Contains(ready, `"ready"`) || !strings.Contains(ready, brokenArticle) {
			e.T.Errorf("after a broken edit /readyz says %s", ready)
		}
		return
	}
	e.shown = 1 - e.shown
	e.point(e.good[e.shown])
	e.showing(bothVersions)
	e.signal(syscall.SIGHUP)
	e.done++
	e.waitFor(`helpcenter_reloads_total{result="done"}`, float64(e.done))
	e.showing(1 << e.shown)
	if ready := e.read("readyz"); strings.Contains(ready, brokenArticle) {
		e.T.Errorf("after a good edit /readyz says %s", ready)
	}
}

// watch edits every second for some time, and records how much memory is used.
func (e *editor) watch(all time.Duration) memory {
	m := memory{window: min(time.Minute, all/4)}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	began := time.Now()
	for end := began.Add(all); time.Now().Before(end); <-tick.C {
		e.hostile.Store(time.Since(began)/(all/10+1)%2 == 1)
		e.edit()
		m.at = append(m.at, time.Now())
		m.used = append(m.used, e.measures()["process_resident_memory_bytes"])
	}
	return m
}

// memory records how much memory a process used over time.
type memory struct {
	window time.Duration
	at     []time.Time
	used   []float64
}

// report compares the first minute with the last. In a short run memory has not settled, so the result means
// nothing.
func (m memory) report(t *testing.T) {
	t.Helper()
	if len(m.at) == 0 {
		return
	}
	start, end := m.at[0], m.at[len(m.at)-1]
	first := m.mean(start, start.Add(m.window))
	last := m.mean(end.Add(-m.window), end)
	t.Logf("memory: %.1f MB in the first %s, %.1f MB in the last, %+.1f %%",
		first/1e6, m.window, last/1e6, 100*(last/first-1))
	if m.window == time.Minute && last > 1.1*first {
		t.Error("memory grows")
	}
}

func (m memory) mean(from, to time.Time) float64 {
	sum, n := 0.0, 0
	for i, at := range m.at {
		if !at.Before(from) && !at.After(to) {
			sum, n = sum+m.used[i], n+1
		}
	}
	return sum / float64(max(n, 1))
}

// hang repeatedly opens a connection and sends half a request. The service must close it in time.
func (e *editor) hang() {
	for !e.stopped() {
		conn, err := net.Dial("tcp", e.traffic.address)
		if err != nil {
			e.fault("a connection was refused: %v", err)
			return
		}
		conn.Write([]byte("GET /en/ HTTP/1.1\r\nHost: he"))
		cut := make(chan struct{})
		go func() {
			conn.Read(make([]byte, 1))
			close(cut)
		}()
		select {
		case <-cut:
			e.refused++
		case <-e.traffic.stop:
		case <-time.After(time.Minute):
			e.fault("half a request was waited for, for a minute")
		}
		conn.Close()
	}
}

// hostileQueries are searches that are as costly as possible, some of them longer than what is read.
var hostileQueries = []string{
	"c" + strings.Repeat("ed", 4000), "c" + strings.Repeat("ed", 1900), strings.Repeat("a-b-", 900),
	strings.Repeat("canzel+subscribtion+", 190), strings.Repeat("canzel-outstandink-", 20),
	strings.Repeat("%C3%A9", 600), "canzel+subscribtion+outstandink+balanze+onlime+renevall+contrackt+billink",
}

// attack sends hostile searches, ten a second, which is what nginx allows one address. It leaves before the answer
// to every other one.
func (e *editor) attack() {
	for n := 0; !e.stopped(); n++ {
		time.Sleep(100 * time.Millisecond)
		if !e.hostile.Load() {
			continue
		}
		conn, err := net.Dial("tcp", e.traffic.address)
		if err != nil {
			e.fault("a connection was refused: %v", err)
			return
		}
		conn.SetDeadline(time.Now().Add(30 * time.Second))
		query := hostileQueries[n%len(hostileQueries)]
		fmt.Fprintf(conn, "GET /en/search/?q=%s HTTP/1.1\r\nHost: help.test\r\nConnection: close\r\n\r\n", query)
		if n/len(hostileQueries)%2 == 0 {
			answer, err := io.ReadAll(conn)
			if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200 ") {
				e.fault("a hostile search of %d bytes: %v, %.20q", len(query), err, answer)
			}
		}
		conn.Close()
		e.attacks.Add(1)
	}
}

// compare reports how long pages took without and with hostile searches, which must not double the time.
func (e *editor) compare(long bool) {
	calm, hostile := e.pages[0].below(.99), e.pages[1].below(.99)
	e.T.Logf("p99 of files: %s, with %d hostile searches %s", calm, e.attacks.Load(), hostile)
	if long && hostile > 2*calm {
		e.T.Error("hostile searches delay pages")
	}
}

// held are the metrics of what a service holds for its clients. When they are gone it is as before, give or take
// spare.
var held = []string{"go_goroutines", "process_open_fds"}

const spare = 2

// settled returns the metrics of the service when it holds no more than before, or after it has waited long enough.
func (e *editor) settled(before measures) measures {
	e.T.Helper()
	for limit := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		now := e.measures()
		more := func(name string) bool { return now[name] > before[name]+spare }
		if !slices.ContainsFunc(held, more) || time.Now().After(limit) {
			return now
		}
	}
}
