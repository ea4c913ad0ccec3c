package site_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/publish"
	"helpcenter/site/sitetest"
	"helpcenter/site/testdir"
)

// BenchmarkRender makes the page of one article after the other.
func BenchmarkRender(b *testing.B) {
	room, _ := sitetest.NewCorpus(100).Room(b)
	in := sitetest.Input(b)
	in.Library, _ = library.Load(room)
	s, found := site.New(in)
	sitetest.FailOnErrors(b, found)
	var pages []site.File
	var page bytes.Buffer
	size := 0
	for _, path := range s.ArticlePaths() {
		f, _ := s.File(s.ArticleFile("it", path))
		data, _ := f.Bytes(&page)
		pages, size = append(pages, f), size+len(data)
	}
	b.SetBytes(int64(size / len(pages)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		pages[i%len(pages)].Bytes(&page)
	}
}

// BenchmarkBuild goes from the articles of a thousand pairs to the published
// site, with all proofs and the search index. The bytes are those of the articles.
func BenchmarkBuild(b *testing.B) {
	room, size := sitetest.NewCorpus(1000).Room(b)
	in, dir := sitetest.Input(b), testdir.InMemory(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		in.Library, _ = library.Load(room)
		s, found := site.New(in)
		sitetest.FailOnErrors(b, found)
		if _, err := publish.Build(b.Context(), s, filepath.Join(dir, fmt.Sprint(i)), publish.BuildOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
