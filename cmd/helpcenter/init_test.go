package main

import (
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
	"helpcenter/site/starter"
)

// A new help center has no finding in any language.
func TestInitIsClean(t *testing.T) {
	for _, lang := range starter.Languages() {
		dir := filepath.Join(t.TempDir(), "own")
		call(t, "init", dir, "--lang", lang, "--name", "Rösti & Söhne")
		if found := call(t, "lint", "--strict", "--dir", dir); found != "" {
			t.Errorf("%s: lint finds\n%s", lang, found)
		}
	}
}

// A help center of another trade in German and Spanish says nothing in English, and nothing of the one that is
// built in.
func TestInitSpeaksItsLanguages(t *testing.T) {
	dir, out := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "public")
	call(t, "init", dir, "--lang", "de,es", "--name", "Brotzeit")
	call(t, "build", "--dir", dir, "--out", out, "--base-url", "https://brotzeit.test/hilfe/")
	english := regexp.MustCompile(`(?i)\b(the|and|your|you|of|search|find|answer|articles?|page|language|help|products)\b`)
	foreign := regexp.MustCompile(`(?i)goto|lastpass|openvoice|hamachi|abbonament|subscription|cancel|annull`)
	pages := 0
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if word := foreign.Find(data); word != nil && !strings.HasSuffix(name, ".png") && !isAsset(name) {
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

// isAsset reports whether a file is a script or a style, which speak English.
func isAsset(name string) bool {
	return slices.Contains([]string{".js", ".css"}, filepath.Ext(name))
}

// visibleText returns what a reader or a screen reader is told by a page.
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

// The words of the interface are in every language, in all plural forms and as of the English of today, and the
// program shows all of them.
func TestInterface(t *testing.T) {
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
