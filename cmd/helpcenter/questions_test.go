package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"helpcenter/site"
	"helpcenter/site/server"
)

// A question is a request, with the answer of each of two versions of the site.
type question struct {
	method, path, body string
	file               bool // it supports range requests
	want               [2]httpReply
}

type httpReply struct {
	status int
	body   []byte
}

// versions is a set of versions of the site: 1 or 2 for one of them, 3 for both.
type versions uint64

const bothVersions versions = 3

// questions returns everything that readers ask for: all files of both versions, and what only a service answers.
// The files have the bytes that a build writes.
func questions(t *testing.T, sites [2]*site.Site) (files, others []*question) {
	t.Helper()
	byPath := map[string]*question{}
	var mu sync.Mutex
	for v, s := range sites {
		err := s.Each(func(f site.File, data []byte) error {
			if f.Path == "_headers" || f.Path == "_redirects" { // only for static hosts
				return nil
			}
			path := "/" + strings.TrimSuffix(f.Path, "index.html")
			if path == "/" { // the service chooses a language there
				path = "/index.html"
			}
			mu.Lock()
			defer mu.Unlock()
			if byPath[path] == nil {
				byPath[path] = &question{method: "GET", path: path, file: true}
			}
			byPath[path].want[v] = httpReply{http.StatusOK, bytes.Clone(data)}
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
		h := server.Handler(s)
		for _, q := range others {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(q.method, q.path, strings.NewReader(q.body)))
			q.want[v] = httpReply{w.Code, w.Body.Bytes()}
		}
	}
	return files, others
}

// dynamic returns questions that no file answers.
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
			list = append(list,
				&question{method: "POST", path: api + "decisions?lang=it", body: "[" + strings.Join(batch, ",") + "]"})
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
	for _, path := range []string{
		"/", "/nowhere", "/it/articoli", "/api/v1/nothing", "/healthz", "/api/openapi.json", "/api/v1/checkers?lang=it",
		api + "decision?product=none", "/en/goto-meeting", "/%2e%2e/etc/passwd",
	} {
		get(path)
	}
	return append(list, &question{method: "POST", path: api + "decisions?lang=en", body: `[{"product":1}]`})
}
