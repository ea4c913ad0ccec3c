package server

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"helpcenter/site"
	"helpcenter/site/api"
	"helpcenter/site/encoded"
	"helpcenter/site/feedback"
	"helpcenter/site/headers"
)

// Handler returns a site as an HTTP handler: the files that a build publishes, at the same addresses, and whatever
// needs a service: search without script, the states of checkers with a renewal date, and the API. Its clock always
// shows the moment of the site.
func Handler(s *site.Site) http.Handler {
	return NewHandler(s, Environment{Now: func() time.Time { return s.Now }})
}

// An Environment is what a handler needs from the program around it. Only Now is required.
type Environment struct {
	Now    func() time.Time
	Failed func(w http.ResponseWriter, r *http.Request, err error) // answers if the template of a file fails
	Change func(f site.File, data []byte) []byte                   // changes the bytes of a file
	Mount  map[string]Mount                                        // more addresses, by path below the site's root

	Feedback *feedback.Store // counts what readers say and do not find; may be nil

	metrics   *metrics
	operators map[string]http.HandlerFunc // addresses for operators, by path below the site's root
}

// A Mount makes the handler of an address from a site and from its API, which the handler may call.
type Mount = func(s *site.Site, api http.Handler) http.Handler

type handler struct {
	Environment
	site     *site.Site
	store    *Store
	failures map[string][]byte // pages by language
	api      *api.API
	services map[string]route // by path
	counters map[string]*routeMetrics
	routes   http.Handler // for what is made per request; see router

	headers, shared, framed http.Header // of most files, and of what other sites may load, or frame (nil if none)
}

// A route is the handler of an address, with its metrics.
type route struct {
	*routeMetrics
	http.HandlerFunc
}

// The routes of a site, as metrics and logs name them.
const (
	fileRoute   = "file"
	otherRoute  = "other" // redirects, and addresses that do not exist
	rootRoute   = "/"
	searchRoute = "/{lang}/search/"
	stateRoute  = "/{lang}/{checker}/"
	apiRoute    = "/api/" // unknown addresses below it

	feedbackRoute = "/{lang}/feedback"
)

// NewHandler returns the handler of a site in an environment.
func NewHandler(s *site.Site, env Environment) http.Handler { return newHandler(s, env) }

func newHandler(s *site.Site, env Environment) *handler {
	if env.metrics == nil {
		env.metrics = newMetrics("")
		env.operators = operatorRoutes(env.metrics, alwaysReady)
	}
	h := &handler{
		Environment: env, site: s, store: NewStore(env.Change), failures: map[string][]byte{},
		services: map[string]route{}, counters: map[string]*routeMetrics{},
	}
	h.headers = encoded.PageHeaders(s.Policy())
	h.shared = encoded.PageHeaders(s.Policy(), headers.CrossOrigin)
	if ancestors := s.Library.Site.Embed.Ancestors; len(ancestors) > 0 {
		h.framed = encoded.PageHeaders(s.Policy(), headers.Framed(s.Policy(), ancestors)...)
	}
	for _, l := range s.Library.Site.Languages {
		h.failures[l.Tag] = s.Failure(l.Tag)
		if h.Feedback != nil {
			h.services[s.Link(l.Tag+"/feedback")] = route{env.metrics.route(feedbackRoute), h.feedback(l.Tag)}
		}
	}
	h.api = api.New(s, api.Options{
		Now: env.Now, Until: s.Until(),
		Reader:  h.reader,
		Decided: func(checker, outcome string) { env.metrics.decisions.WithLabelValues(checker, outcome).Inc() },
	})
	if h.Failed == nil {
		h.Failed = func(w http.ResponseWriter, r *http.Request, _ error) { h.fail(w, r) }
	}
	for path, serve := range env.operators {
		h.services[s.Link(path[1:])] = route{env.metrics.route(path), serve}
	}
	for path, mount := range env.Mount {
		h.services[s.Link(path)] = route{env.metrics.route("/" + path), mount(s, h.api).ServeHTTP}
	}
	for pattern := range h.api.Patterns() {
		h.counters[pattern] = env.metrics.route(pattern)
	}
	for _, name := range []string{fileRoute, otherRoute, rootRoute, searchRoute, stateRoute, apiRoute} {
		h.counters[name] = env.metrics.route(name)
	}
	h.routes = h.router()
	return h
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.stayEncrypted(w, r)
	if route, ok := h.services[r.URL.Path]; ok {
		encoded.SetHeaders(w, encoded.ServiceHeaders)
		count(w, route.routeMetrics)
		route.ServeHTTP(w, r)
		return
	}
	name, inside := h.name(r)
	if inside && isAPI(name) {
		encoded.SetHeaders(w, encoded.ServiceHeaders)
		h.count(w, cmp.Or(h.api.Pattern(r.URL.Path), apiRoute))
		h.api.ServeHTTP(w, r)
		return
	}
	encoded.SetHeaders(w, h.headersOf(name))
	if inside && encoded.ReadOnly(r) {
		h.page(w, r, name)
		return
	}
	h.static(w, r)
}

