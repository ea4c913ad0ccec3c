package server

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
)

// A wire is a network in memory. In a synctest bubble it follows the bubble's clock, so time limits end when they
// should, however busy the machine is. It suits clients that read their answers: while a write waits for one that
// does not, others wait at a mutex, and the bubble's clock stands still.
type wire struct {
	calls chan net.Conn
	cut   chan struct{}
	once  sync.Once
}

func newWire() *wire { return &wire{calls: make(chan net.Conn), cut: make(chan struct{})} }

func (w *wire) Addr() net.Addr { return new(net.TCPAddr) }
func (w *wire) Close() error   { w.once.Do(func() { close(w.cut) }); return nil }

func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.calls:
		return c, nil
	case <-w.cut:
		return nil, net.ErrClosed
	}
}

func (w *wire) dial(context.Context, string, string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case w.calls <- far:
		return near, nil
	case <-w.cut:
		return nil, net.ErrClosed
	}
}

// serve runs a service behind the wire until stop is called, and then sends its error on ended.
func (w *wire) serve(t *testing.T, l *lab) (stop func(), ended <-chan error) {
	ctx, stop := context.WithCancel(t.Context())
	end := make(chan error, 1)
	go func() { end <- l.Serve(ctx, w) }()
	return stop, end
}

// fetch sends a request over a connection of its own.
func (w *wire) fetch(path string) (string, error) {
	client := http.Client{Transport: &http.Transport{DialContext: w.dial, DisableKeepAlives: true}}
	answer, err := client.Get("http://help.test/base/" + path)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}
