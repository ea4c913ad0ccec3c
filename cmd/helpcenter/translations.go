package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/diag"
	"helpcenter/site/drift"
	"helpcenter/site/exchange"
	"helpcenter/site/library"
	"helpcenter/site/source"
	"helpcenter/site/textedit"
)

var translationsCommand = command{
	name:  "translations",
	short: "list what is missing, outdated or extra in translations",
	long: `Shows the places of each block in the translation and in the source, and how the
source has changed since the translation was accepted: [-deleted-] {+added+}.
Translations without a baseline are not compared; 'translations accept' records
one. Exits with 1 if anything is listed.`,
	action: func() action { return &translations{dirFlag{own: true}} },
}

type translations struct{ dirFlag }

func (t *translations) run(_ context.Context, c console, _ []string) error {
	_, library, broken := openArticles(t.open, c)
	if library == nil {
		return broken
	}
	total := 0
	for _, lang := range library.Site.Tags() {
		drifts := driftIn(library, lang)
		total += len(drifts)
		printDrift(c.out, drifts)
		if paths := library.Unjudged(lang); len(paths) > 0 {
			fmt.Fprintf(c.err, "%s: no baseline for %s, such as %s\n", lang, number(len(paths), "translation"), paths[0])
		}
	}
	if total > 0 {
		fmt.Fprintf(c.err, "%s to review\n", number(total, "place"))
		return cmp.Or(broken, errReported)
	}
	return broken
}

// openArticles opens the folders with open, and reads only the articles that readers see or will see. It prints errors,
// and leaves warnings to lint. articles is nil only if the folders cannot be opened.
func openArticles(
	open func(io.Writer) (source.Folders, error), c console,
) (folders source.Folders, articles *library.Library, err error) {
	if folders, err = open(c.err); err != nil {
		return nil, nil, err
	}
	articles, found := library.LoadWith(folders["content"], nil, library.View{Now: c.now(), ToCome: true})
	found = slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Severity != diag.Error })
	return folders, articles, refuse(found, c.err)
}

