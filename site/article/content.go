// Package content is the only code that knows how an article is written: Markdown
// with TOML front matter in, HTML with placeholders out. What an article may hold
// is in the comment of package content.
package article

import (
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

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
	Updated     civil.Date
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

	incomplete bool   // an error in its own file may hide something of it
	idsUnknown bool   // what is hidden may be the id of a heading
	front      string // the TOML, for Key
	Uses       []use  // assets, in order
}

// use is a place where an article shows or links to an asset.
type use struct {
	Asset   string
	Picture bool
	Pos     Pos
}

// A Pos is a line and column of an article's file, counted as in
// [helpcenter.Position].
type Pos struct{ Line, Column int32 }

// Position returns where a place in the article's file is.
func (a *Article) Position(at Pos) diag.Position {
	return diag.Position{File: a.File, Line: int(at.Line), Column: int(at.Column)}
}

// Key returns where the key of the article's front matter stands.
func (a *Article) Key(path ...any) diag.Position {
	var any map[string]any
	loc, _ := tomlfile.Decode(a.File, []byte(a.front), FrontLine, &any)
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
func (a *Article) Lacks(id string) bool { return !a.idsUnknown && !a.HasSection(id) }

// Incomplete reports whether an error in the article's own file may hide something of
// it, so that nothing follows from what it seems to lack.
func (a *Article) Incomplete() bool { return a.incomplete }

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

// Address is where readers find the article, below the language.
func (a *Article) Address() string {
	return a.Product + "/" + a.Category + "/" + a.Slug
}
