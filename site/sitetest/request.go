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

// Ask makes a request; header lines are given as "Name: value".
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

// Decode reads a JSON answer of a status.
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

// Request asks a handler for an address; header lines are "Name: value", and one
// of a name that came before is added to it.
func Request(h http.Handler, method, address string, lines ...string) *http.Response {
	return RequestWith(h, method, address, "", "help.test", lines...)
}

// RequestWith is the same with a body, and to a host.
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

// zstdDecoder is costly to make, and may be used by several at once.
var zstdDecoder = sync.OnceValues(func() (*zstd.Decoder, error) { return zstd.NewReader(nil) })

// Expand returns the bytes of a precompressed file or response in a coding.
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

// Serve answers with a handler on a port of this machine, and returns its address.
func Serve(t testing.TB, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
