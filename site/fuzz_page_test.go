package site_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// askPage requests an address as it stands. It fails if the answer is a server error, leads out of the site, or
// contains tags from the address.
func askPage(t *testing.T, h http.Handler, to *url.URL) *httptest.ResponseRecorder {
	t.Helper()
	if _, err := url.ParseRequestURI("/?" + to.RawQuery); err != nil {
		t.Skip("no request can ask that")
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL = to
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code >= 500 {
		t.Errorf("status %d", w.Code)
	}
	if l := w.Header().Get("Location"); w.Code/100 == 3 &&
		(!strings.HasPrefix(l, "/base/") || strings.ContainsAny(l, "\r\n\\")) {
		t.Errorf("it leads to %q", l)
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		if tags := skeleton(t, to.String(), w.Body.String()); strings.Contains(tags, "<x") ||
			strings.Contains(tags, " onx") {
			t.Errorf("the page has tags of the reader's: %s", tags)
		}
	}
	return w
}

func FuzzSearchPage(f *testing.F) {
	for _, query := range []string{
		"q=permits", "q=permitts&product=city&kind=guide", "q=", "q=%00%ff\u202e", "q=" + url.QueryEscape(hostile),
		"q=a&q=b;c", "product=x&q=%zz", "q=" + strings.Repeat("%C3%A8+", 300),
	} {
		f.Add(query)
	}
	h := server.Handler(sitetest.Parking(f))
	f.Fuzz(func(t *testing.T, query string) {
		for _, lang := range []string{"it", "en"} {
			if w := askPage(t, h, &url.URL{Path: "/base/" + lang + "/search/", RawQuery: query}); w.Code != 200 {
				t.Errorf("status %d", w.Code)
			}
		}
	})
}

// A path below a checker is a page, redirects to one in a single step, or is not found.
func FuzzStatePath(f *testing.F) {
	for _, path := range []string{
		"", "permit=none/", "permit=none/zone=centre/", "zone=centre/permit=visitor/", "permit=unknown/",
		"permit=none/permit=none/", "all/", "permit=none", "permit=/", "=/", "//", "../", "zone=outside/../",
		"permit=none/x" + hostile + "/", "permit=\x00/", "permit=\xff/", strings.Repeat("permit=none/", 100),
	} {
		f.Add(path, "")
		f.Add(path, "renewal=2027-01-31")
	}
	f.Add("permit=none", "#%0X")
	f.Add("permit=none", `#00\`)
	h := server.Handler(sitetest.Parking(f))
	f.Fuzz(func(t *testing.T, path, query string) {
		w := askPage(t, h, &url.URL{Path: "/base/en/may-i-park/" + path, RawQuery: query})
		switch w.Code {
		case http.StatusOK, http.StatusNotFound, http.StatusBadRequest:
		case http.StatusMovedPermanently, http.StatusPermanentRedirect:
			to, err := url.Parse(w.Header().Get("Location"))
			if err != nil {
				t.Fatal(err)
			}
			if again := askPage(t, h, to); again.Code != http.StatusOK {
				t.Errorf("%q leads to %q, and that is answered with %d", path, to, again.Code)
			}
		default:
			t.Errorf("status %d", w.Code)
		}
	})
}
