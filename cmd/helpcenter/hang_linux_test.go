package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// No command blocks on a file that is not a regular file: that is an error that names the file.
func TestSpecialFiles(t *testing.T) {
	sitetest.WithoutRaces(t)
	for _, name := range testsample.Of([]string{
		"content/site.toml", "content/en/tea/brewing/green.md", "content/translations.it.toml", "content/images/x.png",
		"locales/active.en.toml", "locales/synonyms.it.toml", "locales/glossary.toml", "rules/x.toml",
		"site/templates/article.html", "site/assets/site.css", "site/assets/x.js",
	}, 4) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for folder, files := range builtIn() {
				if folder != "content" {
					folder = filepath.Join(dir, folder)
					if err := os.CopyFS(folder, files); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := os.RemoveAll(filepath.Join(dir, "rules")); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(dir, os.DirFS("testdata/house")); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, name)
			os.Remove(path)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := unix.Mkfifo(path, 0o644); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{
				{"lint", "--no-cache"}, {"build", "--no-cache", "--out", filepath.Join(dir, "public")},
				{"serve", "--no-cache", "--addr", "127.0.0.1:0"},
			} {
				var said bytes.Buffer
				code := run(t.Context(), append(args, "--dir", dir), testConsole(&said, &said))
				if code != exitFindings || !strings.Contains(said.String(), name) {
					t.Errorf("%s: exit %d, want an error in %s\n%s", args[0], code, name, &said)
				}
			}
		})
	}
}

// The first signal ends a command that waits for something that never comes.
func TestSignalEndsCommand(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM} {
		pipe := filepath.Join(t.TempDir(), "pipe.toml")
		if err := unix.Mkfifo(pipe, 0o644); err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		cmd := exec.Command("helpcenter", "rules", "diff", pipe, pipe)
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		hung := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
		f, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits until the command reads
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		hung.Stop()
		f.Close()
		if code := cmd.ProcessState.ExitCode(); code != exitFindings || !strings.Contains(said.String(), "signal") {
			t.Errorf("%s: exit %d: %s", signal, code, &said)
		}
	}
}

// Only its owner can read the cache.
func TestCacheIsPrivate(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	call := []string{"build", "--dir", "testdata/house", "--out", filepath.Join(dir, "public")}
	var said bytes.Buffer
	if code := run(t.Context(), call, testConsole(&said, &said)); code != exitFine {
		t.Fatalf("exit %d: %s", code, &said)
	}
	filepath.Walk(filepath.Join(dir, "cache"), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: mode %v, error %v", path, info.Mode(), err)
		}
		return nil
	})
}
