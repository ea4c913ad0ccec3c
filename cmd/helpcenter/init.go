package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/civil"
	"helpcenter/site/library"
	"helpcenter/site/starter"
	"helpcenter/site/textedit"
)

var initCommand = command{
	name: "init", args: "DIR", least: 1, most: 1,
	short: "start a help center of your own",
	long: `Writes a help center that lints clean, builds and serves: site.toml, two articles and
the words of a checker in each language, its rules, an icon, a workflow for code hosts,
and a README. DIR must not exist, or hold only files whose names begin with a dot.`,
	action: func() action { return new(initialize) },
}

type initialize struct {
	langs        []string
	name, accent string
}

func (i *initialize) flags(f *pflag.FlagSet) {
	f.StringSliceVar(&i.langs, "lang", []string{"en"}, "the `LANGUAGES`; you write in the first, the others are "+
		"translations: "+strings.Join(starter.Languages(), ", "))
	f.StringVar(&i.accent, "accent", starter.Accent, "the `COLOUR` of links and buttons; others are derived from it")
	f.StringVar(&i.name, "name", "", "the `NAME` of the help center (default: that of the folder)")
}

func (i *initialize) run(_ context.Context, c console, args []string) error {
	dir := args[0]
	if err := checkEmpty(dir); err != nil {
		return err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	name := cmp.Or(strings.TrimSpace(i.name), filepath.Base(abs))
	made, err := starter.Site(name, i.langs, i.accent, civil.DateOf(c.now()))
	if err != nil {
		return usageError{err}
	}
	if err := writeNew(dir, made, c); err != nil {
		return err
	}
	if err := acceptNew(dir, i.langs[1:], c); err != nil {
		return err
	}
	fmt.Fprintf(c.out, `
Your help center is in %[1]s. Next:
  helpcenter serve --watch --dir %[1]s          look at it while you write
  helpcenter lint --dir %[1]s                   what is wrong, with file and line
  helpcenter build --dir %[1]s --out public     the pages, for any web server
`, dir)
	return nil
}

// checkEmpty checks that a help center can be created in a folder.
func checkEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return usagef("%s is not empty: it has %s; give a new folder", dir, e.Name())
		}
	}
	return nil
}

// writeNew writes files that must not exist yet.
func writeNew(dir string, made []textedit.Change, c console) error {
	for _, file := range made {
		path := filepath.Join(dir, filepath.FromSlash(file.File))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = f.Write(file.Is)
		if err := cmp.Or(err, f.Close()); err != nil {
			return err
		}
		fmt.Fprintf(c.out, "new     %s\n", file.File)
	}
	return nil
}

// acceptNew records that the new translations match their sources.
func acceptNew(dir string, langs []string, c console) error {
	work := workDir{dirFlag{dir: dir}}
	folders, _ := work.reopen()
	articles, found := library.Load(folders["content"])
	if err := refuse(found, c.err); err != nil {
		return err
	}
	var changes []textedit.Change
	for _, lang := range langs {
		change, err := articles.AcceptAll(folders["content"], lang)
		if err != nil {
			return err
		}
		if !bytes.Equal(change.Was, change.Is) {
			changes = append(changes, change)
		}
	}
	return work.write(folders, changes, c.out)
}
