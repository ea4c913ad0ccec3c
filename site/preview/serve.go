package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/encoded"
	"helpcenter/site/policy"
	"helpcenter/site/server"
)

// The addresses that only a preview has, whatever the path of the site.
const (
	previewFolder = "/preview/"
	previewEvents = previewFolder + "events"
	previewBoth   = previewFolder + "both/"
)

// previewTag ends every page of a preview.
const previewTag = `<link rel="stylesheet" href="` + previewFolder + `preview.css">` +
	`<script type="module" src="` + previewFolder + `preview.js"></script>` + "\n"

// attachPreview adds the preview's tag to a page.
func attachPreview(_ site.File, data []byte) []byte {
	end := []byte("</body>")
	i := bytes.LastIndex(data, end)
	if i < 0 {
		return data
	}
	return slices.Concat(data[:i], []byte(previewTag), data[i:])
}

// Serve answers requests on a listener until ctx ends.
func (p *Preview) Serve(ctx context.Context, l net.Listener) error {
	go server.KeepCurrent(ctx, p.options.Now, p.Site, func() { p.Changed() })
	srv := &http.Server{
		Handler:     p,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the event streams
	}
	return server.ServeUntil(ctx, l, srv, func() {})
}

// ownHost reports whether a Host header names this computer or the host that the preview listens on. With any other
// name, a web page elsewhere could have pointed its own domain at this computer to read unpublished content (DNS
// rebinding).
func (p *Preview) ownHost(header string) bool {
	host := header
	if name, _, err := net.SplitHostPort(header); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	ip, err := netip.ParseAddr(host)
	isLoopback := err == nil && ip.IsLoopback()
	return isLoopback || strings.EqualFold(host, "localhost") || host != "" && strings.EqualFold(host, p.options.Host)
}

// ServeHTTP answers from the current revision.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := p.shown.Load()
	name, ok := strings.CutPrefix(r.URL.Path, previewFolder)
	switch {
	case !p.ownHost(r.Host):
		http.Error(w, fmt.Sprintf("the preview does not answer for host %q; open it at localhost, "+
			"or start it with --addr HOST:PORT and open it at that HOST", r.Host), http.StatusForbidden)
	case r.URL.Path == previewEvents:
		p.events(w, r)
	case r.URL.Path == previewFolder && now.site != nil:
		serveArticles(now.site, w, r)
	case strings.HasPrefix(r.URL.Path, previewBoth) && now.site != nil:
		serveBoth(now.site, w, r)
	case ok && (name == "preview.js" || name == "preview.css"):
		w.Header().Set("Content-Type", site.MediaType(name))
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, previewFiles, name)
	default:
		now.handler().ServeHTTP(w, r)
	}
}

// handler returns the handler of a site, or of a page of errors if s is nil.
func (p *Preview) handler(s *site.Site) http.Handler {
	if s == nil {
		return http.HandlerFunc(nothingYet)
	}
	return server.NewHandler(s, server.Environment{Now: p.options.Now, Failed: showFailure, Change: attachPreview})
}

// showFailure answers with the error of a template.
func showFailure(w http.ResponseWriter, _ *http.Request, err error) {
	http.Error(w, err.Error(), http.StatusInternalServerError)
}

// nothingYet answers with a page for every address until there is a site without an error. Its script lists the
// errors, and reloads the page when there are none.
func nothingYet(w http.ResponseWriter, r *http.Request) {
	encoded.SetHeaders(w, encoded.PageHeaders(policy.Policy{}.String()))
	w.Header().Set("Content-Type", site.PageType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	fmt.Fprint(w, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Nothing to show yet</title>\n"+
		"<body data-preview=\"nothing\">\n<main><h1>Nothing to show yet</h1>"+
		"<p>This page appears when the errors below are corrected.</p></main>\n"+previewTag+"</body>\n</html>\n")
}

// A report tells a page about a revision.
type report struct {
	Revision int            `json:"revision"`
	Shown    bool           `json:"shown"`    // whether the site is that of the files as they are now
	Findings []diag.Finding `json:"findings"` // about the page's own files, and all errors
	Cases    []string       `json:"cases"`    // those that the last save of rules decides differently
	Both     string         `json:"both"`     // address of the article in all languages, or ""
	Readers  []string       `json:"readers"`  // what readers said about the article, in lines
}

// events sends a page a JSON [report] of the current revision and of each later one, as server-sent events. The
// query names the page: page=/it/.... The findings of lint follow in a second event, since they take longer.
func (p *Preview) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	answer := http.NewResponseController(w)
	send := func(rep report) error {
		data, err := json.Marshal(rep)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "data: %s\n\n", data)
		return errors.Join(err, answer.Flush())
	}
	for {
		now := p.shown.Load()
		about := now.articleAt(r.URL.Query().Get("page"))
		rep := now.report(about, now.save.Findings)
		if about != "" && p.options.Counts != nil {
			rep.Readers = p.options.Counts(about)
		}
		if send(rep) != nil {
			return
		}
		select {
		case found := <-p.linted(now, about):
			rep.Findings = now.report(about, found).Findings
			if send(rep) != nil {
				return
			}
		case <-now.over:
			continue
		case <-r.Context().Done():
			return
		}
		select {
		case <-now.over:
		case <-r.Context().Done():
			return
		}
	}
}

