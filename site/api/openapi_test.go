package api_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"helpcenter/site"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// A contract is the description of an API, used to check its answers.
type contract struct {
	testing.TB
	handler http.Handler
	router  routers.Router
	base    string
}

func newContract(t testing.TB, s *site.Site) contract {
	t.Helper()
	h := server.Handler(s)
	w := sitetest.Ask(h, "GET", s.Link("api/openapi.json"), "")
	if w.Code != 200 {
		t.Fatal(w.Code)
	}
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Fatal(err)
	}
	if doc.Security == nil {
		t.Error("the description does not say that nobody has to sign in")
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return contract{t, h, router, strings.TrimSuffix(s.Absolute(""), "/")}
}

// hold makes a request and checks its answer against the description. A request must be answered if and only if the
// description allows it.
func (c contract) hold(method, path, body string) {
	c.Helper()
	r := httptest.NewRequest(method, c.base+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	route, parameters, err := c.router.FindRoute(r)
	if err != nil {
		c.Errorf("%s %s: %s", method, path, err)
		return
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: parameters, Route: route}
	wrong := openapi3filter.ValidateRequest(c.Context(), in)
	r.Body = io.NopCloser(strings.NewReader(body))
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	fits := w.Code == 200 || w.Code == 404 // no such name
	if (wrong == nil) != fits {
		c.Errorf("%s %s is answered with %d, the description says: %v", method, path, w.Code, wrong)
	}
	err = openapi3filter.ValidateResponse(c.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
	if err != nil {
		c.Errorf("%s %s: %s\n%s", method, path, err, w.Body)
	}
}

func TestContract(t *testing.T) {
	openapi3filter.RegisterBodyDecoder("text/calendar", openapi3filter.FileBodyDecoder)
	c := newContract(t, sitetest.Parking(t))
	for _, query := range []string{
		"", "?lang=it", "?lang=fr", "?permit=visitor", "?permit=unknown&zone=centre&lang=en", "?permit=boss",
		"?zone=outside&permit=visitor&renewal=2027-01-31&on=2027-02-01",
		"?renewal=soon", "?permit=none&zone=centre",
	} {
		c.hold("GET", "/api/v1/checkers/may-i-park/decision"+query, "")
		c.hold("GET", "/api/v1/checkers/may-i-park/explanation"+query, "")
	}
	for _, body := range []string{
		`[]`, `[{}]`, `[{"permit":"none","zone":"centre","lang":"it"},{"renewal":"2027-01-31","permit":"visitor"}]`,
		`[{"permit":"boss"}]`, `[{"role":"other"}]`, `[{"permit":1}]`, `{}`,
	} {
		c.hold("POST", "/api/v1/checkers/may-i-park/decisions?lang=it", body)
	}
	for _, path := range []string{"", "?lang=it", "?lang=fr", "/may-i-park", "/may-i-park?lang=it&on=2027-01-01",
		"/may-i-park?lang=fr",
		"/may-i-park/deadline.ics", "/may-i-park/deadline.ics?renewal=2027-01-31", "/may-i-park/deadline.ics?renewal=soon"} {
		c.hold("GET", "/api/v1/checkers"+path, "")
	}
	for _, path := range []string{"search", "search?q=", "search?q=x", "search?q=permits", "search?q=permits&lang=it",
		"search?q=permits&product=city&limit=1", "search?q=permits&product=town", "search?q=permits&limit=0",
		"search?q=permits&limit=101", "search?q=permits&limit=x", "search?q=permits&lang=fr", "search?q=permitz+nowhere",
		"articles", "articles?lang=it", "articles?lang=fr", "articles?limit=501", "articles?limit=1",
		"articles?after=city%2Fparking%2Fpermits", "articles/city%2Fparking%2Fpermits?lang=it",
		"articles/city%2Fparking%2Fpermits?lang=fr", "articles/nothing"} {
		c.hold("GET", "/api/v1/"+path, "")
	}
}

// Every state of the shipped questions is answered as described.
func TestShippedContract(t *testing.T) {
	if testing.Short() {
		t.Skip("one after another, and long")
	}
	s := sitetest.Sampled(t)
	c := newContract(t, s)
	for _, id := range s.Rules.IDs() {
		root, set := "/api/v1/checkers/"+id, s.Ruleset(id)
		c.hold("GET", root+"?lang=it", "")
		for a := range set.States() {
			query := "?lang=it&renewal=2027-01-31&" + strings.Join(set.Segments(a), "&")
			c.hold("GET", root+"/decision"+query, "")
			c.hold("GET", root+"/explanation"+query, "")
		}
	}
	c.hold("GET", "/api/v1/search?lang=en&q=cancel+goto+meeting", "")
	articles, _ := site.Summaries(s, "it", "", 1000)
	for _, a := range articles {
		c.hold("GET", "/api/v1/articles/"+url.PathEscape(a.Path)+"?lang=it", "")
		c.hold("GET", "/api/v1/search?lang=it&q="+url.QueryEscape(a.Title), "")
	}
}

func TestDescriptionIsMadeFromTheFacts(t *testing.T) {
	h := server.Handler(sitetest.Parking(t))
	first, again := sitetest.Ask(h, "GET", "/base/api/openapi.json", ""),
		sitetest.Ask(server.Handler(sitetest.Parking(t)), "GET", "/base/api/openapi.json", "")
	if first.Body.String() != again.Body.String() {
		t.Error("the description is another each time")
	}
	for _, part := range []string{
		`"openapi":"3.1.0"`, `"enum":["resident","visitor","none","unknown"]`, `"/api/v1/checkers/may-i-park/decision"`,
		`"url":"https://help.test/base"`,
	} {
		if !strings.Contains(first.Body.String(), part) {
			t.Errorf("the description lacks %s", part)
		}
	}
	if w := sitetest.Ask(h, "GET", "/base/api/openapi.json?lang=it", ""); w.Code != 400 {
		t.Errorf("a parameter that means nothing is answered with %d", w.Code)
	}
}
