package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/server"
	"helpcenter/site/source"
)

var serveCommand = command{
	name:  "serve",
	short: "answer the site and its service over HTTP",
	long: `The pages are the same bytes that build writes. It reads everything again on
SIGHUP, and when a notice or a version of the rules begins or ends; where there is
an error, the last good site stays. An interrupt or a termination signal ends the
program when the requests under way have been answered; a second one ends it at
once.

With --watch it is the writers' live preview: what is saved in DIR, by default
the current folder, shows in the browser by itself, marked, with all that is
wrong with the page beside it; /preview/both/PATH/ shows an article in all
languages side by side. While there is an error, the last good site stays.`,
	action: func() action { return new(serve) },
}

type serve struct {
	dirFlag
	baseURLFlag
	addr  string
	drain time.Duration
	level slog.Level
	New   bool

	serving atomic.Bool // it ends by itself when its context does
}

func (s *serve) drains() bool { return s.serving.Load() }

func (s *serve) flags(f *pflag.FlagSet) {
	s.dirFlag.flags(f)
	s.baseURLFlag.flags(f)
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 is any that is free")
	f.BoolVar(&s.New, "watch", false, "show by itself what is saved, with its mistakes: a live preview for writers")
	f.TextVar(&s.level, "log-level", slog.LevelInfo, "the least `LEVEL` that is logged: info has a line for each request, warn only what goes wrong")
	f.DurationVar(&s.drain, "drain", 0, "how long to go on answering when told to end, while /readyz says no")
}

func (s *serve) run(ctx context.Context, c console, _ []string) error {
	if _, _, err := net.SplitHostPort(s.addr); err != nil {
		return usagef("--addr %s: wanted is HOST:PORT, such as 127.0.0.1:8080", s.addr)
	}
	if s.New {
		return s.preview(ctx, c)
	}
	if _, err := s.open(c.err); err != nil {
		return err
	}
	service, found := server.New(server.Options{
		Load:  s.load,
		Now:   c.now,
		Log:   slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: s.level})),
		Drain: s.drain,
	})
	if err := refuse(found, c.err); err != nil {
		return err
	}
	l, err := listen(s.addr)
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

// load reads the rooms, which may stand in another folder of the same name by
// now, and makes the site of a moment.
func (s *serve) load(now time.Time) (*site.Site, []diag.Finding) {
	rooms, _, err := source.Open(s.dir, builtIn())
	if err != nil {
		return nil, []diag.Finding{diag.Errorf(diag.Position{File: s.dir}, "unreadable", "%v", err)}
	}
	return loadSite(rooms, s.baseURL, now)
}

// onHangup reloads the service whenever the program gets SIGHUP.
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

// listen opens the port before anything is said of it.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	var op *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program listens on %s already; choose another address with --addr, or let --addr 127.0.0.1:0 find a free port", addr)
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
	if s == nil { // a preview of what has errors still
		return at.String()
	}
	if base, err := url.Parse(s.BaseURL); err == nil {
		at.Path = strings.TrimSuffix(base.Path, "/") + "/"
	}
	return at.String()
}
