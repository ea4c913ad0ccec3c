package locale

import (
	"strings"

	"golang.org/x/text/language"

	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// A Term is a concept and the word that each language has for it. In glossary.toml it is a table:
//
//	[[term]]
//	words = { en = "cancel", it = "annullare" }
//	avoid = { it = ["disdire", "cancellare"] }
//	label = false
//	note = "Of a subscription."
type Term struct {
	Words map[string]string   `toml:"words"` // by language
	Avoid map[string][]string `toml:"avoid"` // words that writers must not use for it, by language
	Label bool                `toml:"label"` // a label on a screen, which must be spelt exactly so
	Note  string              `toml:"note"`  // for writers
}

// readGlossary reads and checks glossary.toml.
func (r *reader) readGlossary() {
	var file struct {
		Term []Term `toml:"term"`
	}
	loc := r.readTOML("glossary.toml", &file)
	if loc == nil {
		return
	}
	// A label may have the same word as the thing it leads to.
	type concept struct {
		word  string // of the default language
		label bool
	}
	seen := map[concept]diag.Position{}
	for i, t := range file.Term {
		at := loc.Key("term", i)
		r.checkTerm(loc, i, t)
		id := concept{strings.ToLower(t.Words[r.fallback.lang]), t.Label}
		if first, twice := seen[id]; twice {
			r.errorf(at, "term", "the term %q is already defined at %s", id.word, first)
		}
		seen[id] = at
	}
	r.Glossary = file.Term
}

// checkTerm checks that a term has a word in every language of the site, and no word that is both to be used and to
// be avoided. Other languages may have words too.
func (r *reader) checkTerm(loc *tomlfile.Locator, i int, t Term) {
	for _, lang := range r.languages {
		report := r.warnf
		if lang == r.fallback.lang {
			report = r.errorf
		}
		if _, ok := t.Words[lang]; !ok {
			report(loc.Key("term", i, "words"), "term", "the term has no word in %q", lang)
		}
	}
	for lang, word := range t.Words {
		r.checkTag(loc.Key("term", i, "words", lang), lang)
		r.checkWord("term", loc.Value("term", i, "words", lang), word)
	}
	for lang, words := range t.Avoid {
		r.checkTag(loc.Key("term", i, "avoid", lang), lang)
		for n, word := range words {
			at := loc.Value("term", i, "avoid", lang, n)
			r.checkWord("term", at, word)
			if strings.EqualFold(word, t.Words[lang]) {
				r.errorf(at, "term", "%q is both to be used and to be avoided", word)
			}
		}
	}
}

func (r *reader) checkTag(at diag.Position, lang string) {
	if _, err := language.Parse(lang); err != nil {
		r.errorf(at, "term", "invalid language tag %q (allowed: BCP 47, such as pt-BR)", lang)
	}
}

func (r *reader) checkWord(rule string, at diag.Position, word string) {
	if word == "" || strings.TrimSpace(word) != word {
		r.errorf(at, rule, "invalid word %q: empty, or with white space around it", word)
	}
}

// Synonyms returns the groups of words that readers of a language use for one another, in the order of
// synonyms.<lang>.toml. In that file, a group is a table, its first word is the one that articles use, and no word
// is in two groups:
//
//	[[group]]
//	words = ["annullare", "disdire", "recedere"]
func (c *Catalog) Synonyms(lang string) [][]string { return c.synonyms[lang] }

// readSynonyms reads and checks synonyms.<lang>.toml of each language.
func (r *reader) readSynonyms() {
	for _, lang := range r.languages {
		var file struct {
			Group []struct {
				Words []string `toml:"words"`
			} `toml:"group"`
		}
		loc := r.readTOML("synonyms."+lang+".toml", &file)
		if loc == nil {
			continue
		}
		seen := map[string]diag.Position{}
		for i, group := range file.Group {
			r.checkGroup(loc, i, group.Words, seen)
			r.synonyms[lang] = append(r.synonyms[lang], group.Words)
		}
	}
}

// checkGroup checks that a group has at least two words, none of them in seen.
func (r *reader) checkGroup(loc *tomlfile.Locator, i int, words []string, seen map[string]diag.Position) {
	if len(words) < 2 {
		r.errorf(loc.Key("group", i), "synonym", "a group of synonyms needs two words or more, not %d", len(words))
	}
	for n, word := range words {
		at := loc.Value("group", i, "words", n)
		r.checkWord("synonym", at, word)
		if first, twice := seen[strings.ToLower(word)]; twice {
			r.errorf(at, "synonym", "%q is already in a group, at %s", word, first)
			continue
		}
		seen[strings.ToLower(word)] = at
	}
}
