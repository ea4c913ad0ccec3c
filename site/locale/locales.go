// Package locale holds every word that readers see outside the articles, in each language. It is the only package
// that uses go-i18n.
//
// [Load] reads the folder locales and checks everything that can be checked there. With [Catalog.Require] and
// [Catalog.Unused], the site tells which messages its templates and rules show. If no error is reported, no message
// is missing, so the methods of [Words] return plain strings. They panic only if a message is shown that was never
// required; html/template turns such a panic into an error with the template's line.
//
// A message that a language lacks is shown in the default language; [Words.Lang] tells in which of them.
// [Words.Text] is a single map lookup.
package locale

import (
	"io/fs"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"helpcenter/site/diag"
)

// A Catalog holds the words of all languages of a site. It is immutable.
type Catalog struct {
	Glossary []Term // in the order of the file

	languages []string
	fallback  *locale
	locales   map[string]*locale
	words     map[string]*Words
	synonyms  map[string][][]string
	matcher   language.Matcher
}

// Load reads the messages and synonyms of each language and the glossary from fsys, the folder locales. The site's
// own messages in active.<lang>.toml replace those of interface.<lang>.toml. languages are BCP 47 tags in the order
// of the site; messages that a language lacks are taken from fallback, the site's default language. Files of other
// languages are ignored.
//
// Labels are messages from elsewhere. No file of fsys may also have them.
//
// The catalog is never nil. If there are errors among the findings, it can be used to find more of them, but not to
// show pages.
func Load(fsys fs.FS, languages []string, fallback string, labels ...Label) (*Catalog, []diag.Finding) {
	if !slices.Contains(languages, fallback) {
		languages = append(slices.Clone(languages), fallback)
	}
	c := &Catalog{
		languages: languages,
		locales:   map[string]*locale{},
		words:     map[string]*Words{},
		synonyms:  map[string][][]string{},
	}
	r := reader{Catalog: c, fsys: fsys}
	meant := r.checkNames()
	var tags []language.Tag
	for _, lang := range languages {
		tags = append(tags, language.Make(lang))
		c.locales[lang] = r.readLocale(lang, fallback, meant)
		r.addLabels(c.locales[lang], labels)
	}
	c.matcher = language.NewMatcher(tags)
	c.fallback = c.locales[fallback]
	for _, lang := range languages {
		r.checkForms(c.locales[lang])
	}
	for _, lang := range languages {
		r.compare(c.locales[lang])
	}
	r.readGlossary()
	r.readSynonyms()
	c.resolve()
	return c, diag.Sort(r.findings)
}

// resolve makes the words of each language, once all messages are known.
func (c *Catalog) resolve() {
	bundle := i18n.NewBundle(language.Make(c.fallback.lang))
	for _, lang := range c.languages {
		for _, m := range c.locales[lang].messages {
			// The only error is a language without plural rules: checkForms has reported it and removed its messages.
			_ = bundle.AddMessages(language.Make(lang), &m.Message)
		}
	}
	for _, lang := range c.languages {
		c.words[lang] = newWords(bundle, c.locales[lang], c.fallback)
	}
}

// Words returns the words of a language, or those of the default language if the site does not have that one.
func (c *Catalog) Words(lang string) *Words {
	if w := c.words[lang]; w != nil {
		return w
	}
	return c.words[c.fallback.lang]
}

// findings collects what is wrong.
type findings []diag.Finding

func (f *findings) errorf(at diag.Position, rule, format string, args ...any) *diag.Finding {
	*f = append(*f, diag.Errorf(at, rule, format, args...))
	return &(*f)[len(*f)-1]
}

func (f *findings) warnf(at diag.Position, rule, format string, args ...any) *diag.Finding {
	*f = append(*f, diag.Warningf(at, rule, format, args...))
	return &(*f)[len(*f)-1]
}
