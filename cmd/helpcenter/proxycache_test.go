package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// nginx keeps pages, one for each form that the header Accept of a request asks for, and serves them if no replica
// answers. It keeps neither answers to queries nor missing pages.
func TestNginxKeepsPages(t *testing.T) {
	needTool(t, "nginx", "nginx-light")
	h := server.Handler(sitetest.Shipped(t))
	one, two := httptest.NewServer(h), httptest.NewServer(h)
	front := startNginx(t, one.Listener.Addr().String(), two.Listener.Addr().String())

	ask := func(path, accept, coding string) (status int, body string) {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, "http://"+front.address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Accept": {accept}, "Accept-Encoding": {coding}}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, answer.Header.Get("Content-Type") + "\n" + string(data)
	}
	forms := func() {
		t.Helper()
		for _, accept := range []string{
			"text/html,*/*;q=0.8", "text/markdown", "text/html, text/markdown;q=0.9", "*/*",
			"TEXT/Markdown;q=0.5, text/html;q=0.5", "text/html", "text/markdown;q=0",
		} {
			for _, coding := range []string{"identity", "gzip", "br"} {
				w := httptest.NewRecorder()
				r := httptest.NewRequest(http.MethodGet, "/en/goto-meeting/", nil)
				r.Header = http.Header{"Accept": {accept}, "Accept-Encoding": {coding}}
				h.ServeHTTP(w, r)
				want := w.Header().Get("Content-Type") + "\n" + w.Body.String()
				if status, got := ask("/en/goto-meeting/", accept, coding); status != http.StatusOK || got != want {
					t.Errorf("%s in %s: %d, %.40q…, want %.40q…", accept, coding, status, got, want)
				}
			}
		}
	}
	forms()
	forms()
	const search, state = "/en/search/?q=cancel", "/en/cancel-online/?renewal=2027-01-31"
	const missing, health = "/en/nothing-here/", "/healthz"
	for path, want := range map[string]int{search: 200, state: 200, missing: 404, health: 200} {
		if status, _ := ask(path, "*/*", "gzip"); status != want {
			t.Errorf("%s answers %d", path, status)
		}
	}
	one.Close()
	two.Close()
	forms()
	for _, path := range []string{search, state, missing, health} {
		if status, _ := ask(path, "*/*", "gzip"); status != http.StatusBadGateway {
			t.Errorf("%s answers %d when no replica does", path, status)
		}
	}
}
