package site

import (
	"encoding/json"
	"html/template"
	"time"
)

// newPage returns the page at some steps below the language, which is the same
// page in every language. Template names that of its main part.
func (l *language) newPage(template string, steps ...string) *page {
	return &page{
		language: l, file: l.path(steps...), in: l.site.langs, Main: template,
		alternates: l.site.eachLanguage(func(l *language) string { return l.path(steps...) }),
	}
}

// eachLanguage returns the result of a function for each language of the site.
func (s *Site) eachLanguage(call func(l *language) string) []string {
	all := make([]string, len(s.langs))
	for i, l := range s.langs {
		all[i] = call(l)
	}
	return all
}

// trail returns breadcrumbs that begin at the home page.
func (l *language) trail(rest ...crumb) []crumb {
	return append([]crumb{{l.Text("home"), l.link()}}, rest...)
}

// A headView is what the head of a page shows.
type headView struct {
	Title, Description string
	Home, Article      bool
	Canonical          string // absolute
	Alternates         []alternate
	Linked             template.JS // an article in the terms of schema.org
}

func (p *page) head() *headView {
	v := &headView{
		Title: p.Title, Description: p.Description, Home: p.Main == "home", Article: p.article != nil,
		Canonical: p.Canonical(), Alternates: p.Alternates(),
	}
	if v.Article {
		v.Linked = p.linkedData()
	}
	return v
}

// A topView is what stands above the main part of a page.
type topView struct {
	Notices []noticeView
	Bar     *barView // nil on the home page, which has its own
}

type barView struct {
	Crumbs []crumb
	Search *searchBox // nil if the main part has one
}

type searchBox struct{ SearchLink, Query, Placeholder string }

func (p *page) top() *topView {
	v := &topView{Notices: p.Notices()}
	if p.Main != "home" {
		v.Bar = &barView{Crumbs: p.Crumbs}
		if p.Main != "search" && p.Main != "notfound" {
			v.Bar.Search = &searchBox{p.SearchLink(), p.Query, p.Placeholder()}
		}
	}
	return v
}

// main returns the data of the template of the main part: the article or the page.
func (p *page) main() any {
	switch {
	case p.article != nil:
		return p.articleView()
	case p.makeData != nil:
		p.Data = p.makeData()
	}
	return p
}

// Switch returns the language selector: the page in every language, each named in
// that language.
func (p *page) Switch() []languageLink {
	links := make([]languageLink, len(p.site.langs))
	for i, l := range p.site.langs {
		to := p.site.Link(p.alternates[i])
		if p.asked != "" {
			to += "?" + p.asked
		}
		links[i] = languageLink{l.Tag, l.Name, to, l == p.language}
	}
	return links
}

// Canonical returns the absolute address of the page, or of the one that it repeats.
func (p *page) Canonical() string {
	if p.canonical != "" {
		return p.site.Absolute(p.canonical)
	}
	return p.site.Absolute(p.file)
}

// An alternate is the same page in another language, for hreflang.
type alternate struct{ Tag, Link string }

// Alternates returns the page in each language, and x-default, the one in the
// source language. It returns none unless the page has a text of its own in every
// language.
func (p *page) Alternates() []alternate {
	if len(p.in) < len(p.site.langs) {
		return nil
	}
	var all []alternate
	var source string
	for i, l := range p.site.langs {
		to := p.site.Absolute(p.alternates[i])
		if all = append(all, alternate{l.Tag, to}); l == p.site.source() {
			source = to
		}
	}
	return append(all, alternate{"x-default", source})
}

// A noticeView is a notice in the language of the page. One that has not begun is
// hidden until a script of the page shows it, for static hosts.
type noticeView struct {
	Severity, Text, Link, Product string
	From, Until                   string // RFC 3339
	Hidden                        bool
}

// Notices returns the notices for the page that are not over.
func (p *page) Notices() []noticeView {
	var all []noticeView
	now := p.site.Now
	for _, n := range p.site.Library.Site.Notices {
		if n.Product != "" && n.Product != p.Product && p.Main != "home" || !now.Before(n.Until) {
			continue
		}
		v := noticeView{
			Severity: string(n.Severity), Text: n.Text[p.Tag], Link: n.Link, Hidden: now.Before(n.From),
			From: n.From.UTC().Format(time.RFC3339), Until: n.Until.UTC().Format(time.RFC3339),
		}
		if n.Product != "" {
			v.Product = p.site.product(n.Product).Name[p.Tag]
		}
		all = append(all, v)
	}
	return all
}

// HomeLink, ArticlesLink and SearchLink return addresses that most pages link to.
func (p *page) HomeLink() string     { return p.link() }
func (p *page) ArticlesLink() string { return p.link("articles") }
func (p *page) SearchLink() string   { return p.link("search") }

// Placeholder returns the example in an empty search box.
func (p *page) Placeholder() string { return p.about["placeholder"] }

// The types of schema.org that describe the page of an article.
type (
	graph struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}
	articleThing struct {
		Type        string       `json:"@type"`
		Modified    string       `json:"dateModified"`
		Description string       `json:"description"`
		Headline    string       `json:"headline"`
		Image       string       `json:"image"`
		Language    string       `json:"inLanguage"`
		Page        string       `json:"mainEntityOfPage"`
		Publisher   organization `json:"publisher"`
	}
	organization struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	breadcrumbList struct {
		Type  string     `json:"@type"`
		Items []listItem `json:"itemListElement"`
	}
	listItem struct {
		Type     string `json:"@type"`
		Item     string `json:"item"`
		Name     string `json:"name"`
		Position int    `json:"position"`
	}
)

// linkedData returns the article and its breadcrumbs as JSON-LD.
func (p *page) linkedData() template.JS {
	var trail []listItem
	for _, c := range p.Crumbs {
		if c.Link != "" {
			trail = append(trail, listItem{"ListItem", p.site.Origin() + c.Link, c.Name, len(trail) + 1})
		}
	}
	data, err := json.Marshal(graph{"https://schema.org", []any{
		articleThing{
			Type: "Article", Headline: p.article.Title, Description: p.article.Description, Language: p.article.Lang,
			Modified: p.article.Updated.String(), Page: p.Canonical(), Image: card(p.site.addresses, p.site.assets),
			Publisher: organization{"Organization", p.about["name"]},
		},
		breadcrumbList{"BreadcrumbList", trail},
	}})
	if err != nil {
		panic("site: " + err.Error()) // not possible for strings and numbers
	}
	return template.JS(data)
}
