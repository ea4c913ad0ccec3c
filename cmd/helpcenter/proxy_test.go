package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// readerAddress is an address to which the limits of nginx.conf apply.
const readerAddress = "127.0.0.2"

// hangs is part of any query that a fakeReplica does not answer until it is released.
const hangs = "hang"

// A fakeReplica answers everything immediately, except what hangs, and records its requests.
type fakeReplica struct {
	*httptest.Server
	held    chan struct{} // one value for each request that hangs
	release chan struct{}

	mu    sync.Mutex
	asked []*http.Request
}

func startFakeReplica(t *testing.T) *fakeReplica {
	r := &fakeReplica{held: make(chan struct{}, 1000), release: make(chan struct{})}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *fakeReplica) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	r.asked = append(r.asked, req)
	r.mu.Unlock()
	w.Header().Set("X-Request-Id", req.Header.Get("X-Request-Id"))
	if strings.Contains(req.URL.RawQuery, hangs) {
		r.held <- struct{}{}
		select {
		case <-r.release:
		case <-req.Context().Done():
		}
	}
}

func (r *fakeReplica) address() string { return r.Listener.Addr().String() }

// requests returns the requests so far.
func (r *fakeReplica) requests() []*http.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asked
}

// A proxy is nginx in front of fake replicas.
type proxy struct {
	*testing.T
	nginx
	one, two *fakeReplica
}

func startProxy(t *testing.T, settings ...string) *proxy {
	t.Helper()
	needTool(t, "nginx", "nginx-light")
	one, two := startFakeReplica(t), startFakeReplica(t)
	return &proxy{t, startNginx(t, one.address(), two.address(), settings...), one, two}
}

// from returns a client that uses the given address.
func (p *proxy) from(address string) *http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	transport := &http.Transport{DialContext: dialer.DialContext}
	p.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func (p *proxy) ask(c *http.Client, method, path string) (status int, id string) {
	p.Helper()
	req, err := http.NewRequest(method, "http://"+p.address+path, nil)
	if err != nil {
		p.Fatal(err)
	}
	req.Header.Set("User-Agent", "secret-agent")
	req.Header.Set("Referer", "http://secret.example/")
	answer, err := c.Do(req)
	if err != nil {
		p.Error(err)
		return 0, ""
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, answer.Header.Get("X-Request-Id")
}

// reached returns the number of requests that reached the replicas.
func (p *proxy) reached() int { return len(p.one.requests()) + len(p.two.requests()) }

// logged returns the lines of the log as soon as there are n or more.
func (p *proxy) logged(n int) []string {
	p.Helper()
	for limit := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		data, err := os.ReadFile(filepath.Join(p.dir, "access.log"))
		if err != nil {
			p.Fatal(err)
		}
		if lines := strings.SplitAfter(string(data), "\n"); len(lines) > n {
			return lines[:n]
		}
		if time.Now().After(limit) {
			p.Fatalf("the log has fewer than %d lines: %s", n, data)
		}
	}
}

// The log distinguishes requests by the id that the replica got, and contains nothing that a reader typed, answered
// or is.
func TestNginxLogHoldsNothingOfReaders(t *testing.T) {
	p := startProxy(t, "proxy_read_timeout 15s;", "proxy_read_timeout 1s;")
	reader := p.from(readerAddress)
	paths := []struct{ path, logged string }{
		{"/en/goto-meeting/billing/free-trial/", "/en/goto-meeting/billing/free-trial/"},
		{"/en/search/?q=my+secret+illness", "/en/search/"},
		{"/en/cancel-online/product=secret/contract=secret/", "/en/cancel-online/…"},
		{"/help/en/cancel-online/product=secret/?renewal=2031-secret", "/help/en/cancel-online/…"},
		{"/en/cancel-online/product%3Dsecret/", "/en/cancel-online/…"},
		{"/en/search/%3Fq=secret", "/en/search/…"},
		{"/=secret", "/…"},
		{`/%22,%22x`, `/","x`},
		{"/en/search/?q=secret+" + hangs, "/en/search/"}, // so that nginx logs an error
	}
	ids := make([]string, len(paths))
	for i, c := range paths {
		_, ids[i] = p.ask(reader, http.MethodGet, c.path)
	}
	got := map[string]bool{} // ids that the replicas received
	for _, req := range append(p.one.requests(), p.two.requests()...) {
		got[req.Header.Get("X-Request-Id")] = true
	}
	for i, text := range p.logged(len(paths)) {
		var line struct {
			ID, Path string
			Seconds  string `json:"replica_seconds"`
		}
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Errorf("%v: %s", err, text)
		}
		if line.Path != paths[i].logged || line.ID != ids[i] || !got[line.ID] || line.Seconds == "" {
			t.Errorf("%s with id %s is logged as %s", paths[i].path, ids[i], text)
		}
	}
	for _, name := range []string{"access.log", "error.log", "main.log"} {
		data, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if text := string(data); strings.Contains(text, "secret") || strings.Contains(text, readerAddress) {
			t.Errorf("%s holds what a reader typed: %s", name, text)
		}
	}
}

