// Package lint judges texts as a careful editor does. It also lists the rules of the whole program ([Rules]). Its
// own findings are warnings, which do not stop a build.
//
// # Input
//
// [New] takes articles, messages and rulesets that other packages have loaded. A [Linter] does not parse Markdown. It
// divides the HTML of an article into passages: one for each block, the title and the description. A passage is a
// text as readers see it, with the positions of its markup, words and sentences. Messages and the texts of site.toml
// are passages too. The source file is read only to find the line and column of a finding.
//
// # Rules
//
// Each file holds one family of rules: library (orphan, missing-translation, page-weight, vague-link), pairs
// (section-ids), parity, actions (unlinked-action, placeholder-address), language (wrong-language), broken
// (broken-word), repeated (repeated-text), dates (foreign-date), terms (term), spelling, readability, punctuation,
// address. Package locale reports message-unused. rules.toml documents every rule with an example.
//
// A rule prefers false negatives to false positives: every finding should be worth a writer's time. What the rules
// know about a language is data, in lexicons.toml; without it, a rule reports nothing. Months, terms, labels and
// synonyms come from locales/, so those rules work in every language of a site.
//
// testdata/judged.tsv lists texts with a judgement of whether a rule should find something in them. In each
// language, at least nine of ten findings there are right, or the rule is off in that language (off in rules.toml,
// with the reason) unless site.toml turns it on.
//
// # Silencing a rule
//
// The comment <!-- lint: rule-id because reason --> silences a rule for the next block. A comment before all text
// covers the front matter too. [Silence] applies these comments to the findings of all packages at once, because only
// then is it known which comments silence nothing. Errors cannot be silenced.
package lint

import (
	"io/fs"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/spelling"
)

// Input is what a linter judges.
type Input struct {
	Library *library.Library
	Words   *locale.Catalog
	Rules   *ruleset.Set           // may be nil
	Files   fs.FS                  // files by the names that findings use: content/it/...; may be nil
	Used    func(id string) bool   // reports whether a page shows the message; nil if unknown
	Lent    func(name string) bool // reports whether a file comes with the program, and so is not judged; may be nil

	Dictionaries map[string]*spelling.Dictionary // by language; a language without one is not checked for spelling
}

// A Linter judges the articles and texts of a site. It is immutable and safe for concurrent use.
type Linter struct {
	Input
	all       []*language          // of the site, in its order
	languages map[string]*language // the same, by tag
	groups    [][]*article.Article // the articles of each path, in all languages
	products  *phrases             // their names
	having    map[string]uint64    // by word: the bits of the languages that have it
	linked    map[pageKey]bool     // articles that a link, a related list or a rule leads to
	pieces    []piece              // words of the glossary
	whole     bool                 // every article was read in full
}

// A pageKey names an article in one language.
type pageKey struct{ lang, path string }

// A page is an article as the rules read it.
type page struct {
	*article.Content
	*language
	front  []*passage // title and description
	blocks []*passage // in the order of article.Content.Blocks
	found  []diag.Finding
	from   *page   // the source of a translation, or nil
	source *source // nil until a position in it is needed
}

// A source is the Markdown of an article.
type source struct {
	text  string
	lines []int // where each line begins
}

// A pair is a part of a translation and the part of the source that it translates: one block each if the blocks of
// their sections are of the same kinds in the same order, otherwise a whole section each.
type pair struct {
	here, source []*passage
	page         *page // the translation
	from         *page // the source
}

// siteTexts calls each for every text of site.toml, in all languages, with its path in the file.
func (l *Linter) siteTexts(each func(text library.Text, path ...any)) {
	site := l.Library.Site
	for i, v := range site.Groups {
		each(v.Name, "group", i, "name")
	}
	for i, v := range site.Products {
		each(v.Summary, "product", i, "summary")
	}
	for i, v := range site.Categories {
		each(v.Section, "category", i, "section")
		each(v.Name, "category", i, "name")
	}
	for i, v := range site.Notices {
		each(v.Text, "notice", i, "text")
	}
	for i, v := range site.Help {
		each(v.Name, "help", i, "name")
	}
	for i, v := range site.Links {
		each(v.Name, "link", i, "name")
	}
}
