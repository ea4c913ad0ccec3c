package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	language "helpcenter/site/lint"
	"helpcenter/site/preview"
	"helpcenter/site/source"
	"helpcenter/site/watch"
)

// preview answers the site as it is being written.
func (s *serve) preview(ctx context.Context, c console, now func() time.Time) error {
	if s.dir == "" {
		s.dir = "."
	}
	opened, err := s.open(c.err)
	if err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(s.addr)
	var rooms latestRooms
	rooms.Store(&opened)
	l, err := listen("--addr", s.addr)
	if err != nil {
		return err
	}
	w, err := watch.New(s.dir)
	if err != nil {
		return fmt.Errorf("%s cannot be watched: %w", s.dir, err)
	}
	defer w.Close()
	p := preview.New(preview.Options{
		Files: &rooms,
		Load: func(now time.Time, articles *library.Library) (*site.Site, []diag.Finding) {
			return s.loadAround(articles, &rooms, now)
		},
		Lint:   newJudge(&rooms),
		Report: func(save preview.Save) { printSave(c.err, save) },
		Now:    now,
		Host:   host,
	})
	go w.Follow(func(files []string) { p.Changed(files...) })
	fmt.Fprintf(c.out, "listening on %s (live preview)\n", visit(l.Addr(), p.Site()))
	return p.Serve(ctx, l)
}

// latestRooms are the rooms as they were found last: folders come and go.
type latestRooms struct{ atomic.Pointer[source.Folders] }

func (l *latestRooms) Open(name string) (fs.File, error) { return l.Load().Open(name) }

// loadAround finds the rooms and reads them again, articles only if none are given.
func (s *serve) loadAround(articles *library.Library, latest *latestRooms, now time.Time) (*site.Site, []diag.Finding) {
	rooms, _, err := source.Open(s.dir, builtIn())
	if err != nil {
		return nil, []diag.Finding{diag.Errorf(diag.Position{File: s.dir}, "unreadable", "%v", err)}
	}
	latest.Store(&rooms)
	var found []diag.Finding
	if articles == nil {
		if articles, found = library.Load(rooms["content"]); !diag.HasErrors(found) {
			articles, found = articles.With(rooms["content"], found) // so that the first save need not read the records
		}
	}
	return makeSite(rooms, articles, found, s.baseURL, new(caches), now)
}

// newJudge returns what says all that lint has to say of one article. What it knows
// of all of them is kept from one article to the next of the same site.
func newJudge(files fs.FS) func(s *site.Site, found []diag.Finding, path string) []diag.Finding {
	var mu sync.Mutex
	var known *site.Site
	var linter *language.Linter
	return func(s *site.Site, found []diag.Finding, path string) []diag.Finding {
		mu.Lock()
		defer mu.Unlock()
		if s != known {
			known = s
			linter = language.New(language.Input{Library: s.Library, Words: s.Words, Rules: s.Rules, Files: files})
		}
		return language.Silence(s.Library, slices.Concat(found, linter.Article(path)))
	}
}

// printSave says what came of a save: its errors, and whether it is shown.
func printSave(w io.Writer, save preview.Save) {
	for _, f := range save.Findings {
		if f.Severity == diag.Error {
			fmt.Fprintln(w, f)
		}
	}
	for _, line := range save.Cases {
		fmt.Fprintln(w, line)
	}
	if len(save.Files) == 0 {
		return
	}
	files := save.Files[0]
	if more := len(save.Files) - 1; more > 0 {
		files += " and " + number(more, "more file")
	}
	if !save.Shown {
		fmt.Fprintf(w, "%s: not shown, the last good site stays\n", files)
		return
	}
	fmt.Fprintf(w, "%s: shown after %s\n", files, save.Took.Round(100*time.Microsecond))
}
