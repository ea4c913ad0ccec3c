package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"helpcenter"
	"helpcenter/site"
)

// A live site is one that can be exchanged for another while it answers.
type live struct{ current atomic.Pointer[state] }

// state is a site and the handler of its pages.
type state struct {
	site *site.Site
	http.Handler
}

func newLive(s *site.Site) (*live, error) {
	l := &live{}
	return l, l.set(s)
}

// set makes every request from now on be answered by s.
func (l *live) set(s *site.Site) error {
	h, err := s.Handler()
	if err == nil {
		l.current.Store(&state{s, h})
	}
	return err
}

// ServeHTTP answers by the site of this moment.
func (l *live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.current.Load().ServeHTTP(w, r)
}

// keep makes the site anew from what was read whenever a notice or a version of
// the rules begins or ends. It looks at the clock every second rather than wait
// for the moment, since clocks are set and machines sleep.
func (l *live) keep(ctx context.Context, log io.Writer) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now, err := clock()
		old := l.current.Load().site
		if until := old.Until(); err != nil || until.IsZero() || now.Before(until) {
			continue
		}
		if err := l.renew(old, now); err != nil {
			fmt.Fprintf(log, "the site stays as it was at %s: %v\n", old.Now.Format(time.RFC3339), err)
			return
		}
	}
}

// renew puts in the place of a site the same one at a later moment.
func (l *live) renew(old *site.Site, now time.Time) error {
	in := old.Input
	in.Now = now
	next, found := site.New(in)
	if helpcenter.HasErrors(found) {
		return fmt.Errorf("%v", found[0])
	}
	return l.set(next)
}
