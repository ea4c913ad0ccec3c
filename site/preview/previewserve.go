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
	"slices"
	"strings"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/encoded"
	"helpcenter/site/headers"
	"helpcenter/site/server"
)

// The addresses that only a preview has. They stand beside the site, whatever its
// path is.
const (
	previewFolder = "/preview/"
	previewEvents = previewFolder + "events"
	previewBoth   = previewFolder + "both/"
)

// previewTag is what every page of a preview ends with.
const previewTag = `<link rel="stylesheet" href="` + previewFolder + `preview.css">` +
	`<script type="module" src="` + previewFolder + `preview.js"></script>` + "\n"

// attachPreview makes a page bring the script of the preview with it.
func attachPreview(_ site.File, data []byte) []byte {
	end := []byte("</body>")
	i := bytes.LastIndex(data, end)
	if i < 0 {
		return data
	}
	return slices.Concat(data[:i], []byte(previewTag), data[i:])
}

// Serve answers on a listener until ctx ends.
func (p *Preview) Serve(ctx context.Context, l net.Listener) error {
	go server.KeepCurrent(ctx, p.options.Now, p.Site, func() { p.Changed() })
	srv := &http.Server{
		Handler:     p,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the events
	}
	return server.ServeUntil(ctx, l, srv, server.Usual, func() {})
}

// ServeHTTP answers with the edition of this moment.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := p.shown.Load()
	name, ok := strings.CutPrefix(r.URL.Path, previewFolder)
	switch {
	case r.URL.Path == previewEvents:
		p.events(w, r)
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

// handler answers for a site, or for want of one.
func (p *Preview) handler(s *site.Site) http.Handler {
	if s == nil {
		return http.HandlerFunc(nothingYet)
	}
	return server.NewHandler(s, server.Environment{Now: p.options.Now, Metrics: p.metrics, Ready: server.AlwaysReady, Failed: showFailure, Finish: attachPreview})
}

// showFailure answers with the mistake of a template.
func showFailure(w http.ResponseWriter, _ *http.Request, err error) {
	http.Error(w, err.Error(), http.StatusInternalServerError)
}

// nothingYet is every page while there has been no site without an error. Its
// script lists the errors, and asks again when there is none.
func nothingYet(w http.ResponseWriter, r *http.Request) {
	encoded.PageHeaders.Set(w)
	w.Header().Set("Content-Type", site.PageType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	fmt.Fprint(w, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Nothing to show yet</title>\n"+
		"<body data-preview=\"nothing\">\n<main><h1>Nothing to show yet</h1><p>This page appears when the errors below are gone.</p></main>\n"+
		previewTag+"</body>\n</html>\n")
}

// A report is what a page of the preview is told of an edition.
type report struct {
	Edition  int            `json:"edition"`
	Shown    bool           `json:"shown"`    // whether the page is what the files say
	Findings []diag.Finding `json:"findings"` // of the page's own files, and the errors of all
	Cases    []string       `json:"cases"`    // what the rules that were saved last change
	Both     string         `json:"both"`     // where the article stands in all languages, or ""
}

// events tells a page of every edition from now on, the one of this moment first,
// as server-sent events whose data is a [report] in JSON. The query says whose
// page it is: page=/it/.... What lint finds follows in a second event, since it
// takes longer.
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
		if send(now.report(about, now.save.Findings)) != nil {
			return
		}
		select {
		case found := <-p.judged(now, about):
			if send(now.report(about, found)) != nil {
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

// articleAt returns the path of the article that an address shows, or "".
func (e *edition) articleAt(address string) string {
	if e.site == nil {
		return ""
	}
	if path, ok := strings.CutPrefix(address, previewBoth); ok {
		return strings.Trim(path, "/")
	}
	f, _ := e.site.File(strings.TrimPrefix(address, e.site.Prefix()))
	return f.Article
}

// report returns what a page about an article is told, of all that was found.
func (e *edition) report(about string, found []diag.Finding) report {
	rep := report{Edition: e.number, Shown: e.save.Shown, Findings: []diag.Finding{}, Cases: e.cases}
	if about != "" {
		rep.Both = previewBoth + about + "/"
	}
	for _, f := range found {
		own := about != "" && strings.HasPrefix(f.File, "content/") && strings.HasSuffix(f.File, "/"+about+".md")
		if own || f.Severity == diag.Error {
			rep.Findings = append(rep.Findings, f)
		}
	}
	return rep
}

// judgePause is how long an edition must last to be judged: the page itself comes
// first, and while a writer goes on saving there is no use in judging.
const judgePause = 50 * time.Millisecond

// judged judges an article of the site that is shown, if there is one and nothing
// is wrong.
func (p *Preview) judged(e *edition, about string) <-chan []diag.Finding {
	found := make(chan []diag.Finding, 1)
	if p.options.Judge != nil && about != "" && e.save.Shown {
		go func() {
			select {
			case <-e.over:
			case <-time.After(judgePause):
				found <- p.options.Judge(e.site, e.save.Findings, about)
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
	Rows   [][]bothCell // one for each section, in it one for each language
}

type bothHead struct{ Lang, Name, Title, Description, Link string }

type bothCell struct {
	Lang string
	Part site.PartView
	None bool // the language lacks the section
}

// serveBoth answers with the page of one article in all languages.
func serveBoth(s *site.Site, w http.ResponseWriter, r *http.Request) {
	path := strings.Trim(strings.TrimPrefix(r.URL.Path, previewBoth), "/")
	if s.Library.Shown(s.Library.Site.DefaultLanguage, path) == nil {
		http.Error(w, fmt.Sprintf("there is no article %q", path), http.StatusNotFound)
		return
	}
	var b bytes.Buffer
	if err := bothTemplate.Execute(&b, both(s, path)); err != nil {
		panic("site: " + err.Error())
	}
	encoded.PageHeaders.Set(w)
	w.Header().Set("Content-Type", site.PageType)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
}

// both aligns the sections of an article by their ids, in the order of the first
// language that has them.
func both(s *site.Site, path string) bothView {
	v := bothView{Policy: headers.ContentSecurityPolicy, Style: s.AssetLink("site.css"), Path: path}
	var ids []string
	cells := map[string]map[string]site.PartView{} // by id and language
	for _, l := range s.Library.Site.Languages {
		a := s.Library.Article(l.Tag, path)
		if a == nil {
			v.Heads = append(v.Heads, bothHead{Lang: l.Tag, Name: l.Name})
			continue
		}
		v.Heads = append(v.Heads, bothHead{l.Tag, l.Name, a.Title, a.Description, s.ArticleLink(l.Tag, path)})
		at := 0 // where a section stands that no earlier language has
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
