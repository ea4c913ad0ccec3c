package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/feedback"
	"helpcenter/site/library"
	"helpcenter/site/mcp"
	"helpcenter/site/server"
)

var serveCommand = command{
	name:  "serve",
	short: "serve the site, its API and a live preview over HTTP",
	long: `Serves the same pages that build writes, the API, and tools for assistants.

The site is read again on SIGHUP, when a notice or a version of the rules begins or
ends, and when an article is published or expires. If there is an error, the previous
site stays. The first interrupt or termination signal lets the requests under way
finish; a second one exits immediately.

The API is below /api/; /api/openapi.json describes it. Assistants find the same as
tools at /mcp, by the Model Context Protocol.

Operators find /metrics, /readyz and /healthz below the site's address. With
--admin-addr these are at the root of that address, with profiles at /debug/pprof/,
and of the three only /healthz stays on the public one.

What it has read and tried is kept in the user's cache folder, so that it starts and
reloads faster; --no-cache does without. Nothing else is written, except by --data.

With --data, articles and answers ask whether they helped. What readers say, and what
they search for in vain, is counted in DIR/feedback.db, a bbolt file; nothing tells
who they are. 'helpcenter feedback' reports it, even while the service runs. Services
on one machine may share DIR.

With --watch this is a live preview for writers. What you save in DIR, by default the
current folder, appears in the browser at once, marked, with the findings of the page
beside it. Drafts, articles to come and expired ones are shown too, marked; /preview/
lists them, and /preview/both/PATH/ shows an article in all languages side by side.
While there is an error, the previous site stays. Readers' answers are not counted;
the counts of --data are shown beside each article.`,
	action: func() action { return new(serve) },
}

type serve struct {
	dirFlag
	baseURLFlag
	cacheFlag
	addr   string
	admin  string
	drain  time.Duration
	level  slog.Level
	format choice
	watch  bool
	data   string
	store  *feedback.Store // nil without --data

	loaded  atomic.Pointer[library.Library] // the last one without an error
	serving atomic.Bool                     // it ends by itself when its context does
}

func (s *serve) drains() bool { return s.serving.Load() }

func (s *serve) flags(f *pflag.FlagSet) {
	s.dirFlag.flags(f)
	s.baseURLFlag.flags(f)
	s.cacheFlag.flags(f)
	s.format = newChoice("text", "json")
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 is any free port")
	f.StringVar(&s.admin, "admin-addr", "", "`HOST:PORT` for operators: metrics, readiness, health, profiles")
	f.BoolVar(&s.watch, "watch", false, "live preview for writers: show changes as they are saved, with findings")
	f.StringVar(&s.data, "data", "", "count what readers say, and search for in vain, in the folder `DIR`")
	f.TextVar(&s.level, "log-level", slog.LevelInfo,
		"lowest `LEVEL` that is logged: info has a line for each request, warn only slow ones and failures")
	f.Var(&s.format, "log-format", "format of the log")
	f.DurationVar(&s.drain, "drain", 0, "how long to keep answering after a termination signal, while /readyz says no")
}

func (s *serve) run(ctx context.Context, c console, _ []string) error {
	for flag, addr := range map[string]string{"--addr": s.addr, "--admin-addr": s.admin} {
		if _, _, err := net.SplitHostPort(addr); err != nil && (addr != "" || flag == "--addr") {
			return usagef("%s %s: must be HOST:PORT, such as 127.0.0.1:8080", flag, addr)
		}
	}
	if s.watch {
		return s.preview(ctx, c)
	}
	if s.data == "" {
		return s.serve(ctx, c)
	}
	log := s.log(c.err)
	store, err := feedback.Open(s.data, feedback.Options{Now: c.now, Failed: func(err error) {
		log.Error("cannot write what readers say; it is kept in memory", "error", err)
	}})
	if err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	s.store = store
	return errors.Join(s.serve(ctx, c), store.Close())
}

// serve runs the service.
func (s *serve) serve(ctx context.Context, c console) error {
	if _, err := s.dirFlag.open(c.err); err != nil {
		return err
	}
	var admin net.Listener
	if s.admin != "" {
		var err error
		if admin, err = listen("--admin-addr", s.admin); err != nil {
			return err
		}
		defer admin.Close()
	}
	var version string
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	service, found := server.New(server.Options{
		Load: func(now time.Time) (*site.Site, []diag.Finding) { return s.load(now, c.err) },
		Now:  c.now, Log: s.log(c.err), Drain: s.drain, Admin: admin, Version: version,
		Mount: map[string]server.Mount{"mcp": mcp.Mount(version)}, Feedback: s.store,
	})
	if err := refuse(found, c.err); err != nil {
		return err
	}
	l, err := listen("--addr", s.addr)
	if err != nil {
		return err
	}
	stop := onHangup(service)
	defer stop()
	pages := number(service.Site().Pages(), "page")
	fmt.Fprintf(c.out, "listening on %s (%s)\n", visit(l.Addr(), service.Site()), pages)
	s.serving.Store(true)
	return service.Serve(ctx, l)
}

func (s *serve) log(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.level}
	if s.format.value == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// load opens the folders again and makes the site as of now. It shares with the site made before what has not
// changed.
func (s *serve) load(now time.Time, w io.Writer) (*site.Site, []diag.Finding) {
	folders, found := s.reopen()
	if folders == nil {
		return nil, found
	}
	l := newLoader(folders, s.baseURL, now)
	l.kept, l.earlier, l.feedback = s.cacheFlag.open(s.dir), s.loaded.Load(), s.store != nil
	l.kept.record(folders, "served")
	made, found := l.site()
	l.kept.save(l.kept.articles, w)
	if made != nil {
		s.loaded.Store(made.Library)
	}
	return made, found
}

// onHangup reloads the service whenever the program receives SIGHUP.
func onHangup(service *server.Service) (stop func()) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for range hangups {
			service.Reload()
		}
	}()
	return func() {
		signal.Stop(hangups)
		close(hangups)
	}
}

// listen listens on a flag's address.
func listen(flag, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	var op *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		const format = "another program already listens on %s; choose another address with %s (port 0 is any free port)"
		return nil, fmt.Errorf(format, addr, flag)
	case errors.As(err, &op):
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, op.Err)
	}
	return l, err
}

// visit returns the address to open in a browser on this machine.
func visit(addr net.Addr, s *site.Site) string {
	host, port, _ := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "localhost"
	}
	at := url.URL{Scheme: "http", Host: net.JoinHostPort(host, port), Path: "/"}
	if s == nil { // a preview with errors
		return at.String()
	}
	if base, err := url.Parse(s.BaseURL); err == nil {
		at.Path = strings.TrimSuffix(base.Path, "/") + "/"
	}
	return at.String()
}
