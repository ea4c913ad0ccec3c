// Package site makes every page that a reader sees.
//
// [New] takes what writers own, already loaded (articles, words, rules), checks the references between them, and
// returns a [Site]: an ordered list of files. They can be written in any order and by any number of goroutines,
// since each is a function of the same immutable data. Package publish writes the files to a folder. Package server
// sends the same bytes over HTTP and adds what needs a request: search results without script, dates counted from a
// renewal date, suggestions for an address that does not exist. See [Site.File], [Site.SearchResults], [Site.State]
// and [Site.NotFound].
//
// # Pages
//
// A page is a shell and a main part. The shell (header, navigation, help cards, footer) is the same on all pages of
// a language, so it is executed once per language and cut at the slots that pages fill. Templates are
// html/template. They take structs and refer to messages by literal ids, which New collects and checks against the
// catalog. Writers may replace templates and assets ([Input].Files); errors in these are findings, see [Site.Try].
//
// # Time
//
// A Site shows the help center at one moment, [Input].Now. [Changes] says when notices, versions of the rules and
// articles begin or end. No page contains the time at which it was made: the same input gives the same bytes.
//
// # Incremental builds
//
// [Site.EachPart] yields the site in parts: a page, the terms of a search index, a feed. The [Key] of a part is a
// hash of everything it is made from: the program, the words, rules and templates as read, and what the part shows
// of articles, which is less for an entry in a list than for a page. A part with the same key as in an earlier
// build has the same bytes.
package site

import (
	"bytes"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/policy"
	"helpcenter/site/ruleset"
	"helpcenter/site/search"
	"helpcenter/site/template"
)

// Input is everything a site is made from.
type Input struct {
	Library *library.Library
	Words   *locale.Catalog
	Rules   *ruleset.Set
	Files   fs.FS     // templates/ and assets/; nil for [Files]
	Static  fs.FS     // published unchanged; nil for nothing
	BaseURL string    // overrides the one in site.toml unless ""
	Now     time.Time // the moment shown

	// PagesOnly leaves out what is for programs: Markdown files of pages, and decisions as JSON.
	PagesOnly bool

	// Feedback adds the form that asks whether a page helped; something must take what it sends.
	Feedback bool

	Key func() Key // of everything read except articles; nil, or returns zero, if unknown; called after New

	// Kept opens the cache that belongs to a name: "search-it" for what was read for the index of a language, "tried"
	// for [Site.TryAll]. It is used if Key is known; may be nil.
	Kept search.Kept
}

// A Site is every page of the help center at one moment. It is immutable.
type Site struct {
	Input
	addresses
	policy     policy.Policy // of pages
	today      civil.Date
	langs      []*language
	assets     *assets
	color      string // of the header
	static     []File
	checkers   []*checker
	frame      func() Key               // of everything except articles; see frameKey
	paths      []string                 // of all articles, sorted
	byCategory map[string][]string      // paths by product/category, by category, or by "."
	mostNeeded func() []string          // paths; see mostNeeded
	moved      func() map[string]string // current addresses by the earlier ones
	messages   map[string]bool          // the ids of messages that are shown
	pages      []pageFile               // by address
	files      func() map[string]File
}

// A Key identifies what files are made from: equal keys, equal files. The zero Key means that it is unknown.
type Key = article.Sum

// A language is the site in one language.
type language struct {
	library.Language
	*locale.Words
	about map[string]string // the texts of [site] in site.toml
	site  *Site
	shell *shell
	plan  func() *search.Plan
	index func() *search.Index
	order func() map[string]int // position of each path when sorted by title

	phrases *sync.Map // phrases by language and Markdown text of a checker
	cited   *sync.Map // sectionViews by the reference of a rule; many states show the same section

	articleKinds func() []article.Kind
}

// A pageFile is the name of a page and how to make it. Sites with the same addresses share it, so it refers to
// nothing that may differ between them.
type pageFile struct {
	path     string
	lang     int    // in Site.langs
	article  string // path of the article that it shows, or ""
	make     func(*language) *page
	text     []string                 // paths of the articles whose text the page shows
	lists    func(*language) []string // paths of those of which it shows anything else; nil if it may be any
	decided  bool                     // whether it shows a state, and so has its decision as JSON
	unlisted bool                     // whether the sitemap leaves it out: it is not canonical, or a step of a question
}

// A page is one address in one language: the data of what the shell shows around the main part, and the data of
// that part. Templates use the exported fields and methods.
type page struct {
	*language
	file        string               // name below the site's root
	alternates  []string             // file of the page in each language of the site
	own         func(*language) bool // whether a language has a text of its own for it; nil if all have
	canonical   string               // file of the page that this page repeats, or ""
	article     *article.Article     // that the page shows, or nil
	read        *article.Content     // content of article, once it is needed
	Title       string
	Description string
	Product     string // id of the product whose notices it shows and which its search box prefers, or ""
	Crumbs      []crumb
	Pages       []pageLink // of the list that it belongs to; none if the list has one page
	Main        string     // template of its main part
	Data        any
	makeData    func() any // returns Data when the page is written, if that is costly
	Query       string     // in the search box
	unpublished bool       // whether it was made for one request, and so has no Markdown file
	asked       string     // query of the request, which the language selector keeps

	once sync.Once     // makes the main part
	html *bytes.Buffer // of the main part
	err  error
}

