package site

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"helpcenter/site/library"
	"helpcenter/site/testdir"
)

// BenchmarkRender makes the page of one article after the other.
func BenchmarkRender(b *testing.B) {
	room, _ := newCorpus(100).room(b)
	in := rooms(b)
	in.Library, _ = library.Load(room)
	s, found := New(in)
	failOnErrors(b, found)
	l, paths := s.langs[0], s.articles
	var page bytes.Buffer
	size := 0
	for _, path := range paths {
		page.Reset()
		l.write(&page, s.articlePage(l, path))
		size += page.Len()
	}
	b.SetBytes(int64(size / len(paths)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		page.Reset()
		l.write(&page, s.articlePage(l, paths[i%len(paths)]))
	}
}

// BenchmarkBuild goes from the articles of a thousand pairs to the published
// site, with all proofs and the search index. The bytes are those of the articles.
func BenchmarkBuild(b *testing.B) {
	room, size := newCorpus(1000).room(b)
	in, dir := rooms(b), testdir.InMemory(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		in.Library, _ = library.Load(room)
		s, found := New(in)
		failOnErrors(b, found)
		if _, err := Build(b.Context(), s, filepath.Join(dir, fmt.Sprint(i)), BuildOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
