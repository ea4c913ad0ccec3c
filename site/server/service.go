// Package server answers a site over HTTP. A [Handler] answers for one site; a [Service] keeps the site current,
// counts, logs, and starts and stops in an orderly way. Package api has the JSON API, package encoded has bodies
// and headers.
//
//	svc, found := server.New(server.Options{Load: load, Log: logger})
//	// print the findings; svc is nil if there is an error among them
//	listener, err := net.Listen("tcp", addr)
//	go func() {
//		for range hangups { // SIGHUP
//			svc.Reload()
//		}
//	}()
//	err = svc.Serve(ctx, listener) // until ctx ends and the requests under way are done
//
// A reload loads the site again while requests go on; each request is answered entirely by one site. If a reload
// fails or takes longer than five minutes, the previous site stays, and the log, /readyz and the metrics say why.
//
// Before a site is served, every page is made once, to find failing templates, unless it is known to be as it was when
// that succeeded. Every file is made when it is asked for; 20 MB of compressed ones are kept.
//
// Operators have /healthz, /readyz and /metrics below the path of the base URL, or at the root of an address of
// their own, which has profiles too.
package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/encoded"
	"helpcenter/site/feedback"
)

// A Service answers a site over HTTP. It loads the site again when told to, and when a notice or a version of the
// rules begins or ends.
type Service struct {
	options  Options
	limits   limits
	metrics  *metrics
	ids      *ids
	draining atomic.Bool
	current  atomic.Pointer[handler]
	findings atomic.Pointer[[]diag.Finding] // of the last reload, if it failed
	loading  chan struct{}                  // holds a value while a site is loaded or settles
	began    atomic.Pointer[time.Time]      // when the last reload began to load; nil once it has finished
	loads    atomic.Int32                   // reloads that have not finished loading
}

// Options configure a service. Only Load is required.
type Options struct {
	// Load reads the sources and makes the site of a moment. The site is not used if there is an error among the
	// findings.
	Load func(now time.Time) (*site.Site, []diag.Finding)

	// Now is the clock, which determines the notices, the rules in force and the day of asking. If nil, it is
	// time.Now.
	Now func() time.Time

	// Log gets a line for each request, change of state and failure. If nil, nothing is logged.
	Log *slog.Logger

	// Drain is how long requests are still answered after /readyz begins to say that the service is draining, to
	// give proxies time to notice.
	Drain time.Duration

	// Admin is where operators are answered, with profiles. If nil, they are answered on the public listener,
	// without profiles.
	Admin net.Listener

	// Version is the version of the program, for the log and the metrics.
	Version string

	// Mount has additional addresses, by path below the site's root.
	Mount map[string]Mount

	// Feedback counts what readers say and do not find. If nil, nothing is counted.
	Feedback *feedback.Store
}

// New loads a site. It returns no service if there is an error among the findings.
func New(o Options) (*Service, []diag.Finding) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Service{
		options: o, limits: defaultLimits, metrics: newMetrics(o.Version), ids: newIDs(), loading: make(chan struct{}, 1),
	}
	s.metrics.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "helpcenter_reload_in_progress_seconds",
		Help: "For how long the last reload has been loading the site; 0 once it has finished.",
	}, s.inProgress), prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "helpcenter_feedback_failing",
		Help: "1 if what readers say could not be written to --data, and waits in memory; else 0.",
	}, func() float64 {
		if o.Feedback.Failing() {
			return 1
		}
		return 0
	}))
	l := s.load()
	if diag.HasErrors(l.findings) {
		return nil, l.findings
	}
	s.show(l)
	go s.settle()
	return s, l.findings
}

// closeConnection ends a connection after an answer. If a request gives the length of its body in two ways, or
// nobody reads the body, a proxy and the service may disagree on where the next request begins (RFC 9112, 11.2).
var closeConnection = []string{"close"}

func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, rec := s.current.Load(), &recorder{ResponseWriter: w, id: s.ids.of(r)}
	w.Header()[requestID] = []string{rec.id}
	if r.ContentLength < 0 || r.ContentLength > 0 && encoded.ReadOnly(r) {
		w.Header()["Connection"] = closeConnection
	}
	defer s.finish(h, rec, r, time.Now())
	h.ServeHTTP(rec, r)
}

// finish counts and logs a request, and recovers from a panic. If part of the answer has been sent, it cuts the
// connection, so the client cannot take the part for the whole.
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
	route := cmp.Or(rec.route, h.counters[otherRoute])
	route.answered(rec.status, took)
	rec.log(s.options.Log.Handler(), r, route.name, ended, took)
	if failed != nil {
		panic(http.ErrAbortHandler)
	}
}

// failed answers for a file that cannot be made, which load should have found.
func (s *Service) failed(h *handler, w http.ResponseWriter, r *http.Request, err error) {
	s.metrics.panics.Inc()
	s.options.Log.Error("failed", "id", w.Header().Get(requestID), "error", err)
	h.fail(w, r)
}

// Serve answers requests on a listener until ctx ends. Then /readyz says that the service is draining, and after
// Options.Drain no new connection is accepted and the requests under way are finished. It returns nil if all of
// them were.
func (s *Service) Serve(ctx context.Context, l net.Listener) error {
	go KeepCurrent(ctx, s.options.Now, s.Site, func() { s.Reload() })
	errorLog := slog.NewLogLogger(s.options.Log.Handler(), slog.LevelWarn)
	admin := "the public address"
	if a := s.options.Admin; a != nil {
		admin = a.Addr().String()
		server := &http.Server{Handler: s.adminHandler(), ReadHeaderTimeout: s.limits.request, ErrorLog: errorLog}
		defer server.Close()
		go func() {
			if err := server.Serve(a); !errors.Is(err, http.ErrServerClosed) {
				s.options.Log.Error("the admin address is not served", "error", err)
			}
		}()
	}
	s.options.Log.Info("started", "version", s.options.Version, "address", l.Addr().String(), "admin", admin,
		"pages", s.Site().Pages(), "limits", s.limits)
	server := &http.Server{Handler: s, WriteTimeout: s.limits.answer, ErrorLog: errorLog}
	err := s.limits.serve(ctx, l, server, func() {
		s.draining.Store(true)
		s.options.Log.Info("draining", "seconds", s.options.Drain.Seconds())
		time.Sleep(s.options.Drain)
	})
	s.options.Log.Info("stopped", "error", err)
	return err
}
