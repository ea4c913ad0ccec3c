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
	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
	"helpcenter/site/feedback"
	"helpcenter/site/library"
	language "helpcenter/site/lint"
	"helpcenter/site/preview"
	"helpcenter/site/source"
	"helpcenter/site/watch"
)

// preview serves the site while its files are edited.
func (s *serve) preview(ctx context.Context, c console) error {
	if s.dir == "" {
		s.dir = "."
	}
	opened, err := s.dirFlag.open(c.err)
	if err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(s.addr)
	var latest latestFolders
	latest.Store(&opened)
	var counts func(path string) []string
	if s.data != "" {
		if counts, err = newCounts(s.data, c.now); err != nil {
			return err
		}
	}
	l, err := listen("--addr", s.addr)
	if err != nil {
		return err
	}
	w, err := watch.New(s.dir, func(err error) {
		fmt.Fprintf(c.err, "looking for saved files every second, because they cannot be watched: %v\n", err)
	})
	if err != nil {
		return fmt.Errorf("cannot watch %s: %w", s.dir, err)
	}
	defer w.Close()
	p := preview.New(preview.Options{
		Files: &latest,
		Load: func(now time.Time, articles *library.Library) (*site.Site, []diag.Finding) {
			return s.reload(articles, &latest, now)
		},
		Lint:   newJudge(&latest),
		Report: func(save preview.Save) { printSave(c.err, save) },
		Counts: counts,
		Now:    c.now,
		Host:   host,
	})
	go w.Follow(func(files []string) { p.Changed(files...) })
	fmt.Fprintf(c.out, "listening on %s (live preview)\n", visit(l.Addr(), p.Site()))
	s.serving.Store(true)
	return p.Serve(ctx, l)
}

// latestFolders holds the folders as last opened, since folders can be added and removed.
type latestFolders struct{ atomic.Pointer[source.Folders] }

func (l *latestFolders) Open(name string) (fs.File, error) { return l.Load().Open(name) }

// reload opens and reads all folders again, except content if articles is not nil.
func (s *serve) reload(articles *library.Library, latest *latestFolders, now time.Time) (*site.Site, []diag.Finding) {
	folders, found := s.reopen()
	if folders == nil {
		return nil, found
	}
	latest.Store(&folders)
	if articles == nil {
		view := library.View{Now: now, All: true}
		if articles, found = library.LoadWith(folders["content"], buildcache.Temporary(), view); !diag.HasErrors(found) {
			articles, found = articles.With(folders["content"], found) // read the baselines before the first save
		}
	}
	l := newLoader(folders, s.baseURL, now)
	return l.siteOf(articles, found)
}

// newJudge returns a function that returns the findings of lint in one article. It keeps what it knows about all
// articles as long as the site is the same.
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

// countsAge is the greatest age of the counts beside an article.
const countsAge = time.Minute

// newCounts returns a function that returns what readers said about an article, one line for each language.
func newCounts(dir string, now func() time.Time) (func(path string) []string, error) {
	read := func() (*feedback.Report, error) { return feedback.Read([]string{dir}, "") }
	latest, err := read()
	if err != nil {
		return nil, fmt.Errorf("--data: %w", err)
	}
	var mu sync.Mutex
	at := now()
	return func(path string) (lines []string) {
		mu.Lock()
		defer mu.Unlock()
		if now().Sub(at) > countsAge {
			at = now()
			if next, err := read(); err == nil {
				latest = next
			}
		}
		for _, page := range latest.Pages {
			if page.Page == path {
				lines = append(lines, page.Language+": "+page.Counts.String())
				for _, section := range page.Sections {
					lines = append(lines, page.Language+" #"+section.ID+": "+section.Counts.String())
				}
			}
		}
		return lines
	}, nil
}

// printSave prints the errors in saved files, and whether they are shown.
func printSave(w io.Writer, save preview.Save) {
	printErrors(save.Findings, w)
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
		fmt.Fprintf(w, "%s: not shown until the errors are corrected\n", files)
		return
	}
	fmt.Fprintf(w, "%s: shown after %s\n", files, save.Took.Round(100*time.Microsecond))
}