// assets are the files that pages refer to, published under names that contain a hash of their bytes, so they may
// be cached forever. They come from assets/ (style, scripts, icon) and from the articles (pictures).
type assets struct {
	links   map[string]string // address of a file of assets/ by its name
	content map[string]string // address of a file below content/
	files   []File            // in a fixed order
	names   map[string]bool   // of files
}

// A shell is what all pages of a language share, cut at its slots: pieces[0], first slot, pieces[1], and so on.
type shell struct {
	pieces    []string
	templates *htmltemplate.Template // using the words of the language
	compiled  map[string]*template.Compiled
}

// A checker is one question that rules answer, with the version of the rules in force on the day of the site.
type checker struct {
	*ruleset.Ruleset
	cited []string // paths of the articles whose sections its pages show
}

// A pageLink links to a page of a list.
type pageLink struct {
	Number  int
	Link    string
	Current bool
	Rel     string // prev or next, or ""
}

// A crumb is one level of the breadcrumbs. A level without a page has no link.
type crumb struct{ Name, Link string }

// A languageLink links to a page in another language.
type languageLink struct {
	Tag, Name, Link string
	Current         bool
	Dir             string // of that language, if not that of the page
}

// Article returns the article at a path as a language shows it: its translation, or the text in another language.
func (s *Site) Article(lang, path string) *article.Article { return s.Library.Shown(lang, path) }

// ArticleLink returns the address of the page of an article in a language.
func (s *Site) ArticleLink(lang, path string) string { return s.Link(s.articleFile(lang, path)) }

// articleFile returns the file of the page of an article in a language. Its last step is the slug of the text shown
// there.
func (s *Site) articleFile(lang, path string) string {
	a := s.Article(lang, path)
	return PagePath(lang, a.Product, a.Category, a.Slug)
}

// HasLanguage reports whether the site has pages in a language.
func (s *Site) HasLanguage(tag string) bool { return s.language(tag) != nil }

func (s *Site) language(tag string) *language {
	for _, l := range s.langs {
		if l.Tag == tag {
			return l
		}
	}
	return nil
}

// source returns the language from which all others are translated.
func (s *Site) source() *language { return s.language(s.Library.Site.DefaultLanguage) }

func (s *Site) product(id string) *library.Product {
	products := s.Library.Site.Products
	return &products[slices.IndexFunc(products, func(p library.Product) bool { return p.ID == id })]
}

func (s *Site) category(id string) *library.Category {
	categories := s.Library.Site.Categories
	return &categories[slices.IndexFunc(categories, func(c library.Category) bool { return c.ID == id })]
}

// checker returns the checker with that id, or nil.
func (s *Site) checker(id string) *checker {
	for _, c := range s.checkers {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Ruleset returns the rules of a checker that are in force at the moment of the site, or nil.
func (s *Site) Ruleset(id string) *ruleset.Ruleset { return s.Rules.At(id, s.today) }

// Day returns the date of a moment in the time zone of the site.
func (s *Site) Day(t time.Time) civil.Date { return civil.DateOf(t.In(s.Library.Site.Location)) }

// A Change is a moment at which the site changes without any file being saved.
type Change struct {
	At   time.Time
	What string
}

// Changes returns, in order, what changes after the moment of a site: notices and versions of the rules begin or
// end, articles are published or expire.
func Changes(s *Site) (list []Change) {
	add := func(at time.Time, format string, args ...any) {
		if at.After(s.Now) {
			list = append(list, Change{at, fmt.Sprintf(format, args...)})
		}
	}
	for _, n := range s.Library.Site.Notices {
		text := n.Text[s.source().Tag]
		add(n.From, "the notice %q begins", text)
		add(n.Until, "the notice %q ends", text)
	}
	zone := s.Library.Site.Location
	for _, day := range s.Rules.Boundaries() {
		add(day.Time(zone), "a version of the rules begins or ends")
	}
	for _, turn := range s.Library.Turns() {
		add(turn.Day.Time(zone), "%s: %s", turn.Article.File, turn.Stage)
	}
	slices.SortStableFunc(list, func(a, b Change) int { return a.At.Compare(b.At) })
	return list
}

// Until returns the moment of the first change, or the zero time if there is none.
func (s *Site) Until() time.Time {
	if changes := Changes(s); len(changes) > 0 {
		return changes[0].At
	}
	return time.Time{}
}

// Name returns the name of the help center in its default language.
func (s *Site) Name() string { return s.source().about["name"] }

// Uses reports whether the site shows a message anywhere.
func (s *Site) Uses(id string) bool { return s.messages[id] }

// Pages returns the number of pages.
func (s *Site) Pages() int { return len(s.pages) }

// Redirect returns the address to which an earlier one leads. The earlier one is a path below the site's root.
func (s *Site) Redirect(path string) (to string, ok bool) {
	to, ok = s.moved()[strings.TrimSuffix(path, "/")]
	return to, ok
}

// Policy returns the Content-Security-Policy of pages, without frame-ancestors.
func (s *Site) Policy() string { return s.policy.String() }
