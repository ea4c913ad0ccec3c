package library

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"helpcenter/site/tomlfile"
)

// Site is content/site.toml: what the site knows besides articles. Every text
// is a table by language.
type Site struct {
	BaseURL         string     `toml:"base_url"` // where the site is published; its path begins every address
	DefaultLanguage string     `toml:"default_language"`
	Timezone        string     `toml:"timezone"` // IANA name, UTC unless given; which day it is
	Languages       []Language `toml:"language"` // in the order of the selector
	Groups          []Group    `toml:"group"`
	Products        []Product  `toml:"product"`
	Categories      []Category `toml:"category"`
	Notices         []Notice   `toml:"notice"`
	Help            []Help     `toml:"help"` // cards under "Need help?"
	Links           []SiteLink `toml:"link"`

	Location *time.Location    `toml:"-"` // of Timezone; never nil
	Locator  *tomlfile.Locator `toml:"-"` // where in the file things stand
}

func (s *Site) tags() (tags []string) {
	for _, l := range s.Languages {
		tags = append(tags, l.Tag)
	}
	return tags
}

func (s *Site) ProductIDs() (ids []string) {
	for _, p := range s.Products {
		ids = append(ids, p.ID)
	}
	return ids
}

func (s *Site) CategoryIDs() (ids []string) {
	for _, c := range s.Categories {
		ids = append(ids, c.ID)
	}
	return ids
}

// Text is one text in every language, by BCP 47 tag.
type Text map[string]string

// Language is one in which the site is written.
type Language struct {
	Tag  string // BCP 47, the folder's name
	Name string // in itself
}

// Group is a group of products in the explorer.
type Group struct {
	ID   string
	Name Text
}

// Product is what articles are about. A product without a group is browsed but
// stands in no explorer and in no rule.
type Product struct {
	ID      string
	Group   string
	Name    ProductName
	Summary Text
}

// ProductName is a text that may be written as one string for all languages.
// Once loaded it has every language.
type ProductName Text

// UnmarshalTOML reads a string, kept under "" until the languages are known, or
// a table by language.
func (n *ProductName) UnmarshalTOML(v any) error {
	*n = ProductName{}
	switch v := v.(type) {
	case string:
		(*n)[""] = v
		return nil
	case map[string]any:
		for _, lang := range slices.Sorted(maps.Keys(v)) { // which mistake is told does not hang on chance
			s, ok := v[lang].(string)
			if !ok {
				return fmt.Errorf("%s must be a string in quotes", lang)
			}
			(*n)[lang] = s
		}
		return nil
	}
	return fmt.Errorf("a name is a string or a table by language")
}

// Category is a subject within a product.
type Category struct {
	ID      string
	Section Text // optional middle level of the breadcrumbs
	Name    Text
}

// Notice is shown while From <= now < Until on a product's pages, or on all.
type Notice struct {
	Product  string    // "" for all
	Severity Severity  // of what it tells
	From     time.Time // a time without zone is one of the site's timezone
	Until    time.Time
	Text     Text
	Link     string // "" for none
}

// Severity is how much a notice matters to readers.
type Severity string

// The severities of notices.
const (
	Outage  Severity = "outage"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Help is one card under "Need help?".
type Help struct {
	ID   string
	Link string
	Name Text
}

// SiteLink is a link of the header, the account menu or the footer.
type SiteLink struct {
	Place Place
	Link  string
	Name  Text
}

// Place is where on a page a link of the site stands.
type Place string

// The places of the site's links.
const (
	Header  Place = "header"
	Account Place = "account"
	Footer  Place = "footer"
)
