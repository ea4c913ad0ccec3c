// Package locale is every word that a reader sees outside the articles, in
// every language, and the only code that talks to go-i18n.
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
package locale

import (
	"io/fs"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"helpcenter/site/diag"
)

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
func Load(fsys fs.FS, languages []string, fallback string) (*Catalog, []diag.Finding) {
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
	return c, diag.Sort(found)
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
