package search

import (
	_ "embed"
	"strings"
	"sync"

	bcp47 "golang.org/x/text/language"

	"helpcenter/site/tomlfile"
)

// A language is what the analysis knows about a language; languages.toml explains it. It is also data in the
// manifest, so that the page's script reads words as Go does.
type language struct {
	Elided wordList `json:"elided" toml:"elided"`
	Stop   wordList `json:"stop" toml:"stop"`
	Ask    wordList `json:"ask" toml:"ask"`
	Spell  wordList `json:"spell,omitempty" toml:"spell"`
	Links  wordList `json:"-" toml:"links"`
	Apart  wordList `json:"apart,omitempty" toml:"apart"`
	Forms  wordList `json:"-" toml:"forms"`
	Stem   stemmer  `json:"stem" toml:"stem"`
}

// A wordList is a list of words separated by spaces.
type wordList string

// UnmarshalText reads words separated by white space.
func (l *wordList) UnmarshalText(text []byte) error {
	*l = wordList(strings.Join(strings.Fields(string(text)), " "))
	return nil
}

func (l wordList) set() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(string(l)) {
		set[w] = true
	}
	return set
}

//go:embed languages.toml
var languagesFile []byte

var languages = sync.OnceValue(func() map[string]language {
	var all map[string]language
	tomlfile.Decode("languages.toml", languagesFile, 1, &all) // a test checks its findings
	return all
})

// languageOf returns what is known about the language of a BCP 47 tag.
func languageOf(tag string) language {
	base, _ := bcp47.Make(tag).Base()
	return languages()[base.String()]
}

// A stemmer is a sequence of steps, each applied to the result of the one before.
type stemmer []step

// A step is a list of rules. The first that matches applies.
type step struct {
	text   string // as written
	last   bool   // a word that no rule matches is not changed by later steps
	repeat bool   // apply the rules again until none matches
	begins bool   // the rules replace beginnings
	rules  []rule
}

// A rule replaces an ending, or a beginning, of a word that is long enough.
type rule struct {
	affix       string
	keep        int // least number of bytes besides the affix
	replacement string
}

// UnmarshalText reads a step.
func (s *step) UnmarshalText(text []byte) error {
	fields := strings.Fields(string(text))
	s.text = strings.Join(fields, " ")
	s.last, s.repeat, s.begins = fields[0] == "!", fields[0] == "*", fields[0] == "^"
	for _, field := range fields {
		if n := strings.IndexAny(field, "0123456789"); n >= 0 {
			s.rules = append(s.rules, rule{field[:n], int(field[n] - '0'), field[n+1:]})
		}
	}
	return nil
}

// MarshalText writes a stemmer in the form that the page's script reads, one line for each step.
func (s stemmer) MarshalText() ([]byte, error) {
	lines := make([]string, len(s))
	for i := range s {
		lines[i] = s[i].text
	}
	return []byte(strings.Join(lines, "\n")), nil
}

// stem returns what all forms of a folded word share. Words with digits or with letters other than a to z are not
// changed.
func (s stemmer) stem(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
		return word
	}
	for _, step := range s {
		next, ok := step.apply(word)
		if step.last && !ok {
			return word
		}
		for step.repeat && ok {
			word = next
			next, ok = step.apply(word)
		}
		word = next
	}
	return word
}

func (s step) apply(word string) (string, bool) {
	for _, r := range s.rules {
		if base, ok := strings.CutSuffix(word, r.affix); ok && !s.begins && len(base) >= r.keep {
			return base + r.replacement, true
		}
		if rest, ok := strings.CutPrefix(word, r.affix); ok && s.begins && len(rest) >= r.keep {
			return r.replacement + rest, true
		}
	}
	return word, false
}
