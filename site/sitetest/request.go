package sitetest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const ParkingAPI = "/base/api/v1/checkers"

// Ask makes a request. Header lines have the form "Name: value".
func Ask(h http.Handler, method, url, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Decode reads a JSON answer, which must have the given status.
func Decode[T any](t testing.TB, w *httptest.ResponseRecorder, status int) (v T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, wanted %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%s: %s", err, w.Body)
	}
	return v
}

// Request makes a request without a body. Header lines have the form "Name: value"; a repeated name adds a value.
func Request(h http.Handler, method, address string, lines ...string) *http.Response {
	return RequestWith(h, method, address, "", "help.test", lines...)
}

// RequestWith is like Request with a body, to a given host.
func RequestWith(h http.Handler, method, address, body, host string, lines ...string) *http.Response {
	r := httptest.NewRequest(method, address, strings.NewReader(body))
	r.Host = host
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func Read(t testing.TB, r *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// zstdDecoder is shared, since it is costly to make and safe for concurrent use.
var zstdDecoder = sync.OnceValues(func() (*zstd.Decoder, error) { return zstd.NewReader(nil) })

// Expand decodes a precompressed file or a response in a coding.
func Expand(t testing.TB, coding string, data []byte) []byte {
	t.Helper()
	if coding == "zst" || coding == "zstd" {
		all, err := expandZstd(data)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	var r io.Reader
	var err error
	switch in := bytes.NewReader(data); coding {
	case "br":
		r = brotli.NewReader(in)
	case "gz", "gzip":
		r, err = gzip.NewReader(in)
	case "":
		r = in
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func expandZstd(data []byte) ([]byte, error) {
	decoder, err := zstdDecoder()
	if err != nil {
		return nil, err
	}
	return decoder.DecodeAll(data, nil)
}

// Serve serves a handler on a local port until the test ends, and returns its address.
func Serve(t testing.TB, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
