package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"helpcenter/site/publish"
	"helpcenter/site/source"
	"helpcenter/site/testdir"
	"helpcenter/site/testsample"
)

// A hookedFolder calls before whenever it opens an article.
type hookedFolder struct {
	fs.FS
	before func()
}

func (r hookedFolder) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		r.before()
	}
	return r.FS.Open(name)
}

// A change that is saved while a site is made, and undone later, is not on its pages: the cache belongs to the
// files that were read.
func TestSavedMeanwhile(t *testing.T) {
	dir := testdir.InMemory(t)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	src, out := filepath.Join(dir, "src"), filepath.Join(dir, "out")
	copyFolders(t, src)
	for _, folder := range []string{"content", "rules"} {
		if err := os.RemoveAll(filepath.Join(src, folder)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(src, os.DirFS("testdata/house")); err != nil {
		t.Fatal(err)
	}
	template := filepath.Join(src, "site/templates/article.html")
	before, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	publish := func(out string, off bool, hook func()) {
		t.Helper()
		folders, _, err := source.Open(src, builtIn())
		if err != nil {
			t.Fatal(err)
		}
		folders["content"] = hookedFolder{folders["content"], hook}
		flag := cacheFlag{off: off}
		kept := flag.open(src)
		kept.record(folders, nameOf(out))
		l := loader{folders: folders, now: time.Unix(moment, 0), kept: kept, log: slog.New(slog.DiscardHandler)}
		s, _ := l.site()
		state := kept.ofSite("site")
		if _, err := publish.Build(t.Context(), s, out, publish.BuildOptions{State: state}); err != nil {
			t.Fatal(err)
		}
		kept.save(kept.articles, io.Discard)
		kept.save(state, io.Discard)
	}
	save := func(data []byte) {
		if err := os.WriteFile(template, data, 0o644); err != nil {
			t.Error(err)
		}
	}
	publish(out, false, func() { save(bytes.Replace(before, []byte("<h1"), []byte("<p>Withdrawn.</p><h1"), 1)) })
	save(before)
	publish(out, false, func() {})
	publish(out+"2", true, func() {})
	if err := subTree(os.DirFS(out), os.DirFS(out+"2")); err != nil {
		t.Error(err)
	}
}

// A refused build caches what it has read, so that the next one, after the mistake is corrected, reads only that
// file.
func TestRefusedBuildKeeps(t *testing.T) {
	dir := testdir.InMemory(t)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	src := filepath.Join(dir, "src")
	copyFolders(t, src)
	replaceIn(t, filepath.Join(src, "content/en/goto-meeting/billing/free-trial.md"), "description =", "nothing =")
	if code := run(context.Background(), []string{"build", "--dir", src, "--out", filepath.Join(dir, "out")},
		testConsole(io.Discard, io.Discard)); code != exitFindings {
		t.Fatalf("the build ends with %d", code)
	}
	kept, _ := filepath.Glob(filepath.Join(dir, "cache/helpcenter/dir-*/articles"))
	if len(kept) != 1 {
		t.Errorf("kept is %q", kept)
	}
}

// Without a place for the cache, a build gives the same result, and says once that the next one will be slower.
func TestUnwritableCache(t *testing.T) {
	dir := testdir.InMemory(t)
	file := filepath.Join(dir, "cache")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", file)
	var said bytes.Buffer
	if code := run(t.Context(), []string{"build", "--dir", "testdata/house", "--out", filepath.Join(dir, "out")},
		testConsole(io.Discard, &said)); code != 0 {
		t.Fatalf("the build ends with %d: %s", code, &said)
	}
	if n := strings.Count(said.String(), "cannot write the cache"); n != 1 {
		t.Errorf("it is said %d times: %s", n, &said)
	}
}

// What has not been used for long is removed.
func TestTrim(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	for name, age := range map[string]time.Duration{"dir-new": 0, "dir-old": 48 * time.Hour} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Join(path, "articles"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	trim(dir, now.Add(-24*time.Hour))
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 || filepath.Base(left[0]) != "dir-new" {
		t.Errorf("left are %q", left)
	}
}

// A build from files with the sizes and times of the last build prints the same and changes nothing. Any other
// change to what is read, to the options, the time or the folder is noticed.
func TestNothingChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("one after another, and long")
	}
	testsample.Skip(t)
	dir := testdir.InMemory(t)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	src, out := filepath.Join(dir, "src"), filepath.Join(dir, "out")
	copyFolders(t, src)
	past := time.Now().Add(-time.Hour)
	settle := func() {
		t.Helper()
		err := filepath.WalkDir(src, func(path string, _ fs.DirEntry, err error) error {
			return errors.Join(err, os.Chtimes(path, past, past))
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond) // so that a change from now on gets another time
	}
	settle()
	build := func(options ...string) (said string) {
		t.Helper()
		var b bytes.Buffer
		args := append([]string{"build", "--dir", src, "--out", out}, options...)
		if code := run(t.Context(), args, testConsole(&b, &b)); code != 0 {
			t.Fatalf("the build ends with %d: %s", code, &b)
		}
		return regexp.MustCompile(`in [0-9.µms]+\n`).ReplaceAllString(b.String(), "\n")
	}
	page, article := filepath.Join(out, "en/goto-meeting/billing/free-trial/index.html"),
		filepath.Join(src, "content/en/goto-meeting/billing/free-trial.md")
	read := func(path string) string {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build()
	second := build()
	if !regexp.MustCompile(`out: [1-9][0-9]* files, .* 0 written`).MatchString(second) {
		t.Errorf("the second build says %q", second)
	}
	if third := build(); second != third || !strings.Contains(third, " 0 written") {
		t.Errorf("nothing has changed, and it says %q, then %q", second, third)
	}

	before := read(page)
	was := read(article)
	write(article, strings.Replace(was, "trial", "Trial", 1))
	settle() // same size and time
	if build(); runtime.GOOS == "linux" && read(page) == before {
		t.Error("an article of the same size and time that has changed was not read again")
	}
	write(article, was)
	if build(); read(page) != before {
		t.Error("an article that has just changed was not read again")
	}
	settle()
	build()
	write(page, strings.Replace(before, "trial", "TRIAL", 1))
	if build(); read(page) != before {
		t.Error("a page that was changed in the folder was not mended")
	}
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	if build(); read(page) != before {
		t.Error("a page that was removed from the folder was not made again")
	}
	if build("--no-twins"); exists(strings.TrimSuffix(page, "/index.html") + ".md") {
		t.Error("another option made the same")
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// A program is identified by its build ID, or else by all of its bytes.
func TestBuildID(t *testing.T) {
	program, err := openProgram()
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	if id := buildID(program); id == nil && runtime.GOOS == "linux" {
		t.Error("this program has no build ID")
	}
	if id := buildID(strings.NewReader("no program")); id != nil {
		t.Errorf("a text has the build ID %q", id)
	}
}
