package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"golang.org/x/net/html"

	"helpcenter/locales"
	"helpcenter/site/locale"
	"helpcenter/site/sitetest"
	"helpcenter/site/starter"
)

// A new help center has no findings in any language.
func TestInitIsClean(t *testing.T) {
	sitetest.WithoutRaces(t)
	for _, lang := range starter.Languages() {
		dir := filepath.Join(t.TempDir(), "own")
		call(t, "init", dir, "--lang", lang, "--name", "Rösti & Söhne")
		if found := call(t, "lint", "--strict", "--dir", dir); found != "" {
			t.Errorf("%s: lint finds\n%s", lang, found)
		}
	}
}

// A help center of another trade, in German and Spanish, says nothing in English and nothing of the built-in one.
func TestInitSpeaksItsLanguages(t *testing.T) {
	sitetest.WithoutRaces(t)
	dir, out := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "public")
	call(t, "init", dir, "--lang", "de,es", "--name", "Brotzeit")
	call(t, "build", "--dir", dir, "--out", out, "--base-url", "https://brotzeit.test/hilfe/")
	english := regexp.MustCompile(`(?i)\b(the|and|your|you|of|search|find|answer|articles?|page|language|help|products)\b`)
	foreign := regexp.MustCompile(`(?i)goto|lastpass|openvoice|hamachi|abbonament|subscription|cancel|annull`)
	stems := regexp.MustCompile(`"stem":"[^"]*"`) // rules of a language, some of which are about a single word
	pages := 0
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		words := stems.ReplaceAll(data, nil)
		if word := foreign.Find(words); word != nil && !strings.HasSuffix(name, ".png") && !isAsset(name) {
			t.Errorf("%s says %q", name, word)
		}
		if filepath.Ext(name) == ".html" {
			pages++
			if word := english.FindString(visibleText(t, string(data))); word != "" {
				t.Errorf("%s says %q", name, word)
			}
		}
		return err
	})
	if err != nil || pages < 40 {
		t.Errorf("%d pages, error %v", pages, err)
	}
}

// isAsset reports whether a file is a script or a style, which are in English.
func isAsset(name string) bool {
	return slices.Contains([]string{".js", ".css"}, filepath.Ext(name))
}

// visibleText returns what a page tells a reader, or a user of a screen reader.
func visibleText(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style":
			b.WriteString(n.Data + "\n")
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				if slices.Contains([]string{"aria-label", "placeholder", "title", "alt", "content"}, a.Key) &&
					n.Data != "meta" {
					b.WriteString(a.Val + "\n")
				}
			}
		}
	}
	return b.String()
}

// The words of the interface exist in every language, in all plural forms, and are up to date with the English
// ones; the program shows all of them.
func TestInterface(t *testing.T) {
	sitetest.WithoutRaces(t)
	_, found := locale.Load(locales.Files, starter.Languages(), "en")
	for _, f := range found {
		if strings.HasPrefix(f.File, "locales/interface.") || strings.Contains(f.Message, "words of the interface") {
			t.Error(f)
		}
	}
	s, found := loadSite(builtIn(), "", time.Unix(moment, 0))
	if s == nil {
		t.Fatal(found)
	}
	var messages map[string]any
	if _, err := toml.DecodeFS(locales.Files, "interface.en.toml", &messages); err != nil {
		t.Fatal(err)
	}
	for id := range messages {
		if !s.Uses(id) && !strings.HasPrefix(id, "date.") {
			t.Errorf("nothing shows the message %q", id)
		}
	}
}

func TestInitRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", dir}, {"init", filepath.Join(dir, "new"), "--lang", "xx"}, {"init"}} {
		if got := run(t.Context(), args, testConsole(new(strings.Builder), new(strings.Builder))); got != exitUsage {
			t.Errorf("helpcenter %s: exit %d", strings.Join(args, " "), got)
		}
	}
}

// No page of a help center in German and Spanish has a word of the English interface that neither language has.
func TestInitHasNoEnglishWord(t *testing.T) {
	sitetest.WithoutRaces(t)
	dir, out := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "public")
	call(t, "init", dir, "--lang", "de,es", "--name", "Brotzeit")
	call(t, "build", "--dir", dir, "--out", out)
	word := regexp.MustCompile(`[\p{L}]{3,}`)
	words := func(files ...string) map[string]bool {
		all := map[string]bool{}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				_, text, _ := strings.Cut(line, " = ")
				for _, w := range word.FindAllString(text, -1) {
					all[strings.ToLower(w)] = true
				}
			}
		}
		return all
	}
	english := words("../../locales/interface.en.toml")
	own, err := filepath.Glob(dir + "/locales/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for w := range words(append(own, "../../locales/interface.de.toml", "../../locales/interface.es.toml")...) {
		delete(english, w)
	}
	if len(english) < 150 {
		t.Fatalf("%d English words", len(english))
	}
	for _, page := range pagesOf(t, out) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range word.FindAllString(visibleText(t, string(data)), -1) {
			if english[strings.ToLower(w)] {
				t.Errorf("%s says %q", page, w)
			}
		}
	}
}

// pagesOf returns the pages in a folder.
func pagesOf(t *testing.T, dir string) (pages []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".html" {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, error %v", len(pages), err)
	}
	return pages
}

// A help center of another trade, with 40 articles and two checkers, is made of files alone, works below a path,
// and has nothing of the built-in one.
func TestAnotherTrade(t *testing.T) {
	sitetest.WithoutRaces(t)
	dir, out := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "public")
	call(t, "init", dir, "--lang", "en", "--name", "Korn", "--accent", "#7a1f5c")
	for i := range 38 {
		article := fmt.Sprintf("+++\ntitle = \"Bread %d\"\ndescription = \"How to bake bread number %[1]d.\"\n"+
			"updated = 2026-01-02\n+++\n\nBake it. The [first steps](first-steps.md) show how.\n", i)
		sitetest.Write(t, filepath.Join(dir, "content/en/korn/start", fmt.Sprintf("bread-%d.md", i)), []byte(article))
	}
	call(t, "new", "--checker", "refund", "--dir", dir)
	if found := call(t, "lint", "--dir", dir); strings.Contains(found, "error") {
		t.Errorf("lint finds\n%s", found)
	}
	call(t, "build", "--dir", dir, "--out", out, "--base-url", "https://korn.test/help/center/")
	shipped := regexp.MustCompile(`(?i)goto|lastpass|openvoice|hamachi|grasshopper|subscription|cancel|annull|` +
		`independent project|trademark|help\.example|#0d5f5a|f6b93b" d=`)
	for _, page := range pagesOf(t, out) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if word := shipped.Find(data); word != nil {
			t.Errorf("%s says %q", page, word)
		}
		for _, m := range regexp.MustCompile(`(?:href|src|action)="(/[^"]*)"`).FindAllStringSubmatch(string(data), -1) {
			file := strings.TrimPrefix(m[1], "/help/center/")
			file, _, _ = strings.Cut(file, "#")
			if file == "" || strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(file))); err != nil {
				t.Errorf("%s leads to %s, which does not exist", page, m[1])
			}
		}
	}
	for _, file := range []string{"refund/index.html", "can-i-return-it/index.html", "korn/start/bread-37/index.html"} {
		if _, err := os.Stat(filepath.Join(out, "en", file)); err != nil {
			t.Error(err)
		}
	}
}
