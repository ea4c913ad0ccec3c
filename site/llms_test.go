package site_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
)

// Every article is in an llms-full.txt, also where those of a language are too long for one
// file: then each product has its own, and the articles about none are in that of the language.
func TestEveryArticleIsInAFullText(t *testing.T) {
	for _, long := range []bool{false, true} {
		articles, _ := sitetest.ParkingFiles()
		want := map[string][]string{}
		for _, path := range []string{
			"about", "city/parking/a", "city/parking/b", "city/parking/c", "city/parking/d", "city/parking/e",
			"parking/general", "zoo",
		} {
			text := fmt.Sprintf(sitetest.ParkingArticle, "About "+path)
			if long { // in HTML each sign is longer
				text += strings.Repeat(strings.Repeat("\"", 999)+"\n\n", 240)
			}
			articles["en/"+path+".md"] = &fstest.MapFile{Data: []byte(text)}
			file := "en/llms-full.txt"
			if long && strings.HasPrefix(path, "city/") {
				file = "en/city/llms-full.txt"
			}
			want[file] = append(want[file], path)
		}
		in := sitetest.ParkingInput(t)
		lib, found := library.Load(articles)
		sitetest.FailOnErrors(t, found)
		in.Library = lib
		s, found := site.New(in)
		sitetest.FailOnErrors(t, found)
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
		got := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool {
			return !strings.HasPrefix(name, "en/") || !strings.HasSuffix(name, "llms-full.txt")
		})
		if !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
			t.Errorf("long %t: the files are %q", long, got)
		}
	}
}
