package locale

import (
	"io/fs"
	"strings"

	"golang.org/x/text/language"

	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// A Term is a concept and the word that each language has for it. In glossary.toml
// it is a table:
//
//	[[term]]
//	words = { en = "cancel", it = "annullare" }
//	avoid = { it = ["disdire", "cancellare"] }
//	label = false
//	note = "Of a subscription."
type Term struct {
	Words map[string]string   `toml:"words"` // by language
	Avoid map[string][]string `toml:"avoid"` // words that writers must not use for it, by language
	Label bool                `toml:"label"` // a label on a screen, which is spelt exactly so
	Note  string              `toml:"note"`  // for writers

	Pos diag.Position `toml:"-"`
}

// concept tells terms apart: a label may have the same word as the thing it leads to.
type concept struct {
	word  string // of the default language
	label bool
}

// readGlossary reads and checks glossary.toml.
func (c *Catalog) readGlossary(fsys fs.FS) []diag.Finding {
	var file struct {
		Term []Term `toml:"term"`
	}
	loc, found := readTOML(fsys, "glossary.toml", &file)
	if loc == nil {
		return found
	}
	seen := map[concept]diag.Position{}
	for i := range file.Term {
		t := &file.Term[i]
		t.Pos = loc.Key("term", i)
		found = append(found, c.checkTerm(loc, i, t)...)
		id := concept{strings.ToLower(t.Words[c.fallback.lang]), t.Label}
		if first, twice := seen[id]; twice {
			found = append(found, diag.Errorf(t.Pos, "term", "the term %q is already defined at %s", id.word, first))
		}
		seen[id] = t.Pos
	}
	c.Glossary = file.Term
	return found
}

// checkTerm checks that a term has a word in every language of the site, and none
// that is both to be used and to be avoided. Other languages may have words too.
func (c *Catalog) checkTerm(loc *tomlfile.Locator, i int, t *Term) []diag.Finding {
	var found []diag.Finding
	for _, lang := range c.languages {
		report := diag.Warningf
		if lang == c.fallback.lang {
			report = diag.Errorf
		}
		if _, ok := t.Words[lang]; !ok {
			found = append(found, report(loc.Key("term", i, "words"), "term", "the term has no word in %q", lang))
		}
	}
	for lang, word := range t.Words {
		found = append(found, checkTag(loc.Key("term", i, "words", lang), lang)...)
		found = append(found, checkWord("term", loc.Value("term", i, "words", lang), word)...)
	}
	for lang, words := range t.Avoid {
		found = append(found, checkTag(loc.Key("term", i, "avoid", lang), lang)...)
		for n, word := range words {
			at := loc.Value("term", i, "avoid", lang, n)
			found = append(found, checkWord("term", at, word)...)
			if strings.EqualFold(word, t.Words[lang]) {
				found = append(found, diag.Errorf(at, "term", "%q is both to be used and to be avoided", word))
			}
		}
	}
	return found
}

func checkTag(at diag.Position, lang string) []diag.Finding {
	if _, err := language.Parse(lang); err != nil {
		return []diag.Finding{diag.Errorf(at, "term", "invalid language tag %q (allowed: BCP 47, such as pt-BR)", lang)}
	}
	return nil
}

func checkWord(rule string, at diag.Position, word string) []diag.Finding {
	if word == "" || strings.TrimSpace(word) != word {
		return []diag.Finding{diag.Errorf(at, rule, "invalid word %q: empty, or with white space around it", word)}
	}
	return nil
}

// Synonyms returns the groups of words that readers of a language use for one
// another, in the order of synonyms.<lang>.toml. There a group is a table, the word
// that articles use comes first, and no word is in two groups:
//
//	[[group]]
//	words = ["annullare", "disdire", "recedere"]
func (c *Catalog) Synonyms(lang string) [][]string { return c.synonyms[lang] }

// readSynonyms reads and checks synonyms.<lang>.toml of each language.
func (c *Catalog) readSynonyms(fsys fs.FS) []diag.Finding {
	var found []diag.Finding
	for _, lang := range c.languages {
		var file struct {
			Group []struct {
				Words []string `toml:"words"`
			} `toml:"group"`
		}
		loc, fs := readTOML(fsys, "synonyms."+lang+".toml", &file)
		found = append(found, fs...)
		if loc == nil {
			continue
		}
		seen := map[string]diag.Position{}
		for i, group := range file.Group {
			found = append(found, checkGroup(loc, i, group.Words, seen)...)
			c.synonyms[lang] = append(c.synonyms[lang], group.Words)
		}
	}
	return found
}

// checkGroup checks that a group has at least two words, none of which was seen.
func checkGroup(loc *tomlfile.Locator, i int, words []string, seen map[string]diag.Position) []diag.Finding {
	var found []diag.Finding
	if len(words) < 2 {
		found = append(found, diag.Errorf(loc.Key("group", i), "synonym",
			"a group of synonyms needs two words or more, not %d", len(words)))
	}
	for n, word := range words {
		at := loc.Value("group", i, "words", n)
		found = append(found, checkWord("synonym", at, word)...)
		if first, twice := seen[strings.ToLower(word)]; twice {
			found = append(found, diag.Errorf(at, "synonym", "%q is already in a group, at %s", word, first))
			continue
		}
		seen[strings.ToLower(word)] = at
	}
	return found
}
