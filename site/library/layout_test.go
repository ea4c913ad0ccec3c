package library

import (
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/content"
	"helpcenter/site/articletest"
)

// The shipped content has no mistakes.
func TestFiles(t *testing.T) {
	l, found := Load(content.Files)
	for _, f := range found {
		t.Error(f)
	}
	if len(l.Articles) == 0 {
		t.Error("no articles")
	}
}

func TestLayout(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"an article", "it/meet/billing/page.md", ""},
		{"a picture beside its article", "it/meet/billing/dot.svg", ""},
		{"a picture in a folder of its category", "it/meet/billing/steps/dot.svg", ""},
		{"the writers' guide", "README.md", ""},
		{"code", "content.go", ""},
		{"a schema for editors", "site.schema.json", ""},
		{"state of translations", "translations.it.toml", ""},
		{"hidden files", "it/.DS_Store", ""},
		{"hidden folders", ".git/config", ""},
		{"what an editor leaves", "it/meet/billing/page.md~", ""},
		{"what another leaves", "it/meet/billing/#page.md#", ""},
		{"what a system leaves", "it/meet/Thumbs.db", ""},
		{"a folder's settings", "images/desktop.ini", ""},
		{"a merge's original", "it/meet/billing/page.md.orig", ""},
		{"a rejected patch", "en/meet/billing/page.md.rej", ""},
		{"a backup at the root", "site.toml___jb_old___", ""},
		{"a trial of Vim", "it/4913", ""},
		{"an article whose name begins like a trial", "it/meet/billing/4913-b.md", ""},
		{"a language that site.toml does not know", "fr/meet/billing/page.md", "fr error layout"},
		{"a product that it does not know", "it/met/billing/page.md", "it/met error layout"},
		{"a category that it does not know", "it/meet/biling/page.md", "it/meet/biling error layout"},
		{"an article too high", "it/meet/page.md", "it/meet/page.md error layout"},
		{"an article too deep", "it/meet/billing/more/page.md", "it/meet/billing/more/page.md error layout"},
		{"an article's name", "it/meet/billing/Pagina_1.md", "it/meet/billing/Pagina_1.md error layout"},
		{"an article among pictures", "images/page.md", "images/page.md error layout"},
		{"a picture too high", "it/meet/dot.svg", "it/meet/dot.svg error layout"},
		{"a picture's name", "images/a dot.svg", "images/a dot.svg error layout"},
		{"an unknown kind of file", "it/meet/billing/page.docx", "it/meet/billing/page.docx error layout"},
		{"an unknown file at the root", "notes.txt", "notes.txt error layout"},
		{"data at the root", "site.json", "site.json error layout"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := articletest.Article("Text.\n")
			switch path.Ext(tt.file) {
			case ".toml":
				text = "# no records\n"
			case ".svg":
				text = `<svg xmlns="http://www.w3.org/2000/svg"/>`
			}
			_, found := Load(articletest.Files(tt.file, text))
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			articletest.Expect(t, found, want...)
		})
	}
}

func TestLayoutLinks(t *testing.T) {
	fsys := articletest.Files()
	fsys["it/meet/billing/page.md"] = &fstest.MapFile{Data: []byte("../../../../secret"), Mode: fs.ModeSymlink}
	_, found := Load(fsys)
	articletest.Expect(t, found, "it/meet/billing/page.md error layout")
}

func TestNoSite(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"missing":       {},
		"not TOML":      {"site.toml": {Data: []byte("base_url = \n")}},
		"not even text": {"site.toml": {Data: []byte("a = \"\xff\"\n")}},
	} {
		l, found := Load(fsys)
		if l == nil || l.Site == nil || l.Site.Location == nil || len(found) != 1 || found[0].File != SiteFile {
			t.Errorf("%s: %v, %v", name, l, found)
		}
	}
}

