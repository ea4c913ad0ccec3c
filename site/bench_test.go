package site_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/content"
	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/publish"
	"helpcenter/site/sitetest"
	"helpcenter/site/testdir"
)

// BenchmarkRender makes the pages of one article after another.
func BenchmarkRender(b *testing.B) {
	source, _ := newCorpus(100).source(b)
	in := sitetest.Input(b)
	in.Library, _ = library.Load(source)
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

// BenchmarkBuild goes from the articles of a thousand pairs to the published site, including all checks and the
// search index. It counts the bytes of the articles.
func BenchmarkBuild(b *testing.B) {
	source, size := newCorpus(1000).source(b)
	in, dir := sitetest.Input(b), testdir.InMemory(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		in.Library, _ = library.Load(source)
		s, found := site.New(in)
		sitetest.FailOnErrors(b, found)
		if _, err := publish.Build(b.Context(), s, filepath.Join(dir, fmt.Sprint(i)), publish.BuildOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// A corpus makes up articles in both languages, with the size and shape of help articles. Equal calls give equal
// articles. Word frequencies follow Zipf's law, and every article links to others.
type corpus struct {
	*rand.Rand
	words *rand.Zipf
	pairs int
}

func newCorpus(pairs int) *corpus {
	r := rand.New(rand.NewPCG(1, 2))
	return &corpus{r, rand.NewZipf(r, 1.1, 4, 30_000), pairs}
}

// source returns the shipped content together with the articles of the corpus, and the size of the latter.
func (c *corpus) source(tb testing.TB) (files fstest.MapFS, size int64) {
	made := map[string][]byte{}
	for i := range c.pairs {
		for _, lang := range []string{"en", "it"} {
			article := c.article(lang)
			made[fmt.Sprintf("%s/goto-meeting/billing/made-up-%04d.md", lang, i)] = article
			size += int64(len(article))
		}
	}
	return sitetest.Overlay(tb, content.Files, made), size
}

// article returns about four kilobytes of Markdown.
func (c *corpus) article(lang string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "+++\ntitle = %q\ndescription = %q\nupdated = 2026-03-0%d\n+++\n\n%s.\n\n",
		c.text(lang, 5), c.text(lang, 14), 1+c.IntN(9), c.text(lang, 30))
	for i := range 5 {
		fmt.Fprintf(&b, "## %s {#s%d}\n\n%s, **%s**, [%s](made-up-%04d.md#s1). %s.\n\n",
			c.text(lang, 4), i, c.text(lang, 30), c.text(lang, 2), c.text(lang, 3), c.IntN(c.pairs), c.text(lang, 30))
		fmt.Fprintf(&b, "1. %s.\n2. %s.\n3. %s.\n\n", c.text(lang, 9), c.text(lang, 9), c.text(lang, 9))
	}
	fmt.Fprintf(&b, "> [!NOTE]\n> %s.\n\n| %s | %s |\n|---|---|\n| %s | %s |\n",
		c.text(lang, 12), c.text(lang, 1), c.text(lang, 1), c.text(lang, 3), c.text(lang, 3))
	return b.Bytes()
}

// text returns words of a made-up language; languages share syllables and differ in endings.
func (c *corpus) text(lang string, words int) string {
	ending := map[string][]string{"en": {"", "s", "ed", "ing"}, "it": {"o", "a", "are", "zione"}}[lang]
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		for n := c.words.Uint64() + 7; n > 0; n /= 60 {
			b.WriteByte("bcdfglmnprstv"[n%60/5%13])
			b.WriteByte("aeiou"[n%5])
		}
		b.WriteString(ending[c.IntN(len(ending))])
	}
	return b.String()
}
