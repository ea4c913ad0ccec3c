// Package lint is what a careful editor says about texts: the judgements that
// hold no page back, each a warning, and the list of every rule of the program.
//
// # What is read
//
// [New] takes what the rooms have read: articles, words, rules. A [Linter] reads
// no Markdown. It takes the HTML that content made of an article apart into
// passages ([content.Block], the title, the description), each a text as readers
// see it with the places of its markup, its words and its sentences; messages
// and the texts of site.toml are passages too. The source of an article is read
// again only where something was found in it, to say at which line and column.
//
// # What is judged
//
// One file holds one family of rules: links (vague-link), library (orphan,
// missing-translation, page-weight), pairs (section-ids), parity, language
// (wrong-language), broken (broken-word), repeated (repeated-text), dates
// (foreign-date), terms (term), readability, punctuation and address.
// message-unused comes from the catalog. [Rules] documents them, and those of all
// other rooms, with an example each.
//
// A rule rather misses a fault than sees one where there is none: its findings
// must be worth a writer's time. What a rule knows of a language is data
// ([tongue]): a rule that needs more than the site itself tells about a language
// is silent where there is none. Months, terms, labels and synonyms come from
// locales/, so those rules know every language of the site.
//
// # Silence
//
// A comment <!-- lint: rule-id because reason --> silences a rule for the block
// that follows. One that stands before all text speaks for the front matter too.
// [Silence] applies them to the findings of all rooms together, since only then
// can it be said which of them silences nothing. Errors cannot be silenced:
// build refuses on them.
package lint

import (
	"io/fs"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/parallel"
	"helpcenter/site/ruleset"
)

// Input is what a linter judges.
type Input struct {
	Library *library.Library
	Words   *locale.Catalog
	Rules   *ruleset.Set         // nil where there are none
	Files   fs.FS                // all rooms, in which files are called as findings call them: content/it/...
	Used    func(id string) bool // whether a page shows the message; nil where that is not known
}

// A Linter judges the articles and words of a site. It never changes, and may be
// used by many at once.
type Linter struct {
	Input
	languages map[string]*language
	names     *phrases           // of products
	known     map[string]uint64  // the languages in which a word is known, as bits
	linked    map[pageKey]bool   // whether something leads to it
	whole     bool               // the library
	pieces    map[string][]piece // of words, by their first bytes
	shortest  int                // length of the shortest piece
}

// New prepares what all articles are judged by.
func New(in Input) *Linter {
	l := &Linter{Input: in, languages: map[string]*language{}, whole: in.Library.Whole()}
	var all []*language
	for i, lang := range in.Library.Site.Languages {
		all = append(all, newLanguage(in, lang.Tag, i))
	}
	for _, lang := range all {
		lang.siblings = all
		l.languages[lang.tag] = lang
	}
	l.readVocabulary()
	l.readProducts()
	l.readLinks()
	l.readPieces()
	return l
}

// Run judges everything and returns what it found, sorted. Nothing is silenced
// yet.
func (l *Linter) Run() []diag.Finding {
	found := l.messages()
	found = append(found, l.siteTexts()...)
	if l.Used != nil {
		found = append(found, l.Words.Unused(l.Used)...)
	}
	found = slices.Concat(append(parallel.Map(l.groups(), l.judge), found)...)
	return diag.Sort(found)
}

// Article judges the article of one path in all languages, as [Linter.Run] does.
func (l *Linter) Article(path string) []diag.Finding {
	var group []*article.Article
	for _, lang := range l.Library.Site.Languages {
		if a := l.Library.Article(lang.Tag, path); a != nil {
			group = append(group, a)
		}
	}
	return diag.Sort(l.judge(group))
}

// groups returns the articles of each path, in all languages.
func (l *Linter) groups() [][]*article.Article {
	return slices.Collect(chunks(l.Library.Articles, samePath))
}

func samePath(a, b *article.Article) bool { return a.Path == b.Path }

// chunks parts a list where two neighbours do not belong together.
func chunks[T any](list []T, together func(a, b T) bool) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for from := 0; from < len(list); {
			to := from + 1
			for to < len(list) && together(list[to-1], list[to]) {
				to++
			}
			if !yield(list[from:to:to]) {
				return
			}
			from = to
		}
	}
}

// judge judges one article in the languages that have it.
func (l *Linter) judge(group []*article.Article) []diag.Finding {
	var found []diag.Finding
	var pages []*page
	var source *page
	for _, a := range group {
		if a.Body.HTML == nil {
			continue // it could not be read
		}
		p := l.newPage(a)
		pages = append(pages, p)
		if a.Lang == l.Library.Site.DefaultLanguage {
			source = p
		}
	}
	for _, p := range pages {
		p.judge()
		if source != nil && p != source && !p.Incomplete() && !source.Incomplete() {
			p.compare(source)
		}
	}
	for _, p := range pages {
		found = append(found, p.found...)
	}
	return append(found, l.missing(group)...)
}
