package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/site"
	"helpcenter/site/diag"
	language "helpcenter/site/lint"
	"helpcenter/site/source"
)

var lintCommand = command{
	name:  "lint",
	short: "list every finding of every room, as file:line:column",
	long: `Errors are what would break a page or an answer: build and serve refuse on
them, and lint ends with 1. Warnings are judgements, mostly about language; with
--strict they count as errors do. --rules explains each rule with an example. The
formats json and sarif (2.1.0) are for programs and code hosts.

A comment in an article silences a warning in the block below it, with a reason:
<!-- lint: rule-id because ... -->`,
	action: func() action { return &lint{format: newChoice("text", "json", "sarif")} },
}

type lint struct {
	dirFlag
	cacheFlag
	format choice
	strict bool
	rules  bool
}

func (l *lint) flags(f *pflag.FlagSet) {
	l.dirFlag.flags(f)
	l.cacheFlag.flags(f)
	f.Var(&l.format, "format", "how findings are written")
	f.BoolVar(&l.rules, "rules", false, "explain the rules, and look at nothing")
	f.BoolVar(&l.strict, "strict", false, "end with 1 on warnings too")
}

func (l *lint) run(_ context.Context, c console, _ []string) error {
	if l.rules {
		return printRules(c.out)
	}
	now, err := clock()
	if err != nil {
		return err
	}
	rooms, err := l.dirFlag.open(c.err)
	if err != nil {
		return err
	}
	kept := l.cacheFlag.open(rooms, l.dir, "")
	found := judge(rooms, kept, now())
	kept.save(kept.articles, c.err)
	if err := l.print(c.out, rooms, found); err != nil {
		return err
	}
	errors, warnings := count(found)
	fmt.Fprintf(c.err, "%s, %s\n", number(errors, "error"), number(warnings, "warning"))
	if errors > 0 || l.strict && warnings > 0 {
		return errReported
	}
	return nil
}

// lint returns the findings of every room, the judgements about language among
// them, without those that a writer has silenced.
func judge(r source.Folders, kept *caches, now time.Time) []diag.Finding {
	in, found, ok := readAll(r, "", kept, now)
	if !ok {
		return diag.Sort(found)
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
	found = append(found, language.New(judge).Run()...)
	return diag.Sort(language.Silence(in.Library, found))
}

// ownWords reports whether words and articles are of one owner. Of words that are
// built in, articles from elsewhere need only some.
func ownWords(r source.Folders) bool {
	return (r["content"] == fs.FS(content.Files)) == (r["locales"] == fs.FS(locales.Files))
}

// printRules explains every rule, with what breaks it and what keeps it.
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

func (l *lint) print(w io.Writer, rooms source.Folders, found []diag.Finding) error {
	switch l.format.value {
	case "json":
		return printJSON(w, append([]diag.Finding{}, found...)) // a list, even if there are none
	case "sarif":
		return printJSON(w, newSARIF(rooms, found))
	}
	for _, f := range found {
		fmt.Fprintln(w, f)
	}
	return nil
}

// printJSON writes v as people like to read it.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
