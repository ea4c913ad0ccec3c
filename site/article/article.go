// Package article reads one article: Markdown with front matter in, HTML with placeholders out.
//
// [Load] reads a file and [Parse] its bytes. Both always return an article, and report what is wrong with it as
// findings. The comment of package content describes what an article may contain. This package sees one article at
// a time: package library checks that the files and sections that links lead to exist.
//
// The HTML has placeholders for what only the site knows, such as addresses. [Body.Fill] fills them.
//
// The time to read an article is proportional to its length; limits.go lists what is refused to keep it so. Text
// that would not reach the page is an error: see unshown.go.
package article

import (
	"path"

	"helpcenter/site/buildcache"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// FrontLine is the line on which front matter begins, below its first fence.
const FrontLine = 2

// Kind is the kind of an article.
type Kind string

// The kinds of articles.
const (
	KindArticle Kind = "article"
	KindGuide   Kind = "guide"
	KindVideo   Kind = "video"
)

// A Sum is the fingerprint of an article: a hash of its file's name and bytes.
type Sum [16]byte

// An Article is one file in one language.
type Article struct {
	Lang     string // BCP 47
	Path     string // product/category/name, the same in every language
	Product  string
	Category string
	File     string // content/it/..., as findings name it
	Sum      Sum    // of the file; zero without a cache
	Listed   Sum    // of everything that pages listing the article depend on; zero without a cache

	Front
	YAML bool // front matter is YAML, not TOML

	Leads    []string  // paths of the articles that it links to or shows sections of, each once
	Shows    []string  // paths of the articles whose sections it shows
	Values   bool      // it has blocks that list values of rules
	Refers   bool      // it uses files, or has links to sections or of site.toml, which are checked in its content
	Silences []Silence // lint comments, in order
	Size     int       // of the HTML in bytes

	content *Content         // nil if it is in a cache
	kept    buildcache.Value // its value in the cache

	incomplete bool // an error in the file may hide a part of the article
	idsUnknown bool // a hidden part may hold ids of headings
}

// Front is the front matter of an article.
type Front struct {
	Title       string
	Description string
	Updated     civil.Date
	Slug        string   // last part of the address: the file's name unless the front matter has another
	Aliases     []string // earlier addresses, below the language: goto-meeting/billing/old-name
	Related     []string // paths of other articles
	Kind        Kind
	Checker     string            // id of the checker that answers this article's question, or ""
	Draft       bool              // checked, not published
	Publish     civil.Date        // the first day on which it is published; zero for no limit
	Expires     civil.Date        // the first day on which it is no longer published; zero for no limit
	Review      civil.Date        // the day by which a writer should look at it again; zero for none
	Products    []string          // ids of further products that list it
	Keywords    []string          // further words by which readers may search for it
	Extra       map[string]string // for templates
}

// An AssetUse is a place where an article shows an asset or links to it.
type AssetUse struct {
	Asset string // file below content/
	Image bool   // shown, not linked to
	Pos   Pos
}

// A Pos is a line and column of an article's file, counted as in [diag.Position].
type Pos struct{ Line, Column int32 }

// Position adds the article's file to a place in it.
func (a *Article) Position(at Pos) diag.Position {
	return diag.Position{File: a.File, Line: int(at.Line), Column: int(at.Column)}
}

// Key returns the position of a key of the front matter.
func (a *Article) Key(path ...any) diag.Position {
	var any map[string]any
	loc, _ := a.decodeFront(&any)
	return loc.Key(path...)
}

func (a *Article) decodeFront(into any) (*tomlfile.Locator, []diag.Finding) {
	front := []byte(a.Read().front)
	if a.YAML {
		return tomlfile.DecodeYAML(a.File, front, FrontLine, into)
	}
	return tomlfile.Decode(a.File, front, FrontLine, into)
}

// Address is the article's address, below the language.
func (a *Article) Address() string { return path.Join(a.Product, a.Category, a.Slug) }

// Incomplete reports whether an error in the file may hide a part of the article. If so, nothing should be reported
// as missing from it.
func (a *Article) Incomplete() bool { return a.incomplete }

// A Section begins at a heading and ends before the next heading of its level or above.
type Section struct {
	ID    string // as written in {#id}, or made from the title
	Title string // plain text
	Level int32  // 2 for ##
	Line  int32

	at, from, to int32 // in the article's HTML: the heading, and what follows it
}

// BlockKind is the kind of a [Block].
type BlockKind uint8

// The kinds of blocks.
const (
	Heading BlockKind = iota
	Paragraph
	List
	Table
	Code
	Alert // the paragraphs and lists in it are not blocks of their own
	Quote
	Figure // an image's description and its caption
)

// A Block is a top-level element of an article. [Article.Text] is its text.
type Block struct {
	Kind    BlockKind
	Section int16 // index into the article's sections, -1 before the first heading
	Line    int32 // in the file

	from, to int32 // in the article's HTML
}

// A Link is a link as it was written and where it leads.
type Link struct {
	Dest   string // as written
	Ref    string // path of the target article, or ""
	Anchor string // fragment, without #
	Site   string // id of a link of site.toml, or ""
	Shows  bool   // the section is shown here; it is not a link that readers follow
	Pos    Pos

	from, to int32 // its text in the article's HTML
}

// A Silence is a comment that silences a rule of lint: <!-- lint: rule-id because reason -->.
type Silence struct {
	Line   int // of the comment
	Rule   string
	Reason string
}
