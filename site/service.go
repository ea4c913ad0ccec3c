package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"helpcenter"
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
// It holds the text of its pages once, in two thirds of the room that they take compressed
// ([archive]), the search index, and 20 MB of what it has sent last, compressed as
// it was asked for. A site of 20,000 articles, 83 MB in files by brotli, took
// 155 MB after the start, and at most 240 MB when all had been asked for in every
// coding and read again.
//
// Below the path of the base URL, /healthz says that the program runs, /readyz
// whether it wants requests, and /metrics what it has counted.
type Service struct {
	options  Options
	limits   limits
	metrics  *metrics
	ids      *ids
	draining atomic.Bool
	current  atomic.Pointer[handler]
	findings atomic.Pointer[[]helpcenter.Finding] // of the last reload, where it failed
	changing sync.Mutex                           // held while the site is made again
}

// Options are what a service is made of.
type Options struct {
	// Load reads the rooms and makes the site of a moment. Where there is an error
	// among the findings, the site is not used.
	Load func(now time.Time) (*Site, []helpcenter.Finding)

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

var usual = limits{request: 10 * time.Second, answer: time.Minute, idle: 2 * time.Minute, shutdown: 10 * time.Second}

const maxHeaderBytes = 16 << 10

// NewService loads a site. Where there is an error among the findings there is
// no service.
func NewService(o Options) (*Service, []helpcenter.Finding) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Service{options: o, limits: usual, metrics: newMetrics(), ids: newIDs()}
	found := s.load()
	go debug.FreeOSMemory() // loading takes several times what the site needs then
	if helpcenter.HasErrors(found) {
		return nil, found
	}
	return s, found
}

// load loads the site and shows it, unless there is an error among the findings.
func (s *Service) load() []helpcenter.Finding {
	next, found := s.options.Load(s.options.Now())
	if helpcenter.HasErrors(found) {
		return found
	}
	var failed templateError
	switch err := s.show(next); {
	case errors.As(err, &failed):
		found = append(found, failed.Finding)
	case err != nil:
		found = append(found, helpcenter.Errorf(helpcenter.Position{File: "site"}, "service", "%s", err))
	}
	return found
}

// Site returns the site that is shown, without what only its files needed.
func (s *Service) Site() *Site { return s.current.Load().site }

// Pages returns how many pages the site that is shown has.
func (s *Service) Pages() int { return s.current.Load().pages }

// show makes every request from now on be answered by a site.
func (s *Service) show(next *Site) error {
	return attempt(func() error {
		h, err := next.handler(environment{now: s.options.Now, metrics: s.metrics, ready: s.ready})
		if err != nil {
			return err
		}
		s.current.Store(h)
		s.metrics.loaded.SetToCurrentTime()
		return nil
	})
}

// Reload loads the site again and shows it. Where there is an error among the
// findings, the site that is shown stays.
func (s *Service) Reload() []helpcenter.Finding {
	s.changing.Lock()
	defer s.changing.Unlock()
	found := s.load()
	go debug.FreeOSMemory()
	if helpcenter.HasErrors(found) {
		s.keep(found)
	} else {
		s.findings.Store(nil)
		s.metrics.reloads.WithLabelValues(reloadDone).Inc()
		s.options.Log.Info("reloaded", "findings", len(found))
	}
	return found
}

// keep notes why the site that is shown stays.
func (s *Service) keep(found []helpcenter.Finding) {
	s.findings.Store(&found)
	s.metrics.reloads.WithLabelValues(reloadFailed).Inc()
	for _, f := range found {
		if f.Severity == helpcenter.Error {
			s.options.Log.Error("not reloaded: the last good site stays", "finding", f.String())
		}
	}
}

// reloadAgain is how long a reload that failed is not tried again: writers may be
// in the middle of a change.
const reloadAgain = time.Minute

// keepCurrent reloads the site whenever a moment passes from which on it is no
// longer true: of what its pages are made it holds nothing. It asks the clock once
// a second instead of waiting for the moment, since clocks are set and machines
// sleep.
func (s *Service) keepCurrent(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var tried time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		until, now := s.current.Load().until, s.options.Now()
		if !until.IsZero() && !now.Before(until) && now.Sub(tried).Abs() >= reloadAgain {
			tried = now
			s.Reload()
		}
	}
}

// onlyOne ends a connection after an answer. A body whose length is told in two
// ways, or that nobody reads, is where a proxy and the service may disagree on
// what the next request is (RFC 9112, 11.2): then there is none.
var onlyOne = []string{"close"}

// ServeHTTP answers by the site of this moment.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, rec := s.current.Load(), &recorder{ResponseWriter: w, id: s.ids.of(r)}
	w.Header()[requestID] = []string{rec.id}
	if r.ContentLength < 0 || r.ContentLength > 0 && readOnly(r) {
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

// Serve answers on a listener until ctx ends. Then /readyz says no, and after
// Options.Drain no new connection is taken and what is under way is finished. It
// returns nil when everything was.
func (s *Service) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:        s,
		ReadTimeout:    s.limits.request,
		WriteTimeout:   s.limits.answer,
		IdleTimeout:    s.limits.idle,
		MaxHeaderBytes: maxHeaderBytes,
		ErrorLog:       slog.NewLogLogger(s.options.Log.Handler(), slog.LevelWarn),
	}
	go s.keepCurrent(ctx)
	drained := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { drained <- s.drain(server) })
	err := server.Serve(l)
	if stop() { // it did not end because ctx did
		return err
	}
	return <-drained
}

func (s *Service) drain(server *http.Server) error {
	s.draining.Store(true)
	time.Sleep(s.options.Drain)
	limit, cancel := context.WithTimeout(context.Background(), s.limits.shutdown)
	defer cancel()
	if err := server.Shutdown(limit); err != nil {
		return fmt.Errorf("some requests were still under way after %s: %w", s.limits.shutdown, err)
	}
	return nil
}
