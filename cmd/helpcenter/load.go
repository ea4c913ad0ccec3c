package main

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"log/slog"
	"time"
	_ "time/tzdata"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/labels"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/source"
)

// A loader makes a site from the folders. All its methods return sorted findings.
type loader struct {
	folders source.Folders
	baseURL string // replaces that of site.toml, unless it is ""
	now     time.Time
	drafts  bool // also show articles that are not published
	kept    *caches
	earlier *library.Library // shares its articles with the new one; may be nil
	log     *slog.Logger     // logs how long each step took

	pagesOnly, feedback bool // see [site.Input]
}

// loadSite makes the site as of now, without caches, for a command that ends soon after. The site is nil if any
// finding is an error.
func loadSite(folders source.Folders, baseURL string, now time.Time) (*site.Site, []diag.Finding) {
	limitMemory()
	return newLoader(folders, baseURL, now).site()
}

// newLoader returns a loader without caches.
func newLoader(folders source.Folders, baseURL string, now time.Time) *loader {
	return &loader{
		folders: folders, baseURL: baseURL, now: now, kept: noCaches(), log: slog.New(slog.DiscardHandler),
	}
}

// site reads all folders and makes the site. The site is nil if any finding is an error.
func (l *loader) site() (*site.Site, []diag.Finding) {
	began := time.Now()
	view := library.View{Now: l.now, All: l.drafts}
	library, found := cmp.Or(l.earlier, new(library.Library)).Again(l.folders["content"], l.kept.articles, view)
	l.log.Info("articles read", "took", time.Since(began))
	began = time.Now()
	s, found := l.siteOf(library, found)
	l.log.Info("words, rules and templates read", "took", time.Since(began))
	return s, found
}

// siteOf makes the site from articles that have been read, adding to their findings.
func (l *loader) siteOf(library *library.Library, found []diag.Finding) (*site.Site, []diag.Finding) {
	in, more, ok := l.input(library)
	found = append(found, more...)
	if !ok {
		return nil, diag.Sort(found)
	}
	s, more := site.New(in)
	found = diag.Sort(append(found, more...))
	if diag.HasErrors(found) {
		return nil, found
	}
	return s, found
}

// input reads all folders except content. ok is false if site.toml could not be read, since it is then unknown
// which words are needed.
func (l *loader) input(library *library.Library) (in site.Input, found []diag.Finding, ok bool) {
	set, found := ruleset.Load(l.folders["rules"])
	tags := library.Site.Tags()
	if len(tags) == 0 {
		return in, found, false
	}
	if library.Site.Identity.Nameless {
		found = append(found, diag.Warningf(diag.Position{File: "content/site.toml"}, "site",
			"the help center has no name, so the host of base_url stands for it").
			Suggest("add a table [site] with name = { %s = \"…\" }", library.Site.DefaultLanguage))
	}
	values, more := labels.Load(l.folders["rules"], set, tags, library.Site.DefaultLanguage)
	found = append(found, more...)
	words, more := locale.Load(l.folders["locales"], tags, library.Site.DefaultLanguage, values...)
	return site.Input{
		Library: library, Words: words, Rules: set, Files: source.Sub(l.folders, "site"), Static: l.folders["static"],
		BaseURL: l.baseURL, Now: l.now, Key: l.kept.key, Kept: l.kept.ofSite,
		PagesOnly: l.pagesOnly, Feedback: l.feedback,
	}, append(found, more...), true
}

// mustLoad opens the folders and makes the site, for commands that need one without errors.
func (d *dirFlag) mustLoad(c console) (*site.Site, error) {
	folders, err := d.open(c.err)
	if err != nil {
		return nil, err
	}
	s, found := loadSite(folders, "", c.now())
	return s, refuse(found, c.err)
}

// refuse prints the errors among the findings and the number of warnings. It returns an error if there are any
// errors.
func refuse(found []diag.Finding, w io.Writer) error {
	errors, warnings := printErrors(found, w)
	mentionWarnings(warnings, w)
	if errors > 0 {
		return fmt.Errorf("refused because of %s", number(errors, "error"))
	}
	return nil
}

// mentionWarnings prints the number of warnings, if there are any.
func mentionWarnings(warnings int, w io.Writer) {
	if warnings > 0 {
		fmt.Fprintf(w, "%s; run 'helpcenter lint' to list them\n", number(warnings, "warning"))
	}
}

// printErrors prints the errors among the findings. It returns the numbers of errors and warnings.
func printErrors(found []diag.Finding, w io.Writer) (errors, warnings int) {
	for _, f := range found {
		if f.Severity == diag.Error {
			fmt.Fprintln(w, f)
		}
	}
	return count(found)
}

func count(found []diag.Finding) (errors, warnings int) {
	for _, f := range found {
		if f.Severity == diag.Error {
			errors++
		}
	}
	return errors, len(found) - errors
}

// shippedTemplates are not checked by lint, because tests have tried them on every kind of page.
var shippedTemplates = source.Sub(site.Files, "templates")

func builtIn() source.Folders {
	return source.Folders{
		"content":        content.Files,
		"locales":        locales.Files,
		"rules":          rules.Files,
		"site/templates": shippedTemplates,
		"site/assets":    source.Sub(site.Files, "assets"),
		"static":         embed.FS{},
	}
}
