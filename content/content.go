// Package content is the only code that knows how an article is written.
//
// # The room
//
// An article is a Markdown file content/<lang>/<product>/<category>/<name>.md.
// Its path without language and ending, such as
// goto-meeting/billing/cancel-subscription, names it in every language: the same
// path in two languages is the same article, translated. Names of folders and
// files are lowercase ASCII letters, digits and hyphens, since addresses are made
// of them. Pictures and other files stand beside their article, or in
// content/images/ when all languages share them. content/site.toml says which
// languages, products and categories there are, and all else that the site knows
// besides articles ([Site]), and content/translations.<lang>.toml what the
// translations into a language were made from ([Library.Drift]). Files and
// folders whose name begins with a dot, Go files, content/README.md and the
// schemas for editors, content/*.schema.json, are passed over.
//
// # An article
//
// TOML front matter stands between two +++ lines, Markdown follows:
//
//	+++
//	title = "Annullare l’abbonamento"
//	description = "Chi può annullarlo, come e fino a quando."
//	updated = 2025-03-03
//	slug = "annullare-abbonamento"                  # optional, last part of the address
//	aliases = ["goto-meeting/billing/old-name"]     # optional, earlier addresses
//	related = ["goto-meeting/billing/change-plan"]  # optional, paths of articles
//	kind = "guide"                                  # optional: article, guide, video
//	checker = "cancel-online"                       # optional, the checker that answers the same question
//	draft = true                                    # optional: checked, not published
//	+++
//
//	Text.
//
//	## Passaggi {#steps}
//
//	1. Apri **Billing**: vedi [che cosa succede dopo](after-cancelling.md#data).
//
//	   ![La pagina Subscriptions](../../../images/subscriptions.svg "Una didascalia")
//
//	> [!WARNING]
//	> Text of the alert.
//
//	```values cancel-online product cancel-online
//	```
//
// Markdown is CommonMark with GitHub's tables and alerts (note, tip, important,
// warning, and example). A heading's id follows it as {#id} and is the same in
// all languages; without one it is made from the title. Headings begin at level
// two, since the title is the first, and stand in no list and no quotation. A
// paragraph that is one picture becomes a figure, the picture's title its
// caption. The fenced block becomes the list of values of a fact with which an
// outcome of the rules can be reached. Raw HTML is refused, but for comments,
// which are dropped; a comment <!-- lint: rule-id because reason --> is kept as
// a [Silence].
//
// Links to articles and pictures are relative paths of files, as an editor or a
// code host follows them; to other sites, https, http, mailto and tel. Nothing
// else is a link here.
//
// # What becomes of it
//
// [Load] reads the whole room in parallel, renders every article's Markdown
// once and proves what can be proved from articles alone: front matter, ids,
// links, anchors, pictures, addresses. What it could not accept it reports, all
// of it, as findings; it returns the rest all the same, so that one run shows
// every mistake, but what it returns beside an error is not fit for publication.
// A mistake is told once: what a file lacks that could not be read to the end
// ([Article.Torn], [Article.Lacks], [Library.Lacks]) is not held against those
// that lean on it.
//
// An article's body is HTML with holes ([Body]). Content knows that a link leads
// to the section "steps" of another article, not what the address of that
// article's page is; it knows that an alert is a warning, not how a language
// says so. Each such place is a [Hole] that the site fills when it writes the
// page. So an article's record depends on its own bytes only, and articles can
// be read in any order and again one by one ([Parse]).
//
// # Reading it again
//
// A cache keeps parsed articles for the next run, by a hash of their files: what
// has not changed is read, but not parsed. While a writer works, [Library.With] reads the
// files that were saved and proves again only what leads to them. Either gives
// what Load would have given.
//
// # Findings
//
// Errors: layout, toml, unknown-key, site, front-matter, encoding, too-large,
// raw-html, heading-id, heading-order (an h1, or a heading within another block),
// duplicate-id, alert, values, unsafe-link, broken-link, broken-anchor, asset,
// address-collision, invisible (in titles and links), translations (a damaged
// file of that name). Warnings: heading-order (a level left out), missing-alt,
// invisible (elsewhere), silence (a lint comment without a reason),
// outdated-translation.
package content

import (
	"embed"
	"slices"
	"strings"

	"helpcenter"
)

// Files is the room as it ships.
//
//go:embed *.toml */*
var Files embed.FS

// A Library is everything that writers wrote, read and proven.
type Library struct {
	Site     *Site
	Articles []*Article // by path, then in the order of the site's languages; no drafts
	Assets   []*Asset   // by file

	articles map[name]*Article
	drafts   map[name]*Article
	strays   map[string]bool // names of articles that stand where none belongs
	assets   map[string]*Asset
	drift    map[string]drift       // by language
	records  map[string]*recordFile // by language; kept by With only
}

type name struct{ lang, path string }

// Article returns the article of that path in that language, or nil where it is
// not translated.
func (l *Library) Article(lang, path string) *Article { return l.articles[name{lang, path}] }

// Lacks reports whether no article of that path is there in that language. One that
// stands where none belongs may be it: that has been found.
func (l *Library) Lacks(lang, path string) bool {
	return l.Article(lang, path) == nil && !l.strays[path[strings.LastIndexByte(path, '/')+1:]]
}

// Whole reports whether every article stands where it belongs and could be read to
// the last.
func (l *Library) Whole() bool {
	return len(l.strays) == 0 && !slices.ContainsFunc(l.Articles, (*Article).Torn)
}

