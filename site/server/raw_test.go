package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// These tests send what clients that break the rules send, byte by byte over a connection of their own: the clients
// of the standard library would correct it.

// listening runs a service on a local port until the test ends.
func listening(t *testing.T, l *lab) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func dial(t testing.TB, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(time.Minute)) // all answers come at once
	return c
}

type rawReply struct {
	status int
	header http.Header
	body   string
}

// converse sends text, closes its side of the connection, and returns all answers.
func converse(t testing.TB, address, text string) (all []rawReply) {
	t.Helper()
	c := dial(t, address)
	go func() { // it may be more than anybody reads before answering
		io.WriteString(c, text)
		c.(*net.TCPConn).CloseWrite()
	}()
	method, _, _ := strings.Cut(text, " ")
	from := bufio.NewReader(c)
	for {
		w, err := http.ReadResponse(from, &http.Request{Method: method})
		if err != nil {
			if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) &&
				!strings.Contains(err.Error(), "reset") {
				t.Errorf("%q: %v", text, err)
			}
			return all
		}
		body, err := io.ReadAll(w.Body)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			return all
		}
		all = append(all, rawReply{w.StatusCode, w.Header, string(body)})
	}
}

func get(target string) string { return "GET " + target + " HTTP/1.1\r\nHost: help.test\r\n\r\n" }

