package server

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/encoded"
)

// A Service answers a site over HTTP and keeps it current: it reads everything
// again when it is told to, and when a notice or a version of the rules begins or
// ends. Meanwhile requests go on, each answered by one site or the next as a whole.
// Where reading again fails, the last good site stays, and the log and /readyz say
// why.
//
//	svc, found := site.NewService(site.Options{Load: load, Now: clock, Log: logger})
//	// print the findings; svc is nil where there is an error among them
//	listener, err := net.Listen("tcp", addr)
//	go func() {
//		for range hangups { // SIGHUP
//			svc.Reload()
//		}
//	}()
//	err = svc.Serve(ctx, listener) // until ctx ends, and then until what is under way is done
//
// Every page is made once before a site is shown, which proves the templates, and
// again when it is asked for; 20 MB of what was asked for last are kept, compressed
// as they were asked for. With 20,000 articles it took 280 MB after the start.
//
// Below the path of the base URL, /healthz says that the program runs, /readyz
// whether it wants requests, and /metrics what it has counted.
type Service struct {
	options  Options
	limits   limits
	metrics  *Metrics
	ids      *ids
	draining atomic.Bool
	Current  atomic.Pointer[handler]
	findings atomic.Pointer[[]diag.Finding] // of the last reload, where it failed
	changing sync.Mutex                     // held while the site is made again
}

// Options are what a service is made of.
type Options struct {
	// Load reads the rooms and makes the site of a moment. Where there is an error
	// among the findings, the site is not used.
	Load func(now time.Time) (*site.Site, []diag.Finding)

	// Now is the clock: it picks notices, the valid rules and the day of asking.
	// time.Now if nil.
	Now func() time.Time

	// Log gets a line for each request, and what goes wrong. Nothing is logged if
	// nil.
	Log *slog.Logger

	// Drain is how long requests are still welcome after /readyz has begun to say
	// that they are not, so that proxies can take note.
	Drain time.Duration
}

// limits are within what a client has to send, to read and to come back.
type limits struct {
	request  time.Duration // header and body
	answer   time.Duration // the longest is a page
	idle     time.Duration
	shutdown time.Duration // for what is under way
}

var Usual = limits{request: 10 * time.Second, answer: time.Minute, idle: 2 * time.Minute, shutdown: 10 * time.Second}

const maxHeaderBytes = 16 << 10

// New loads a site. Where there is an error among the findings there is
// no service.
func New(o Options) (*Service, []diag.Finding) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Service{options: o, limits: Usual, metrics: NewMetrics(), ids: newIDs()}
	found := s.load()
	go debug.FreeOSMemory() // loading takes several times what the site needs then
	if diag.HasErrors(found) {
		return nil, found
	}
	return s, found
}

// load loads the site and shows it, unless there is an error among the findings:
// every file is made once, so that what is made later can be.
func (s *Service) load() []diag.Finding {
	next, found := s.options.Load(s.options.Now())
	if !diag.HasErrors(found) {
		found = append(found, next.Try()...)
	}
	if !diag.HasErrors(found) {
		h := NewHandler(next, Environment{Now: s.options.Now, Metrics: s.metrics, Ready: s.ready})
		h.Failed = func(w http.ResponseWriter, r *http.Request, err error) { s.failed(h, w, r, err) }
		s.Current.Store(h)
		s.metrics.loaded.SetToCurrentTime()
	}
	return found
}

// Site returns the site that is shown.
func (s *Service) Site() *site.Site { return s.Current.Load().site }

// Reload loads the site again and shows it. Where there is an error among the
// findings, the site that is shown stays.
func (s *Service) Reload() []diag.Finding {
	s.changing.Lock()
	defer s.changing.Unlock()
	found := s.load()
	go debug.FreeOSMemory()
	if diag.HasErrors(found) {
		s.keep(found)
	} else {
		s.findings.Store(nil)
		s.metrics.reloads.WithLabelValues(reloadDone).Inc()
		s.options.Log.Info("reloaded", "findings", len(found))
	}
	return found
}