// Shown returns what readers of a language see at the path: the article in their
// language or, for want of a translation, in the default language, or else in
// the first language of the site that has it; nil where none has.
func (l *Library) Shown(lang, path string) *Article {
	a := l.Article(lang, path)
	if a == nil {
		a = l.Article(l.Site.DefaultLanguage, path)
	}
	for i := 0; a == nil && i < len(l.Site.Languages); i++ {
		a = l.Article(l.Site.Languages[i].Tag, path)
	}
	return a
}

// Asset returns the asset of that file, named as in holes, or nil.
func (l *Library) Asset(file string) *Asset { return l.assets[file] }

// Kind is what sort of article it is.
type Kind string

// The kinds of articles.
const (
	KindArticle Kind = "article"
	KindGuide   Kind = "guide"
	KindVideo   Kind = "video"
)

// An Article is one file in one language.
type Article struct {
	Lang     string // BCP 47
	Path     string // product/category/name, the same in every language
	Product  string
	Category string
	File     string // content/it/..., as findings name it
	Sum      Sum    // of the file; zero where no cache was asked for
	Listed   Sum    // of all of the file but its text, see sumListed; zero where no cache was asked for

	Title       string
	Description string
	Updated     helpcenter.Date
	Slug        string   // last part of the address: the file's name unless the front matter has another
	Aliases     []string // earlier addresses of this article's page, absolute, below the language: goto-meeting/billing/old-name
	Related     []string // paths of other articles
	Kind        Kind
	Checker     string // id of the checker that answers this article's question, or ""
	Draft       bool   // checked, not published

	Sections []Section // headings, in order
	Blocks   []Block   // the top-level blocks that have text, in order, for search, lint and drift
	Links    []Link    // in order, pictures left out
	Silences []Silence // lint comments, in order
	Body     Body

	torn   bool   // an error in its own file may hide something of it
	unsure bool   // what is hidden may be the id of a heading
	front  string // the TOML, for Key
	uses   []use  // assets, in order
}

// use is a place where an article shows or links to an asset.
type use struct {
	asset   string
	picture bool
	pos     Pos
}

// A Pos is a line and column of an article's file, counted as in
// [helpcenter.Position].
type Pos struct{ Line, Column int32 }

// Position returns where a place in the article's file is.
func (a *Article) Position(at Pos) helpcenter.Position {
	return helpcenter.Position{File: a.File, Line: int(at.Line), Column: int(at.Column)}
}

// Key returns where the key of the article's front matter stands.
func (a *Article) Key(path ...any) helpcenter.Position {
	var any map[string]any
	loc, _ := helpcenter.DecodeTOML(a.File, []byte(a.front), frontLine, &any)
	return loc.Key(path...)
}

// Section returns the section of that id, or nil.
func (a *Article) Section(id string) *Section {
	for i := range a.Sections {
		if a.Sections[i].ID == id {
			return &a.Sections[i]
		}
	}
	return nil
}

// HasSection reports whether a heading of the article has that id.
func (a *Article) HasSection(id string) bool { return a.Section(id) != nil }

// Lacks reports whether no heading of the article has that id. Of an article whose
// headings could not all be read that is not known: what is wrong with them has
// been found.
func (a *Article) Lacks(id string) bool { return !a.unsure && !a.HasSection(id) }

// Torn reports whether an error in the article's own file may hide something of
// it, so that nothing follows from what it seems to lack.
func (a *Article) Torn() bool { return a.torn }

// SectionBody returns what stands under a heading up to the next heading of its
// level or above, the heading itself left out.
func (a *Article) SectionBody(s *Section) Body { return a.Body.cut(s.from, s.to) }

// Text returns the block as a reader sees it, without markup, white space
// folded; a picture says its description. Lines part the items of a list, the
// rows of a table and the blocks of an alert; tabs part cells. The title of a
// section is made in the same way.
func (a *Article) Text(b Block) string { return plain(a.Body.HTML[b.from:b.to]) }

// LinkText is [Article.Text] for a link.
func (a *Article) LinkText(l Link) string { return plain(a.Body.HTML[l.from:l.to]) }

// A Section begins at a heading and ends where the next begins.
type Section struct {
	ID    string // as written in {#id}, or made from the title
	Title string // plain text
	Level int32  // 2 for ##
	Line  int32

	at, from, to int32 // in the article's HTML: the heading, and what stands under it
}

// BlockKind is what a block is in the article.
type BlockKind uint8

// The kinds of blocks.
const (
	Heading BlockKind = iota
	Paragraph
	List
	Table
	Code
	Alert // the paragraphs and lists in it are no blocks of their own
	Quote
	Figure // the picture's description and its caption
)

// A Block is a piece of an article that stands by itself; [Article.Text] is
// what it says.
type Block struct {
	Kind    BlockKind
	Section int16 // index into the article's sections, -1 before the first heading
	Line    int32 // in the file

	from, to int32 // in the article's HTML
}

// A Link is a link of an article as it was written and where it leads.
type Link struct {
	Dest   string // as written
	Ref    string // path of the article linked to; "" for one to another place
	Anchor string // fragment, without #
	Pos    Pos

	from, to int32 // its text in the article's HTML
}

// A Silence is a comment by which a writer answers for what a rule of lint finds
// at this place: <!-- lint: rule-id because reason -->.
type Silence struct {
	Line   int // of the comment
	Rule   string
	Reason string
}

// An Asset is a file that is no article: a picture, mostly. It is published
// under a name that holds a hash of what it contains.
type Asset struct {
	File          string // below content/, as in holes: images/where.svg
	Name          string // for publication: where.3f9a1c2b.svg; equal for equal files of one name
	Type          string // media type
	Width, Height int    // in CSS pixels; 0 where not known
	Data          []byte
}
