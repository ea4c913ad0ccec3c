package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/diag"
	"helpcenter/site/drift"
	"helpcenter/site/library"
	"helpcenter/site/source"
	"helpcenter/site/textedit"
)

var translationsCommand = command{
	name:  "translations",
	short: "list what translations lack, what in them is older than the source, and what is extra",
	long: `For every block it names the lines of the translation and of the source, and what
the source says otherwise since the translation was last found right:
[-taken out-] {+put in+}. An article for which nothing is on record is not judged;
translations accept records it. Ends with 1 if anything is listed.`,
	action: func() action { return new(translations) },
}

type translations struct{ dirFlag }

func (t *translations) run(_ context.Context, c console, _ []string) error {
	rooms, err := t.open(c.err)
	if err != nil {
		return err
	}
	library, broken := readArticles(rooms, c.err)
	total := 0
	for _, lang := range languages(library.Site) {
		drifts := driftIn(library, lang)
		total += len(drifts)
		printDrift(c.out, drifts)
		if paths := library.Unjudged(lang); len(paths) > 0 {
			fmt.Fprintf(c.err, "%s: nothing is on record of %s, such as %s\n", lang, number(len(paths), "translation"), paths[0])
		}
	}
	if total > 0 {
		fmt.Fprintf(c.err, "%s to look at\n", number(total, "place"))
		return cmp.Or(broken, errReported)
	}
	return broken
}

// articles reads the articles alone. Errors are printed on w; warnings are left to
// lint.
func readArticles(r source.Folders, w io.Writer) (*library.Library, error) {
	library, found := library.Load(r["content"])
	found = slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Severity != diag.Error })
	return library, refuse(found, w)
}

// driftIn returns what is to be listed of a language, by path: what is known
// from the record and, where that says nothing, what only one language has.
func driftIn(l *library.Library, lang string) []drift.Drift {
	list := l.Drift(lang)
	type place struct{ path, section string }
	told := map[place]bool{}
	for _, d := range list {
		told[place{d.Path, d.Section}] = true
	}
	all := slices.Clone(list)
	for _, d := range l.Unmatched(lang) {
		if !told[place{d.Path, d.Section}] {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b drift.Drift) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// printDrift lists drifts under the articles that they are of.
func printDrift(w io.Writer, list []drift.Drift) {
	for i, d := range list {
		if i == 0 || list[i-1].Path != d.Path {
			fmt.Fprintf(w, "%s (%s)\n", d.Path, d.Lang)
		}
		fmt.Fprintf(w, "  %-7s %s\n          %s\n          %s\n", kind(d.Kind), d.At, d.Source, d.Diff().Brief(8, 1<<20))
	}
}

func kind(k drift.Kind) string {
	return [...]string{drift.Older: "older", drift.Missing: "missing", drift.Extra: "extra"}[k]
}

var acceptCommand = command{
	name: "translations accept", args: "[PATH[#SECTION]]...", most: -1,
	short: "record that translations are right about their sources as these are now",
	long: `PATH is product/category/name, a section is named by its id. With --all every
translation is meant. It only writes content/translations.LANG.toml: never a text.`,
	action: func() action { return new(accept) },
}

type accept struct {
	workDir
	lang string
	all  bool
}

func (a *accept) flags(f *pflag.FlagSet) {
	a.workDir.flags(f)
	f.StringVar(&a.lang, "lang", "", "only translations into the language of the tag `LANG`")
	f.BoolVar(&a.all, "all", false, "accept all translations")
}

func (a *accept) run(_ context.Context, c console, args []string) error {
	if a.all == (len(args) > 0) {
		return usagef("name the articles that are right, or give --all")
	}
	rooms, err := a.open(c.err)
	if err != nil {
		return err
	}
	library, err := readArticles(rooms, c.err)
	if err != nil {
		return err
	}
	langs, err := a.languages(library)
	if err != nil {
		return err
	}
	var changes []textedit.Change
	for _, lang := range langs {
		change, err := a.accept(library, rooms["content"], lang, args)
		if err != nil {
			return err
		}
		if !bytes.Equal(change.Was, change.Is) {
			changes = append(changes, change)
		}
	}
	if len(changes) == 0 {
		fmt.Fprintln(c.err, "nothing has changed since")
	}
	return a.write(changes, c.out)
}

// accept accepts what is meant in one language. Unless --lang says which, a
// target is meant in every language that has a translation of it.
func (a *accept) accept(l *library.Library, room fs.FS, lang string, targets []string) (textedit.Change, error) {
	if a.all {
		return l.AcceptAll(room, lang)
	}
	translated := func(lang, target string) bool {
		path, _, _ := strings.Cut(target, "#")
		return l.Article(lang, path) != nil
	}
	var meant []string
	for _, target := range targets {
		elsewhere := func(other string) bool { return other != l.Site.DefaultLanguage && translated(other, target) }
		if a.lang != "" || translated(lang, target) || !slices.ContainsFunc(languages(l.Site), elsewhere) {
			meant = append(meant, target)
		}
	}
	if len(meant) == 0 {
		return textedit.Change{}, nil
	}
	return l.Accept(room, lang, meant...)
}

// languages returns the languages whose translations are meant.
func (a *accept) languages(l *library.Library) ([]string, error) {
	langs := languages(l.Site)
	if a.lang != "" && !slices.Contains(langs, a.lang) {
		return nil, usagef("there is no language %q, there are: %s%s", a.lang, diag.List(langs), didYouMean(a.lang, langs))
	}
	if a.lang != "" {
		return []string{a.lang}, nil
	}
	return slices.DeleteFunc(langs, func(tag string) bool { return tag == l.Site.DefaultLanguage }), nil
}
