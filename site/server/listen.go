package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// limits bound what a client may send, and how slowly. Package api has the limits of batches.
type limits struct {
	headerBytes int
	request     time.Duration // to send headers and body
	answer      time.Duration // to receive the answer; the longest is a page
	idle        time.Duration
	shutdown    time.Duration // to finish the requests under way
}

var defaultLimits = limits{
	headerBytes: 16 << 10,
	request:     10 * time.Second, answer: time.Minute, idle: 2 * time.Minute, shutdown: 10 * time.Second,
}

// LogValue lists the limits for the log line of the start.
func (l limits) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("header_bytes", l.headerBytes),
		slog.Float64("request_seconds", l.request.Seconds()),
		slog.Float64("answer_seconds", l.answer.Seconds()),
		slog.Float64("idle_seconds", l.idle.Seconds()),
		slog.Float64("shutdown_seconds", l.shutdown.Seconds()))
}

// ServeUntil answers requests on a listener until ctx ends. Then it calls drain and finishes the requests under
// way. It sets the limits of server, except WriteTimeout.
func ServeUntil(ctx context.Context, l net.Listener, server *http.Server, drain func()) error {
	return defaultLimits.serve(ctx, l, server, drain)
}

func (within limits) serve(ctx context.Context, l net.Listener, server *http.Server, drain func()) error {
	server.ReadTimeout, server.IdleTimeout, server.MaxHeaderBytes = within.request, within.idle, within.headerBytes
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
	if stop() { // Serve ended before ctx did
		return err
	}
	return <-done
}
