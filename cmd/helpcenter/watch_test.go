package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// becomes waits until an address answers with a text.
func becomes(t *testing.T, url, want string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if _, body := fetch(t, url); strings.Contains(body, want) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not come to say %q", url, want)
		}
	}
}

// TestWatch saves files as editors do.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/house")); err != nil {
		t.Fatal(err)
	}
	base, stop := startServe(t, "--watch", "--dir", dir)
	defer stop()
	brewing := filepath.Join(dir, "content/en/tea/brewing")
	green := filepath.Join(brewing, "green.md")
	text, err := os.ReadFile(green)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, add string) {
		t.Helper()
		if err := os.WriteFile(name, append(text[:len(text):len(text)], "\n"+add+"\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page := base + "en/tea/brewing/green/"

	write(green, "Written in place.")
	becomes(t, page, "Written in place.")

	write(filepath.Join(brewing, ".green.md.new"), "Written beside it.")
	if err := os.Rename(filepath.Join(brewing, ".green.md.new"), green); err != nil {
		t.Fatal(err)
	}
	becomes(t, page, "Written beside it.")

	if err := os.Rename(green, green+"~"); err != nil {
		t.Fatal(err)
	}
	write(green, "Written after a copy was kept.")
	becomes(t, page, "Written after a copy was kept.")
	if err := os.Remove(green + "~"); err != nil { // content would refuse it
		t.Fatal(err)
	}

	other := filepath.Join(brewing, "white.md")
	write(other, "A new article.")
	becomes(t, base+"en/tea/brewing/white/", "A new article.")
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if status, _ := fetch(t, base+"en/tea/brewing/white/"); status == http.StatusNotFound {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("an article that is gone is still shown")
		}
	}
}

// A save is named by its files, and not by those that editors make for themselves.
func TestFilesOfASave(t *testing.T) {
	w := &watcher{dir: t.TempDir()}
	batch := map[string]bool{}
	for _, name := range []string{"rules/.x.toml.swp", "rules/x.toml~", "public/index.html", "README.md", "rules/4913", "rules/x.toml"} {
		name = filepath.Join(w.dir, filepath.FromSlash(name))
		touch(t, name)
		w.note(fsnotify.Event{Name: name, Op: fsnotify.Create}, batch)
		if filepath.Base(name) == "4913" {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			w.note(fsnotify.Event{Name: name, Op: fsnotify.Remove}, batch)
		}
	}
	if got := w.lasting(batch); !slices.Equal(got, []string{"rules/x.toml"}) {
		t.Errorf("the save is of %q, want rules/x.toml", got)
	}
}

// touch writes a file, and the folders above it.
func touch(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWatcher hears of files in a folder that is there, and in one that comes.
func TestWatcher(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "rules"), 0o755); err != nil {
		t.Fatal(err)
	}
	w, err := watch(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	saves := make(chan string, 10)
	go w.follow(func(files []string) { saves <- strings.Join(files, " ") })
	touch(t, filepath.Join(dir, "rules", "x.toml"))
	if got := <-saves; got != "rules/x.toml" {
		t.Errorf("the save is of %q, want rules/x.toml", got)
	}
	touch(t, filepath.Join(dir, "site", "templates", "layout.html"))
	for deadline := time.After(time.Minute); ; {
		select {
		case got := <-saves:
			if strings.Contains(got, "site") {
				return
			}
		case <-deadline:
			t.Fatal("a folder that has come is not watched")
		}
	}
}
