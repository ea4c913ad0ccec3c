package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	language "helpcenter/site/lint"
	"helpcenter/site/source"
	"helpcenter/site/spelling"
)

var lintCommand = command{
	name:  "lint",
	short: "list all findings, with file, line and column",
	long: `Errors would break a page or an answer: build and serve refuse them, and lint
exits with 1. Warnings are mostly about language. The formats json and sarif
(2.1.0) are for programs and code hosts.

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
}

func (l *lint) flags(f *pflag.FlagSet) {
	l.dirFlag.flags(f)
	l.cacheFlag.flags(f)
	f.Var(&l.format, "format", "the format of the findings")
	f.StringVar(&l.dictionaries, "dictionaries", "", "look for Hunspell dictionaries in the folder `DIR` first")
	f.BoolVar(&l.rules, "rules", false, "explain the rules instead of checking")
	f.BoolVar(&l.strict, "strict", false, "exit with 1 on warnings, too")
}

func (l *lint) run(_ context.Context, c console, _ []string) error {
	if l.rules {
		return printRules(c.out)
	}
	folders, err := l.dirFlag.open(c.err)
	if err != nil {
		return err
	}
	kept := l.cacheFlag.open(folders, l.dir, "")
	found, err := l.judge(folders, kept, c)
	if err != nil {
		return err
	}
	kept.save(kept.articles, c.err)
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

// judge returns all findings, those about language included, except those that a writer has silenced.
func (c *lint) judge(r source.Folders, kept *caches, con console) ([]diag.Finding, error) {
	library, found := library.LoadWith(r["content"], kept.articles)
	l := loader{folders: r, kept: kept, now: con.now()}
	in, more, ok := l.input(library)
	found = append(found, more...)
	if !ok {
		return diag.Sort(found), nil
	}
	judge := language.Input{Library: in.Library, Words: in.Words, Rules: in.Rules, Files: r}
	s, more := site.New(in)
	if s != nil && ownWords(r) {
		judge.Used = s.Uses
	}
	found = append(found, more...)
	if s != nil && r["site/templates"] != shippedTemplates && !diag.HasErrors(found) {
		found = append(found, s.Try()...)
	}
	var err error
	judge.Dictionaries, err = dictionaries(in.Library.Site, con.err, c.dictionaries, filepath.Join(c.dir, "dictionaries"))
	if err != nil {
		return nil, err
	}
	found = append(found, language.New(judge).Run()...)
	return diag.Sort(language.Silence(in.Library, found)), nil
}

// systemDictionaries are the folders where systems keep dictionaries of Hunspell.
var systemDictionaries = []string{"/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling"}

// dictionaries reads the dictionary of each language from some folders, or the system's. It says once which languages
// have none.
func dictionaries(site *library.Site, w io.Writer, folders ...string) (map[string]*spelling.Dictionary, error) {
	var search []fs.FS
	for _, dir := range append(folders, systemDictionaries...) {
		if dir != "" {
			search = append(search, os.DirFS(dir))
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

// ownWords reports whether the articles have words of their own, all of which they should need.
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
	for _, f := range found {
		fmt.Fprintln(w, f)
	}
	return nil
}
