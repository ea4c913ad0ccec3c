package mcp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"helpcenter/site"
	"helpcenter/site/mcp"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

func message(method, params string) string {
	return `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":` + params + `}`
}

func toolCall(tool, arguments string) string {
	return message("tools/call", `{"name":"`+tool+`","arguments":`+arguments+`}`)
}

func post(body string) *http.Request {
	r := httptest.NewRequest("POST", "/mcp", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

// A service behind a proxy on the same computer is addressed by the site's name. Another name pointed at this
// computer is refused.
func TestHosts(t *testing.T) {
	h := handler(sitetest.Shipped(t))
	local := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	outside := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80}
	for _, test := range []struct {
		address      net.Addr
		host, origin string
		want         int
	}{
		{local, "localhost:8080", "", 200}, {local, "127.0.0.1:8080", "", 200}, {local, "[::1]:8080", "", 200},
		{local, "help.example.com", "", 200}, {local, "HELP.example.com:443", "", 200}, {local, "10.0.0.7:8080", "", 200},
		{local, "evil.example", "", 403}, {local, "localhost.evil.example", "", 403}, {local, "", "", 403},
		{local, "127.0.0.1.evil.example:8080", "", 403},
		{outside, "staging.example", "", 200},
		{outside, "help.example.com", "https://help.example.com", 200},
		{outside, "staging.example", "https://staging.example", 403},
		{local, "localhost:8080", "http://localhost:6274", 200}, {local, "127.0.0.1:8080", "http://[::1]:1", 200},
		{local, "help.example.com", "http://localhost:6274", 403}, {local, "localhost:8080", "http://evil.example", 403},
		{local, "localhost:8080", "http://localhost.evil.example", 403}, {local, "localhost:8080", "%", 403},
	} {
		r := post(message("ping", "{}"))
		r.Host = test.host
		if test.origin != "" {
			r.Header.Set("Origin", test.origin)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r.WithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, test.address)))
		if w.Code != test.want {
			t.Errorf("%s, Host %q, Origin %q: %d, want %d: %s", test.address, test.host, test.origin, w.Code, test.want, w.Body)
		}
	}
}

// Nothing is made, and the API is not asked, before the first message.
func TestIdle(t *testing.T) {
	s, asked := sitetest.Shipped(t), atomic.Int32{}
	var h http.Handler
	server.NewHandler(s, server.Environment{
		Now: func() time.Time { return s.Now },
		Mount: map[string]server.Mount{"mcp": func(s *site.Site, answers http.Handler) http.Handler {
			h = mcp.Mount("")(s, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				answers.ServeHTTP(w, r)
			}))
			return h
		}},
	})
	if asked.Load() != 0 {
		t.Errorf("the API has been asked %d times", asked.Load())
	}
	for range 3 {
		h.ServeHTTP(httptest.NewRecorder(), post(message("tools/list", "{}")))
	}
	if asked.Load() != 1 { // for its description
		t.Errorf("the API has been asked %d times", asked.Load())
	}
}

// A panic in a tool does not end the program: it reaches the server, which logs and counts it.
func TestPanicInATool(t *testing.T) {
	s := sitetest.Shipped(t)
	broken := func(s *site.Site, answers http.Handler) http.Handler {
		return mcp.Mount("")(s, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/decision") {
				panic("a defect")
			}
			answers.ServeHTTP(w, r)
		}))
	}
	h := server.NewHandler(s, server.Environment{
		Now: func() time.Time { return s.Now }, Mount: map[string]server.Mount{"mcp": broken},
	})
	defer func() {
		if got := recover(); got != "a defect" {
			t.Errorf("recovered %v", got)
		}
	}()
	body := toolCall("decide", `{"lang":"it","checker":"cancel-online","answers":{}}`)
	h.ServeHTTP(httptest.NewRecorder(), post(body))
	t.Error("it did not panic")
}

const maxBody = 16 << 10

// fill replaces … in a message by a text repeated up to the size limit of a body.
func fill(message, text string) string {
	before, after, _ := strings.Cut(message, "…")
	return before + strings.Repeat(text, (maxBody-len(before)-len(after))/len(text)) + after
}

