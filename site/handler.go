package site

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Handler returns the site as an HTTP handler: the same bytes that Build
// writes, at the same addresses, from memory, and the answers that need a
// service. Every file is rendered before it returns. For this handler it is
// always the moment of the site; a [Service] goes with the clock.
func (s *Site) Handler() (http.Handler, error) {
	return s.handler(environment{
		now:     func() time.Time { return s.Now },
		metrics: newMetrics(),
		ready: func(w http.ResponseWriter, _ *http.Request) {
			answerReady(w, readiness{Status: "ready", Findings: []string{}})
		},
	})
}

// An environment is what a handler has from the service that runs it.
type environment struct {
	now     func() time.Time
	metrics *metrics
	ready   http.HandlerFunc // answers whether requests are welcome
}

type handler struct {
	environment
	site     *Site
	pages    int // of the site
	until    time.Time
	store    source
	failures map[string][]byte // pages by language
	api      *API
	direct   map[string]route // by path
	routes   http.Handler
	files    *routeMetrics
	others   *routeMetrics // requests for what there is not
}

func (s *Site) handler(env environment) (h *handler, err error) {
	err = attempt(func() error {
		st, err := s.store()
		if err != nil {
			return err
		}
		h = s.thin().handlerOf(st, env)
		h.pages = s.Pages()
		return nil
	})
	return h, err
}

func (s *Site) handlerOf(st source, env environment) *handler {
	h := &handler{environment: env, site: s, until: s.Until(), store: st, failures: map[string][]byte{}, direct: map[string]route{}}
	h.files, h.others = env.metrics.route("file"), env.metrics.route("other")
	for _, l := range s.langs {
		h.failures[l.Tag] = s.failurePage(l)
	}
	h.api = NewAPI(s, APIOptions{
		Now: env.now, Until: h.until,
		Reader:  func(r *http.Request) string { return h.reader(r).Tag },
		Decided: func(checker, outcome string) { env.metrics.decisions.WithLabelValues(checker, outcome).Inc() },
	})
	h.routes = h.router()
	return h
}

// A source is where a handler finds the files of its site, by their paths; a
// folder's index also by the path of the folder.
type source interface {
	get(path string) *entryBytes // nil where there is none
}

// A route is an address without variables and what answers it.
type route struct {
	*routeMetrics
	http.HandlerFunc
}

// ServeHTTP answers an address that is a route or names a file at once. Only
// what is neither, or has a query that may matter, goes through the router.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.stayEncrypted(w, r)
	if route, ok := h.direct[r.URL.Path]; ok {
		dataHeaders.set(w)
		count(w, route.routeMetrics)
		route.ServeHTTP(w, r)
		return
	}
	pageHeaders.set(w)
	if name, ok := h.name(r); ok && name != "" && r.URL.RawQuery == "" {
		if e := h.store.get(name); e != nil && readOnly(r) {
			count(w, h.files)
			e.ServeHTTP(w, r)
			return
		}
	}
	h.routes.ServeHTTP(w, r)
}

// A year in which browsers ask this host by TLS only (RFC 6797).
var transportSecurity = []string{"max-age=31536000"}

// stayEncrypted tells browsers that have come by TLS never to come without, where
// the base URL says that the site's address is of that kind. What ends TLS
// before the service says so in X-Forwarded-Proto. It need not be trusted: who
// says so by himself gets a header that browsers heed over TLS only, and nothing
// else depends on it.
func (h *handler) stayEncrypted(w http.ResponseWriter, r *http.Request) {
	if h.site.base.Scheme == "https" && (r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https") {
		w.Header()["Strict-Transport-Security"] = transportSecurity
	}
}

// Headers are what is sent with every answer of a kind. Their values are made
// once, in the form that net/http wants, and shared by all answers.
type headers []header

type header struct {
	name  string
	value []string
}

var (
	pageHeaders = prepare(securityHeaders)

	// What is no page loads nothing and frames nothing, so it needs to forbid less.
	dataHeaders = prepare([][2]string{
		{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
	})
)

func prepare(pairs [][2]string) headers {
	var h headers
	for _, p := range pairs {
		h = append(h, header{http.CanonicalHeaderKey(p[0]), []string{p[1]}})
	}
	return h
}

func (h headers) set(w http.ResponseWriter) {
	to := w.Header()
	for _, each := range h {
		to[each.name] = each.value
	}
}

// name returns the request's address below the site's root.
func (h *handler) name(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.URL.Path, h.site.prefix)
}

func readOnly(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// static answers an address that no route has taken: a file with a query that
// does not matter, a folder without its slash, or nothing that there is.
func (h *handler) static(w http.ResponseWriter, r *http.Request) {
	name, ok := h.name(r)
	switch {
	case !readOnly(r):
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this address can only be read", http.StatusMethodNotAllowed)
	case !ok && strings.HasPrefix(h.site.prefix, r.URL.Path):
		http.Redirect(w, r, h.site.prefix, http.StatusFound)
	case ok && h.store.get(name) != nil:
		h.store.get(name).ServeHTTP(w, r)
	case ok && h.store.get(name+"/") != nil:
		redirect(w, r, h.site.prefix+name+"/", http.StatusMovedPermanently)
	default:
		h.notFound(w, r)
	}
}

// notInQuery encodes the signs that may not stand in a query (RFC 3986, 3.4) and
// come in one all the same; the server refuses white space and control characters.
var notInQuery = strings.NewReplacer(`"`, "%22", "#", "%23", "<", "%3C", ">", "%3E", `\`, "%5C", "^", "%5E", "`", "%60", "{", "%7B", "|", "%7C", "}", "%7D")

// redirect keeps the query.
func redirect(w http.ResponseWriter, r *http.Request, path string, status int) {
	to := url.URL{Path: path, RawQuery: notInQuery.Replace(r.URL.RawQuery)}
	http.Redirect(w, r, to.String(), status)
}

// notFound answers with the page of the address's language, and the articles
// that the address may mean.
func (h *handler) notFound(w http.ResponseWriter, r *http.Request) {
	l := h.spoken(r)
	e := h.store.get(l.Tag + "/404.html")
	if near := h.site.nearest(l, r.URL.Path); len(near) > 0 {
		e = made(h.site.notFoundPage(l, near...))
	}
	e.serve(w, r, http.StatusNotFound)
}

// spoken returns the language of the address or, where it has none, the
// reader's.
func (h *handler) spoken(r *http.Request) *language {
	name, _ := h.name(r)
	tag, _, _ := strings.Cut(name, "/")
	if l := h.site.language(tag); l != nil {
		return l
	}
	return h.reader(r)
}

// reader returns the language that the reader's browser asks for.
func (h *handler) reader(r *http.Request) *language {
	return h.site.language(h.site.Words.Match(r.Header.Get("Accept-Language"), ""))
}

// chooseLanguage sends a reader from the site's root to the home page in the
// language that the browser asks for.
func (h *handler) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", cacheRevalidate)
	http.Redirect(w, r, h.site.link(file(h.reader(r).Tag)), http.StatusFound)
}

// render answers with a page that is made for this request; the language
// selector keeps what was asked for.
func (h *handler) render(w http.ResponseWriter, r *http.Request, p *page) {
	p.asked = r.URL.RawQuery
	made(p).ServeHTTP(w, r)
}

// made returns a page as it goes over the network. What a reader has sent may be
// of another encoding, and stands in it.
func made(p *page) *entryBytes {
	var b bytes.Buffer
	p.write(&b, p)
	body := bytes.ToValidUTF8(b.Bytes(), []byte("\ufffd"))
	return newEntry(kindOf(File{Type: pageType}, inQuick), body)
}
