package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"helpcenter/site"
)

// A question is a request, and what each of two versions of the site answers.
type question struct {
	method, path, body string
	file               bool // it has ranges
	want               [2]answer
}

type answer struct {
	status int
	body   []byte
}

// versions is a set of versions of the site: 1 and 2 for one alone, 3 for both.
type versions uint64

const bothVersions versions = 3

// questions are all that readers ask: every file of either version, and what only
// a service answers. The bytes of files are those that a build writes.
func questions(t *testing.T, sites [2]*site.Site) (files, others []*question) {
	t.Helper()
	byPath := map[string]*question{}
	var mu sync.Mutex
	for v, s := range sites {
		err := s.Each(func(f site.File, data []byte) error {
			path := "/" + strings.TrimSuffix(f.Path, "index.html")
			if path == "/" { // the service chooses a language
				path = "/index.html"
			}
			mu.Lock()
			defer mu.Unlock()
			if byPath[path] == nil {
				byPath[path] = &question{method: "GET", path: path, file: true}
			}
			byPath[path].want[v] = answer{http.StatusOK, bytes.Clone(data)}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range byPath {
		if q.want[0].status == q.want[1].status {
			files = append(files, q)
		} else {
			q.file = false
			others = append(others, q)
		}
	}
	others = append(others, dynamic()...)
	for v, s := range sites {
		h, err := s.Handler()
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range others {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(q.method, q.path, strings.NewReader(q.body)))
			q.want[v] = answer{w.Code, w.Body.Bytes()}
		}
	}
	return files, others
}

// dynamic are questions that no file answers.
func dynamic() (list []*question) {
	get := func(path string) { list = append(list, &question{method: "GET", path: path}) }
	const api = "/api/v1/checkers/cancel-online/"
	var batch []string
	for _, product := range []string{"goto-meeting", "goto-webinar", "rescue", "openvoice", "central"} {
		for _, contract := range []string{"monthly", "fixed-term", "trial"} {
			batch = append(batch, fmt.Sprintf(`{"product":%q,"contract":%q,"balance":"clear"}`, product, contract))
			get(api + "decision?lang=it&product=" + product + "&contract=" + contract)
			get(api + "decision?lang=en&role=billing-admin&balance=clear&product=" + product + "&contract=" + contract)
			get(api + "decision?lang=en&renewal=2027-03-01&product=" + product + "&contract=" + contract)
			list = append(list, &question{method: "POST", path: api + "decisions?lang=it", body: "[" + strings.Join(batch, ",") + "]"})
			get("/it/cancel-online/product=" + product + "/contract=" + contract + "/?renewal=2027-03-01")
			get("/en/cancel-online/contract=" + contract + "/product=" + product + "/")
			get("/en/" + product + "/" + contract + "/nothing-here/")
		}
	}
	for _, words := range []string{"cancel", "invoice", "billing+admin", "free+trial", "xyzzy"} {
		get("/en/search/?q=" + words)
	}
	for _, words := range []string{"annullare", "fattura", "abonamento", "prova+gratuita"} {
		get("/it/search/?q=" + words)
	}
	for _, path := range []string{"/", "/nowhere", "/it/articoli", "/api/v1/nothing", "/healthz", "/api/openapi.json", "/api/v1/checkers?lang=it", api + "decision?product=none", "/en/goto-meeting", "/%2e%2e/etc/passwd"} {
		get(path)
	}
	return append(list, &question{method: "POST", path: api + "decisions?lang=en", body: `[{"product":1}]`})
}

// Traffic is asked of one address by many clients at once, each answer checked
// byte for byte.
type traffic struct {
	address       string
	files, others []*question
	clock         atomic.Uint64 // see showing
	stop          chan struct{}
	group         sync.WaitGroup

	mu      sync.Mutex
	asked   int
	kinds   map[string]int
	took    latencies
	wrong   []string // the first of what was wrong
	nWrong  int
	refused int // requests left unfinished on purpose that were cut
}

func newTraffic(address string, files, others []*question) *traffic {
	return &traffic{address: address, files: files, others: others, stop: make(chan struct{}), kinds: map[string]int{}}
}

// showing says which versions may be answered from now on. A request during which
// that changed may be answered by any version.
func (x *traffic) showing(v versions) { x.clock.Store((x.clock.Load()>>2+1)<<2 | uint64(v)) }

// allowed returns which versions a request may be answered by that began at a
// state of the clock.
func (x *traffic) allowed(began uint64) versions {
	if x.clock.Load() != began {
		return bothVersions
	}
	return versions(began & 3)
}

// run starts clients.
func (x *traffic) run(fast, slow int) {
	for range fast {
		x.group.Go(func() { newClient(x).work(0) })
	}
	for range slow {
		x.group.Go(func() { newClient(x).work(5 * time.Millisecond) })
	}
}

func (x *traffic) end() {
	close(x.stop)
	x.group.Wait()
}

func (x *traffic) stopped() bool {
	select {
	case <-x.stop:
		return true
	default:
		return false
	}
}

func (x *traffic) fault(format string, args ...any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.nWrong++; len(x.wrong) < 10 {
		x.wrong = append(x.wrong, fmt.Sprintf(format, args...))
	}
}

// report fails the test for each answer that was not right, and says how long
// answers took.
func (x *traffic) report(t *testing.T, took time.Duration) {
	t.Helper()
	for _, w := range x.wrong {
		t.Error(w)
	}
	t.Logf("%d requests, %.0f a second, %d wrong or failed", x.asked, float64(x.asked)/took.Seconds(), x.nWrong)
	var kinds []string
	for kind, n := range x.kinds {
		kinds = append(kinds, fmt.Sprint(kind, " ", n))
	}
	slices.Sort(kinds)
	t.Logf("of these %s", strings.Join(kinds, ", "))
	t.Logf("latency: p50 %s, p90 %s, p99 %s, p99.9 %s, longest %s",
		x.took.below(.5), x.took.below(.9), x.took.below(.99), x.took.below(.999), x.took.below(1))
}

// A client is one connection, and what it has learned.
type client struct {
	*traffic
	conn  net.Conn
	in    *bufio.Reader
	known map[form]versions   // bytes that were compared before
	tags  map[string]versions // what an ETag stands for
	last  map[*question]string

	asked int
	kinds map[string]int
	took  latencies
}

// A form is a question and how it was answered.
type form struct {
	*question
	status int
	coding string
	sum    [32]byte
}

func newClient(x *traffic) *client {
	return &client{traffic: x, known: map[form]versions{}, tags: map[string]versions{}, last: map[*question]string{}, kinds: map[string]int{}}
}

// work asks one question after the other. A slow client waits before each part of
// a request, and of an answer.
func (c *client) work(wait time.Duration) {
	for !c.stopped() {
		q := popular(c.files)
		if rand.IntN(3) == 0 {
			q = popular(c.others)
		}
		if err := c.ask(q, wait); err != nil {
			c.fault("%s %s: %v", q.method, q.path, err)
			c.hangUp()
		}
	}
	c.hangUp()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.traffic.asked += c.asked
	for kind, n := range c.kinds {
		c.traffic.kinds[kind] += n
	}
	if wait == 0 {
		c.traffic.took.add(&c.took)
	}
}

// popular returns one of a list, the first far more often than the last.
func popular(list []*question) *question {
	return list[int(float64(len(list))*math.Pow(rand.Float64(), 3))]
}

func (c *client) hangUp() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// ways are the kinds of requests for the same thing.
var ways = []string{"br", "gzip", "zstd", "plain", "conditional", "range", "br, gzip"}

// ask asks a question in some way and checks the answer.
func (c *client) ask(q *question, wait time.Duration) error {
	if c.conn == nil {
		conn, err := net.DialTimeout("tcp", c.address, 10*time.Second)
		if err != nil {
			return err
		}
		c.conn, c.in = conn, bufio.NewReader(conn)
	}
	way := ways[rand.IntN(len(ways))]
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: help.test\r\n", q.method, q.path)
	from, to := 0, 0
	switch {
	case way == "range" && q.file && min(len(q.want[0].body), len(q.want[1].body)) > 0:
		to = 1 + rand.IntN(min(len(q.want[0].body), len(q.want[1].body)))
		from = rand.IntN(to)
		fmt.Fprintf(&b, "Range: bytes=%d-%d\r\n", from, to-1)
	case way == "conditional" && c.last[q] != "":
		fmt.Fprintf(&b, "Accept-Encoding: gzip\r\nIf-None-Match: %s\r\n", c.last[q])
	case way == "range" || way == "conditional" || way == "plain":
		way = "plain"
	default:
		fmt.Fprintf(&b, "Accept-Encoding: %s\r\n", way)
	}
	if q.body != "" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(q.body))
	}
	b.WriteString("\r\n" + q.body)

	c.conn.SetDeadline(time.Now().Add(30 * time.Second))
	clock, began := c.clock.Load(), time.Now()
	if err := dribble(c.conn, b.String(), wait); err != nil {
		return err
	}
	head, err := http.ReadResponse(c.in, &http.Request{Method: q.method})
	if err != nil {
		return err
	}
	body, err := sip(head.Body, wait)
	if err != nil {
		return err
	}
	c.took.note(time.Since(began))
	c.asked++
	c.kinds[fmt.Sprint(head.StatusCode)]++
	if wait > 0 {
		c.kinds["slow"]++
	}
	if head.Close {
		c.hangUp()
	}
	got := c.identify(q, head, body, from, to)
	if may := c.allowed(clock); got&may == 0 {
		return fmt.Errorf("(%s) %s with %d bytes is version %d, allowed is %d", way, head.Status, len(body), got, may)
	}
	return nil
}

