package source_test

import (
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/sys/unix"

	"helpcenter/site/article"
	"helpcenter/site/source"
)

// builtIn returns empty folders, as a program with nothing built in would have.
func builtIn() source.Folders {
	folders := source.Folders{}
	for _, name := range source.Names {
		folders[name] = fstest.MapFS{}
	}
	return folders
}

// In every folder, anything but a regular file of a sensible size is an error that names it, and opening it does
// not block.
func TestOnlyRegularFiles(t *testing.T) {
	kinds := map[string]struct {
		make func(path string) error
		want string
	}{
		"fifo": {func(path string) error { return unix.Mkfifo(path, 0o644) }, "not a regular file"},
		"socket": {func(path string) error {
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
			if err == nil {
				t.Cleanup(func() { l.Close() })
			}
			return err
		}, "not a regular file"},
		"large": {func(path string) error {
			f, err := os.Create(path)
			if err == nil {
				err = f.Truncate(2 << 30)
				f.Close()
			}
			return err
		}, "larger than"},
		"link out":     {func(path string) error { return os.Symlink("/dev/zero", path) }, "escapes"},
		"link to fifo": {func(path string) error { return os.Symlink("fifo.css", path) }, "not a regular file"},
	}
	dir := t.TempDir()
	for _, folder := range source.Names {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, ext := range []string{".toml", ".md", ".html", ".css", ""} {
			for kind, k := range kinds {
				if err := k.make(filepath.Join(dir, folder, kind+ext)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	folders, _, err := source.Open(dir, builtIn())
	if err != nil {
		t.Fatal(err)
	}
	check := func(fsys fs.FS, name, want string) {
		_, err := fs.ReadFile(fsys, name)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), filepath.Base(name)) {
			t.Errorf("%s: %v, want an error with %q", name, err, want)
		}
	}
	for _, folder := range source.Names {
		for _, ext := range []string{".toml", ".md", ".html", ".css", ""} {
			for kind, k := range kinds {
				check(folders, folder+"/"+kind+ext, k.want)
				check(folders[folder], kind+ext, k.want)
				check(folders.With(nil), folder+"/"+kind+ext, k.want)
			}
		}
	}
	folders.Record(article.Sum{1})
	check(folders, "rules/fifo.toml", "not a regular file")
}

// A file that grows while it is read is bounded too.
func TestGrowingFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "rules", "x.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	folders, _, err := source.Open(dir, builtIn())
	if err != nil {
		t.Fatal(err)
	}
	f, err := folders.Open("rules/x.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Skip(err)
	}
	if n, err := io.Copy(io.Discard, f); err == nil || n > 1<<30 {
		t.Errorf("%d bytes were read, error %v", n, err)
	}
}