// Only files of the site can be reached, however an address is written, and no answer leads elsewhere.
func TestTraversal(t *testing.T) {
	address := listening(t, newLab(t))
	var up []string
	for _, dots := range []string{
		"..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "%25252e%25252e", "..;", "..;x=y", "..%00", ".%00.", "..%0a",
		"%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
		"%f0%80%80%ae%f0%80%80%ae", "%uff0e%uff0e", "%ef%bc%8e%ef%bc%8e", "..%20", "...", "....",
	} {
		for _, slash := range []string{"/", "%2f", "%252f", `\`, "%5c", "%255c", "%c0%af", "%e2%88%95", "//", "/./", `/\`} {
			step := dots + slash
			for _, before := range []string{"/", "/base/", "/base/it/", "/base/assets/", "/base/it/may-i-park/"} {
				up = append(up, before+strings.Repeat(step, 6)+"etc/passwd", before+step+"site.toml")
			}
		}
	}
	up = append(
		up,
		"//etc/passwd",
		"/base//etc/passwd",
		"/base/%2fetc/passwd",
		`/base/\etc\passwd`,
		"///evil.test/%2e%2e",
		"//evil.test/..",
		`/\evil.test/..`,
		"/base//evil.test/..",
		"/C:/Windows/win.ini",
		`/base/C:\Windows\win.ini`,
		"/base/c%3a%5cwindows%5cwin.ini",
		`/base/\\host\share`,
		"/base/file:///etc/passwd",
		"/base/.git/config",
		"/base/content/site.toml",
		"/base/rules/parking.toml",
		"/base/index.html%00.txt",
		"/base/it/%00",
		"/base/it%00/",
		"/base/it/..",
		"/base/it/../it/",
		"/base/./it/",
		"http://evil.test/base/../etc/passwd",
		"http:///etc/passwd",
		"file:///etc/passwd",
	)
	var text strings.Builder
	var inRow []string // the others are not requests at all, and end their connection
	for _, target := range up {
		if _, err := http.ReadRequest(bufio.NewReader(strings.NewReader(get(target)))); err == nil {
			text.WriteString(get(target))
			inRow = append(inRow, target)
			continue
		}
		if a := converse(t, address, get(target)); len(a) != 1 || a[0].status != 400 {
			t.Errorf("%s: %v", target, a)
		}
	}
	answers := converse(t, address, text.String())
	if len(answers) != len(inRow) || len(inRow) == 0 {
		t.Fatalf("%d answers to %d requests", len(answers), len(inRow))
	}
	for i, a := range answers {
		if a.status != 404 && a.status != 400 || a.header.Get("Location") != "" || strings.Contains(a.body, "root:") {
			t.Errorf("%s: status %d, Location %q", inRow[i], a.status, a.header.Get("Location"))
		}
	}
	if a := converse(t, address, get("/base/it/")); len(a) != 1 || a[0].status != 200 {
		t.Errorf("the site itself: %v", a)
	}
}

// Nothing in a request becomes a header of the answer, and the answer names no host but the site's own.
func TestHeaderInjection(t *testing.T) {
	address := listening(t, newLab(t))
	const line = "%0d%0aSet-Cookie:%20x=y"
	for _, target := range []string{
		"/base/it" + line, "/base/it/city" + line + "/parking/permits", "/base/it?x=" + line, "/base/it?x=%0aSet-Cookie: x=y",
		"/base/it?\x0bSet-Cookie:x", "/base" + line, "/base?" + line, "/base/?" + line,
		"/base/it/may-i-park/zone=centre/permit=visitor/?renewal=2027-01-31" + line,
		"/base/it/may-i-park/zone=centre/permit=visitor/?renewal=" + line,
		"/base/it/may-i-park/zone=centre" + line + "/permit=visitor/", "/base/it?x=y\r\nSet-Cookie: x=y\r\nX: ",
		"/base/it\r\n Set-Cookie: x=y\r\nX:",
		"http://evil.test/base/it", "http://evil.test/base/", "http://evil.test/base",
	} {
		text := "GET " + target +
			" HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: evil.test\r\nX-Forwarded-Prefix: //evil.test\r\n" +
			"Forwarded: host=evil.test\r\n" +
			"X-Original-Url: /evil.test\r\nX-Rewrite-Url: /evil.test\r\nX-Request-Id: a\tb; Set-Cookie=x\r\n\r\n"
		for _, a := range converse(t, address, text) {
			head := fmt.Sprint(a.header)
			if a.header["Set-Cookie"] != nil || strings.Contains(head, "evil.test") ||
				strings.ContainsAny(a.header.Get("Location"), "\r\n") {
				t.Errorf("%q: %s", target, head)
			}
			if to := a.header.Get("Location"); a.status/100 == 3 &&
				(!strings.HasPrefix(to, "/base/") || strings.HasPrefix(to, "//")) {
				t.Errorf("%q leads to %q", target, to)
			}
			if strings.Contains(a.body, "evil.test") {
				t.Errorf("%q: the page names the host that was asked for", target)
			}
		}
	}
}

// Each request has one answer, wherever its body is said to end; a request hidden after it is not answered.
func TestSmuggling(t *testing.T) {
	address := listening(t, newLab(t))
	const (
		hidden = "GET /base/healthz HTTP/1.1\r\nHost: help.test\r\n\r\n"
		post   = "POST /base/api/v1/checkers/may-i-park/decisions HTTP/1.1\r\nHost: help.test\r\n"
	)
	withBody := func(headers, body string) string { return post + headers + "\r\n\r\n" + body + hidden }
	if all := converse(t, address, withBody("Content-Length: 2", "[]")); len(all) != 2 || all[0].status != 200 ||
		all[1].body != "ok\n" {
		t.Fatalf("two requests in a row get %v: the rest proves nothing", all)
	}
	for _, test := range []struct{ name, text string }{
		{"both lengths", withBody("Content-Length: 7\r\nTransfer-Encoding: chunked", "2\r\n[]\r\n0\r\n\r\n")},
		{"both lengths, the other way round",
			withBody("Transfer-Encoding: chunked\r\nContent-Length: 2", "2\r\n[]\r\n0\r\n\r\n")},
		{"both lengths, and none fits", withBody("Transfer-Encoding: chunked\r\nContent-Length: 2", "[]")},
		{"chunks", withBody("Transfer-Encoding: chunked", "2\r\n[]\r\n0\r\n\r\n")},
		{"two lengths", withBody("Content-Length: 2\r\nContent-Length: 80", "[]")},
		{"a list of lengths", withBody("Content-Length: 2, 2", "[]")},
		{"a length with a sign", withBody("Content-Length: +2", "[]")},
		{"a negative length", withBody("Content-Length: -2", "[]")},
		{"a hexadecimal length", withBody("Content-Length: 0x2", "[]")},
		{"a length in words", withBody("Content-Length: two", "[]")},
		{"a length too great", withBody("Content-Length: 99999999999999999999", "[]")},
		{"an unknown coding", withBody("Transfer-Encoding: xchunked", "2\r\n[]\r\n0\r\n\r\n")},
		{"two codings", withBody("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "2\r\n[]\r\n0\r\n\r\n")},
		{"a list of codings", withBody("Transfer-Encoding: chunked, identity", "2\r\n[]\r\n0\r\n\r\n")},
		{"a coding in quotes", withBody(`Transfer-Encoding: "chunked"`, "2\r\n[]\r\n0\r\n\r\n")},
		{"a coding after a vertical tab", withBody("Transfer-Encoding: \x0bchunked", "2\r\n[]\r\n0\r\n\r\n")},
		{"a blank before the colon", withBody("Transfer-Encoding : chunked", "2\r\n[]\r\n0\r\n\r\n")},
		{"a blank before the length's colon", withBody("Content-Length : 2", "[]")},
		{"a folded coding", withBody("Transfer-Encoding:\r\n chunked", "2\r\n[]\r\n0\r\n\r\n")},
		{"a folded length", withBody("Content-Length: 1\r\n 0", "[]")},
		{"a carriage return alone", withBody("X: y\rContent-Length: 2", "[]")},
		{"NUL in a header", withBody("X: \x00\r\nContent-Length: 2", "[]")},
		{"a header without a name", withBody(": x\r\nContent-Length: 2", "[]")},
		{"a header without a colon", withBody("Content-Length", "[]")},
		{"a chunk with a sign", withBody("Transfer-Encoding: chunked", "+2\r\n[]\r\n0\r\n\r\n")},
		{"a chunk of 0x2", withBody("Transfer-Encoding: chunked", "0x2\r\n[]\r\n0\r\n\r\n")},
		{"a chunk too great", withBody("Transfer-Encoding: chunked", "fffffffffffffffff2\r\n[]\r\n0\r\n\r\n")},
		{"a chunk's extension", withBody("Transfer-Encoding: chunked", "2;x=\"\r\n[]\r\n0\r\n\r\n")},
		{"a chunk's extension with a line feed", withBody("Transfer-Encoding: chunked", "2;x\n[]\r\n0\r\n\r\n")},
		{"chunks that end with line feeds", withBody("Transfer-Encoding: chunked", "2\n[]\n0\n\n")},
		{"a chunk longer than said", withBody("Transfer-Encoding: chunked", "1\r\n[]\r\n0\r\n\r\n")},
		{"a length after the body", withBody("Transfer-Encoding: chunked", "2\r\n[]\r\n0\r\nContent-Length: 80\r\n\r\n")},
		{"no host", "GET /base/it/ HTTP/1.1\r\n\r\n" + hidden},
		{"two hosts", "GET /base/it/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + hidden},
		{"a host with a path", "GET /base/it/ HTTP/1.1\r\nHost: a/b c\r\n\r\n" + hidden},
		{"no version", "GET /base/it/\r\n\r\n" + hidden},
		{"another version", "GET /base/it/ HTTP/9.1\r\nHost: a\r\n\r\n" + hidden},
		{"a blank more", "GET  /base/it/ HTTP/1.1\r\nHost: a\r\n\r\n" + hidden},
		{"a blank in the address", "GET /base/it/ x HTTP/1.1\r\nHost: a\r\n\r\n" + hidden},
		{"a method that is none", "G\x00T /base/it/ HTTP/1.1\r\nHost: a\r\n\r\n" + hidden},
		{"a read with a body", "GET /base/it/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n[]" + hidden},
		{"a read with chunks", "GET /base/it/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden},
		{"a body that begins as a request",
			"GET /base/it/ HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 50\r\n\r\n" + hidden},
	} {
		all := converse(t, address, test.text)
		if len(all) != 1 {
			t.Errorf("%s: %d answers", test.name, len(all))
		}
		for _, a := range all {
			if a.body == "ok\n" || a.status >= 500 && a.status != 501 && a.status != 505 {
				t.Errorf("%s: %+v", test.name, a)
			}
		}
	}
}

// Headers and bodies over the limits are refused, and the connection is closed.
func TestSizeLimits(t *testing.T) {
	address := listening(t, newLab(t))
	const batchSize = 512 << 10 // see package api
	batch := fmt.Sprintf("POST /base/api/v1/checkers/may-i-park/decisions HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n"+
		"\r\n%s", batchSize+1, strings.Repeat(" ", batchSize+1))
	for _, test := range []struct {
		text   string
		status int
	}{
		{"GET /base/it/ HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", defaultLimits.headerBytes+8<<10) + "\r\n\r\n", 431},
		{"GET /base/it/ HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X: y\r\n", 8<<10) + "\r\n", 431},
		{"GET /base/" + strings.Repeat("x", defaultLimits.headerBytes+8<<10) + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
		{batch, 413},
		{strings.Replace(batch, fmt.Sprintf("Content-Length: %d", batchSize+1), "Transfer-Encoding: chunked", 1)[:200] +
			"\r\n", 400},
		{"GET /base/it/ HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n\r\n", 417},
	} {
		if all := converse(t, address, test.text); len(all) != 1 || all[0].status != test.status {
			t.Errorf("%.60q: %d answers, wanted %d; first %+v", test.text, len(all), test.status, all)
		}
	}
}

// Clients that send or read as slowly as they can are cut off, and others are answered in the meantime. On a busy
// machine such another client may itself be late, so it asks again.
func TestSlowClients(t *testing.T) {
	l := newLab(t)
	l.limits.request, l.limits.answer, l.limits.idle = time.Second, time.Second, time.Second
	address := listening(t, l)
	const post = "POST /base/api/v1/checkers/may-i-park/decisions HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
	slow := map[string]func(net.Conn) error{
		"header":           drip("GET /base/it/ HTTP/1.1\r\nX: "),
		"nothing at all":   drip(""),
		"body":             drip(post + "["),
		"after an answer":  func(c net.Conn) error { io.WriteString(c, get("/base/it/")); return drain(c) },
		"without any read": flood,
	}
	type end struct {
		name string
		err  error
	}
	ends := make(chan end)
	for range 10 {
		for name, do := range slow {
			c := dial(t, address)
			go func() { ends <- end{name, do(c)} }()
		}
	}
	body, err := "", error(nil)
	for limit := time.Now().Add(time.Minute); body != "ok\n" && time.Now().Before(limit); {
		body, err = fetch("http://" + address + "/base/healthz")
	}
	if body != "ok\n" {
		t.Fatalf("others get %q, %v", body, err)
	}
	for range 10 * len(slow) {
		if e := <-ends; errors.Is(e.err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: not cut off", e.name)
		}
	}
}

// drip sends a beginning, and then one byte at a time until it is cut off.
func drip(beginning string) func(net.Conn) error {
	return func(c net.Conn) error {
		io.WriteString(c, beginning)
		for beginning != "" {
			time.Sleep(20 * time.Millisecond)
			if _, err := c.Write([]byte("x")); err != nil {
				return err
			}
		}
		return drain(c)
	}
}

// drain reads until the connection ends.
func drain(c net.Conn) error {
	_, err := io.Copy(io.Discard, c)
	return err
}

// flood keeps sending requests and reads nothing.
func flood(c net.Conn) error {
	for many := strings.Repeat(get("/base/it/"), 1000); ; {
		if _, err := io.WriteString(c, many); err != nil {
			return err
		}
	}
}
