package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// A client is one connection, and what it has learned so far.
type client struct {
	*traffic
	conn  net.Conn
	in    *bufio.Reader
	known map[form]versions   // bytes that have been compared before
	tags  map[string]versions // what an ETag stands for
	last  map[*question]string

	asked int
	kinds map[string]int
	took  latencies
	pages [2]latencies
}

// A form is a question together with how it was answered.
type form struct {
	*question
	status int
	coding string
	sum    [32]byte
}

func newClient(x *traffic) *client {
	return &client{
		traffic: x,
		known:   map[form]versions{},
		tags:    map[string]versions{},
		last:    map[*question]string{},
		kinds:   map[string]int{},
	}
}

// work asks one question after the other. A slow client waits before each part of a request and of an answer.
func (c *client) work(wait time.Duration) {
	for !c.stopped() {
		q := popular(c.files)
		if rand.IntN(3) == 0 {
			q = popular(c.others)
		}
		cuts := c.cuts.Load()
		err := c.ask(q, wait)
		if errors.Is(err, errCut) && (cuts%2 == 1 || cuts != c.cuts.Load()) {
			c.kinds["cut"]++
			c.hangUp()
			err = c.ask(q, wait)
		}
		if err != nil {
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
		for i := range c.pages {
			c.traffic.pages[i].add(&c.pages[i])
		}
	}
}

// popular picks one of a list, the first far more often than the last.
func popular(list []*question) *question {
	return list[int(float64(len(list))*math.Pow(rand.Float64(), 3))]
}

func (c *client) hangUp() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// ways are the kinds of requests for the same question.
var ways = []string{"br", "gzip", "zstd", "plain", "conditional", "range", "br, gzip"}

// errCut means that an answer broke off after its head.
var errCut = errors.New("the answer broke off")

// ask asks a question in one of the ways, and checks the answer.
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
		return fmt.Errorf("%w: %w", errCut, err)
	}
	took := time.Since(began)
	c.took.note(took)
	if hostile := c.hostile.Load(); q.file && hostile {
		c.pages[1].note(took)
	} else if q.file {
		c.pages[0].note(took)
	}
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

// identify returns the versions that answer a question as given.
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

// dribble writes a text, in pieces if wait is not zero.
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

// sip reads an answer, in pieces if wait is not zero.
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
