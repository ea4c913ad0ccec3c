package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// traffic is many clients at once asking one address, with each answer checked byte for byte.
type traffic struct {
	address       string
	files, others []*question
	clock         atomic.Uint64 // see showing
	cuts          atomic.Uint64 // see cutting; odd while cutting
	hostile       atomic.Bool   // there is other, costly traffic
	stop          chan struct{}
	group         sync.WaitGroup

	mu      sync.Mutex
	asked   int
	kinds   map[string]int
	took    latencies
	pages   [2]latencies // of files: without and with hostile traffic
	wrong   []string     // the first wrong answers
	nWrong  int
	refused int // deliberately unfinished requests that were cut
}

func newTraffic(address string, files, others []*question) *traffic {
	return &traffic{address: address, files: files, others: others, stop: make(chan struct{}), kinds: map[string]int{}}
}

// showing sets which versions may be answered from now on. A request during which that changes may be answered by
// any version.
func (x *traffic) showing(v versions) { x.clock.Store((x.clock.Load()>>2+1)<<2 | uint64(v)) }

// allowed returns the versions that may answer a request begun at a state of the clock.
func (x *traffic) allowed(began uint64) versions {
	if x.clock.Load() != began {
		return bothVersions
	}
	return versions(began & 3)
}

// cutting runs a function that ends an answering server. What a proxy has begun to pass on then breaks off, since
// the client has the head; it may ask again, as a browser does.
func (x *traffic) cutting(end func()) {
	x.cuts.Add(1)
	end()
	x.cuts.Add(1)
}

// run starts the clients.
func (x *traffic) run(fast, slow int) {
	for range fast {
		x.group.Go(func() { newClient(x).work(0) })
	}
	for range slow {
		x.group.Go(func() { newClient(x).work(5 * time.Millisecond) })
	}
}

func (x *traffic) end() {
	close(x.stop)
	x.group.Wait()
}

func (x *traffic) stopped() bool {
	select {
	case <-x.stop:
		return true
	default:
		return false
	}
}

func (x *traffic) fault(format string, args ...any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.nWrong++; len(x.wrong) < 10 {
		x.wrong = append(x.wrong, fmt.Sprintf(format, args...))
	}
}

// report fails the test for each wrong answer, and logs how long answers took.
func (x *traffic) report(t *testing.T, took time.Duration) {
	t.Helper()
	for _, w := range x.wrong {
		t.Error(w)
	}
	t.Logf("%d requests, %.0f a second, %d wrong or failed", x.asked, float64(x.asked)/took.Seconds(), x.nWrong)
	var kinds []string
	for kind, n := range x.kinds {
		kinds = append(kinds, fmt.Sprint(kind, " ", n))
	}
	slices.Sort(kinds)
	t.Logf("of these %s", strings.Join(kinds, ", "))
	t.Logf("latency: p50 %s, p90 %s, p99 %s, p99.9 %s, longest %s",
		x.took.below(.5), x.took.below(.9), x.took.below(.99), x.took.below(.999), x.took.below(1))
}

// latencies counts durations in classes, sixteen to each doubling.
type latencies [1024]int

func (l *latencies) note(d time.Duration) { l[int(16*math.Log2(float64(max(d, 1))))]++ }

func (l *latencies) add(other *latencies) {
	for i, n := range other {
		l[i] += n
	}
}

// below returns the duration that the given share of all did not exceed, to one twentieth.
func (l *latencies) below(part float64) time.Duration {
	all, seen := 0, 0
	for _, n := range l {
		all += n
	}
	for i, n := range l {
		if seen += n; n > 0 && float64(seen) >= part*float64(all) {
			return time.Duration(math.Exp2(float64(i+1) / 16)).Round(10 * time.Microsecond)
		}
	}
	return 0
}
