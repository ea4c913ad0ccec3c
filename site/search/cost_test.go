package search

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// mostCost bounds the cost of a query: its words are compared with the known words that begin with their first or
// their second letter, one of them is completed, each may be split at every letter, and a few lists are read.
const mostCost = mostWords*2*mostWordsOf + mostWordsOf + 3*4*mostLetters

// longestHeader is the most bytes of a request's address and headers.
const longestHeader = 20 << 10

// costly returns the most costly queries known of each kind, as long as a header allows.
func costly(t testing.TB) map[string]string {
	chance := rand.New(rand.NewPCG(1, 2))
	repeat := func(part string) string { return strings.Repeat(part, longestHeader/len(part)) }
	random := func(first string, length int, separator string) string {
		var text strings.Builder
		for text.Len()+length < longestHeader {
			text.WriteString(separator + first)
			for range length - len(first) {
				text.WriteByte('a' + byte(chance.IntN(26)))
			}
		}
		return text.String()[len(separator):]
	}
	var few, synonymous strings.Builder
	for _, lang := range shippedLanguages {
		for _, group := range synonyms(t, lang) {
			if synonymous.Len() < longestHeader-100 {
				synonymous.WriteString(group[0] + " ")
			}
		}
	}
	for few.Len() < longestHeader-10 {
		few.WriteString(" c" + fewLetters(chance, 9))
	}
	return map[string]string{
		"endings ed":           "c" + repeat("ed"),
		"endings mente":        "c" + repeat("mente"),
		"words of few letters": few.String(),
		"one word":             random("c", longestHeader-1, ""),
		"short words":          random("c", 4, " "),
		"words":                random("c", 10, " "),
		"words of any start":   random("", 10, " "),
		"long words":           random("c", mostCorrected, " "),
		"upper case":           strings.ToUpper(random("c", 10, " ")),
		"two words in one":     random("annullare", mostCorrected, " "),
		"known words in one":   repeat("contratto"),
		"known starts":         random("contrattocontratto", 24, " "),
		"parts":                random("c", 10, "-"),
		"parts with dots":      random("c", 4, "."),
		"short parts":          repeat("a-"),
		"compounds":            random("c", 10, " a-"),
		"digits and letters":   repeat("1a"),
		"numbers":              repeat("1042 "),
		"apostrophes":          repeat("l'"),
		"elided":               random("a", 10, " l'"),
		"glued articles":       random("dell", 12, " "),
		"verbs apart":          random("c", 4, " ")[:mostLetters/2] + repeat(" ab op an af aus uit ein in"),
		"compounds in one":     repeat("vertragskündigung"),
		"Chinese":              repeat("日本語"),
		"Chinese words":        repeat("日本語文字 "),
		"Korean":               repeat("각하다 "),
		"Greek":                repeat("ᾂ"),
		"combining marks":      "abbonamento" + repeat("\u0301"),
		"marked letters":       repeat("c\u0301\u0302"),
		"soft hyphens":         repeat("a\u00ad"),
		"synonyms":             synonymous.String(),
		"spaces":               repeat(" ") + "cancel",
		"beyond the BMP":       repeat("𝒜🙂"),
	}
}

// fewLetters returns a word of letters that most such words share.
func fewLetters(chance *rand.Rand, length int) string {
	word := make([]byte, length)
	for i := range word {
		word[i] = "aceiort"[chance.IntN(7)]
	}
	return string(word)
}

// invalid are costly queries that a page cannot send to its script.
var invalid = map[string]string{
	"not UTF-8":       strings.Repeat("\xff\xfea", longestHeader/3),
	"half characters": strings.Repeat("c\xe6\x97", longestHeader/3),
}

// crowded returns an index whose words fill the vocabulary of the letter c, so that a mistyped word is compared
// with as many as possible.
func crowded() *Index {
	chance := rand.New(rand.NewPCG(3, 4))
	var text strings.Builder
	for range 4000 {
		text.WriteString(" c" + fewLetters(chance, 9))
	}
	d := &Document{Path: "a/x/crowded", URL: "/it/a/x/crowded/", Title: "casa", Text: []string{text.String()}}
	c := Config{Lang: "it", Synonyms: [][]string{{"casa", "cosa", "cane", "cena"}}}
	return New(c, slices.Values([]*Document{d}))
}

