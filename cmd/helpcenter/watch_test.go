package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
