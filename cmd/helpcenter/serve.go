package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
)

var serveCommand = command{
	name:  "serve",
	short: "answer the site and its service over HTTP",
	long: `The pages are the same bytes that build writes. An interrupt or a termination
signal ends the program when the requests under way have been answered; a second
one ends it at once.`,
	action: func() action { return new(serve) },
}

type serve struct {
	dirFlag
	baseURLFlag
	addr string
}

func (s *serve) flags(f *pflag.FlagSet) {
	s.dirFlag.flags(f)
	s.baseURLFlag.flags(f)
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 is any that is free")
}

func (s *serve) run(ctx context.Context, c console, _ []string) error {
	if _, _, err := net.SplitHostPort(s.addr); err != nil {
		return usagef("--addr %s: wanted is HOST:PORT, such as 127.0.0.1:8080", s.addr)
	}
	rooms, err := s.open(c.err)
	if err != nil {
		return err
	}
	site, err := rooms.mustLoad(s.baseURL, c.err)
	if err != nil {
		return err
	}
	live, err := newLive(site)
	if err != nil {
		return err
	}
	l, err := listen(s.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "listening on %s (%s)\n", visit(l.Addr(), site), number(countPages(site), "page"))
	go live.keep(ctx, c.err)
	return answer(ctx, l, live)
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
	if base, err := url.Parse(s.BaseURL); err == nil {
		at.Path = strings.TrimSuffix(base.Path, "/") + "/"
	}
	return at.String()
}

func countPages(s *site.Site) (n int) {
	for f := range s.All() {
		if strings.HasSuffix(f.Path, ".html") {
			n++
		}
	}
	return n
}

// The limits within which a client has to send, to read and to come back. The
// longest answer is a page.
const (
	headerTimeout  = 5 * time.Second
	requestTimeout = 15 * time.Second
	answerTimeout  = 60 * time.Second
	idleTimeout    = 2 * time.Minute
	drainTimeout   = 10 * time.Second
	maxHeaderBytes = 16 << 10
)

// answer serves until ctx ends, and then until what is under way is done.
func answer(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		WriteTimeout:      answerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
	}
	drained := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		limit, cancel := context.WithTimeout(context.Background(), drainTimeout)
		defer cancel()
		drained <- server.Shutdown(limit)
	})
	err := server.Serve(l)
	if stop() { // it did not end because ctx did
		return err
	}
	if err := <-drained; err != nil {
		return fmt.Errorf("some requests were still under way after %s: %w", drainTimeout, err)
	}
	return nil
}
