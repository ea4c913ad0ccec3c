package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/sitetest"
	"helpcenter/site/source"
)

// moment is the current time in tests of the program, in seconds since 1970: 2026-11-22.
const moment = 1795305600

// testConsole returns a console at that moment.
func testConsole(out, err io.Writer) console {
	return console{out, err, func() time.Time { return time.Unix(moment, 0).UTC() }}
}

// siteOf returns the site of a folder, at that moment.
func siteOf(t *testing.T, dir string) *site.Site {
	t.Helper()
	folders, _, err := source.Open(dir, bilingual())
	if err != nil {
		t.Fatal(err)
	}
	s, found := loadSite(folders, "", time.Unix(moment, 0).UTC())
	if diag.HasErrors(found) {
		t.Fatal(found)
	}
	return s
}

func siteOfEach(t *testing.T, dirs [2]string) [2]*site.Site {
	t.Helper()
	return [2]*site.Site{siteOf(t, dirs[0]), siteOf(t, dirs[1])}
}

// copyFolders writes the built-in folders to where a writer can change them.
func copyFolders(t *testing.T, dir string) {
	t.Helper()
	for folder, files := range bilingual() {
		if err := os.CopyFS(filepath.Join(dir, folder), files); err != nil {
			t.Fatal(err)
		}
	}
}

// retitle gives the site another name, which is on every page, and adds an article to a category.
func retitle(t *testing.T, dir, category string) {
	t.Helper()
	config := filepath.Join(dir, "content/site.toml")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	replaceIn(t, config, string(regexp.MustCompile(`(?m)^name = \{.*$`).Find(text)),
		`name = { en = "The other help center", it = "Un altro centro assistenza" }`)
	sitetest.Write(t, filepath.Join(dir, "content/en", category, "an-article-more.md"), articleOf("An article more"))
}

// articleOf returns an article with a title.
func articleOf(title string) []byte {
	return fmt.Appendf(nil, "+++\ntitle = %q\ndescription = \"It stands in one version alone.\"\n"+
		"updated = 2026-03-01\n+++\n\nThat is all.\n", title)
}

func replaceIn(t *testing.T, path, old, new string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	if err := os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(new), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// versionsOf writes the folders of two versions that differ on every page, and of a broken one, below dir.
func versionsOf(t *testing.T, dir string) (good [2]string, broken string) {
	t.Helper()
	good = [2]string{filepath.Join(dir, "version0"), filepath.Join(dir, "version1")}
	broken = filepath.Join(dir, "broken")
	for _, d := range append(good[:], broken) {
		copyFolders(t, d)
	}
	retitle(t, good[1], "goto-meeting/billing")
	replaceIn(t, filepath.Join(broken, brokenArticle), "\n\n", "\n\n[Nothing](nothing.md)\n\n")
	return good, broken
}

const brokenArticle = "content/en/goto-meeting/billing/free-trial.md"
