package server

import (
	"bytes"
	"crypto/tls"
	"io"
	"mime"
	"mime/multipart"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/encoded"
	"helpcenter/site/sitetest"
	"helpcenter/site/webtest"
)

// The scripts show what requests are answered with; see package webtest.
func TestScripts(t *testing.T) { webtest.Run(t, newLab(t), "testdata/*.txt") }

// Pages of other sites may do what the scripts show if site.toml lists their origins.
func TestOtherSites(t *testing.T) {
	in := sitetest.ParkingInput(t)
	in.Library.Site.API.Origins = []string{"https://app.test"}
	in.Library.Site.Embed.Ancestors = []string{"https://app.test", "http://localhost:3000"}
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	webtest.Run(t, Handler(s), "testdata/othersites/*.txt")
}

// If the site has an https address, browsers that came over TLS are told to keep using it.
func TestTransportSecurity(t *testing.T) {
	for _, test := range []struct {
		base, line string
		tls, want  bool
	}{
		{"https://help.test/base/", "", false, false},
		{"https://help.test/base/", "X-Forwarded-Proto: http", false, false},
		{"https://help.test/base/", "X-Forwarded-Proto: https", false, true},
		{"https://help.test/base/", "X: y", true, true},
		{"http://help.test/base/", "X-Forwarded-Proto: https", true, false},
	} {
		in := sitetest.ParkingInput(t)
		in.BaseURL = test.base
		s, found := site.New(in)
		sitetest.FailOnFindings(t, found)
		h := Handler(s)
		for _, address := range []string{"/base/it/", "/base/api/v1/checkers", "/base/none"} {
			r := httptest.NewRequest("GET", address, nil)
			if name, value, ok := strings.Cut(test.line, ": "); ok {
				r.Header.Set(name, value)
			}
			if test.tls {
				r.TLS = new(tls.ConnectionState)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if got := w.Header().Get("Strict-Transport-Security"); (got != "") != test.want {
				t.Errorf("%+v, %s: %q", test, address, got)
			}
		}
	}
}

// The header Accept-Encoding selects the coding (RFC 9110, 12.5.3).
func TestNegotiatedCoding(t *testing.T) {
	h := Handler(sitetest.Parking(t))
	plain := sitetest.Read(t, sitetest.Request(h, "GET", "/base/it/"))
	for _, test := range []struct {
		lines []string
		want  string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"gzip, deflate, br, zstd"}, "br"},
		{[]string{"gzip, deflate, br"}, "br"},
		{[]string{"gzip"}, "gzip"},
		{[]string{"GZIP"}, "gzip"},
		{[]string{"zstd"}, "zstd"},
		{[]string{"zstd, gzip"}, "gzip"},
		{[]string{"gzip", "br"}, "br"}, // in two lines
		{[]string{"gzip;q=1, br;q=0.5"}, "gzip"},
		{[]string{"br ; q=0.5 , zstd ; q=0.501"}, "zstd"},
		{[]string{"gzip;q=0"}, ""},
		{[]string{"gzip;q=0.000, br; Q=0.001"}, "br"},
		{[]string{"*"}, "br"},
		{[]string{"*, br;q=0"}, "gzip"},
		{[]string{"*;q=0.5, zstd"}, "zstd"},
		{[]string{"*;q=0"}, ""}, // nothing is allowed: as without the header
		{[]string{"identity;q=0"}, ""},
		{[]string{"identity;q=0, gzip;q=0.1"}, "gzip"},
		{[]string{"identity;q=0, *;q=0.1"}, "br"},
		{[]string{"identity"}, ""},
		{[]string{"identity, gzip;q=0.9"}, ""},
		{[]string{"identity;q=0.5, gzip"}, "gzip"},
		{[]string{"gzip;q=NaN"}, ""},
		{[]string{"gzip;q=-1, br;q=2, zstd;q=x"}, ""},
		{[]string{"gzip;quality=1"}, ""},
		{[]string{"deflate, compress, gzipped, brr"}, ""},
		{[]string{",,;q=1,gzip,,"}, "gzip"},
	} {
		var lines []string
		for _, value := range test.lines {
			lines = append(lines, "Accept-Encoding: "+value)
		}
		w := sitetest.Request(h, "GET", "/base/it/", lines...)
		coding := w.Header.Get("Content-Encoding")
		if coding != test.want || w.Header.Get("Vary") != "Accept, Accept-Encoding" {
			t.Errorf("%q: coding %q, wanted %q; Vary %q", test.lines, coding, test.want, w.Header.Get("Vary"))
		}
		body := sitetest.Read(t, w)
		if int64(len(body)) != w.ContentLength || !bytes.Equal(sitetest.Expand(t, coding, body), plain) {
			t.Errorf("%q: another text, or %d bytes announced as %d", test.lines, len(body), w.ContentLength)
		}
	}
}

// Files are cached forever if their names hold a hash, and there are such files.
func TestImmutableFiles(t *testing.T) {
	s := sitetest.Parking(t)
	h, found := Handler(s), 0
	for _, f := range s.Assets() {
		if w := sitetest.Request(h, "GET", "/base/"+f.Path); f.Immutable {
			found++
			if got := w.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %q", f.Path, got)
			}
		}
	}
	if found == 0 {
		t.Error("no file is immutable")
	}
}

