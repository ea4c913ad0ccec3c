package lint

import (
	"strings"
	"unicode"

	"helpcenter/site/article"
)

// ease is a measure of how easily a text of a language is read: the higher, the
// more easily.
type ease struct {
	name   string
	least  float64                   // what help should have
	length func(word string) float64 // in letters or syllables
	index  func(c counts) float64
}

// counts are what the measures count.
type counts struct {
	length, words, sentences float64
}

// gulpease is the index of P. Lucisano and M. E. Piemontese, "Gulpease: una
// formula per la predizione della difficoltà dei testi in lingua italiana"
// (Scuola e città 3, 1988). Below 60 a text is hard for those who left school at
// 14, below 40 for those who left it at 19; help should be nearer to the first.
func gulpease(c counts) float64 {
	return 89 + (300*c.sentences-10*c.length)/c.words
}

// flesch is the reading ease of R. Flesch, "A new readability yardstick" (Journal
// of Applied Psychology 32, 1948). He calls texts from 60 standard, from 50
// fairly difficult, below that difficult.
func flesch(c counts) float64 {
	return 206.835 - 1.015*c.words/c.sentences - 84.6*c.length/c.words
}

// judged is how many words a section must have to be judged: the measures are
// made for samples of a hundred.
const judged = 60

// readability reports sections that are hard to read. Headings, tables, code and
// descriptions of pictures are left out.
func (p *page) readability() {
	if p.language.ease == nil {
		return
	}
	for index := -1; index < len(p.Sections); index++ {
		var c counts
		at := p.front[0]
		part := p.section(index)
		for i := part.from; i < part.to; i++ {
			if i == part.from {
				at = p.blocks[i]
			}
			switch p.Blocks[i].Kind {
			case article.Paragraph, article.List, article.Alert, article.Quote:
				c.add(p.blocks[i], p.language.ease.length)
			}
		}
		e := p.language.ease
		if c.words < judged {
			continue
		}
		if v := e.index(c); v < e.least {
			at.warn(-1, "readability", "this section is hard to read: its %s is %.0f, wanted is %.0f or more", e.name, v, e.least).
				Suggestion = "make its sentences shorter, and use shorter words"
		}
	}
}

// add counts a passage. Code is no language, and numbers are no words.
func (c *counts) add(t *passage, length func(string) float64) {
	for _, s := range t.sentences {
		words := 0
		for i := s.first; i < s.last; i++ {
			if w := t.word(i); !t.words[i].code && !isDigit(w[0]) {
				words++
				c.length += length(w)
			}
		}
		c.words += float64(words)
		if words > 0 {
			c.sentences++
		}
	}
}

func letters(word string) (n float64) {
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// syllables counts the syllables of an English word: its groups of vowels, but
// for a silent e at the end (make, named, but table, added) and es after a
// consonant that needs no vowel of its own (makes, but pages).
func syllables(word string) float64 {
	n, vowel := 0, false
	for _, r := range word {
		v := strings.ContainsRune("aeiouy", r)
		if v && !vowel {
			n++
		}
		vowel = v
	}
	switch {
	case n > 1 && strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") && !strings.HasSuffix(word, "ee"):
		n--
	case n > 1 && strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded"):
		n--
	case n > 1 && strings.HasSuffix(word, "es") && !hissing(word[:len(word)-2]):
		n--
	}
	return float64(max(1, n))
}

// hissing reports whether a stem needs a vowel before an s.
func hissing(stem string) bool {
	return stem == "" || strings.ContainsRune("scxzgl", rune(stem[len(stem)-1])) || strings.HasSuffix(stem, "sh")
}
