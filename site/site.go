// Package site is every page that a reader sees.
//
// [New] takes what writers own, already read (articles, words, rules), proves
// what holds between those rooms, and returns a [Site]: an ordered list of
// files that can be written in any order and at any number of workers, since
// each is a function of the same unchanging data. [Site.Build] writes them into
// a folder; [Service] answers the same bytes over HTTP and adds what only a
// service can: decisions by API, search without script, a language chosen by
// Accept-Language.
//
// A page is made of a shell and a main part. The shell (header, navigation, help
// cards, footer) is the same on all pages of a language, so it is executed once
// a language and cut where a page's own parts belong. Templates are html/template,
// they take structs, and their fixed words are message ids that [New] finds in
// them and proves against the catalog.
//
// What stands on thousands of pages (heads, selectors of languages, articles,
// entries of lists) is executed twice for each shape it has, and then written by
// filling the gaps of a stencil. That is not trusted: a stencil is proven against
// html/template when it is cut, and where a template looks at its strings, or a
// string asks for more than the usual escapes, html/template does the work.
//
// Time enters once: a Site is the state of the help center at one moment
// ([Input].Now), and [Site.Until] says when the next notice or rule begins or
// ends. No page carries the time of its making, so equal input gives equal bytes.
//
// # Publishing
//
// Build writes what is new into a folder beside the one to publish in, links what
// has not changed, adds a manifest of all files with their hashes, and swaps the
// two folders in one step. So the site is whole at every moment, whatever ends a
// build: an error, a signal that can't be caught, a disk without room; and the
// next build clears what was left. A lock on the folder around both makes two
// builds follow one another. A file that no manifest names is never replaced; where
// one comes while a build runs, the swap is taken back.
//
// A site is made in parts: a page, the index of a language, a feed. Each has a [Key],
// a hash of all that it is made of: the program, the words, rules and templates as
// they were read, and of articles what the part shows, which of a list is less than
// of a page. The state of the last build says with which keys the files in the folder
// were made and their sizes and times, so a build makes only parts with other keys,
// or whose files somebody has touched. A build without it gives the same bytes.
//
// Before the swap everything is brought to the disk (on Linux by one call for all
// files). Otherwise file systems that write names before contents, as most do,
// could show empty files after a loss of power, where an old site stood whole.
// For the thousand pages that ship, 13 MB, this took 20 to 50 ms on a virtual
// disk, and 400 ms while others wrote to it; a build that changes nothing does
// without. The swap itself is not waited for: a loss of power just after it may
// bring the old site back, as a whole.
package site

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/search"
)

// Input is all that a site is made of.
type Input struct {
	Library *library.Library
	Words   *locale.Catalog
	Rules   *ruleset.Set
	Files   fs.FS      // templates/ and assets/; the embedded ones where nil
	BaseURL string     // instead of the one in site.toml, where not ""
	Now     time.Time  // the moment shown
	Key     func() Key // of all that has been read to make the site but articles, asked after New; nil or a zero Key where that is not known
}

// A Site is every page of the help center at one moment. It never changes.
type Site struct {
	Input
	base         *url.URL // scheme, host and the path that begins every address
	prefix       string   // that path, with a slash at both ends
	Langs        []*Language
	AssetFiles   *assets
	Checkers     []*checker
	Indexes      map[string]func() *search.Index // by language
	PageFiles    []pageFile                      // in the order of their addresses
	ByPath       func() map[string]File          // see filesByPath, made once
	ArticlePaths []string                        // paths, sorted
	shelf        map[string][]string             // the same by product/category
	today        civil.Date

	mostNeeded func() []string                  // paths, made once
	places     map[string]func() map[string]int // by language, the place of each path in the order of titles, made once
	words      []locale.Need                    // every message that is shown
	uses       map[string]bool                  // their ids
}

// Language is what the site needs of one language, resolved once.
type Language struct {
	library.Language
	*locale.Words
	Shell *shell
}