// keep notes why the site that is shown stays.
func (s *Service) keep(found []diag.Finding) {
	s.findings.Store(&found)
	s.metrics.reloads.WithLabelValues(reloadFailed).Inc()
	for _, f := range found {
		if f.Severity == diag.Error {
			s.options.Log.Error("not reloaded: the last good site stays", "finding", f.String())
		}
	}
}

// reloadAgain is how long a reload that failed is not tried again: writers may be
// in the middle of a change.
const reloadAgain = time.Minute

// KeepCurrent reloads whenever a moment passes from which on the site that is shown
// is no longer true. It asks the clock once a second instead of waiting for the
// moment, since clocks are set and machines sleep.
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
		if until := s.Until(); !until.IsZero() && !now.Before(until) && now.Sub(tried).Abs() >= reloadAgain {
			tried = now
			reload()
		}
	}
}

// onlyOne ends a connection after an answer. A body whose length is told in two
// ways, or that nobody reads, is where a proxy and the service may disagree on
// what the next request is (RFC 9112, 11.2): then there is none.
var onlyOne = []string{"close"}

// ServeHTTP answers by the site of this moment.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, rec := s.Current.Load(), &recorder{ResponseWriter: w, id: s.ids.of(r)}
	w.Header()[requestID] = []string{rec.id}
	if r.ContentLength < 0 || r.ContentLength > 0 && encoded.ReadOnly(r) {
		w.Header()["Connection"] = onlyOne
	}
	defer s.finish(h, rec, r, time.Now())
	h.ServeHTTP(rec, r)
}

// finish counts and logs a request, and ends a panic. Where half an answer has
// been sent, the connection is cut: the client must not take it for a whole one.
func (s *Service) finish(h *handler, rec *recorder, r *http.Request, began time.Time) {
	failed := recover()
	if failed != nil && failed != http.ErrAbortHandler {
		s.metrics.panics.Inc()
		s.options.Log.Error("panic", "id", rec.id, "error", fmt.Sprint(failed), "stack", string(debug.Stack()))
		if rec.status == 0 {
			h.fail(rec, r)
			failed = nil
		}
	}
	ended := time.Now()
	took := ended.Sub(began)
	cmp.Or(rec.route, h.others).answered(rec.status, took)
	rec.log(s.options.Log.Handler(), r, ended, took)
	if failed != nil {
		panic(http.ErrAbortHandler)
	}
}

// failed answers for a page that cannot be made. Those that are files can be: they
// were made once.
func (s *Service) failed(h *handler, w http.ResponseWriter, r *http.Request, err error) {
	s.metrics.panics.Inc()
	s.options.Log.Error("failed", "id", w.Header().Get(requestID), "error", err)
	h.fail(w, r)
}

// Serve answers on a listener until ctx ends. Then /readyz says no, and after
// Options.Drain no new connection is taken and what is under way is finished. It
// returns nil when everything was.
func (s *Service) Serve(ctx context.Context, l net.Listener) error {
	go KeepCurrent(ctx, s.options.Now, s.Site, func() { s.Reload() })
	server := &http.Server{
		Handler:      s,
		WriteTimeout: s.limits.answer,
		ErrorLog:     slog.NewLogLogger(s.options.Log.Handler(), slog.LevelWarn),
	}
	return ServeUntil(ctx, l, server, s.limits, func() {
		s.draining.Store(true)
		time.Sleep(s.options.Drain)
	})
}

// ServeUntil answers on a listener until ctx ends. Then it drains, and finishes what is
// under way.
func ServeUntil(ctx context.Context, l net.Listener, server *http.Server, within limits, drain func()) error {
	server.ReadTimeout, server.IdleTimeout, server.MaxHeaderBytes = within.request, within.idle, maxHeaderBytes
	done := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		drain()
		limit, cancel := context.WithTimeout(context.Background(), within.shutdown)
		defer cancel()
		err := server.Shutdown(limit)
		if err != nil {
			err = fmt.Errorf("some requests were still under way after %s: %w", within.shutdown, err)
		}
		done <- err
	})
	err := server.Serve(l)
	if stop() { // it did not end because ctx did
		return err
	}
	return <-done
}
