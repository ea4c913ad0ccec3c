// Package locales is every word that a reader sees outside the articles, in
// every language, and the only code that talks to go-i18n.
//
// # For writers
//
// The words of a language stand in active.<lang>.toml, one message an id:
//
//	"search.title" = "Search"
//
// An id is made of lower-case letters, digits and hyphens, in parts joined by
// dots. One of several parts stands in quotes: without them TOML makes nested
// tables of it, and a part named "other" would be read as a plural form. Ids are
// never shown to readers. A message may have placeholders, and nothing else in
// double braces:
//
//	"page.updated" = "Last updated: {{.Date}}"
//
// A date comes without article or preposition, so a sentence must not need one:
// "Ultimo giorno: {{.Date}}", not "entro il {{.Date}}", which 8 March would break.
//
// A message that depends on a number is a table of the plural forms that CLDR
// gives the language. Those of Italian are one, many (for millions) and other:
//
//	["search.count"]
//	many = "{{.Count}} di risultati"
//	one = "{{.Count}} risultato"
//	other = "{{.Count}} risultati"
//
// To add a word, write it in the file of the default language and in the others,
// anywhere, then let go-i18n put the files in order:
//
//	cd locales && go tool goi18n merge active.*.toml
//
// In translations that adds the key hash, which says what text of the default
// language was translated. When that text changes, lint says outdated-translation:
// set the translation right and delete its hash, then merge. Merging first would
// take the translation out. What has no translation, goi18n writes into
// translate.<lang>.toml: translate it there, merge active.*.toml and
// translate.*.toml together, and remove the latter. No message stands in Go code,
// so goi18n extract finds none, and what it writes must not replace these files.
//
// To add a language, name it in content/site.toml and make an empty
// translate.<lang>.toml; merged with active.*.toml it holds all that there is to
// translate.
// Dates and lists are messages too: "date.long" is the pattern of a date,
// "date.month.1" to "date.month.12" name the months, and "date.day" is the day, by
// whose plural forms a language can write the first of a month apart (1º, 1er).
// "list.pair" joins two items; in a longer list "list.end" joins the last one and
// "list.middle" those before.
//
// glossary.toml says which word stands for which concept, see [Term];
// synonyms.<lang>.toml says which words a search takes for one another, see
// [Catalog.Synonyms]. Both may be absent.
//
// # For programmers
//
// [Load] reads the room and proves what can be proved within it. The site adds,
// by [Catalog.Require] and [Catalog.Unused], what only it knows: which messages
// templates and rules need. After that no word can be missing, so the methods of
// [Words] return plain strings, and panic where somebody asks for what was not
// proven; in a template such a panic is an error that names the template's line.
//
// A message that a language lacks is shown in the default language, and
// [Words.Lang] tells which language it is then in. Fixed words are resolved once
// a language, when the room is loaded: [Words.Text] is one look-up in a map.
package locales

import (
	"embed"
	"io/fs"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"helpcenter"
)

// Files is the room as it was when the program was built.
//
//go:embed *.toml
var Files embed.FS

// A Catalog is the words of all languages of a site. It never changes.
type Catalog struct {
	Glossary []Term // in the order of the file

	languages []string
	fallback  *locale
	locales   map[string]*locale
	words     map[string]*Words
	synonyms  map[string][][]string
	matcher   language.Matcher
}

// Load reads the room from fsys: the messages of each language, which are BCP 47
// tags in the order of the site, the glossary and the synonyms. What a language
// lacks is taken from the fallback, the site's default language. Files of other
// languages are left alone, so that a room may know more languages than a site.
//
// The catalog is never nil. Where there are errors among the findings it serves
// to find more of them, not to show pages.
func Load(fsys fs.FS, languages []string, fallback string) (*Catalog, []helpcenter.Finding) {
	if !slices.Contains(languages, fallback) {
		languages = append(slices.Clone(languages), fallback)
	}
	c := &Catalog{
		languages: languages,
		matcher:   newMatcher(languages),
		locales:   map[string]*locale{},
		words:     map[string]*Words{},
		synonyms:  map[string][][]string{},
	}
	found := checkNames(fsys)
	for _, lang := range languages {
		l, fs := readLocale(fsys, lang)
		c.locales[lang] = l
		found = append(found, fs...)
	}
	c.fallback = c.locales[fallback]
	found = append(found, c.check()...)
	found = append(found, c.Require(c.ownNeeds())...)
	found = append(found, c.readGlossary(fsys)...)
	found = append(found, c.readSynonyms(fsys)...)
	c.resolve()
	return c, helpcenter.SortFindings(found)
}

// resolve makes the words of each language, once all messages are known.
func (c *Catalog) resolve() {
	bundle := i18n.NewBundle(language.Make(c.fallback.lang))
	for _, lang := range c.languages {
		for _, id := range c.locales[lang].ids() {
			m := c.locales[lang].messages[id].Message
			// Languages without plural rules have been reported and left empty.
			_ = bundle.AddMessages(language.Make(lang), &m)
		}
	}
	for _, lang := range c.languages {
		c.words[lang] = newWords(bundle, c.locales[lang], c.fallback)
	}
}

// Words returns the words of a language, or those of the default language for
// one that the site does not have.
func (c *Catalog) Words(lang string) *Words {
	if w := c.words[lang]; w != nil {
		return w
	}
	return c.words[c.fallback.lang]
}
