package site

import (
	"bytes"
	"errors"
	"iter"
	"slices"
	"testing"

	"helpcenter/site/library"
	"helpcenter/site/search"
)

// The index of a language is not confused with that of one whose tag has the same beginning.
func TestFindIndexFile(t *testing.T) {
	s := &Site{}
	for _, tag := range []string{"en", "en-GB"} {
		d := &search.Document{Path: "a/b/c", URL: "/" + tag + "/a/b/c/", Title: "Parking"}
		index := search.New(search.Config{Lang: tag}, slices.Values([]*search.Document{d}))
		s.langs = append(s.langs,
			&language{Language: library.Language{Tag: tag}, index: func() *search.Index { return index }})
	}
	for _, l := range s.langs {
		for f := range indexFiles(func() iter.Seq[search.File] { return l.index().Files() }) {
			got, ok := findIndexFile(s, f.Path)
			if !ok {
				t.Errorf("%s is not found", f.Path)
				continue
			}
			var is, want bytes.Buffer
			if err := errors.Join(got.Write(&is), f.Write(&want)); got.Path != f.Path || err != nil ||
				is.String() != want.String() {
				t.Errorf("%s is found as %s, with other bytes", f.Path, got.Path)
			}
		}
		for _, path := range []string{
			"search/", "search/" + l.Tag, "search/" + l.Tag + "/x.json", "search/fr.json", "search/.json", l.Tag + ".json",
		} {
			if _, ok := findIndexFile(s, path); ok {
				t.Errorf("%s is found", path)
			}
		}
	}
}
