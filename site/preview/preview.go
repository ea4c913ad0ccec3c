// Package preview is the server that writers use while they write. It answers the
// addresses of the site and of the service, and every page brings a script
// (preview.js) that replaces what has changed without losing the reader's place,
// marks it, and lists the findings of the page, and what readers said of it. Otherwise the bytes of pages are those
// that a build publishes.
//
//	p := preview.New(preview.Options{Files: files, Load: load, Now: clock})
//	go func() {
//		for files := range saved { // named as findings name them
//			p.Changed(files...)
//		}
//	}()
//	err := p.Serve(ctx, listener)
//
// No page is rendered before it is asked for. A saved article is read and checked
// alone ([library.Library.With]), together with what it has to do with others; the new
// site shares everything else with the previous one. For any other saved file the
// sources are read again, articles only if another file under content/ has changed.
// While there is an error, the previous site stays, and everything saved since is read
// again at the next save.
//
// Below /preview/ stands what only the preview has: its script and style, the events
// ([Preview.events]), each article in all languages side by side, at
// /preview/both/<path>/, and at /preview/ the list of the articles that readers do not
// see: drafts, those to be published, and those that have expired.
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

// A Preview answers the site as it is being written.
type Preview struct {
	options Options
	saving  sync.Mutex // held while the next revision is made
	shown   atomic.Pointer[revision]
}

// Options configure a preview. Files and Load are required.
type Options struct {
	// Files are all sources, in which files have the names that findings have.
	Files fs.FS

	// Load reads the sources and makes the site of a moment. If there is an error
	// among the findings, the site is not used. If articles are given, they are not
	// read again, and the findings are those of everything else.
	Load func(now time.Time, articles *library.Library) (*site.Site, []diag.Finding)

	// Lint returns the findings of lint about the article of a path, together with
	// those found already. May be nil.
	Lint func(s *site.Site, found []diag.Finding, path string) []diag.Finding

	// Counts returns what readers said of the article of a path, in lines. May be nil.
	Counts func(path string) []string

	// Report is called after every save, in their order. May be nil.
	Report func(Save)

	// Host is the host of the address that the preview listens on, without port.
	// Requests must name it, localhost or a loopback address in their Host header.
	Host string

	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// A Save is the result of saving files.
type Save struct {
	Files    []string       // saved since the site that is shown was made
	Findings []diag.Finding // of all files as they are now
	Cases    []string       // the cases that changed rules decide differently, in words
	Shown    bool           // there is no error
	Took     time.Duration
}

// previewFiles are the preview's own script, style and template.
//
//go:embed *.html *.css *.js
var previewFiles embed.FS

// A revision is what is shown from one save to the next.
type revision struct {
	site    *site.Site // the last without an error; nil if there was none yet
	found   []diag.Finding
	save    Save                // the last one
	cases   []string            // of the last save of rules
	pending []string            // files saved since the site was made
	number  int                 // counted from 0
	handler func() http.Handler // of the site, made once
	over    chan struct{}       // closed when the next revision is shown
}

// New loads the site. If there is an error, its findings are shown instead of the
// site until it is corrected.
func New(o Options) *Preview {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Report == nil {
		o.Report = func(Save) {}
	}
	p := &Preview{options: o}
	p.shown.Store(&revision{over: make(chan struct{})})
	p.Changed() // there is nothing yet, so this reads everything
	return p
}

// Site returns the site that is shown, or nil if there is none yet.
func (p *Preview) Site() *site.Site { return p.shown.Load().site }

// Changed reads files that have changed, and shows them unless there is an error. A
// file may also be a folder. Without files it makes the site of this moment.
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

// in reports whether a file is in a folder, or is the folder.
func in(folder string) func(file string) bool {
	return func(file string) bool { return file == folder || strings.HasPrefix(file, folder+"/") }
}

// isArticle reports whether a file is an article that was read before, and so can be
// read alone.
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

// casesOf lists in words the cases that the rules of two sites decide differently.
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