// headersOf returns the security headers of a page or file. Other sites may load the script of the element and
// frame the pages of checkers.
func (h *handler) headersOf(name string) http.Header {
	if name == site.EmbedScript {
		return h.shared
	}
	if h.framed != nil {
		tag, rest, _ := strings.Cut(name, "/")
		checker, _, below := strings.Cut(rest, "/")
		if below && h.site.HasLanguage(tag) && h.site.Ruleset(checker) != nil {
			return h.framed
		}
	}
	return h.headers
}

// maxQuery is the longest query of a page that is read, in bytes. No form sends more by itself, and thousands of
// keys take long to parse.
const maxQuery = 4000

// page answers at an address below the site's root with a file, or with what is made for this request.
func (h *handler) page(w http.ResponseWriter, r *http.Request, name string) {
	if to, ok := h.site.Redirect(name); ok {
		h.count(w, otherRoute)
		w.Header().Set("Cache-Control", headers.CacheRevalidate)
		http.Redirect(w, r, withQuery(to, r.URL.RawQuery), http.StatusMovedPermanently)
		return
	}
	f, ok := h.published(name)
	switch {
	case ok && r.URL.RawQuery == "" && name != "":
		h.count(w, fileRoute)
		if encoded.PrefersMarkdown(r.Header["Accept"]) {
			if text, ok := h.site.Markdown(name); ok {
				f = text
				w.Header().Set("Content-Location", h.site.Link(f.Path))
			}
		}
		h.file(w, r, f, http.StatusOK)
	case len(r.URL.RawQuery) > maxQuery && name != "":
		h.static(w, r)
	default:
		h.routes.ServeHTTP(w, r)
	}
}

func (h *handler) count(w http.ResponseWriter, name string) { count(w, h.counters[name]) }

// published returns the file at a path below the site's root. The files that tell static hosts what to do are not
// for readers.
func (h *handler) published(name string) (site.File, bool) {
	if name == "_headers" || name == "_redirects" {
		return site.File{}, false
	}
	return h.site.File(name)
}

// file answers with a file in the coding that the client prefers.
func (h *handler) file(w http.ResponseWriter, r *http.Request, f site.File, status int) {
	v, err := h.store.Variant(f, r.Header["Accept-Encoding"])
	if err != nil {
		h.Failed(w, r, err)
		return
	}
	v.Send(w, r, status)
}

// transportSecurity tells browsers to use only TLS for a year (RFC 6797).
var transportSecurity = []string{"max-age=31536000"}

// stayEncrypted sets Strict-Transport-Security on answers to requests that came over TLS, if the base URL is an
// https address. A proxy that ends TLS says so in X-Forwarded-Proto. That header need not be trusted: browsers
// ignore Strict-Transport-Security unless it came over TLS, and nothing else depends on it.
func (h *handler) stayEncrypted(w http.ResponseWriter, r *http.Request) {
	if h.site.ByTLS() && (r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https") {
		w.Header()["Strict-Transport-Security"] = transportSecurity
	}
}

