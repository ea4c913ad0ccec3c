package main

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site/article"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
	"helpcenter/site/source"
	"helpcenter/site/testsample"
	"helpcenter/site/textedit"
)

// shippedHouse writes the shipped articles and rules into a folder.
func shippedHouse(t *testing.T) string {
	dir := t.TempDir()
	for folder, files := range map[string]fs.FS{
		"content": sitetest.BilingualContent(), "locales": locales.Files, "rules": rules.Files,
	} {
		if err := os.CopyFS(filepath.Join(dir, folder), files); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// call runs the program, which must succeed, and returns its output. Tests do not share caches.
func call(t *testing.T, args ...string) string {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var out, log bytes.Buffer
	if code := run(t.Context(), args, testConsole(&out, &log)); code != exitFine {
		t.Fatalf("helpcenter %s: exit %d\n%s", strings.Join(args, " "), code, &log)
	}
	return out.String()
}

// Every shipped article can be moved to another product and back, with rules and pictures. Only an alias remains;
// nothing else changes.
func TestMoveShipped(t *testing.T) {
	sitetest.WithoutRaces(t)
	dir := shippedHouse(t)
	library, _ := library.Load(sitetest.BilingualContent())
	originals := slices.DeleteFunc(library.Articles, func(a *article.Article) bool {
		return a.Lang != library.Site.DefaultLanguage
	})
	for _, a := range testsample.Of(originals, 3) {
		elsewhere := "openvoice/site/moved-" + path.Base(a.Path)
		call(t, "move", a.Path, elsewhere, "--dir", dir)
		call(t, "move", elsewhere, a.Path, "--dir", dir)
	}
	if drift := call(t, "translations", "--dir", dir); drift != "" {
		t.Errorf("translations drift since they were moved:\n%s", drift)
	}
	if found := call(t, "lint", "--dir", dir, "--strict"); found != "" {
		t.Errorf("lint finds\n%s", found)
	}
	for folder, files := range map[string]fs.FS{"content": sitetest.BilingualContent(), "rules": rules.Files} {
		sameButAliases(t, files, os.DirFS(filepath.Join(dir, folder)))
		sameButAliases(t, os.DirFS(filepath.Join(dir, folder)), files)
	}
}

// sameButAliases checks that one and other have the same files, except for lines of aliases.
func sameButAliases(t *testing.T, one, other fs.FS) {
	t.Helper()
	err := fs.WalkDir(one, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		a, err := fs.ReadFile(one, name)
		if err != nil {
			return err
		}
		b, err := fs.ReadFile(other, name)
		if string(withoutAliases(a)) != string(withoutAliases(b)) {
			t.Errorf("%s has changed", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func withoutAliases(text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	return bytes.Join(slices.DeleteFunc(lines, func(l []byte) bool { return bytes.HasPrefix(l, []byte("aliases = ")) }),
		nil)
}

// An article that a rule cites is not retired unless another takes its place.
func TestRetireCited(t *testing.T) {
	dir := shippedHouse(t)
	var log bytes.Buffer
	code := run(t.Context(), []string{"retire", "goto-meeting/billing/free-trial", "--dir", dir}, testConsole(&log, &log))
	if code != exitFindings || !strings.Contains(log.String(), "rules/cancel-online.toml:") {
		t.Errorf("exit %d\n%s", code, &log)
	}
}

// Either all files are written or none.
func TestWriteChanges(t *testing.T) {
	const asItWas = "content/en/a.md=a content/en/tea/c.md=c"
	for _, test := range []struct {
		name    string
		changes []textedit.Change
		want    string // the files afterwards
	}{
		{"changed, new and removed", []textedit.Change{
			{File: "content/en/a.md", Was: []byte("a"), Is: []byte("A")},
			{File: "content/en/x/y/b.md", Is: []byte("B")},
			{File: "content/en/tea/c.md", Was: []byte("c")},
		}, "content/en/a.md=A content/en/x/y/b.md=B"},
		{"changed meanwhile", []textedit.Change{
			{File: "content/en/b.md", Is: []byte("B")},
			{File: "content/en/a.md", Was: []byte("older"), Is: []byte("A")},
		}, asItWas},
		{"there meanwhile", []textedit.Change{{File: "content/en/a.md", Is: []byte("A")}}, asItWas},
		{"gone meanwhile", []textedit.Change{{File: "content/en/b.md", Was: []byte("b"), Is: []byte("B")}}, asItWas},
		{"one of them cannot be written", []textedit.Change{
			{File: "content/en/a.md", Was: []byte("a"), Is: []byte("A")},
			{File: "content/en/new/b.md", Is: []byte("B")},
			{File: "content/en/tea/c.md", Was: []byte("c")},
			{File: "content/en/new", Is: []byte("a folder by now")},
		}, asItWas},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			os.MkdirAll(filepath.Join(dir, "content/en/tea"), 0o755)
			os.WriteFile(filepath.Join(dir, "content/en/a.md"), []byte("a"), 0o644)
			os.WriteFile(filepath.Join(dir, "content/en/tea/c.md"), []byte("c"), 0o644)
			folders, _, err := source.Open(dir, builtIn())
			if err != nil {
				t.Fatal(err)
			}
			if err := writeChanges(dir, folders, test.changes); (err != nil) != (test.want == asItWas) {
				t.Errorf("error %v", err)
			}
			var files []string
			fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					data, _ := os.ReadFile(filepath.Join(dir, name))
					files = append(files, name+"="+string(data))
				}
				return err
			})
			if got := strings.Join(files, " "); got != test.want {
				t.Errorf("files are %s, want %s", got, test.want)
			}
		})
	}
}
