package sitetest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"helpcenter/content"
	"helpcenter/site"
	"helpcenter/site/diag"
)

// Bilingual returns the shipped site in only Italian and English, for tests that look at every page: their cost
// grows with the languages, and what they look at is the same in each.
func Bilingual(t testing.TB) *site.Site {
	t.Helper()
	s, found := bilingual()
	FailOnFindings(t, found)
	return s
}

var bilingual = sync.OnceValues(func() (*site.Site, []diag.Finding) { return siteOf(BilingualContent()) })

// What site.toml says about the languages that [BilingualContent] leaves out.
var (
	furtherLanguage = regexp.MustCompile(`(?m)^\[\[language\]\]\ntag = "(?:fr|de|es|pt|nl)"\nname = .*\n\n`)
	furtherText     = regexp.MustCompile(`, (?:fr|de|es|pt|nl) = "[^"]*"`)
)

// BilingualContent returns the shipped content in only Italian and English. The caller may change the files.
func BilingualContent() fstest.MapFS {
	own := fstest.MapFS{}
	for name, f := range bilingualContent() {
		own[name] = &fstest.MapFile{Data: slices.Clone(f.Data)}
	}
	return own
}

var bilingualContent = sync.OnceValue(func() fstest.MapFS {
	kept := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.Files, name)
		if name == "site.toml" {
			data = furtherText.ReplaceAll(furtherLanguage.ReplaceAll(data, nil), nil)
		}
		if !strings.Contains(" fr de es pt nl ", " "+languageOf(name)+" ") {
			kept[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("content that is built in: %v", err))
	}
	return kept
})

// languageOf returns the language of a file of content, or the name of its folder.
func languageOf(name string) string {
	if lang, ok := strings.CutPrefix(name, "translations."); ok {
		return strings.TrimSuffix(lang, path.Ext(lang))
	}
	folder, _, _ := strings.Cut(name, "/")
	return folder
}
