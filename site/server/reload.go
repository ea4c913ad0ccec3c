package server

import (
	"context"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/encoded"
	"helpcenter/site/search"
)

// A loaded is the result of loading a site: its handler, or nil if there are errors.
type loaded struct {
	handler  *handler
	sum      string // a hash of all files
	findings []diag.Finding
}

// load loads a site and tries its pages, so no template can fail later.
func (s *Service) load() (l loaded) {
	setGCPercent(loadGCPercent)
	next, found := s.options.Load(s.options.Now())
	l.findings = found
	if !diag.HasErrors(found) {
		sum, more := next.TryAll()
		l.sum, l.findings = sum, append(found, more...)
	}
	if diag.HasErrors(l.findings) {
		return l
	}
	env := Environment{
		Now: s.options.Now, Mount: s.options.Mount, metrics: s.metrics, operators: operatorRoutes(s.metrics, s.ready),
		Feedback: s.options.Feedback,
	}
	if s.options.Admin != nil {
		delete(env.operators, "/metrics")
		delete(env.operators, "/readyz")
	}
	l.handler = newHandler(next, env)
	previous := l.handler.store
	if shown := s.current.Load(); shown != nil {
		previous = shown.store
	}
	for _, f := range next.Assets() {
		if f.Immutable && encoded.Compressible(f.Type) {
			l.handler.store.warm(f, previous)
		}
	}
	l.handler.Failed = func(w http.ResponseWriter, r *http.Request, err error) { s.failed(l.handler, w, r, err) }
	return l
}

// show serves a loaded site from now on.
func (s *Service) show(l loaded) {
	s.current.Store(l.handler)
	s.metrics.loaded.SetToCurrentTime()
	s.metrics.site.Reset()
	s.metrics.site.WithLabelValues(l.sum).Set(1)
}

// Site returns the site that is served.
func (s *Service) Site() *site.Site { return s.current.Load().site }

// reloadLimit is how long a reload may take. One that takes longer is probably waiting for storage that does not
// answer: 100,000 articles take a minute. It cannot be stopped; its result is dropped.
const reloadLimit = 5 * time.Minute

// maxHungReloads is how many reloads may hang at once. Each holds memory.
const maxHungReloads = 8

// Reload loads the site again and serves it. If there is an error among the findings, or if loading takes longer
// than five minutes, the previous site stays. Concurrent calls run one after the other.
func (s *Service) Reload() []diag.Finding {
	s.loading <- struct{}{}
	defer func() { <-s.loading }()
	defer func() { go s.settle() }()
	s.options.Log.Info("reload began")
	l := s.loadInTime()
	if diag.HasErrors(l.findings) {
		s.reloadFailed(l.findings)
		return l.findings
	}
	s.show(l)
	s.findings.Store(nil)
	s.metrics.failing.Set(0)
	s.metrics.reloads.WithLabelValues(reloadDone).Inc()
	s.options.Log.Info("reload done", "findings", len(l.findings), "pages", s.Site().Pages(), "sum", l.sum)
	return l.findings
}

// loadInTime is load, except that its result is an error if loading takes too long.
func (s *Service) loadInTime() loaded {
	hang := func(message string) loaded {
		at := diag.Position{File: "reload"}
		return loaded{findings: []diag.Finding{diag.Errorf(at, "reload-hangs", message, reloadLimit)}}
	}
	if s.loads.Load() >= maxHungReloads {
		return hang("too many reloads have not finished within %s: check the storage of the files, then restart")
	}
	began := time.Now()
	s.began.Store(&began)
	s.loads.Add(1)
	done := make(chan loaded, 1)
	go func() {
		l := s.load()
		s.loads.Add(-1)
		s.began.CompareAndSwap(&began, nil)
		done <- l
	}()
	select {
	case l := <-done:
		return l
	case <-time.After(reloadLimit):
		return hang("loading has taken more than %s: check the storage of the files, then reload")
	}
}

// gcHeadroom is how much the heap grows between two collections while a site is served. Answers allocate little, so
// growing by a share of the heap, which holds the site, would be a waste: with 20,000 articles and GOGC=100 the
// process grew from 280 to 450 MB.
const gcHeadroom = 20 << 20

// settle makes the search indexes of the site that is served, one after the other. That takes much memory, so it
// begins only when nothing refers to the previous site; a search that comes earlier waits, and so does a reload. Then
// settle returns memory to the system, since loading uses several times what serving needs, and limits further growth
// unless GOGC is set.
func (s *Service) settle() {
	s.loading <- struct{}{}
	defer func() { <-s.loading }()
	runtime.GC()
	shown := s.Site()
	for _, l := range shown.Library.Site.Languages {
		shown.Search(context.Background(), l.Tag, search.Query{})
	}
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	setGCPercent(int(min(100, 100*gcHeadroom/max(1, m.HeapAlloc))))
}

// loadGCPercent is used while loading, which needs little memory at a time: what is made for a page, and an index.
const loadGCPercent = 25

func setGCPercent(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// inProgress returns for how many seconds the last reload has been loading, or 0 if it has finished.
func (s *Service) inProgress() float64 {
	if began := s.began.Load(); began != nil {
		return time.Since(*began).Seconds()
	}
	return 0
}

// reloadFailed tells operators why the previous site stays.
func (s *Service) reloadFailed(found []diag.Finding) {
	s.findings.Store(&found)
	s.metrics.failing.Set(1)
	s.metrics.reloads.WithLabelValues(reloadFailed).Inc()
	for _, f := range found {
		if f.Severity == diag.Error {
			s.options.Log.Error("reload failed; the previous site stays", "finding", f.String())
		}
	}
}

// retryReload is the pause after a failed reload. Writers may be in the middle of a change.
const retryReload = time.Minute

// KeepCurrent calls reload whenever the shown site is out of date because a notice or a version of the rules began
// or ended, until ctx ends. It looks at the clock every second instead of setting a timer, since clocks are
// adjusted and computers sleep.
func KeepCurrent(ctx context.Context, now func() time.Time, shown func() *site.Site, reload func()) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var tried time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s, now := shown(), now()
		if s == nil {
			continue
		}
		if until := s.Until(); !until.IsZero() && !now.Before(until) && now.Sub(tried).Abs() >= retryReload {
			tried = now
			reload()
		}
	}
}