// name returns the path of a request below the site's root, and whether it is there.
func (h *handler) name(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.URL.Path, h.site.Prefix())
}

func isAPI(name string) bool { return name == "api" || strings.HasPrefix(name, "api/") }

// static answers everything else: a file with a query that does not matter, a folder without its slash, or an
// address that does not exist.
func (h *handler) static(w http.ResponseWriter, r *http.Request) {
	name, ok := h.name(r)
	f, isFile := h.published(name)
	_, isFolder := h.site.File(name + "/")
	switch {
	case !encoded.ReadOnly(r):
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this address allows only GET and HEAD", http.StatusMethodNotAllowed)
	case !ok && strings.HasPrefix(h.site.Prefix(), r.URL.Path):
		http.Redirect(w, r, h.site.Prefix(), http.StatusFound)
	case ok && isFile:
		h.file(w, r, f, http.StatusOK)
	case ok && isFolder:
		redirect(w, r, h.site.Prefix()+name+"/", http.StatusMovedPermanently)
	default:
		lang, ofAddress := h.language(r)
		if !ofAddress {
			w.Header()["Vary"] = varyLanguage
		}
		h.file(w, r, h.site.NotFound(r.Context(), lang, r.URL.Path), http.StatusNotFound)
	}
}

// notInQuery encodes characters that are not allowed in a query (RFC 3986, 3.4) but may arrive in one. White space
// and control characters cannot: net/http refuses them.
var notInQuery = strings.NewReplacer(`"`, "%22", "#", "%23", "<", "%3C", ">", "%3E", `\`, "%5C", "^", "%5E",
	"`", "%60", "{", "%7B", "|", "%7C", "}", "%7D")

// withQuery adds the query of a request to an address, before its fragment, unless the address has a query of its
// own.
func withQuery(to, query string) string {
	address, fragment, ok := strings.Cut(to, "#")
	if query != "" && !strings.Contains(address, "?") {
		address += "?" + notInQuery.Replace(query)
	}
	if ok {
		address += "#" + fragment
	}
	return address
}

// redirect redirects to a path and keeps the query.
func redirect(w http.ResponseWriter, r *http.Request, path string, status int) {
	to := url.URL{Path: path, RawQuery: notInQuery.Replace(r.URL.RawQuery)}
	http.Redirect(w, r, to.String(), status)
}

// language returns the language of the address or, failing that, of the reader.
func (h *handler) language(r *http.Request) (tag string, ofAddress bool) {
	name, _ := h.name(r)
	if tag, _, _ := strings.Cut(name, "/"); h.site.HasLanguage(tag) {
		return tag, true
	}
	return h.reader(r), false
}

// reader returns the language of the site that the browser prefers.
func (h *handler) reader(r *http.Request) string {
	return h.site.Words.Match(r.Header.Get("Accept-Language"), "")
}

var varyLanguage = []string{"Accept-Language"}

// chooseLanguage redirects from the site's root to the home page in the reader's language.
func (h *handler) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header()["Vary"] = varyLanguage
	w.Header().Set("Cache-Control", headers.CacheRevalidate)
	redirect(w, r, h.site.Home(h.reader(r)), http.StatusFound)
}

// fail answers a request that met a defect of the program.
func (h *handler) fail(w http.ResponseWriter, r *http.Request) {
	maps.DeleteFunc(w.Header(), func(name string, _ []string) bool { return name != requestID })
	encoded.SetHeaders(w, h.headers)
	h.stayEncrypted(w, r)
	name, _ := h.name(r)
	if _, mounted := h.Mount[name]; mounted || isAPI(name) {
		api.AnswerProblem(w, http.StatusInternalServerError, "internal error; see the log")
		return
	}
	lang, _ := h.language(r)
	page := h.failures[lang]
	w.Header().Set("Content-Type", site.PageType)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(http.StatusInternalServerError)
	w.Write(page)
}
