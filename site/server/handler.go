package server

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"helpcenter/site"
	"helpcenter/site/api"
	"helpcenter/site/encoded"
	"helpcenter/site/headers"
)

// Handler returns the site as an HTTP handler: the same bytes that Build
// writes, at the same addresses, and the answers that need a service. For this
// handler it is always the moment of the site; a [Service] goes with the clock.
func Handler(s *site.Site) http.Handler {
	return NewHandler(s, Environment{
		Now:     func() time.Time { return s.Now },
		Metrics: NewMetrics(),
		Ready:   AlwaysReady,
	})
}

// An environment is what a handler has from the service that runs it.
type Environment struct {
	Now     func() time.Time
	Metrics *Metrics
	Ready   http.HandlerFunc                                        // answers whether requests are welcome
	Failed  func(w http.ResponseWriter, r *http.Request, err error) // answers for a page that cannot be made; may be nil
	Finish  func(f site.File, data []byte) []byte                   // see store
}

type handler struct {
	Environment
	site     *site.Site
	until    time.Time
	store    *store
	failures map[string][]byte // pages by language
	api      *api.API
	direct   map[string]route // by path
	routes   http.Handler
	files    *routeMetrics
	others   *routeMetrics // requests for what there is not
}

func NewHandler(s *site.Site, env Environment) *handler {
	h := &handler{
		Environment: env, site: s, until: s.Until(), store: NewStore(env.Finish), failures: map[string][]byte{}, direct: map[string]route{},
		files: env.Metrics.route("file"), others: env.Metrics.route("other"),
	}
	for _, l := range s.Library.Site.Languages {
		h.failures[l.Tag] = s.Failure(l.Tag)
	}
	h.api = api.New(s, api.Options{
		Now: env.Now, Until: h.until,
		Reader:  h.reader,
		Decided: func(checker, outcome string) { env.Metrics.decisions.WithLabelValues(checker, outcome).Inc() },
	})
	if h.Failed == nil {
		h.Failed = func(w http.ResponseWriter, r *http.Request, _ error) { h.fail(w, r) }
	}
	h.routes = h.router()
	return h
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
		encoded.DataHeaders.Set(w)
		count(w, route.routeMetrics)
		route.ServeHTTP(w, r)
		return
	}
	encoded.PageHeaders.Set(w)
	if name, ok := h.name(r); ok && name != "" && r.URL.RawQuery == "" && encoded.ReadOnly(r) {
		if f, ok := h.site.File(name); ok {
			count(w, h.files)
			h.file(w, r, f, http.StatusOK)
			return
		}
	}
	h.routes.ServeHTTP(w, r)
}

// file answers with a file in the best form that the client takes.
func (h *handler) file(w http.ResponseWriter, r *http.Request, f site.File, status int) {
	form, err := h.store.Form(f, r.Header["Accept-Encoding"])
	if err != nil {
		h.Failed(w, r, err)
		return
	}
	form.Send(w, r, status)
}

// A year in which browsers ask this host by TLS only (RFC 6797).
var transportSecurity = []string{"max-age=31536000"}

// stayEncrypted tells browsers that have come by TLS never to come without, where
// the base URL says that the site's address is of that kind. What ends TLS
// before the service says so in X-Forwarded-Proto. It need not be trusted: who
// says so by himself gets a header that browsers heed over TLS only, and nothing
// else depends on it.
func (h *handler) stayEncrypted(w http.ResponseWriter, r *http.Request) {
	if h.site.ByTLS() && (r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https") {
		w.Header()["Strict-Transport-Security"] = transportSecurity
	}
}

// name returns the request's address below the site's root.
func (h *handler) name(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.URL.Path, h.site.Prefix())
}

// static answers an address that no route has taken: a file with a query that
// does not matter, a folder without its slash, or nothing that there is.
func (h *handler) static(w http.ResponseWriter, r *http.Request) {
	name, ok := h.name(r)
	f, isFile := h.site.File(name)
	_, isFolder := h.site.File(name + "/")
	switch {
	case !encoded.ReadOnly(r):
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this address can only be read", http.StatusMethodNotAllowed)
	case !ok && strings.HasPrefix(h.site.Prefix(), r.URL.Path):
		http.Redirect(w, r, h.site.Prefix(), http.StatusFound)
	case ok && isFile:
		h.file(w, r, f, http.StatusOK)
	case ok && isFolder:
		redirect(w, r, h.site.Prefix()+name+"/", http.StatusMovedPermanently)
	default:
		h.file(w, r, h.site.NotFound(r.Context(), h.spoken(r), r.URL.Path), http.StatusNotFound)
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

// spoken returns the language of the address or, if it has none, the reader's.
func (h *handler) spoken(r *http.Request) string {
	name, _ := h.name(r)
	if tag, _, _ := strings.Cut(name, "/"); h.site.HasLanguage(tag) {
		return tag
	}
	return h.reader(r)
}

// reader returns the language that the reader's browser asks for.
func (h *handler) reader(r *http.Request) string {
	return h.site.Words.Match(r.Header.Get("Accept-Language"), "")
}

// chooseLanguage sends a reader from the site's root to the home page in the
// language that the browser asks for.
func (h *handler) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", headers.CacheRevalidate)
	http.Redirect(w, r, h.site.Home(h.reader(r)), http.StatusFound)
}

// searchResults answers without script what the page's script would find.
func (h *handler) searchResults(lang string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h.file(w, r, h.site.SearchResults(r.Context(), lang, r.URL.RawQuery), http.StatusOK)
	}
}

// state answers below a checker's address. States are files; here come those
// with a renewal date, whose days are counted, and addresses that say the same
// as a state in other words, which are sent to it.
func (h *handler) state(lang, checker string) http.HandlerFunc {
	root := h.site.Link(lang + "/" + checker + "/")
	return func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, root)
		switch address, f, ok := h.site.State(lang, checker, path, r.URL.RawQuery, h.site.Day(h.Now())); {
		case !ok:
			h.static(w, r)
		case r.URL.Path != address:
			redirect(w, r, address, http.StatusPermanentRedirect)
		default:
			h.file(w, r, f, http.StatusOK)
		}
	}
}

// fail answers a request that a defect has ended, in the language of its address
// or else of the reader.
func (h *handler) fail(w http.ResponseWriter, r *http.Request) {
	maps.DeleteFunc(w.Header(), func(name string, _ []string) bool { return name != requestID })
	encoded.PageHeaders.Set(w)
	h.stayEncrypted(w, r)
	if h.isAPI(r) {
		api.AnswerProblem(w, http.StatusInternalServerError, "the fault is not in the request; it has been noted")
		return
	}
	page := h.failures[h.spoken(r)]
	w.Header().Set("Content-Type", site.PageType)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(http.StatusInternalServerError)
	w.Write(page)
}

func (h *handler) isAPI(r *http.Request) bool {
	name, _ := h.name(r)
	return strings.HasPrefix(name+"/", "api/")
}