// identify returns the versions that answer a question in this way.
func (c *client) identify(q *question, head *http.Response, body []byte, from, to int) (is versions) {
	coding, tag := head.Header.Get("Content-Encoding"), q.path+head.Header.Get("Etag")
	if head.StatusCode == http.StatusNotModified {
		return c.tags[tag]
	}
	if head.StatusCode == http.StatusPartialContent {
		for v, w := range q.want {
			if to > 0 && bytes.Equal(w.body[from:to], body) {
				is |= 1 << v
			}
		}
		return is
	}
	f := form{q, head.StatusCode, coding, sha256.Sum256(body)}
	is, ok := c.known[f]
	if !ok {
		plain, err := decoded(body, coding)
		for v, w := range q.want {
			if err == nil && w.status == head.StatusCode && bytes.Equal(w.body, plain) {
				is |= 1 << v
			}
		}
		c.known[f] = is
	}
	if head.Header.Get("Etag") != "" {
		c.tags[tag] = is
		if coding == "gzip" {
			c.last[q] = head.Header.Get("Etag")
		}
	}
	return is
}

func decoded(body []byte, coding string) ([]byte, error) {
	switch coding {
	case "":
		return body, nil
	case "br":
		return io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
	case "gzip":
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(z)
	case "zstd":
		z, err := zstd.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		return io.ReadAll(z)
	}
	return nil, fmt.Errorf("the coding %s was not asked for", coding)
}

