package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"time"
	_ "time/tzdata"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/source"
)

// load reads all rooms and makes the site of them at a moment. The findings are
// those of every room and of what holds between them, sorted. Where there is an
// error among them the site is nil.
func loadSite(r source.Folders, baseURL string, now time.Time) (*site.Site, []diag.Finding) {
	return loadKept(r, baseURL, new(caches), slog.New(slog.DiscardHandler), now)
}

// loadKept is load by what was kept of an earlier run. It logs how long its steps took.
func loadKept(r source.Folders, baseURL string, kept *caches, log *slog.Logger, now time.Time) (*site.Site, []diag.Finding) {
	began := time.Now()
	library, found := library.LoadWith(r["content"], kept.articles)
	log.Info("articles read", "took", time.Since(began))
	began = time.Now()
	s, found := makeSite(r, library, found, baseURL, kept, now)
	log.Info("words, rules and templates read", "took", time.Since(began))
	return s, found
}

// make makes the site of articles that have been read, and of the other rooms.
func makeSite(r source.Folders, library *library.Library, found []diag.Finding, baseURL string, kept *caches, now time.Time) (*site.Site, []diag.Finding) {
	in, more, ok := readAround(r, library, baseURL, kept, now)
	found = append(found, more...)
	if !ok {
		return nil, diag.Sort(found)
	}
	s, more := site.New(in)
	found = diag.Sort(append(found, more...))
	if diag.HasErrors(found) { // the site could not rely on what it was given
		return nil, found
	}
	return s, found
}

// read reads all rooms. Where site.toml cannot be read nothing else is judged:
// which words are needed is not known then.
func readAll(r source.Folders, baseURL string, kept *caches, now time.Time) (in site.Input, found []diag.Finding, ok bool) {
	library, found := library.LoadWith(r["content"], kept.articles)
	in, more, ok := readAround(r, library, baseURL, kept, now)
	return in, append(found, more...), ok
}

// readAround reads all rooms but articles.
func readAround(r source.Folders, library *library.Library, baseURL string, kept *caches, now time.Time) (in site.Input, found []diag.Finding, ok bool) {
	set, found := ruleset.Load(r["rules"])
	tags := languages(library.Site)
	if len(tags) == 0 {
		return in, found, false
	}
	words, more := locale.Load(r["locales"], tags, library.Site.DefaultLanguage)
	return site.Input{
		Library: library, Words: words, Rules: set, Files: source.Sub(r, "site"), BaseURL: baseURL, Now: now, Key: kept.key,
	}, append(found, more...), true
}

func languages(s *library.Site) (tags []string) {
	for _, l := range s.Languages {
		tags = append(tags, l.Tag)
	}
	return tags
}

// clock returns what tells the time: it stands still at SOURCE_DATE_EPOCH, in
// seconds since 1970, where that is set
// (https://reproducible-builds.org/specs/source-date-epoch/).
func clock() (func() time.Time, error) {
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Now, nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return nil, usagef("SOURCE_DATE_EPOCH is %q, wanted is a number of seconds since 1970", epoch)
	}
	return func() time.Time { return time.Unix(seconds, 0).UTC() }, nil
}

// mustLoad is load, now, for commands that can do nothing with mistakes but
// refuse.
func mustLoad(r source.Folders, w io.Writer) (*site.Site, error) {
	now, err := clock()
	if err != nil {
		return nil, err
	}
	s, found := loadSite(r, "", now())
	return s, refuse(found, w)
}

// refuse ends a command where there are errors among the findings, which it
// prints. Warnings it only counts.
func refuse(found []diag.Finding, w io.Writer) error {
	for _, f := range found {
		if f.Severity == diag.Error {
			fmt.Fprintln(w, f)
		}
	}
	errors, warnings := count(found)
	if warnings > 0 {
		fmt.Fprintf(w, "%s; helpcenter lint shows them\n", number(warnings, "warning"))
	}
	if errors > 0 {
		return fmt.Errorf("refused for %s", number(errors, "error"))
	}
	return nil
}

func count(found []diag.Finding) (errors, warnings int) {
	for _, f := range found {
		if f.Severity == diag.Error {
			errors++
		}
	}
	return errors, len(found) - errors
}

// number counts things in English.
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
