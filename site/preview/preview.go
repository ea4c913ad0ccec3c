// Package preview is the server for writers at work. It answers the addresses of the site and of the service. Every
// page has a script (preview.js) that replaces what has changed without losing the reader's place, marks it, and
// lists the findings about the page and what readers said about it. Otherwise pages have the bytes that a build
// publishes.
//
//	p := preview.New(preview.Options{Files: files, Load: load, Now: clock})
//	go func() {
//		for files := range saved { // named as findings name them
//			p.Changed(files...)
//		}
//	}()
//	err := p.Serve(ctx, listener)
//
// No page is rendered before it is asked for. A saved article is read and checked alone ([library.Library.With]),
// together with its relations to other articles; the new site shares everything else with the previous one. If any
// other file is saved, the sources are read again, but articles only if the file is under content/. While there is
// an error the previous site stays, and the next save reads again everything saved since.
//
// The addresses below /preview/ exist only in the preview: its script and style, the events ([Preview.events]),
// each article in all languages side by side, at /preview/both/<path>/, and at /preview/ the list of the articles
// that readers do not see: drafts, articles to be published, and expired ones.
package preview

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/ruleset"
)

// A Preview serves the site as it is being written.
type Preview struct {
	options Options
	saving  sync.Mutex // held while the next revision is made
	shown   atomic.Pointer[revision]
}

// Options configure a preview. Files and Load are required.
type Options struct {
	// Files has all sources. In it, files have the names that findings use.
	Files fs.FS

	// Load reads the sources and makes the site of a moment. The site is not used if there is an error among the
	// findings. If articles is not nil, articles are not read again, and the findings are those about everything
	// else.
	Load func(now time.Time, articles *library.Library) (*site.Site, []diag.Finding)

	// Lint returns the findings of lint about the article at a path, together with those already found. May be nil.
	Lint func(s *site.Site, found []diag.Finding, path string) []diag.Finding

	// Counts returns, in lines, what readers said about the article at a path. May be nil.
	Counts func(path string) []string

	// Report is called after every save, in order. May be nil.
	Report func(Save)

	// Host is the host that the preview listens on, without port. The Host header of a request must name it,
	// localhost or a loopback address.
	Host string

	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// A Save is the result of saving files.
type Save struct {
	Files    []string       // those saved since the shown site was made
	Findings []diag.Finding // about all files as they are now
	Cases    []string       // in words, the cases that changed rules decide differently
	Shown    bool           // whether there is no error
	Took     time.Duration
}

// previewFiles has the preview's own script, style and templates.
//
//go:embed *.html *.css *.js
var previewFiles embed.FS

// A revision is what is shown from one save to the next.
type revision struct {
	site    *site.Site // the last one without an error; nil if there is none yet
	found   []diag.Finding
	save    Save                // the last one
	cases   []string            // of the last save that changed rules
	pending []string            // files saved since site was made
	number  int                 // counted from 0
	handler func() http.Handler // of the site, made once
	over    chan struct{}       // closed when the next revision is shown
}

// New loads the site. If there is an error, the findings are shown instead of the site until it is corrected.
func New(o Options) *Preview {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Report == nil {
		o.Report = func(Save) {}
	}
	p := &Preview{options: o}
	p.shown.Store(&revision{over: make(chan struct{})})
	p.Changed() // there is no site yet, so this reads everything
	return p
}

// Site returns the site that is shown, or nil if there is none yet.
func (p *Preview) Site() *site.Site { return p.shown.Load().site }

// Changed reads files that have changed, and shows them unless there is an error. A file may also be a folder.
// Without files, Changed makes the site of this moment.
func (p *Preview) Changed(files ...string) {
	p.saving.Lock()
	defer p.saving.Unlock()
	began, old := time.Now(), p.shown.Load()
	pending := slices.Compact(slices.Sorted(slices.Values(slices.Concat(old.pending, files))))
	s, found := p.load(old, pending)
	if slices.ContainsFunc(pending, in("site")) && !diag.HasErrors(found) {
		found = append(found, s.Try()...)
	}
	next := &revision{
		site: s, found: found, cases: old.cases, number: old.number + 1, over: make(chan struct{}),
		save: Save{Files: pending, Findings: found, Shown: !diag.HasErrors(found)},
	}
	if next.save.Shown {
		if old.site != nil && slices.ContainsFunc(pending, in("rules")) {
			next.save.Cases = casesOf(old.site, s)
			next.cases = next.save.Cases
		}
	} else {
		next.site, next.found, next.pending = old.site, old.found, pending
	}
	next.handler = sync.OnceValue(func() http.Handler { return p.handler(next.site) })
	next.save.Took = time.Since(began)
	p.shown.Store(next)
	close(old.over)
	p.options.Report(next.save)
}

// load makes the site after files have changed since a revision.
func (p *Preview) load(old *revision, files []string) (*site.Site, []diag.Finding) {
	s := old.site
	switch {
	case s == nil:
	case len(files) > 0 && !slices.ContainsFunc(files, func(file string) bool { return !p.isArticle(s.Library, file) }):
		return p.loadArticles(old, files)
	case len(files) > 0 && !slices.ContainsFunc(files, in("content")):
		next, found := p.options.Load(p.options.Now(), s.Library)
		for _, f := range old.found {
			if in("content")(f.File) {
				found = append(found, f)
			}
		}
		return next, diag.Sort(found)
	}
	return p.options.Load(p.options.Now(), nil)
}

// in returns a function that reports whether a file is a folder or in it.
func in(folder string) func(file string) bool {
	return func(file string) bool { return file == folder || strings.HasPrefix(file, folder+"/") }
}

// isArticle reports whether a file is an article that has been read before and so can be read alone.
func (p *Preview) isArticle(lib *library.Library, file string) bool {
	info, err := fs.Stat(p.options.Files, file)
	return err == nil && info.Mode().IsRegular() && lib.Holds(file)
}

func (p *Preview) loadArticles(old *revision, files []string) (*site.Site, []diag.Finding) {
	content, err := fs.Sub(p.options.Files, "content")
	if err != nil {
		panic("preview: " + err.Error()) // the path is valid
	}
	lib, found := old.site.Library.With(content, old.found, files...)
	s, more := old.site.With(lib)
	return s, diag.Sort(append(found, more...))
}

// casesOf lists, in words, the cases that the rules of two sites decide differently.
func casesOf(old, s *site.Site) []string {
	var cases []string
	for _, id := range s.Rules.IDs() {
		was := old.Ruleset(id)
		if was == nil {
			cases = append(cases, fmt.Sprintf("%s: the checker was added", id))
			continue
		}
		cases = append(cases, differences(was, s.Ruleset(id))...)
	}
	for _, id := range old.Rules.IDs() {
		if s.Ruleset(id) == nil {
			cases = append(cases, fmt.Sprintf("%s: the checker was removed", id))
		}
	}
	return cases
}

func differences(was, is *ruleset.Ruleset) []string {
	if was.Version() == is.Version() {
		return nil
	}
	changes, err := ruleset.Diff(was, is)
	if err != nil {
		return []string{err.Error()}
	}
	lines := []string{}
	for _, c := range changes {
		lines = append(lines, is.ID+": "+c.String())
	}
	if len(lines) == 0 {
		lines = append(lines, is.ID+": all cases are decided as before")
	}
	return lines
}
