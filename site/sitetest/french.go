package sitetest

import (
	"io/fs"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
)

// Overlay is a room with files put over it.
func Overlay(t testing.TB, room fs.FS, files map[string][]byte) fstest.MapFS {
	t.Helper()
	over := fstest.MapFS{}
	err := fs.WalkDir(room, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(room, name)
		over[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		over[name] = &fstest.MapFile{Data: data}
	}
	return over
}

// French is the help center with a third language: a folder with one article, a
// file with some words, and lines in site.toml.
func French(t testing.TB) (*site.Site, []diag.Finding) {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/french/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	toml, err := fs.ReadFile(content.Files, "site.toml")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\{ en = ("[^"]*")`).ReplaceAll(toml, []byte(`{ fr = $1, en = $1`))
	named = append(named, "\n[[language]]\ntag = \"fr\"\nname = \"français\"\n"...)

	in := Input(t)
	var found, more []diag.Finding
	in.Library, found = library.Load(Overlay(t, content.Files, map[string][]byte{
		"site.toml": named, "fr/goto-meeting/billing/free-trial.md": read("free-trial.md"),
	}))
	FailOnErrors(t, found)
	in.Words, more = locale.Load(Overlay(t, locales.Files, map[string][]byte{"active.fr.toml": read("active.fr.toml")}), []string{"it", "en", "fr"}, "en")
	found = append(found, more...)
	FailOnErrors(t, found)
	s, more := site.New(in)
	FailOnErrors(t, more)
	return s, append(found, more...)
}

func FailOnErrors(t testing.TB, found []diag.Finding) {
	t.Helper()
	for _, f := range found {
		if f.Severity == diag.Error {
			t.Error(f)
		}
	}
	if diag.HasErrors(found) {
		t.FailNow()
	}
}
