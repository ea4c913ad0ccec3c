package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"helpcenter/site/diag"
	"helpcenter/site/sitetest"
	"helpcenter/site/source"
	"helpcenter/site/testsample"
)

// No symbolic link leads out of --dir: not from any folder, not to a file or a folder, neither absolute nor
// relative. The error names the file, and nothing it leads to is read.
func TestLinksLeadNowhere(t *testing.T) {
	sitetest.WithoutRaces(t)
	const secret = "keep this to yourself"
	for _, test := range testsample.Of([]struct{ link, to string }{
		{"content/site.toml", "site.toml"},
		{"content/en/goto-meeting/billing/other.md", "other.md"},
		{"content/en/goto-meeting/billing/cancel-subscription.md", "other.md"},
		{"content/en", "folder"},
		{"content/it/goto-meeting", "folder"},
		{"content/images/other.svg", "other.svg"},
		{"locales/active.it.toml", "other.toml"},
		{"rules/cancel-online.toml", "other.toml"},
		{"site/templates/layout.html", "other.html"},
		{"site/assets/site.css", "other.css"},
		{"content", "folder"},
		{"locales", "folder"},
		{"rules", "folder"},
		{"site/templates", "folder"},
		{"site/assets", "folder"},
	}, 5) {
		for _, relative := range []bool{false, true} {
			base := t.TempDir()
			dir, outside := filepath.Join(base, "dir"), filepath.Join(base, "outside")
			for name, files := range bilingual() {
				if err := os.CopyFS(filepath.Join(dir, name), files); err != nil {
					t.Fatal(err)
				}
			}
			to := filepath.Join(outside, test.to)
			if err := os.MkdirAll(filepath.Join(outside, "folder"), 0o755); err != nil {
				t.Fatal(err)
			}
			for _, file := range []string{
				to, filepath.Join(outside, "folder", "a.md"), filepath.Join(outside, "folder", "a.toml"),
			} {
				if filepath.Base(file) != "folder" {
					if err := os.WriteFile(file, []byte(secret), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			link := filepath.Join(dir, filepath.FromSlash(test.link))
			if relative {
				to, _ = filepath.Rel(filepath.Dir(link), to)
			}
			if err := os.RemoveAll(link); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(to, link); err != nil {
				t.Fatal(err)
			}
			if text := complaint(dir); !strings.Contains(text, test.link) || strings.Contains(text, secret) {
				t.Errorf("%s to %s: %.300s", test.link, to, text)
			}
		}
	}
}

// complaint returns the findings in the folders of dir, or "" if there are none.
func complaint(dir string) string {
	r, _, err := source.Open(dir, builtIn())
	if err != nil {
		return err.Error()
	}
	_, found := loadSite(r, "", time.Unix(moment, 0).UTC())
	var b strings.Builder
	for _, f := range found {
		if f.Severity == diag.Error {
			b.WriteString(f.String() + "\n")
		}
	}
	return b.String()
}
