package site_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// A site made by With equals one made from scratch.
func TestWith(t *testing.T) {
	in := sitetest.ParkingInput(t)
	articles, _ := sitetest.ParkingFiles()
	for _, name := range []string{"a", "b"} {
		articles["en/city/parking/"+name+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, sitetest.ParkingArticle, name)}
	}
	files := []string{
		"en/city/parking/a.md", "en/city/parking/b.md", "en/city/parking/permits.md", "it/city/parking/permits.md",
	}
	var found []diag.Finding
	in.Library, found = library.Load(articles)
	last, _ := site.New(in)
	random := rand.New(rand.NewPCG(3, 4))
	edits, shown := testsample.Times(150, 30), 0
	if testing.Short() { // as with the race detector
		edits = 30
	}
	for range edits {
		file := files[random.IntN(len(files))]
		text := fmt.Sprintf(sitetest.ParkingArticle, []string{"One", "Two", "Three"}[random.IntN(3)])
		for old, new := range map[string]string{
			"updated": []string{
				"updated", "updated", "slug = \"other\"\nupdated", "draft = true\nupdated",
				"aliases = [\"city/parking/old\"]\nupdated", "aliases = [\"may-i-park/all\"]\nupdated",
				"checker = \"may-i-park\"\nupdated", "related = [\"city/parking/b\"]\nupdated",
			}[random.IntN(8)],
			"{#which": []string{"{#which", "{#which", "{#whose"}[random.IntN(3)],
			"Text.": []string{
				"Text.", "[A link](a.md#needed)", "```values may-i-park permit yes\n```", "```section city/parking/a#needed\n```",
				"```values may-i-park nothing yes\n```",
			}[random.IntN(5)],
		} {
			text = strings.Replace(text, old, new, 1)
		}
		before := articles[file]
		articles[file] = &fstest.MapFile{Data: []byte(text)}
		lib, libFound := last.Library.With(articles, found, "content/"+file)
		if diag.HasErrors(libFound) {
			articles[file] = before
			continue
		}
		got, gotFound := last.With(lib)
		in.Library = lib
		want, wantFound := site.New(in)
		if !slices.Equal(diag.Sort(gotFound), diag.Sort(wantFound)) {
			t.Fatalf("%s\n%s\nhas the findings\n%v, want\n%v", file, text, gotFound, wantFound)
		}
		if want == nil {
			articles[file] = before
			continue
		}
		compareSites(t, got, want)
		last, found = got, libFound
		shown++
	}
	if shown < edits/3 {
		t.Errorf("%d edits are without an error: too few", shown)
	}
}

func compareSites(t *testing.T, got, want *site.Site) {
	t.Helper()
	if !slices.Equal(got.PageFiles(), want.PageFiles()) {
		t.Fatalf("the pages are %s, want %s", got.PageFiles(), want.PageFiles())
	}
	for i, page := range want.PageFiles() {
		is, _ := got.Listed(i)
		if wanted, known := want.Listed(i); known && !slices.Equal(is, wanted) {
			t.Fatalf("%s lists %s, want %s", page, is, wanted)
		}
	}
	files := sitetest.PublishedFiles(t, got)
	for path, data := range sitetest.PublishedFiles(t, want) {
		if !bytes.Equal(files[path], data) {
			t.Fatalf("%s is not the same", path)
		}
		delete(files, path)
	}
	for path := range files {
		t.Fatalf("%s is too much", path)
	}
}