// articleAt returns the path of the article shown at an address, or "".
func (e *revision) articleAt(address string) string {
	if e.site == nil {
		return ""
	}
	if path, ok := strings.CutPrefix(address, previewBoth); ok {
		return strings.Trim(path, "/")
	}
	f, _ := e.site.File(strings.TrimPrefix(address, e.site.Prefix()))
	return f.Article
}

// report returns the report for a page about an article, or about none if about is "".
func (e *revision) report(about string, found []diag.Finding) report {
	rep := report{Revision: e.number, Shown: e.save.Shown, Findings: []diag.Finding{}, Cases: e.cases}
	if about != "" {
		rep.Both = previewBoth + about + "/"
	}
	for _, f := range found {
		own := about != "" && strings.HasPrefix(f.File, "content/") && sameArticle(f.File, about)
		if own || f.Severity == diag.Error {
			rep.Findings = append(rep.Findings, f)
		}
	}
	return rep
}

// sameArticle reports whether a file is the article at a path, in any language.
func sameArticle(file, path string) bool {
	_, below, _ := strings.Cut(strings.TrimPrefix(file, "content/"), "/")
	return below == path+".md"
}

// lintPause is how long a revision must last before it is linted. The page itself comes first, and another save
// makes the findings useless.
const lintPause = 50 * time.Millisecond

// linted sends the findings about an article, if there is one and the revision has no error.
func (p *Preview) linted(e *revision, about string) <-chan []diag.Finding {
	found := make(chan []diag.Finding, 1)
	if p.options.Lint != nil && about != "" && e.save.Shown {
		go func() {
			select {
			case <-e.over:
			case <-time.After(lintPause):
				found <- p.options.Lint(e.site, e.save.Findings, about)
			}
		}()
	}
	return found
}

var bothTemplate = template.Must(template.ParseFS(previewFiles, "both.html"))

// A bothView is an article in all languages side by side, section by section.
type bothView struct {
	Policy string
	Style  string
	Path   string
	Heads  []bothHead
	Rows   [][]bothCell // a row for each section, with a cell for each language
}

type bothHead struct{ Lang, Name, Title, Description, Link string }

type bothCell struct {
	Lang string
	Part site.PartView
	None bool // whether the language lacks the section
}

// serveBoth answers with the page of an article in all languages.
func serveBoth(s *site.Site, w http.ResponseWriter, r *http.Request) {
	path := strings.Trim(strings.TrimPrefix(r.URL.Path, previewBoth), "/")
	if s.Library.Shown(s.Library.Site.DefaultLanguage, path) == nil {
		http.Error(w, fmt.Sprintf("there is no article %q", path), http.StatusNotFound)
		return
	}
	servePage(s, w, r, bothTemplate, both(s, path))
}

// servePage answers with one of the preview's own pages.
func servePage(s *site.Site, w http.ResponseWriter, r *http.Request, t *template.Template, view any) {
	var b bytes.Buffer
	if err := t.Execute(&b, view); err != nil {
		panic("preview: " + err.Error())
	}
	encoded.SetHeaders(w, encoded.PageHeaders(s.Policy()))
	w.Header().Set("Content-Type", site.PageType)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
}

// both aligns the sections of an article by id, in the order of the first language that has them.
func both(s *site.Site, path string) bothView {
	v := bothView{Policy: s.Policy(), Style: s.AssetLink("site.css"), Path: path}
	var ids []string
	cells := map[string]map[string]site.PartView{} // by id and language
	for _, l := range s.Library.Site.Languages {
		a := s.Library.Article(l.Tag, path)
		if a == nil {
			v.Heads = append(v.Heads, bothHead{Lang: l.Tag, Name: l.Name})
			continue
		}
		v.Heads = append(v.Heads, bothHead{l.Tag, l.Name, a.Title, a.Description, s.ArticleLink(l.Tag, path)})
		at := 0 // place of a section that no earlier language has
		for _, part := range s.Parts(l.Tag, path) {
			id := part.ID
			if cells[id] == nil {
				cells[id] = map[string]site.PartView{}
				ids = slices.Insert(ids, at, id)
			}
			cells[id][l.Tag] = part
			at = slices.Index(ids, id) + 1
		}
	}
	for _, id := range ids {
		var row []bothCell
		for _, l := range s.Library.Site.Languages {
			part, ok := cells[id][l.Tag]
			row = append(row, bothCell{Lang: l.Tag, Part: part, None: !ok})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}
