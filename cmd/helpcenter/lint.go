package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/site"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	language "helpcenter/site/lint"
	"helpcenter/site/source"
	"helpcenter/site/spelling"
)

var lintCommand = command{
	name: "lint", args: "[PATH]...", most: -1,
	short: "list all findings, with file, line and column",
	long: `Errors would break a page or an answer: build and serve refuse them, and lint
exits with 1. Warnings are mostly about language. The formats json and sarif
(2.1.0) are for programs and code hosts.

With PATHs, only their findings are listed; the whole site is checked all the same.
A PATH is a file or folder below DIR, or the path of an article or of a folder of
articles, in all languages.

In content/site.toml, the table [lint] gives rules a severity (off, warning, error)
or a threshold: readability = 40. A rule that is wrong too often in a language is off
there until [lint] turns it on; --rules says which and why.

To silence a warning in a block of an article, put a comment with the reason above
the block:
<!-- lint: rule-id because ... -->`,
	action: func() action { return &lint{dirFlag: dirFlag{own: true}, format: newChoice("text", "json", "sarif")} },
}

type lint struct {
	dirFlag
	cacheFlag
	format choice
	strict bool
	rules  bool

	dictionaries string
	summary      bool
	baseline     string
}

func (l *lint) flags(f *pflag.FlagSet) {
	l.dirFlag.flags(f)
	l.cacheFlag.flags(f)
	f.Var(&l.format, "format", "the format of the findings")
	f.StringVar(&l.dictionaries, "dictionaries", "", "look for Hunspell dictionaries in the folder `DIR` first")
	f.StringVar(&l.baseline, "baseline", "", "leave out the findings of `FILE`, written by --format json")
	f.BoolVar(&l.summary, "summary", false, "print how many findings each rule has")
	f.BoolVar(&l.rules, "rules", false, "explain the rules instead of checking")
	f.BoolVar(&l.strict, "strict", false, "exit with 1 on warnings as well")
}

func (l *lint) run(ctx context.Context, c console, args []string) error {
	if l.rules {
		return printRules(c.out)
	}
	if l.summary && l.format.value != "text" {
		return usagef("--summary is text: it has no --format %s", l.format.value)
	}
	folders, err := l.dirFlag.open(c.err)
	if err != nil {
		return err
	}
	limitMemory()
	liftLimitWhile(ctx)
	kept := l.cacheFlag.open(l.dir)
	found, err := l.judge(folders, kept, c)
	if err != nil {
		return err
	}
	kept.save(kept.articles, c.err)
	if found, err = below(folders, l.dir, args, found); err != nil {
		return err
	}
	if found, err = newSince(l.baseline, found); err != nil {
		return err
	}
	if err := l.print(c.out, folders, found); err != nil {
		return err
	}
	errors, warnings := count(found)
	fmt.Fprintf(c.err, "%s, %s\n", number(errors, "error"), number(warnings, "warning"))
	if errors > 0 || l.strict && warnings > 0 {
		return errReported
	}
	return nil
}

// judge returns all findings, including those about language, except those that a writer has silenced.
func (c *lint) judge(r source.Folders, kept *caches, con console) ([]diag.Finding, error) {
	l := loader{folders: r, kept: kept, now: con.now()}
	all, found := library.LoadWith(r["content"], kept.articles, library.View{Now: l.now, ToCome: true})
	shown, more := all.In(library.View{Now: l.now})
	found = append(found, more...)
	in, more, ok := l.input(shown)
	found = append(found, more...)
	if !ok {
		return diag.Sort(found), nil
	}
	judge := language.Input{Library: all, Words: in.Words, Rules: in.Rules, Files: r, Lent: r.Lent}
	s, more := site.New(in)
	if s != nil && ownWords(r) {
		judge.Used = s.Uses
	}
	found = append(found, more...)
	found = append(found, ahead(in, found)...)
	if s != nil && r["site/templates"] != shippedTemplates && !diag.HasErrors(found) {
		found = append(found, s.Try()...)
	}
	var err error
	judge.Dictionaries, err = dictionaries(in.Library.Site, con.err, c.dictionaries, c.dir)
	if err != nil {
		return nil, err
	}
	found = append(found, language.New(judge).Run()...)
	return language.Configure(in.Library.Site, language.Silence(in.Library, found)), nil
}