// New proves what holds between articles, words and rules, and prepares every
// page. Where a finding is an error there is no site, nor where rules or words have
// been found not to be whole: then New only proves what else can be proven.
func New(in Input) (*Site, []diag.Finding) {
	s := &Site{Input: in}
	if s.BaseURL == "" {
		s.BaseURL = in.Library.Site.BaseURL
	}
	s.today = civil.DateOf(in.Now.In(in.Library.Site.Location))
	for _, l := range in.Library.Site.Languages {
		s.Langs = append(s.Langs, &Language{Language: l, Words: in.Words.Words(l.Tag)})
	}
	if s.Fallback() == nil {
		return nil, nil // site.toml names no such language, which content has reported
	}
	s.listArticles()
	s.prepareOrders()
	var found []diag.Finding
	for _, step := range []func() []diag.Finding{s.readBase, s.loadAssets, s.loadCheckers, s.proveReferences, s.loadShells} {
		found = append(found, step()...)
	}
	if diag.HasErrors(found) || !s.Rules.Whole() || !s.hasWords() {
		return nil, found
	}
	s.noteUses()
	s.prepareIndexes()
	s.listPages()
	s.ByPath = sync.OnceValue(s.filesByPath)
	return s, found
}

// readBase takes the base URL apart.
func (s *Site) readBase() []diag.Finding {
	base, err := url.Parse(s.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		at := s.Library.Site.Locator.Value("base_url")
		s.base, s.prefix = new(url.URL), "/" // for what else can be proven
		if s.BaseURL == "" && s.Library.Site.Locator.Misspelt("base_url") {
			return nil
		}
		return []diag.Finding{diag.Errorf(at, "base-url", "base URL %q is not an http or https address", s.BaseURL)}
	}
	s.base, s.prefix = base, strings.TrimSuffix(base.EscapedPath(), "/")+"/"
	return nil
}

// listArticles lists the path of every article once, sorted.
func (s *Site) listArticles() {
	s.ArticlePaths, s.shelf = nil, map[string][]string{}
	for _, a := range s.Library.Articles {
		s.ArticlePaths = append(s.ArticlePaths, a.Path)
	}
	slices.Sort(s.ArticlePaths)
	s.ArticlePaths = slices.Compact(s.ArticlePaths)
	for _, p := range s.ArticlePaths {
		s.shelf[path.Dir(p)] = append(s.shelf[path.Dir(p)], p)
	}
}

// prepareOrders makes ready the orders that lists of articles are in.
func (s *Site) prepareOrders() {
	s.mostNeeded, s.places = sync.OnceValue(s.rankNeeded), map[string]func() map[string]int{}
	for _, l := range s.Langs {
		s.places[l.Tag] = sync.OnceValue(func() map[string]int { return s.placeByTitle(l) })
	}
}

// Until returns the next moment at which the site is no longer true, because a
// notice or a version of the rules begins or ends; the zero time if there is none.
func (s *Site) Until() time.Time {
	var next time.Time
	consider := func(t time.Time) {
		if t.After(s.Now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for _, n := range s.Library.Site.Notices {
		consider(n.From)
		consider(n.Until)
	}
	for _, day := range s.Rules.Boundaries() {
		consider(day.Time(s.Library.Site.Location))
	}
	return next
}

// HasLanguage reports whether the site is in a language.
func (s *Site) HasLanguage(tag string) bool { return s.Language(tag) != nil }

// Language returns the language of that tag, or nil.
func (s *Site) Language(tag string) *Language {
	for _, l := range s.Langs {
		if l.Tag == tag {
			return l
		}
	}
	return nil
}

// Fallback is the language of the articles that all others are translated from.
func (s *Site) Fallback() *Language { return s.Language(s.Library.Site.DefaultLanguage) }

// Article returns the article of that path as it is shown in a language: its
// translation, else a text in another.
func (s *Site) Article(lang, path string) *article.Article { return s.Library.Shown(lang, path) }

// hasArticles reports whether an article is about the product.
func (s *Site) hasArticles(product string) bool {
	return slices.ContainsFunc(s.Library.Site.Categories, func(c library.Category) bool { return len(s.shelf[product+"/"+c.ID]) > 0 })
}

// product returns the product of that id.
func (s *Site) product(id string) *library.Product {
	i := slices.IndexFunc(s.Library.Site.Products, func(p library.Product) bool { return p.ID == id })
	return &s.Library.Site.Products[i]
}

// category returns the category of that id.
func (s *Site) category(id string) *library.Category {
	i := slices.IndexFunc(s.Library.Site.Categories, func(c library.Category) bool { return c.ID == id })
	return &s.Library.Site.Categories[i]
}
