package lint

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"helpcenter/site/article"
)

// A readingEase is a formula for how easy a text is to read: higher is easier.
type readingEase struct {
	name   string
	length func(word string) int // in letters or syllables
	index  func(c counts) float64
}

// counts are the sums of the words that a formula needs.
type counts struct{ length, words, sentences int }

const (
	fewestWords = 60 // of a section to be judged, since the formulas are made for samples of a hundred
	usualEase   = 50 // for every formula, unless site.toml sets another

	// Short sentences with long words consist of names and terms of a trade, which a writer can't change.
	longSentences = 18 // words
)

// easeFormulas are the formulas, by their names in lexicons.toml.
var easeFormulas = map[string]readingEase{
	// P. Lucisano and M. E. Piemontese, "Gulpease: una formula per la predizione della difficoltà dei testi in lingua
	// italiana", Scuola e città 3, 1988. Below 60 a text is hard for readers who left school at 14, below 40 at 19.
	"gulpease": {"Gulpease index", letters, func(c counts) float64 {
		return 89 + float64(300*c.sentences-10*c.length)/float64(c.words)
	}},
	// R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948: standard from 60, fairly
	// difficult from 50, difficult below.
	"flesch": reading("Flesch reading ease", syllables, 206.835, 1.015, 84.6),
	// The same for other languages, with the same meaning of the numbers: L. Kandel and A. Moles, "Application de
	// l'indice de Flesch à la langue française", Cahiers d'études de radio-télévision 19, 1958; T. Amstad, "Wie
	// verständlich sind unsere Zeitungen?", 1978; F. Szigriszt Pazos, "Sistemas predictivos de legibilidad del mensaje
	// escrito", 1993; T. B. F. Martins and others, "Readability formulas applied to textbooks in Brazilian Portuguese",
	// 1996; W. H. Douma, "De leesbaarheid van landbouwbladen", 1960.
	"kandel-moles": reading("reading ease of Kandel and Moles", frenchSyllables, 207, 1.015, 73.6),
	"amstad":       reading("reading ease of Amstad", vowelGroups, 180, 1, 58.5),
	"szigriszt":    reading("reading ease of Szigriszt", strongVowels, 206.835, 1, 62.3),
	"martins":      reading("reading ease of Martins", strongVowels, 248.835, 1.015, 84.6),
	"douma":        reading("reading ease of Douma", vowelGroups, 206.84, 0.93, 77),
}

// reading returns a formula like Flesch's: a constant less weighted words per sentence and syllables per word.
func reading(name string, syllables func(string) int, most, sentence, word float64) readingEase {
	return readingEase{name, syllables, func(c counts) float64 {
		words := float64(c.words)
		return most - sentence*words/float64(c.sentences) - word*float64(c.length)/words
	}}
}

// readability reports sections that are hard to read. It ignores headings, tables, code and descriptions of pictures.
func (p *page) readability() {
	formula, ok := easeFormulas[p.ReadingEase]
	if !ok {
		return
	}
	for index := -1; index < len(p.Sections); index++ {
		var c counts
		part := p.section(index)
		for i := part.from; i < part.to; i++ {
			switch p.Blocks[i].Kind {
			case article.Paragraph, article.List, article.Alert, article.Quote:
				c.add(p.blocks[i], formula.length)
			}
		}
		if c.words < fewestWords {
			continue
		}
		long := c.words >= longSentences*c.sentences
		if ease := math.Round(formula.index(c)); ease < p.leastEase() && long {
			p.blocks[part.from].warn(-1, "readability", "this section is hard to read: its %s is %.0f (at least %.0f)",
				formula.name, ease, p.leastEase()).
				Suggestion = "use shorter sentences and shorter words"
		}
	}
}

// add counts a passage, without code and numbers.
func (c *counts) add(t *passage, length func(string) int) {
	for _, s := range t.sentences {
		before := c.words
		for i := s.words.from; i < s.words.to; i++ {
			if w := t.word(i); !t.words[i].code && !isDigit(w[0]) {
				c.words++
				c.length += length(w)
			}
		}
		if c.words > before {
			c.sentences++
		}
	}
}

func letters(word string) (n int) {
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// syllables counts the syllables of an English word: its groups of vowels except a silent e at the end (make, named,
// but table, added), and es after a consonant that needs no vowel (makes, but pages).
func syllables(word string) int {
	n := groups(word, "aeiouy")
	ends := func(endings ...string) bool {
		return slices.ContainsFunc(endings, func(s string) bool { return strings.HasSuffix(word, s) })
	}
	if ends("e") && !ends("le", "ee") || ends("ed") && !ends("ted", "ded") ||
		ends("es") && !ends("ses", "ces", "xes", "zes", "ges", "les", "shes") {
		n--
	}
	return max(1, n)
}

// vowelGroups counts the syllables of a word in languages without silent vowels, such as German.
func vowelGroups(word string) int {
	return max(1, groups(word, "aeiouyäëïöüáàâãéèêíìîóòôõúùûœæ"))
}

// groups counts the groups of vowels in a word.
func groups(word, vowels string) (n int) {
	vowel := false
	for _, r := range word {
		v := strings.ContainsRune(vowels, r)
		if v && !vowel {
			n++
		}
		vowel = v
	}
	return n
}

// frenchSyllables counts the syllables of a French word, in which a final e is silent.
func frenchSyllables(word string) int {
	n := vowelGroups(word)
	if strings.HasSuffix(word, "e") || strings.HasSuffix(word, "es") {
		n--
	}
	return max(1, n)
}

// strongVowels counts the syllables of a Spanish or Portuguese word, in which two strong vowels in a row are two
// syllables.
func strongVowels(word string) (n int) {
	const strong = "aeoáéóâêôíú"
	n = vowelGroups(word)
	before := 'x'
	for _, r := range word {
		if strings.ContainsRune(strong, r) && strings.ContainsRune(strong, before) {
			n++
		}
		before = r
	}
	return n
}