// maxAhead is the most days of publication or expiry that are checked in advance.
const maxAhead = 20

// ahead warns of errors that will appear on a later day, when an article is published or expires, and that are not
// errors today.
func ahead(in site.Input, found []diag.Finding) (warnings []diag.Finding) {
	known := map[diag.Finding]bool{}
	for _, f := range found {
		known[f] = true
	}
	articles, days := in.Library, map[civil.Date]bool{}
	for _, turn := range articles.Turns() {
		if days[turn.Day] || len(days) == maxAhead {
			continue
		}
		days[turn.Day] = true
		in.Now = turn.Day.Time(articles.Site.Location)
		then, more := articles.In(library.View{Now: in.Now})
		in.Library = then
		_, refused := site.New(in)
		for _, f := range append(more, refused...) {
			if f.Severity == diag.Error && !known[f] {
				known[f] = true
				f.Severity, f.Message = diag.Warning, fmt.Sprintf("from %s on: %s", turn.Day, f.Message)
				warnings = append(warnings, f)
			}
		}
	}
	return warnings
}

// systemDictionaries are the folders in which systems keep Hunspell dictionaries.
var systemDictionaries = []string{"/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling"}

// dictionaries reads the dictionary of each language from one's own folders, that of the flag and that of the help
// center, or from the system's. It reports once which languages have none.
func dictionaries(site *library.Site, w io.Writer, flag, dir string) (map[string]*spelling.Dictionary, error) {
	folders := append([]string{flag}, systemDictionaries...)
	if dir != "" {
		folders = slices.Insert(folders, 1, filepath.Join(dir, "dictionaries"))
	}
	var search []fs.FS
	for _, folder := range folders {
		if folder != "" {
			search = append(search, os.DirFS(folder))
		}
	}
	all := map[string]*spelling.Dictionary{}
	var missing []string
	for _, lang := range site.Languages {
		d, err := spelling.Find(lang.Tag, search...)
		if err != nil {
			return nil, err
		}
		if all[lang.Tag] = d; d == nil {
			missing = append(missing, lang.Tag)
		}
	}
	if len(missing) > 0 {
		fmt.Fprintf(w, "spelling is not checked in %s: no dictionary (.dic, .aff) was found\n", strings.Join(missing, ", "))
	}
	return all, nil
}

// ownWords reports whether the messages belong to the articles, which should then use all of them.
func ownWords(r source.Folders) bool {
	return r["content"] != fs.FS(content.Files) || r["locales"] == fs.FS(locales.Files)
}

// printRules explains every rule, with a bad and a good example.
func printRules(w io.Writer) error {
	for _, r := range language.Rules() {
		fmt.Fprintf(w, "%s (%s): %s\n", r.ID, r.Severity, r.Summary)
		for _, example := range []struct{ mark, text string }{{"-", r.Bad}, {"+", r.Good}} {
			for line := range strings.Lines(example.text) {
				fmt.Fprintf(w, "  %s %s\n", example.mark, strings.TrimSuffix(line, "\n"))
			}
		}
		for _, lang := range slices.Sorted(maps.Keys(r.Off)) {
			fmt.Fprintf(w, "  off in %q unless site.toml turns it on: %s\n", lang, r.Off[lang])
		}
		fmt.Fprintln(w)
	}
	return nil
}

func (l *lint) print(w io.Writer, folders source.Folders, found []diag.Finding) error {
	switch l.format.value {
	case "json":
		return printJSON(w, append([]diag.Finding{}, found...)) // never null
	case "sarif":
		return printJSON(w, newSARIF(folders, found))
	}
	if l.summary {
		printSummary(w, found)
		return nil
	}
	for _, f := range found {
		fmt.Fprintln(w, f)
	}
	return nil
}
