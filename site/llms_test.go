package site_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
)

// Every article is in an llms-full.txt. If those of a language are too long for one file, each product has its own,
// and that of the language lists these and holds the articles about none.
func TestEveryArticleIsInAFullText(t *testing.T) {
	for _, long := range []bool{false, true} {
		articles, _ := sitetest.ParkingFiles()
		want := map[string][]string{}
		for _, path := range []string{
			"about", "city/parking/a", "city/parking/b", "city/parking/c", "city/parking/d", "city/parking/e",
			"parking/general", "zoo",
		} {
			text := fmt.Sprintf(sitetest.ParkingArticle, "About "+path)
			if long { // in HTML each mark is longer
				text += strings.Repeat(strings.Repeat("\"", 999)+"\n\n", 240)
			}
			articles["en/"+path+".md"] = &fstest.MapFile{Data: []byte(text)}
			file := "en/llms-full.txt"
			if long && strings.HasPrefix(path, "city/") {
				file = "en/city/llms-full.txt"
			}
			want[file] = append(want[file], path)
		}
		s := siteOf(t, articles)
		files := sitetest.PublishedFiles(t, s)
		for name, paths := range want {
			for _, path := range paths {
				if title := "title: \"About " + path + "\"\n"; !bytes.Contains(files[name], []byte(title)) {
					t.Errorf("long %t: %s lacks %s", long, name, path)
				}
			}
			f, ok := s.File(name)
			if alone, err := f.Bytes(new(bytes.Buffer)); !ok || err != nil || !bytes.Equal(alone, files[name]) {
				t.Errorf("long %t: %s is another one if it is made alone: %v", long, name, err)
			}
		}
		full, list := files["en/llms-full.txt"], "](https://help.test/base/en/city/llms-full.txt)"
		if bytes.Contains(full, []byte(list)) != long {
			t.Errorf("long %t: en/llms-full.txt begins with %.300s", long, full)
		}
		if list := "](https://help.test/base/en/llms-full.txt)"; !bytes.Contains(files["en/llms.txt"], []byte(list)) {
			t.Errorf("long %t: llms.txt lacks %s", long, list)
		}
		got := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool {
			return !strings.HasPrefix(name, "en/") || !strings.HasSuffix(name, "llms-full.txt")
		})
		if !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
			t.Errorf("long %t: the files are %q", long, got)
		}
	}
}

// A full text that would be too long for programs to read ends between two articles, and says so.
func TestALongFullTextSaysThatItEnds(t *testing.T) {
	articles, _ := sitetest.ParkingFiles()
	for i := range 24 {
		text := fmt.Sprintf(sitetest.ParkingArticle, fmt.Sprint("About ", i)) +
			strings.Repeat(strings.Repeat("word ", 5000)+"\n\n", 10)
		articles[fmt.Sprintf("en/city/parking/%02d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	full := sitetest.PublishedFiles(t, siteOf(t, articles))["en/city/llms-full.txt"]
	if len(full) > 5<<20 || len(full) < 4<<20 || !bytes.HasSuffix(full, []byte("listed in llms.txt.\n")) {
		t.Errorf("%d bytes that end with %q", len(full), full[max(0, len(full)-100):])
	}
	if got := bytes.Count(full, []byte("\ntitle: ")); got != 20 {
		t.Errorf("%d articles, want 20", got)
	}
}

// siteOf returns the parking site with other articles.
func siteOf(t *testing.T, articles fs.FS) *site.Site {
	in := sitetest.ParkingInput(t)
	lib, found := library.Load(articles)
	sitetest.FailOnErrors(t, found)
	in.Library = lib
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	return s
}