// driftIn returns the drifts of a language, by path: those known from the baselines and, for other sections, what
// only one language has.
func driftIn(l *library.Library, lang string) []drift.Drift {
	list := l.Drift(lang)
	type place struct{ path, section string }
	listed := map[place]bool{}
	for _, d := range list {
		listed[place{d.Path, d.Section}] = true
	}
	all := slices.Clone(list)
	for _, d := range l.Unmatched(lang) {
		if !listed[place{d.Path, d.Section}] {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b drift.Drift) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// printDrift lists drifts below the paths of their articles.
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
	short: "record that translations match their sources",
	long: `PATH is a path such as product/category/name, SECTION the id of a section. Only
content/translations.LANG.toml is changed, never an article.

With --from-git, each translation is accepted for the source as it was when the
translation was last committed, so what has changed in the source since is listed.
This creates the records of a help center that has none yet.`,
	action: func() action { return new(accept) },
}

type accept struct {
	workDir
	lang string
	all  bool
	git  bool
}

func (a *accept) flags(f *pflag.FlagSet) {
	a.workDir.flags(f)
	f.StringVar(&a.lang, "lang", "", "accept only translations into the language `LANG`")
	f.BoolVar(&a.all, "all", false, "accept all translations")
	f.BoolVar(&a.git, "from-git", false, "accept them for the source as it was at their last commit; "+
		"with --all, only those that nobody has accepted")
}

func (a *accept) run(_ context.Context, c console, args []string) error {
	if a.all == (len(args) > 0) {
		return usagef("give the paths of articles, or --all")
	}
	folders, library, err := openArticles(a.open, c)
	if err != nil {
		return err
	}
	langs, err := a.languages(library)
	if err != nil {
		return err
	}
	var changes []textedit.Change
	for _, lang := range langs {
		change, err := a.accept(library, folders["content"], lang, args, c.err)
		if err != nil {
			return err
		}
		if !bytes.Equal(change.Was, change.Is) {
			changes = append(changes, change)
		}
	}
	if len(changes) == 0 {
		fmt.Fprintln(c.err, "nothing has changed")
	}
	return a.write(folders, changes, c.out)
}

// accept accepts the targets in one language. Without --lang, it skips a target that has no translation in this
// language, if another language has one.
func (a *accept) accept(
	l *library.Library, content fs.FS, lang string, targets []string, w io.Writer,
) (textedit.Change, error) {
	if a.git {
		sources, err := exchange.SourcesFromGit(a.dir, l, lang, targets, w)
		if err != nil {
			return textedit.Change{}, err
		}
		return l.AcceptSources(content, lang, sources)
	}
	if a.all {
		return l.AcceptAll(content, lang)
	}
	translated := func(lang, target string) bool {
		path, _, _ := strings.Cut(target, "#")
		return l.Article(lang, path) != nil
	}
	var meant []string
	for _, target := range targets {
		elsewhere := func(other string) bool { return other != l.Site.DefaultLanguage && translated(other, target) }
		if a.lang != "" || translated(lang, target) || !slices.ContainsFunc(l.Site.Tags(), elsewhere) {
			meant = append(meant, target)
		}
	}
	if len(meant) == 0 {
		return textedit.Change{}, nil
	}
	return l.Accept(content, lang, meant...)
}

// languages returns the languages of the translations to accept.
func (a *accept) languages(l *library.Library) ([]string, error) {
	langs := l.Site.Tags()
	if a.lang != "" && !slices.Contains(langs, a.lang) {
		return nil, usageError{unknown("language", a.lang, langs)}
	}
	if a.lang != "" {
		return []string{a.lang}, nil
	}
	return slices.DeleteFunc(langs, func(tag string) bool { return tag == l.Site.DefaultLanguage }), nil
}

var exportCommand = command{
	name:  "translations export",
	short: "write translations for translators' tools, as PO or XLIFF",
	long: `Each block of each article is a unit, in Markdown: the source, and its translation if
there is one. A unit whose source has changed since the translation was accepted is
fuzzy and has the source's earlier text. 'translations import' reads the file back.`,
	action: func() action { return &export{dirFlag: dirFlag{own: true}, format: newChoice("po", "xliff")} },
}

type export struct {
	dirFlag
	format choice
	lang   string
	out    string
}

func (e *export) flags(f *pflag.FlagSet) {
	e.dirFlag.flags(f)
	f.Var(&e.format, "format", "the format: PO of gettext, or XLIFF 1.2")
	f.StringVar(&e.lang, "lang", "", "the language `LANG` of the translations (required)")
	f.StringVar(&e.out, "out", "", "write to `FILE` instead of standard output")
}

func (e *export) run(_ context.Context, c console, _ []string) error {
	folders, articles, err := openArticles(e.open, c)
	if err != nil {
		return err
	}
	if err := checkTarget(articles, e.lang); err != nil {
		return err
	}
	doc, err := exchange.Units(articles, folders["content"], e.lang)
	if err != nil {
		return err
	}
	var data bytes.Buffer
	write := exchange.WritePO
	if e.format.value == "xliff" {
		write = exchange.WriteXLIFF
	}
	if err := write(&data, doc); err != nil {
		return err
	}
	if e.out != "" {
		return os.WriteFile(e.out, data.Bytes(), 0o644)
	}
	_, err = c.out.Write(data.Bytes())
	return err
}

// checkTarget checks that articles are translated into a language.
func checkTarget(l *library.Library, lang string) error {
	targets := slices.DeleteFunc(l.Site.Tags(), func(tag string) bool { return tag == l.Site.DefaultLanguage })
	if !slices.Contains(targets, lang) {
		return usageError{unknown("language", lang, targets)}
	}
	return nil
}

var importTranslationsCommand = command{
	name: "translations import", args: "FILE...", least: 1, most: -1,
	short: "read translations back from translators' tools",
	long: `FILE is a PO or XLIFF file from 'translations export'. Only blocks whose translation
differs in FILE are changed; fuzzy and empty units are skipped. A new article, or one
whose sections differ from its source's, is written once all its blocks are translated.
Sections with no fuzzy unit left are recorded as accepted. Nothing is written if that
would leave an error.`,
	action: func() action { return &importTranslations{format: newChoice("", "po", "xliff")} },
}

type importTranslations struct {
	workDir
	format choice
	lang   string
}

func (i *importTranslations) flags(f *pflag.FlagSet) {
	i.workDir.flags(f)
	f.Var(&i.format, "format", "the format (default: read from the file)")
	f.StringVar(&i.lang, "lang", "", "the language `LANG` (default: read from the file)")
}

func (i *importTranslations) run(_ context.Context, c console, files []string) error {
	folders, articles, err := openArticles(i.open, c)
	if err != nil {
		return err
	}
	docs := map[string]exchange.Document{} // by language
	for _, file := range files {
		doc, err := i.read(file, articles)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		doc.Units = append(docs[doc.To].Units, doc.Units...)
		docs[doc.To] = doc
	}
	var changes []textedit.Change
	for _, lang := range articles.Site.Tags() {
		if docs[lang].To == "" {
			continue
		}
		more, left, err := exchange.Import(articles, folders["content"], docs[lang])
		if err != nil {
			return err
		}
		changes = append(changes, more...)
		for _, line := range left {
			fmt.Fprintln(c.err, line)
		}
	}
	if len(changes) == 0 {
		fmt.Fprintln(c.err, "nothing has changed")
		return nil
	}
	return i.apply(folders, changes, c)
}

// read reads an exported file.
func (i *importTranslations) read(file string, l *library.Library) (exchange.Document, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return exchange.Document{}, err
	}
	doc, err := exchange.Read(data, i.format.value)
	if err != nil {
		return doc, err
	}
	if i.lang != "" {
		doc.To = i.lang
	}
	return doc, checkTarget(l, doc.To)
}