// A search or a batch that takes too long is sent to only one replica, a page to both.
func TestNginxDoesNotRepeatWhatIsSlow(t *testing.T) {
	for _, c := range []struct {
		method, path string
		replicas     int
	}{
		{http.MethodGet, "/en/search/?q=" + hangs, 1},
		{http.MethodGet, "/help/en/search/?q=" + hangs, 1},
		{http.MethodGet, "/api/v1/checkers/cancel-online/decision?" + hangs, 1},
		{http.MethodPost, "/api/v1/checkers/cancel-online/decisions?" + hangs, 1},
		{http.MethodPost, "/en/feedback?" + hangs, 1},
		{http.MethodGet, "/en/cancel-online/?" + hangs, 2},
	} {
		t.Run(c.path, func(t *testing.T) {
			t.Parallel()
			p := startProxy(t, "proxy_read_timeout 15s;", "proxy_read_timeout 1s;")
			if status, _ := p.ask(http.DefaultClient, c.method, c.path); status != http.StatusGatewayTimeout {
				t.Errorf("it answers %d", status)
			}
			if n := p.reached(); n != c.replicas {
				t.Errorf("%d replicas were asked, want %d", n, c.replicas)
			}
		})
	}
}

// Searches and decisions are limited for each address; pages and programs on this machine are not.
func TestNginxLimitsRequests(t *testing.T) {
	for _, path := range []string{
		"/en/search/?q=cancel", "/api/v1/checkers/cancel-online/decision?contract=trial", "/mcp",
		"/help/it/feedback",
	} {
		p := startProxy(t)
		reader, own, refused := p.from(readerAddress), p.from("127.0.0.1"), 0
		for n := range 1000 {
			if status, id := p.ask(reader, http.MethodGet, path); status == http.StatusTooManyRequests {
				if id == "" {
					t.Error("a refusal has no id")
				}
				refused = n
				break
			} else if status != http.StatusOK {
				t.Fatalf("%s answers %d", path, status)
			}
		}
		if refused == 0 {
			t.Errorf("%s: either the first request or none of 1000 is refused", path)
		}
		for range 100 {
			if status, _ := p.ask(reader, http.MethodGet, "/en/cancel-online/"); status != http.StatusOK {
				t.Fatalf("a page answers %d", status)
			}
			if status, _ := p.ask(own, http.MethodGet, path); status != http.StatusOK {
				t.Fatalf("%s answers %d to this machine", path, status)
			}
		}
	}
}

// The number of open requests from one address is limited, while others are answered.
func TestNginxLimitsConnections(t *testing.T) {
	const limit = 64
	p := startProxy(t)
	reader, other := p.from(readerAddress), p.from("127.0.0.3")
	var group sync.WaitGroup
	for range limit {
		group.Go(func() {
			if status, _ := p.ask(reader, http.MethodGet, "/en/cancel-online/?"+hangs); status != http.StatusOK {
				t.Errorf("within the limit: %d", status)
			}
		})
	}
	for range limit {
		select {
		case <-p.one.held:
		case <-p.two.held:
		}
	}
	if status, _ := p.ask(reader, http.MethodGet, "/en/"); status != http.StatusTooManyRequests {
		t.Errorf("beyond the limit: %d", status)
	}
	if status, _ := p.ask(other, http.MethodGet, "/en/"); status != http.StatusOK {
		t.Errorf("another address: %d", status)
	}
	close(p.one.release)
	close(p.two.release)
	group.Wait()
}

// What is for operators is hidden below any path, however it is written.
func TestNginxHidesMetrics(t *testing.T) {
	p := startProxy(t)
	for _, path := range []string{"/metrics", "/readyz", "/help/metrics", "/a/b/readyz", "//metrics", "/%6Detrics",
		"/help/%72eadyz?x", "/x/../metrics", "/metrics?x=/"} {
		if status, _ := p.ask(http.DefaultClient, http.MethodGet, path); status != http.StatusNotFound ||
			p.reached() > 0 {
			t.Errorf("%s answers %d and reached %d replicas", path, status, p.reached())
		}
	}
	if status, _ := p.ask(http.DefaultClient, http.MethodGet, "/en/metrics/"); status != http.StatusOK {
		t.Errorf("an article answers %d", status)
	}
}