// dribble writes a text, in pieces where there is a time to wait between them.
func dribble(w io.Writer, text string, wait time.Duration) error {
	if wait == 0 {
		_, err := io.WriteString(w, text)
		return err
	}
	for piece := range slices.Chunk([]byte(text), 16) {
		time.Sleep(wait)
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// sip reads an answer, in pieces where there is a time to wait between them.
func sip(body io.Reader, wait time.Duration) ([]byte, error) {
	if wait == 0 {
		return io.ReadAll(body)
	}
	var all bytes.Buffer
	for {
		time.Sleep(wait)
		if n, err := io.CopyN(&all, body, 1<<10); n == 0 || err != nil && err != io.EOF {
			if err == io.EOF {
				err = nil
			}
			return all.Bytes(), err
		}
	}
}

// latencies counts times in classes, sixteen to each doubling.
type latencies [1024]int

func (l *latencies) note(d time.Duration) { l[int(16*math.Log2(float64(max(d, 1))))]++ }

func (l *latencies) add(other *latencies) {
	for i, n := range other {
		l[i] += n
	}
}

// below returns the time that a part of all did not exceed, to one twentieth.
func (l *latencies) below(part float64) time.Duration {
	all, seen := 0, 0
	for _, n := range l {
		all += n
	}
	for i, n := range l {
		if seen += n; n > 0 && float64(seen) >= part*float64(all) {
			return time.Duration(math.Exp2(float64(i+1) / 16)).Round(10 * time.Microsecond)
		}
	}
	return 0
}