func TestCost(t *testing.T) {
	indexes, queries := shippedIndexes(t), costly(t)
	indexes["crowded"] = crowded()
	maps.Copy(queries, invalid)
	for name, text := range queries {
		for lang, ix := range indexes {
			s := ix.search(context.Background(), Query{Text: text})
			if s.cost > mostCost {
				t.Errorf("%s: %s costs %d, at most %d", lang, name, s.cost, mostCost)
			}
			if !s.results.Shortened {
				t.Errorf("%s: nobody is told that %s were shortened", lang, name)
			}
		}
	}
}

// What is typed beyond the limit changes neither the cost nor the answer.
func TestLimit(t *testing.T) {
	ix := shipped(t, "it")
	blanks := strings.Repeat(" ", mostLetters-len("contratto"))
	const numbers = "3 4 5 6 7 8 9 10 11 12 13 14 15"
	parts := strings.ReplaceAll(numbers, " ", "-")
	for _, test := range []struct {
		name, text, want string
		shortened        bool
	}{
		{"as many letters as count", "contratto" + blanks, "contratto ", false},
		{"one letter more", "contratto" + blanks + "x", "contratto ", true},
		{"seventeen words", "1 2 " + numbers + " 16 contratto", "1 2 " + numbers + " 16", true},
		{"words said again", strings.Repeat("contratto ", 17), "contratto ", false},
		{"sixteen parts", "1-2-" + parts + "-contratto ", "1 2 " + numbers + " contratto ", false},
		{"seventeen parts", "1-2-" + parts + "-16-contratto", "1 2 " + numbers + " 16", true},
		{"parts and words", "1 2 " + numbers + " contratto-fattura", "1 2 " + numbers + " contratto ", true},
	} {
		got := ix.search(context.Background(), Query{Text: test.text}).results
		want := ix.search(context.Background(), Query{Text: test.want}).results
		if got.Shortened != test.shortened {
			t.Errorf("%s: shortened is %t", test.name, got.Shortened)
		}
		if got.Total != want.Total || !slices.Equal(got.Terms, want.Terms) || !slices.Equal(got.Missing, want.Missing) {
			t.Errorf("%s: %+v, want what %q finds: %+v", test.name, got, test.want, want)
		}
	}
}

// leaving is a context that ends after Err has been called a number of times.
type leaving struct {
	context.Context
	looks int
}

func (c *leaving) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

// After a reader has left, no further word is looked up.
func TestReaderLeaves(t *testing.T) {
	ix := shipped(t, "it")
	text := costly(t)["words"]
	whole := ix.search(context.Background(), Query{Text: text}).cost
	for words := range 4 {
		s := ix.search(&leaving{context.Background(), words}, Query{Text: text})
		if s.cost > whole*words/mostWords+mostWordsOf || len(s.results.Hits) > 0 {
			t.Errorf("gone after %d words, a query costs %d of %d and finds %d", words, s.cost, whole, len(s.results.Hits))
		}
	}
}

// Whatever is typed, up to the longest header, the cost of a query is bounded.
func FuzzQueryCost(f *testing.F) {
	for _, queries := range []map[string]string{costly(f), invalid} {
		for _, text := range queries {
			f.Add(text)
		}
	}
	indexes := []*Index{shipped(f, "it"), shipped(f, "en"), crowded()}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > longestHeader {
			return
		}
		for _, ix := range indexes {
			if cost := ix.search(context.Background(), Query{Text: text}).cost; cost > mostCost {
				t.Errorf("%q costs %d, at most %d", text, cost, mostCost)
			}
		}
	})
}

func BenchmarkCostlyQuery(b *testing.B) {
	indexes := map[string]*Index{"it": shipped(b, "it"), "en": shipped(b, "en"), "crowded": crowded()}
	queries := costly(b)
	maps.Copy(queries, invalid)
	for _, lang := range slices.Sorted(maps.Keys(indexes)) {
		for _, name := range slices.Sorted(maps.Keys(queries)) {
			b.Run(lang+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					indexes[lang].Search(context.Background(), Query{Text: queries[name]})
				}
			})
		}
	}
}
