package publish_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/publish"
	"helpcenter/site/testdir"
)

// publishOne publishes a site of one page in dir. It calls meanwhile between making the page and publishing it.
func publishOne(t *testing.T, dir, page string, meanwhile func()) error {
	t.Helper()
	return publish.PublishFile(t.Context(), dir, "index.html", []byte(page), []byte("0000  index.html\n"), meanwhile)
}

func nothing() {}

// A file added to the folder while a build runs is not lost.
func TestFilesThatComeMeanwhile(t *testing.T) {
	parent := testdir.InMemory(t)
	dir := filepath.Join(parent, "public")
	if err := publishOne(t, dir, "old", nothing); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(dir, "it", "mine.txt")
	err := publishOne(t, dir, "new", func() {
		if err := errors.Join(os.Mkdir(filepath.Dir(mine), 0o755), os.WriteFile(mine, []byte("mine"), 0o644)); err != nil {
			t.Fatal(err)
		}
	})
	var foreign *publish.ForeignFilesError
	if !errors.As(err, &foreign) || !slices.Equal(foreign.Files, []string{"it/mine.txt"}) {
		t.Errorf("it ended with %v", err)
	}
	want := map[string]string{
		"/public/index.html":      "old",
		"/public/it/mine.txt":     "mine",
		"/public/manifest.sha256": "0000  index.html\n",
	}
	if got := tree(t, parent); !maps.Equal(got, want) {
		t.Errorf("there is %v, want %v", got, want)
	}
}

// If the folder is a symbolic link, the folder it leads to is replaced and the link stays.
func TestPublishThroughALink(t *testing.T) {
	parent, elsewhere := testdir.InMemory(t), testdir.InMemory(t)
	link, dir := filepath.Join(parent, "public"), filepath.Join(elsewhere, "site")
	if err := errors.Join(os.Mkdir(dir, 0o755), os.Symlink(dir, link)); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"old", "new"} {
		if err := publishOne(t, link, page, nothing); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{"/site/index.html": "new", "/site/manifest.sha256": "0000  index.html\n"}
	if got := tree(t, elsewhere); !maps.Equal(got, want) {
		t.Errorf("there is %v, want %v", got, want)
	}
	if to, err := os.Readlink(link); err != nil || to != dir {
		t.Errorf("the link leads to %q: %v", to, err)
	}
}

func TestPublishInPlaceOfAFile(t *testing.T) {
	file := filepath.Join(testdir.InMemory(t), "public")
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := publishOne(t, file, "new", nothing); err == nil {
		t.Error("a file was replaced by a site")
	}
	if data, _ := os.ReadFile(file); string(data) != "mine" {
		t.Errorf("the file holds %q", data)
	}
}

// Linking a file twice is an error, and the original stays as it is.
func TestLinkTwice(t *testing.T) {
	dir := testdir.InMemory(t)
	old, path := filepath.Join(dir, "old"), filepath.Join(dir, "new")
	if err := os.WriteFile(old, []byte("page"), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(old)
	if err != nil {
		t.Fatal(err)
	}
	if err := publish.LinkOrCopy(old, path, info); err != nil {
		t.Fatal(err)
	}
	if err := publish.LinkOrCopy(old, path, info); !errors.Is(err, os.ErrExist) {
		t.Errorf("it ended with %v", err)
	}
	if got, want := tree(t, dir), map[string]string{"/old": "page", "/new": "page"}; !maps.Equal(got, want) {
		t.Errorf("there is %v, want %v", got, want)
	}
}

// RemoveFolder removes the folder, or a link in its place, but nothing that links lead to.
func TestRemoveFolderFollowsNoLink(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	precious := filepath.Join(outside, "a", "b", "precious")
	if err := os.MkdirAll(filepath.Dir(precious), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(precious, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	temp, link := filepath.Join(dir, "temp"), filepath.Join(dir, "link")
	if err := os.MkdirAll(filepath.Join(temp, "it", "cloud"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		filepath.Join(temp, "en"), filepath.Join(temp, "it", "en"), filepath.Join(temp, "it", "cloud", "en"), link,
	} {
		if err := os.Symlink(outside, name); err != nil {
			t.Skip(err)
		}
	}
	for _, folder := range []string{temp, link, filepath.Join(dir, "none")} {
		if err := publish.RemoveFolder(folder); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(folder); !os.IsNotExist(err) {
			t.Errorf("%s is still there", folder)
		}
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error("what a link led to is gone")
	}
}

// Folders that hold more than a site are refused with the reason, even when reached through links.
func TestCheckFolder(t *testing.T) {
	parent := testdir.InMemory(t)
	home, sources := filepath.Join(parent, "home/me"), filepath.Join(parent, "home/me/help")
	if err := os.MkdirAll(sources, 0o755); err != nil {
		t.Fatal(err)
	}
	link, dangling := filepath.Join(parent, "link"), filepath.Join(parent, "dangling")
	if err := errors.Join(os.Symlink(sources, link), os.Symlink("nowhere", dangling)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	for _, test := range []struct {
		dir, sources string
		want         string // part of the error
	}{
		{"/", "", "the root folder"},
		{"/..", "", "the root folder"},
		{home, "", "the home folder"},
		{filepath.Join(sources, ".."), "", "the home folder"},
		{filepath.Dir(home), "", "contains the home folder"},
		{parent, sources, "contains the home folder"},
		{sources, sources, "the folder of --dir"},
		{link, sources, "the folder of --dir"},
		{sources, link, "the folder of --dir"},
		{parent, filepath.Join(parent, "new"), "contains"},
		{dangling, "", "symbolic link to nowhere"},
		{filepath.Join(sources, "public"), sources, ""},
		{filepath.Join(link, "public"), sources, ""},
		{sources + "2", sources, ""},
		{filepath.Join(parent, "new"), sources, ""},
		{sources, "", ""},
	} {
		err := publish.CheckFolder(test.dir, test.sources)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s, made from %q: %v, want %q", test.dir, test.sources, err, test.want)
		}
	}
}
