package lint

import (
	_ "embed"
	"strings"
	"sync"

	bcp47 "golang.org/x/text/language"

	"helpcenter/site/tomlfile"
)

// A lexicon is what the linter knows about a language; lexicons.toml explains it.
type lexicon struct {
	Common           wordSet        `toml:"common"`
	Endings          wordSet        `toml:"endings"`
	SingleConsonants bool           `toml:"single_consonants"`
	SingleVowels     bool           `toml:"single_vowels"`
	Participle       string         `toml:"participle"`
	Separable        wordSet        `toml:"separable"`
	Infinitive       string         `toml:"infinitive"`
	Joints           wordSet        `toml:"joints"`
	Enclitics        wordSet        `toml:"enclitics"`
	VagueLinks       []string       `toml:"vague_links"`
	Numerals         map[string]int `toml:"numerals"`
	Abbreviations    wordSet        `toml:"abbreviations"`
	SmallWords       wordSet        `toml:"small_words"`
	Repeatable       wordSet        `toml:"repeatable"`
	Familiar         wordSet        `toml:"familiar"`
	Formal           wordSet        `toml:"formal"`
	SpaceBeforeMarks bool           `toml:"space_before_marks"`
	Quotes           []string       `toml:"quotes"`
	OpeningMarks     []string       `toml:"opening_marks"`
	Compounds        bool           `toml:"compounds"`
	Prefixes         wordSet        `toml:"prefixes"`
	Suffixes         wordSet        `toml:"suffixes"`
	CapitalNouns     bool           `toml:"capital_nouns"`
	Variants         []string       `toml:"variants"`
	ReadingEase      string         `toml:"reading_ease"`
	Steps            *steps         `toml:"steps"`
}

// steps describes how instructions begin in a language.
type steps struct {
	Imperative   wordSet `toml:"imperative"`
	Formal       wordSet `toml:"formal"`
	Pronoun      string  `toml:"pronoun"`
	Infinitive   wordSet `toml:"infinitive"`
	Finite       wordSet `toml:"finite"`
	Impersonal   string  `toml:"impersonal"`
	ThirdPerson  wordSet `toml:"third_person"`
	PhraseStarts wordSet `toml:"phrase_starts"`
	NextSteps    wordSet `toml:"next_steps"`
}

type wordSet map[string]bool

// UnmarshalText reads words separated by white space.
func (s *wordSet) UnmarshalText(text []byte) error {
	*s = wordSet{}
	for w := range strings.FieldsSeq(string(text)) {
		(*s)[w] = true
	}
	return nil
}

//go:embed lexicons.toml
var lexiconsFile []byte

var lexicons = sync.OnceValue(func() map[string]*lexicon {
	var all map[string]*lexicon
	tomlfile.Decode("lexicons.toml", lexiconsFile, 1, &all) // a test checks its findings
	return all
})

// unknown is the language of texts that no rule judges.
var unknown = &language{Linter: &Linter{}, lexicon: &lexicon{}, calendar: &calendar{}}

// lexiconOf returns the lexicon for a BCP 47 tag, or an empty one if there is none.
func lexiconOf(tag string) *lexicon {
	base, _ := bcp47.Make(tag).Base()
	if l := lexicons()[base.String()]; l != nil {
		return l
	}
	return unknown.lexicon
}

// longestEnding is the length in bytes of the longest suffix or group of enclitics that is cut off.
const longestEnding = 6

// stem returns the part that the forms of a word share. It is a light stemmer: forms that it fails to unite cost a
// finding; different words that it confuses must not occur in articles.
func (l *lexicon) stem(word string) string {
	if l.Participle != "" {
		word = l.withoutParticiple(word)
	}
	if l.Enclitics != nil {
		word = l.withoutEnclitics(word)
	}
	stem := word
	for n := min(longestEnding, len(word)-3); n > 0; n-- {
		if !l.Endings[word[len(word)-n:]] {
			continue
		}
		stem = word[:len(word)-n]
		if n := len(stem); l.SingleConsonants && n > 3 && stem[n-1] == stem[n-2] {
			return stem[:n-1]
		}
		break
	}
	if n := len(stem); l.SingleVowels && n > 4 && stem[n-2] == stem[n-3] && strings.IndexByte("aeou", stem[n-2]) >= 0 {
		return stem[:n-2] + stem[n-1:]
	}
	return stem
}

// withoutParticiple removes the prefix of a participle: gekündigt becomes kündigt, opgezegd becomes opzegd.
func (l *lexicon) withoutParticiple(word string) string {
	const least = 4
	before, after, ok := strings.Cut(word, l.Participle)
	ends := strings.HasSuffix(word, "t") || strings.HasSuffix(word, "d")
	if !ok || !ends || len(after) < least || before != "" && !l.Separable[before] {
		return word
	}
	return before + after
}

// withoutEnclitics removes the pronouns joined to a verb: cancelarlo becomes cancelar, cancélalo becomes cancela.
func (l *lexicon) withoutEnclitics(word string) string {
	const least = 4
	for n := min(longestEnding, len(word)-least); n > 1; n-- {
		if !l.Enclitics[word[len(word)-n:]] {
			continue
		}
		verb := word[:len(word)-n]
		if plain := unstressed.Replace(verb); plain != verb || strings.HasSuffix(verb, "r") {
			return plain
		}
	}
	return word
}

var unstressed = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u")