// costly lists the messages that make the tools work hardest.
var costly = map[string]string{
	"a list":     message("tools/list", "{}"),
	"a search":   toolCall("search", `{"lang":"en","query":"cancel","limit":100}`),
	"misspelt":   fill(toolCall("search", `{"lang":"en","query":"…"}`), "canzel-outstandink "),
	"escapes":    fill(toolCall("search", `{"lang":"en","query":"…"}`), `\u0000`),
	"numbers":    fill(toolCall("search", `{"lang":"en","query":…}`), "9"),
	"a long id":  fill(`{"jsonrpc":"2.0","method":"ping","id":"…"}`, "x"),
	"answers":    fill(decideAnd(`{…"a":"b"}`), `"product":"x",`),
	"names":      decideAnd(`{` + names() + `"a":"b"}`),
	"values":     fill(decideAnd(`{"product":"…"}`), "goto-meetin"),
	"unknown":    toolCall("explain", `{"lang":"en","checker":"cancel-online","answers":`+unknown+`}`),
	"depth":      fill(toolCall("decide", "…"), "["),
	"objects":    fill(toolCall("decide", "…"), `{"a":`),
	"a path":     fill(toolCall("read", `{"lang":"en","path":"…"}`), "canzel/"),
	"no path":    toolCall("read", `{"lang":"en","path":"canzel-subscribtion-outstandink-balanze"}`),
	"an article": toolCall("read", `{"lang":"en","path":"goto-meeting/billing/cancel-subscription"}`),
	"many":       fill("[…1]", message("ping", "{}")+","),
	"spaces":     fill(`{"jsonrpc":"2.0","id":1,"method":"ping"…}`, " "),
}

const unknown = `{"product":"unknown","contract":"unknown","renewal":"2027-01-31"}`

func decideAnd(answers string) string {
	return toolCall("decide", `{"lang":"en","checker":"cancel-online","answers":`+answers+`}`)
}

func names() string {
	var b strings.Builder
	for i := 0; b.Len() < maxBody-200; i++ {
		fmt.Fprintf(&b, `"contrac%d":"x",`, i)
	}
	return b.String()
}

// No message within the limits does much work. An allocation stands for less than a microsecond, so this is below
// 20 ms of CPU.
func TestCostOfMessages(t *testing.T) {
	h := handler(sitetest.Shipped(t))
	for name, body := range costly {
		if len(body) > maxBody {
			t.Fatalf("%s has %d bytes", name, len(body))
		}
		var before, after runtime.MemStats
		count, size := uint64(1<<63), uint64(1<<63)
		for range 3 {
			runtime.ReadMemStats(&before)
			h.ServeHTTP(httptest.NewRecorder(), post(body))
			runtime.ReadMemStats(&after)
			count, size = min(count, after.Mallocs-before.Mallocs), min(size, after.TotalAlloc-before.TotalAlloc)
		}
		if count > 10_000 || size > 4<<20 {
			t.Errorf("%s: %d allocations of %d bytes", name, count, size)
		}
	}
}

func TestTooLong(t *testing.T) {
	h := handler(sitetest.Shipped(t))
	body := message("ping", "{}")
	for n, want := range map[int]int{maxBody: 200, maxBody + 1: 413} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, post(body+strings.Repeat(" ", n-len(body))))
		if w.Code != want {
			t.Errorf("%d bytes: %d, want %d", n, w.Code, want)
		}
	}
	r := post("")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(body[:9]), failing{}))
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != 400 {
		t.Errorf("a body that ends early: %d", w.Code)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// No goroutine outlives the request that started it.
func TestNothingIsLeftBehind(t *testing.T) {
	h := handler(sitetest.Shipped(t))
	ask := func(ctx context.Context) {
		for _, body := range costly {
			h.ServeHTTP(httptest.NewRecorder(), post(body).WithContext(ctx))
		}
	}
	ask(t.Context())
	before := runtime.NumGoroutine()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		ask(t.Context())
		ask(gone)
	}
	for tries := 0; runtime.NumGoroutine() > before+5; tries++ {
		if tries == 100 {
			t.Fatalf("%d goroutines, before %d", runtime.NumGoroutine(), before)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

var measureCPU = flag.Bool("measure", false, "measure what messages cost, instead of only what they allocate")

// TestCPUOfMessages measures the CPU time of the costliest messages known:
//
//	go test ./site/mcp -run TestCPUOfMessages -measure -v
func TestCPUOfMessages(t *testing.T) {
	if !*measureCPU {
		t.Skip("it measures time; see -measure")
	}
	used := func() time.Duration {
		var u unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	h := handler(sitetest.Shipped(t))
	for name, body := range costly {
		const times = 200
		before := used()
		for range times {
			h.ServeHTTP(httptest.NewRecorder(), post(body))
		}
		mean := (used() - before) / times
		t.Logf("%-12s %6.2f ms", name, mean.Seconds()*1000)
		if mean > 20*time.Millisecond {
			t.Errorf("%s: %s of CPU", name, mean)
		}
	}
}

// Whatever is sent, the answer is not a server error, and is JSON or a line of text.
func FuzzMessages(f *testing.F) {
	for _, body := range costly {
		f.Add(body)
	}
	h := handler(sitetest.Parking(f))
	f.Fuzz(func(t *testing.T, body string) {
		r := post(body)
		r.URL.Path = "/base/mcp"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		isJSON := strings.Contains(w.Header().Get("Content-Type"), "json")
		if w.Code >= 500 || isJSON && !json.Valid(w.Body.Bytes()) || w.Body.Len() > 4*len(body)+64<<10 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if bytes.Contains(w.Body.Bytes(), []byte("internal error")) {
			t.Errorf("%s", w.Body)
		}
	})
}
