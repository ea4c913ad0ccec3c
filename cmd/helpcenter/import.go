package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"helpcenter/site/civil"
	"helpcenter/site/history"
	"helpcenter/site/importer"
	"helpcenter/site/library"
)

var importCommand = command{
	name: "import", args: "TOOL SRC", least: 2, most: 2,
	short: "bring in the articles of Hugo, Docusaurus, Zendesk or plain Markdown",
	long: `TOOL is hugo, docusaurus, zendesk or markdown. SRC is the folder of its site; for
zendesk, a JSON file from its API or a folder of such files. Articles, pictures and
old addresses (as redirects) go to DIR, and content/site.toml if DIR has none. The
result has no errors: what an article cannot have is written another way or left out,
and the report lists each place.

If SRC is in a Git repository, articles without a date get the date of their last
commit, and each translation is recorded with the version of the original that it
translates.`,
	action: func() action { return new(importSite) },
}

type importSite struct {
	dir, language, baseURL, report string
}

func (i *importSite) flags(f *pflag.FlagSet) {
	f.StringVar(&i.baseURL, "base-url", "", "the `URL` of the site in SRC, for links to pages that SRC lacks "+
		"(default: as configured)")
	f.StringVar(&i.dir, "dir", "", "the help center to import into; `DIR` may be new")
	f.StringVar(&i.language, "lang", "", "the `LANGUAGE` of articles whose path names none "+
		"(default: as configured, or en)")
	f.StringVar(&i.report, "report", "", "write the report to `FILE` instead of standard output")
}

func (i *importSite) run(_ context.Context, c console, args []string) error {
	tool := newChoice(importer.Kinds...)
	if err := tool.Set(args[0]); err != nil {
		return usagef("TOOL %w", err)
	}
	if i.dir == "" {
		return usagef("give the help center to import into: --dir DIR")
	}
	src, err := openSource(args[1])
	if err != nil {
		return usagef("%w", err)
	}
	o := importer.Options{
		Kind: tool.value, Source: src, Language: i.language, BaseURL: i.baseURL,
		Day: civil.DateOf(c.now()),
	}
	if past, err := history.Open(args[1]); err == nil {
		o.History = past
	}
	if _, err := os.Stat(filepath.Join(i.dir, library.SiteFile)); err == nil {
		o.Existing = os.DirFS(i.dir)
	}
	result, err := importer.Import(o)
	if err != nil {
		return err
	}
	for _, change := range result.Changes {
		path := filepath.Join(i.dir, filepath.FromSlash(change.File))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, change.Is, 0o644); err != nil {
			return err
		}
	}
	if err := i.write(result.Report, c.out); err != nil {
		return err
	}
	fmt.Fprintf(c.err, "%s written to %s; next: helpcenter lint --dir %[2]s\n", number(len(result.Changes), "file"), i.dir)
	return nil
}

// write writes the report to the file of --report, or to out.
func (i *importSite) write(report importer.Report, out io.Writer) error {
	if i.report == "" {
		return report.Write(out)
	}
	var b bytes.Buffer
	report.Write(&b)
	return os.WriteFile(i.report, b.Bytes(), 0o644)
}

// openSource opens a folder, or a folder that lists just one file.
func openSource(path string) (fs.FS, error) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return os.DirFS(path), err
	}
	return oneFile{os.DirFS(filepath.Dir(path)), filepath.Base(path)}, nil
}

// oneFile is a file system that lists a single file.
type oneFile struct {
	fs.FS
	name string
}

// ReadDir implements [fs.ReadDirFS].
func (o oneFile) ReadDir(string) ([]fs.DirEntry, error) {
	info, err := fs.Stat(o.FS, o.name)
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}
