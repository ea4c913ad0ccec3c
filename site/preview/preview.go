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
	"helpcenter/site/server"
)

// A Preview shows writers what they write. It answers the addresses of the site
// and of the service, and every page brings a script with it (preview.js) that
// puts what has changed in its place, without being asked and without losing the
// reader's, marks it, and lists what is wrong with the page. The bytes of the
// pages are otherwise those of [Site.Build].
//
//	p := site.NewPreview(site.PreviewOptions{Rooms: rooms, Load: load, Now: clock})
//	go func() {
//		for files := range saved { // files as findings name them
//			p.Changed(files...)
//		}
//	}()
//	err := p.Serve(ctx, listener)
//
// Nothing is rendered before it is asked for. An article that is saved is read and
// proven alone ([content.Library.With]), in all that it has to do with others; the
// site that shows it shares everything else with the one before. For whatever
// else is saved the rooms are read again, articles only if something beside them
// has changed under content/. While there is an error, the last good site stays,
// and everything that was saved since it was made is read again at the next save.
//
// Below /preview/ stand what only the preview has: its script and style, the
// events ([Preview.events]), and each article in all languages side by side, at
// /preview/both/<path>/.
type Preview struct {
	options Options
	metrics *server.Metrics
	saving  sync.Mutex // held while the next edition is made
	shown   atomic.Pointer[edition]
}

// Options are what a preview is made of.
type Options struct {
	// Rooms are all rooms, in which files are called as findings call them.
	Rooms fs.FS

	// Load reads the rooms and makes the site of a moment. Where there is an error
	// among the findings, the site is not used. Articles that are given are not
	// read again, and only what is wrong with everything else is found.
	Load func(now time.Time, articles *library.Library) (*site.Site, []diag.Finding)

	// Judge returns all that is to be said of the article of one path: what was
	// found of it already, and what lint finds. Nothing more is said if nil.
	Judge func(s *site.Site, found []diag.Finding, path string) []diag.Finding

	// Report is told what came of every save, in their order; may be nil.
	Report func(Save)

	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// A Save is what came of saving files.
type Save struct {
	Files    []string       // those that the site had yet to show
	Findings []diag.Finding // of all files as they are now
	Cases    []string       // what other rules change, in words
	Shown    bool           // that is, there is no error
	Took     time.Duration
}

// previewFiles are the preview's own script, style and templates, which no build
// publishes.
//
//go:embed *.html *.css *.js
var previewFiles embed.FS

// An edition is what is shown from one change to the next.
type edition struct {
	site    *site.Site // the last good one; nil if there was none yet
	found   []diag.Finding
	save    Save                // the last one
	cases   []string            // what the rules that were saved last change
	pending []string            // what was saved since the site was made
	number  int                 // editions are counted
	handler func() http.Handler // of the site, made once
	over    chan struct{}       // closed when the next edition is shown
}

// New loads the site. Where there is an error, its findings are shown in
// its place until there is none.
func New(o Options) *Preview {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Report == nil {
		o.Report = func(Save) {}
	}
	p := &Preview{options: o, metrics: server.NewMetrics()}
	p.shown.Store(&edition{over: make(chan struct{})})
	p.Changed() // there is nothing yet, so this reads everything
	return p
}

// Site returns the site that is shown, or nil if there is none yet.
func (p *Preview) Site() *site.Site { return p.shown.Load().site }

// Changed reads again what has changed, and shows it unless there is an error. A
// file may be a folder, even a room. Without files it shows what there is as it is
// now.
func (p *Preview) Changed(files ...string) {
	p.saving.Lock()
	defer p.saving.Unlock()
	began, old := time.Now(), p.shown.Load()
	pending := slices.Compact(slices.Sorted(slices.Values(slices.Concat(old.pending, files))))
	s, found := p.load(old, pending)
	if slices.ContainsFunc(pending, in("site")) && !diag.HasErrors(found) {
		found = append(found, s.Try()...)
	}
	next := &edition{
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

// load makes the site of files that have changed since that of an edition.
func (p *Preview) load(old *edition, files []string) (*site.Site, []diag.Finding) {
	s := old.site
	switch {
	case s == nil:
	case len(files) > 0 && !slices.ContainsFunc(files, func(file string) bool { return !p.isArticle(s.Library, file) }):
		return p.loadArticles(old, files)
	case !slices.ContainsFunc(files, in("content")):
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

// in reports whether a file is in a room, or is the room.
func in(room string) func(file string) bool {
	return func(file string) bool { return file == room || strings.HasPrefix(file, room+"/") }
}

// isArticle reports whether the file is an article that was read before and can be
// read alone.
func (p *Preview) isArticle(lib *library.Library, file string) bool {
	info, err := fs.Stat(p.options.Rooms, file)
	return err == nil && info.Mode().IsRegular() && lib.Holds(file)
}

func (p *Preview) loadArticles(old *edition, files []string) (*site.Site, []diag.Finding) {
	room, err := fs.Sub(p.options.Rooms, "content")
	if err != nil {
		panic("site: " + err.Error()) // the path is valid
	}
	lib, found := old.site.Library.With(room, old.found, files...)
	s, more := old.site.With(lib)
	return s, diag.Sort(append(found, more...))
}

// casesOf says which cases the rules of a site decide otherwise than those of an
// earlier one.
func casesOf(old, s *site.Site) []string {
	var cases []string
	for _, id := range s.Rules.IDs() {
		was := old.Ruleset(id)
		if was == nil {
			cases = append(cases, fmt.Sprintf("%s: the checker is new", id))
			continue
		}
		cases = append(cases, differences(was, s.Ruleset(id))...)
	}
	for _, id := range old.Rules.IDs() {
		if s.Ruleset(id) == nil {
			cases = append(cases, fmt.Sprintf("%s: the checker is gone", id))
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
		lines = append(lines, is.ID+": no case is decided otherwise")
	}
	return lines
}