func TestLibrary(t *testing.T) {
	l, found := Load(articletest.Files(
		"en/meet/billing/draft.md", strings.Replace(articletest.Article("Text"), "updated", "draft = true\nupdated", 1),
		"it/meet/billing/solo.md", articletest.Article("Testo.\n"),
	))
	articletest.Expect(t, found)
	var order []string
	for _, a := range l.Articles {
		order = append(order, a.Lang+" "+a.Path)
	}
	want := []string{"en meet/billing/other", "it meet/billing/other", "it meet/billing/solo", "en meet/billing/source"}
	if !slices.Equal(order, want) {
		t.Errorf("articles are %q, want %q", order, want)
	}
	for _, tt := range []struct{ lang, path, want string }{
		{"it", "meet/billing/other", "it"}, {"it", "meet/billing/source", "en"}, {"en", "meet/billing/solo", "it"},
	} {
		if a := l.Shown(tt.lang, tt.path); a == nil || a.Lang != tt.want {
			t.Errorf("readers of %s see %v at %s, want it in %s", tt.lang, a, tt.path, tt.want)
		}
	}
	if l.Shown("en", "meet/billing/draft") != nil {
		t.Error("a draft is shown")
	}
}

// The same folder gives the same library and findings, in whatever order its files were read.
func TestLoadAgain(t *testing.T) {
	fsys := articletest.Files(articletest.Page, articletest.Article("# A\n\n[a](b.md) <b> ![](c.svg)\n"))
	for i := range 50 {
		fsys[fmt.Sprintf("it/meet/billing/page-%d.md", i)] = &fstest.MapFile{
			Data: []byte(articletest.Article("[a](b.md#c)\n\n## X\n")),
		}
	}
	l, found := Load(fsys)
	for range 5 {
		again, foundAgain := Load(fsys)
		if !reflect.DeepEqual(l, again) {
			t.Fatal("loading again gives another library")
		}
		if !slices.Equal(found, foundAgain) {
			t.Fatalf("loading again finds %q, first it found %q", foundAgain, found)
		}
	}
}

func TestAddresses(t *testing.T) {
	with := func(lines string) string {
		return strings.Replace(articletest.Article("Text.\n"), "+++\n", "+++\n"+lines+"\n", 1)
	}
	for _, tt := range []struct {
		name  string
		files []string
		want  []string
	}{
		{"aliases that nothing claims", []string{articletest.Page, with(`aliases = ["meet/billing/old", "old/place"]`)}, nil},
		{"a slug that is a neighbour's name",
			[]string{articletest.Page, with(`slug = "other"`), "it/meet/billing/page.md", articletest.Article("Testo.\n")},
			[]string{"2:1 error address-collision"}},
		{"an alias that is an article", []string{articletest.Page, with(`aliases = ["meet/billing/other"]`)},
			[]string{"2:12 error address-collision"}},
		{"an alias that is a product", []string{articletest.Page, with(`aliases = ["meet"]`)},
			[]string{"2:12 error address-collision"}},
		{"an alias that is a category", []string{articletest.Page, with(`aliases = ["meet/billing"]`)},
			[]string{"2:12 error address-collision"}},
		{"an alias that is reserved", []string{articletest.Page, with(`aliases = ["search"]`)},
			[]string{"2:12 error address-collision"}},
		{"an alias in one language only",
			[]string{articletest.Page, with(`aliases = ["meet/billing/old"]`), "it/meet/billing/page.md",
				with(`aliases = ["meet/billing/old"]`)}, nil},
		{"an alias of a text that is shown for want of a translation",
			[]string{articletest.Page, with(`aliases = ["meet/billing/old"]`), "it/meet/billing/solo.md",
				with(`aliases = ["meet/billing/old"]`)},
			[]string{"2:12 error address-collision", "it/meet/billing/solo.md:2:12 error address-collision"}},
		{"two aliases",
			[]string{articletest.Page, with(`aliases = ["meet/billing/old"]`), "en/meet/billing/zebra.md",
				with(`aliases = ["meet/billing/old"]`)},
			[]string{"en/meet/billing/zebra.md:2:12 error address-collision"}},
		{"a translation whose slug is a source's name", []string{"it/meet/billing/page.md", with(`slug = "source"`)},
			[]string{"en/meet/billing/source.md:2 error address-collision",
				"it/meet/billing/page.md:2:1 error address-collision"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, found := Load(articletest.Files(tt.files...))
			articletest.Expect(t, found, tt.want...)
		})
	}
}
