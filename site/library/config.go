package library

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"time"

	"helpcenter/site/tomlfile"
)

// Site is content/site.toml. Every text in it is a table by language.
type Site struct {
	BaseURL         string     `toml:"base_url"` // where the site is published; its path begins every address
	DefaultLanguage string     `toml:"default_language"`
	Timezone        string     `toml:"timezone"` // IANA name; UTC by default
	Identity        Identity   `toml:"site"`
	Theme           Theme      `toml:"theme"`
	Languages       []Language `toml:"language"` // in the order of the selector
	Groups          []Group    `toml:"group"`
	Products        []Product  `toml:"product"`
	Categories      []Category `toml:"category"`
	Notices         []Notice   `toml:"notice"`
	Links           []SiteLink `toml:"link"`
	Help            []card     `toml:"help"` // links of the place help, in short form

	// Pages of these origins may call the API from a browser, or show a checker in a frame.
	API struct {
		Origins []string
	}
	Embed struct {
		Ancestors []string
	}

	// CSP lists what the Content-Security-Policy allows besides the site itself, by directive without -src.
	CSP map[string][]string `toml:"csp"`

	// Lint maps rules to a severity for their warnings (off, warning, error) or to a threshold, a whole number.
	Lint map[string]any `toml:"lint"`

	Location *time.Location    `toml:"-"` // of Timezone; never nil
	Locator  *tomlfile.Locator `toml:"-"` // positions in the file

	sum [sha256.Size]byte // of the file
}

// Tags returns the tags of all languages, in order.
func (s *Site) Tags() (tags []string) {
	for _, l := range s.Languages {
		tags = append(tags, l.Tag)
	}
	return tags
}

// ProductIDs returns the ids of all products, in order.
func (s *Site) ProductIDs() (ids []string) {
	for _, p := range s.Products {
		ids = append(ids, p.ID)
	}
	return ids
}

// CategoryIDs returns the ids of all categories, in order.
func (s *Site) CategoryIDs() (ids []string) {
	for _, c := range s.Categories {
		ids = append(ids, c.ID)
	}
	return ids
}

// Identity is how the help center presents itself. What is omitted is not shown; without a name, the host of
// base_url is used.
type Identity struct {
	Name        ProductName
	Short       Text // at most 16 characters, for search in browsers
	Description Text
	Placeholder Text // of the search box
	Footer      Text
	EditURL     string `toml:"edit_url"` // where an article is edited; {file} is replaced by its file below content/

	Logo, Icon, Card string   // pictures below content/: in the header, in the tab, in previews of links to the site
	MostNeeded       []string `toml:"most_needed"` // paths of the articles on the home page, in order

	Nameless bool `toml:"-"` // the host of base_url stands for the name
}

// In returns the texts in a language by their keys in site.toml.
func (i *Identity) In(lang string) map[string]string {
	return map[string]string{
		"name": i.Name[lang], "short": i.Short[lang], "description": i.Description[lang],
		"placeholder": i.Placeholder[lang], "footer": i.Footer[lang],
	}
}

// Theme is the look of pages. Colours are derived from the accent.
type Theme struct {
	Accent string // #rrggbb; "" for the built-in one
	Font   string // WOFF2, below content/; "" for the fonts of the reader's system
}

// An ownFile is a file below content/ that site.toml names.
type ownFile struct {
	key     []any
	file    string   // "" for none
	allowed []string // extensions
}

// ownFiles returns the files that [site] and [theme] may name.
func (s *Site) ownFiles() []ownFile {
	pictures := []string{".svg", ".png", ".webp", ".jpg", ".jpeg"}
	return []ownFile{
		{[]any{"site", "logo"}, s.Identity.Logo, pictures},
		{[]any{"site", "icon"}, s.Identity.Icon, pictures[:2]},
		{[]any{"site", "card"}, s.Identity.Card, pictures[1:]},
		{[]any{"theme", "font"}, s.Theme.Font, []string{".woff2"}},
	}
}

// shows reports whether site.toml names a file below content/.
func (s *Site) shows(file string) bool {
	return slices.ContainsFunc(s.ownFiles(), func(own ownFile) bool { return own.file == file })
}

// Text is one text in every language, by BCP 47 tag.
type Text map[string]string

// Language is a language of the site.
type Language struct {
	Tag  string // BCP 47, the folder's name
	Name string // in the language itself
}

// Group is a group of products in the explorer.
type Group struct {
	ID   string
	Name Text
}

// Product is what articles are about. A product without a group has pages, but is neither in the explorer nor
// in rules.
type Product struct {
	ID      string
	Group   string
	Name    ProductName
	Summary Text
}

// ProductName is a text that may be written as one string for all languages. Once loaded it has every
// language.
type ProductName Text

var _ tomlfile.Unmarshaler = (*ProductName)(nil)

// UnmarshalTOML reads a string, kept under "" until the languages are known, or a table by language.
func (n *ProductName) UnmarshalTOML(v any) error {
	*n = ProductName{}
	switch v := v.(type) {
	case string:
		(*n)[""] = v
		return nil
	case map[string]any:
		for _, lang := range slices.Sorted(maps.Keys(v)) { // report the same error each time
			s, ok := v[lang].(string)
			if !ok {
				return fmt.Errorf("%s must be a string in quotes", lang)
			}
			(*n)[lang] = s
		}
		return nil
	}
	return fmt.Errorf("a name must be a string or a table by language")
}

// Category is a subject within a product.
type Category struct {
	ID      string
	Section Text // optional middle level of the breadcrumbs
	Name    Text
}

// Notice is shown while From <= now < Until on a product's pages, or on all.
type Notice struct {
	Product  string // "" for all
	Severity Severity
	From     time.Time // in the site's timezone if written without one
	Until    time.Time
	Text     Text
	Link     string // "" for none
}

// Severity is the severity of a notice.
type Severity string

// The severities of notices.
const (
	outage  Severity = "outage"
	warning Severity = "warning"
	info    Severity = "info"
)

// SiteLink is an address outside the site that has a place on every page, or that articles link to by its id.
type SiteLink struct {
	ID    string // "" for none
	Place Place
	Link  string
	Name  Text
}

// card is a link of the place help.
type card struct {
	ID   string
	Link string
	Name Text
}

// Place is where on a page a link of the site is.
type Place string

// The places of the site's links.
const (
	Header  Place = "header"
	Account Place = "account"
	Footer  Place = "footer"
	Help    Place = "help" // a card under "Need help?"
	nowhere Place = "none" // only articles link to it
)

// Link returns the link with this id, or nil.
func (s *Site) Link(id string) *SiteLink {
	links := s.AllLinks()
	i := slices.IndexFunc(links, func(l SiteLink) bool { return l.ID == id })
	if i < 0 || id == "" {
		return nil
	}
	return &links[i]
}

// AllLinks returns the links of both lists, Help first.
func (s *Site) AllLinks() (links []SiteLink) {
	for _, c := range s.Help {
		links = append(links, SiteLink{c.ID, Help, c.Link, c.Name})
	}
	return append(links, s.Links...)
}
