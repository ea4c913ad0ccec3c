package sitetest

import (
	"bytes"
	"fmt"
	"helpcenter/content"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
)

// A corpus is made-up articles in both languages, of the size and the shape that
// help articles have; equal calls give equal articles. Words are as unequally
// common as in a language (Zipf), and every article links to others.
type corpus struct {
	*rand.Rand
	words *rand.Zipf
	pairs int
}

func NewCorpus(pairs int) *corpus {
	r := rand.New(rand.NewPCG(1, 2))
	return &corpus{r, rand.NewZipf(r, 1.1, 4, 30_000), pairs}
}

// Room returns the content room as it ships with the articles of the corpus, and
// their length.
func (c *corpus) Room(tb testing.TB) (room fstest.MapFS, size int64) {
	files := map[string][]byte{}
	for i := range c.pairs {
		for _, lang := range []string{"en", "it"} {
			article := c.article(lang)
			files[fmt.Sprintf("%s/goto-meeting/billing/made-up-%04d.md", lang, i)] = article
			size += int64(len(article))
		}
	}
	return Overlay(tb, content.Files, files), size
}

// article returns some four kilobytes of Markdown.
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

// text returns words of a made-up language: the same syllables, other endings.
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