// Conditions apply to the ETag of the coding that would be sent (RFC 9110, 13).
func TestConditions(t *testing.T) {
	h := Handler(sitetest.Parking(t))
	for _, address := range []string{"/base/it/", "/base/api/openapi.json"} {
		plain := sitetest.Request(h, "GET", address).Header.Get("Etag")
		zipped := sitetest.Request(h, "GET", address, "Accept-Encoding: gzip").Header.Get("Etag")
		if plain == "" || plain == zipped || strings.HasPrefix(plain, "W/") {
			t.Fatalf("%s: the tags are %s and %s", address, plain, zipped)
		}
		for _, test := range []struct {
			method string
			lines  []string
			status int
		}{
			{"GET", []string{"If-None-Match: " + plain}, 304},
			{"HEAD", []string{"If-None-Match: " + plain}, 304},
			{"GET", []string{"If-None-Match: W/" + plain}, 304},
			{"GET", []string{`If-None-Match: "x", ` + plain}, 304},
			{"GET", []string{"If-None-Match: *"}, 304},
			{"GET", []string{"If-None-Match: " + zipped}, 200},
			{"GET", []string{"If-None-Match: " + plain, "Accept-Encoding: gzip"}, 200},
			{"GET", []string{"If-None-Match: " + zipped, "Accept-Encoding: gzip"}, 304},
			{"GET", []string{"If-None-Match: x"}, 200},
			{"GET", []string{"If-Match: " + plain}, 200},
			{"GET", []string{"If-Match: *"}, 200},
			{"GET", []string{`If-Match: "x"`}, 412},
			{"GET", []string{"If-Match: W/" + plain}, 412},
			{"GET", []string{"If-Modified-Since: Fri, 31 Dec 2999 23:59:59 GMT"}, 200}, // there are no modification times
		} {
			w := sitetest.Request(h, test.method, address, test.lines...)
			body := sitetest.Read(t, w)
			if w.StatusCode != test.status {
				t.Errorf("%s %s %q: status %d, wanted %d", test.method, address, test.lines, w.StatusCode, test.status)
			}
			if w.StatusCode == 304 &&
				(len(body) > 0 || w.Header.Get("Content-Encoding") != "" || w.Header.Get("Etag") == "" ||
					w.Header.Get("Vary") == "" || w.Header.Get("Cache-Control") == "") {
				t.Errorf("%s %q: the headers %v", address, test.lines, w.Header)
			}
		}
	}
}

// Ranges apply to the body in the coding that is sent (RFC 9110, 14).
func TestRanges(t *testing.T) {
	h := Handler(sitetest.Parking(t))
	const address = "/base/it/"
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		accept := "Accept-Encoding: " + coding
		first := sitetest.Request(h, "GET", address, accept)
		whole, tag := sitetest.Read(t, first), first.Header.Get("Etag")
		n := len(whole)
		for _, test := range []struct {
			lines  []string
			status int
			want   []byte
		}{
			{[]string{"Range: bytes=0-9"}, 206, whole[:10]},
			{[]string{"Range: bytes=10-"}, 206, whole[10:]},
			{[]string{"Range: bytes=-7"}, 206, whole[n-7:]},
			{[]string{"Range: bytes=5-99999999"}, 206, whole[5:]},
			{[]string{"Range: bytes=-99999999"}, 206, whole},
			{[]string{"Range: bytes=99999999-"}, 416, nil},
			{[]string{"Range: bytes=9-5"}, 416, nil},
			{[]string{"Range: bytes=x-y"}, 416, nil},
			{[]string{"Range: bytes=-0"}, 206, nil}, // none of it
			{[]string{"Range: lines=1-2"}, 416, nil},
			{[]string{"Range: bytes=" + strings.Repeat("0-0,", encoded.MaxRanges) + "0-0"}, 200, whole},
			{[]string{"Range: bytes=0-9", "If-Range: " + tag}, 206, whole[:10]},
			{[]string{"Range: bytes=0-9", `If-Range: "x"`}, 200, whole},
			{[]string{"Range: bytes=0-9", "If-None-Match: " + tag}, 304, nil},
		} {
			w := sitetest.Request(h, "GET", address, append(slices.Clone(test.lines), accept)...)
			body := sitetest.Read(t, w)
			if w.StatusCode != test.status || test.want != nil && !bytes.Equal(body, test.want) {
				t.Errorf("%s %q: status %d and %d bytes, wanted %d and %d", coding, test.lines, w.StatusCode, len(body),
					test.status, len(test.want))
			}
			if w.StatusCode == 206 &&
				(w.Header.Get("Etag") != tag || w.Header.Get("Content-Range") == "" ||
					w.Header.Get("Content-Encoding") != first.Header.Get("Content-Encoding")) {
				t.Errorf("%s %q: the headers %v", coding, test.lines, w.Header)
			}
		}
		several := sitetest.Request(h, "GET", address, accept, "Range: bytes=0-4,-3")
		if several.StatusCode != 206 {
			t.Fatalf("%s: two ranges get %d", coding, several.StatusCode)
		}
		_, params, _ := mime.ParseMediaType(several.Header.Get("Content-Type"))
		parts := multipart.NewReader(several.Body, params["boundary"])
		for _, want := range [][]byte{whole[:5], whole[n-3:]} {
			part, err := parts.NextRawPart()
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := io.ReadAll(part); !bytes.Equal(got, want) {
				t.Errorf("%s: a part of %d bytes, wanted %d", coding, len(got), len(want))
			}
		}
	}
}
