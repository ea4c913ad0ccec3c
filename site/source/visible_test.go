package source_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/article"
	"helpcenter/site/source"
)

// leftovers are files that nobody means to publish.
var leftovers = []string{
	".DS_Store", ".#x.toml", ".x.toml.swp", "#x.toml#", "x.toml~", "4913", "x.toml.swp", "x.toml.orig", "x.toml.rej",
	"x.toml.bak", "x.toml.tmp", "x.toml___jb_tmp___", "x.toml___jb_old___", "Thumbs.db", "ehthumbs.db", "desktop.ini",
}

// No folder, nor any folder in it, lists what editors and systems leave behind, however it is read.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	empty := source.Folders{}
	for _, folder := range source.Names {
		empty[folder] = fstest.MapFS{}
		for _, name := range append([]string{"x.toml", "4913.md", "swp"}, leftovers...) {
			write(filepath.Join(folder, name))
			write(filepath.Join(folder, "below", name))
		}
	}
	folders, _, err := source.Open(dir, empty)
	if err != nil {
		t.Fatal(err)
	}
	check := func(fsys fs.FS, name string) {
		t.Helper()
		entries, err := fs.ReadDir(fsys, name)
		var got []string
		for _, e := range entries {
			if !e.IsDir() {
				got = append(got, e.Name())
			}
		}
		if want := "4913.md swp x.toml"; err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s has %q, want %s (%v)", name, got, want, err)
		}
	}
	for _, folder := range source.Names {
		check(folders[folder], ".")
		check(folders[folder], "below")
		check(folders, folder)
		check(folders.With(nil), folder)
		below, err := fs.Sub(folders[folder], "below")
		if err != nil {
			t.Fatal(err)
		}
		check(below, ".")
	}
	folders.Record(article.Sum{1})
	check(folders, "content")

	f, err := folders.Open("rules")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for n := 0; ; n++ { // one at a time
		list, err := f.(fs.ReadDirFile).ReadDir(1)
		if err != nil {
			if n != 4 {
				t.Errorf("%d entries were read one by one, want 4", n)
			}
			break
		}
		if len(list) != 1 {
			t.Fatalf("%d entries, want 1", len(list))
		}
	}
}

// A folder may be a symbolic link within the directory. One that leads out of it is refused with a reason.
func TestLinkedFolder(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "content")
	for target, want := range map[string]string{"docs": "", outside: "symbolic link", "nowhere": "it has none of"} {
		os.Remove(link)
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
		_, _, err := source.Open(dir, source.Folders{})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("content -> %s: %v, want %q", target, err, want)
		}
	}
}

// Words of the interface show through where a directory has none.
func TestLent(t *testing.T) {
	dir := t.TempDir()
	own := fstest.MapFS{"interface.en.toml": {}, "active.en.toml": {}}
	if err := os.CopyFS(filepath.Join(dir, "locales"), own); err != nil {
		t.Fatal(err)
	}
	words := fstest.MapFS{"interface.en.toml": {}, "interface.de.toml": {}, "active.en.toml": {}}
	folders, _, err := source.Open(dir, source.Folders{"locales": words})
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range []bool{false, true} {
		if record {
			folders.Record(article.Sum{})
		}
		for name, want := range map[string]bool{
			"locales/interface.de.toml": true,
			"locales/interface.en.toml": false,
			"locales/active.en.toml":    false,
			"content/it/a.md":           false,
		} {
			if got := folders.Lent(name); got != want {
				t.Errorf("recorded %t: Lent(%s) is %t", record, name, got)
			}
		}
	}
}
