package site

import (
	"html/template"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// A page is one address in one language: what its shell shows around the main
// part, and the data of that part. Templates see the exported fields and
// methods.
type page struct {
	*Language
	site        *Site
	file        string           // name below the site's root
	twins       []string         // the page's file in each language of the site
	in          []*Language      // in which it says the same in their own words: hreflang
	canonical   string           // the file that this page repeats, or "" for a page of its own
	article     *article.Article // that it shows, or nil
	Title       string
	Description string
	Product     string // whose notices it shows and whose articles its search box is about, or ""
	Crumbs      []crumb
	Main        string // the template of its main part
	Data        any
	makeData    func() any // makes Data when the page is written, where that takes long
	Query       string     // what was searched for, in the search box
	asked       string     // the query of the address, where it makes the page another
}

// A headView is what a page says of itself in its head.
type headView struct {
	Title, Description string
	Home, Article      bool
	Canonical          string // with scheme and host
	Alternates         []alternate
	Linked             template.JS // what an article is in the terms of schema.org
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
	Search *searchBox // nil where the main part has one
}

type searchBox struct{ SearchLink, Query string }

func (p *page) top() *topView {
	v := &topView{Notices: p.Notices()}
	if p.Main != "home" {
		v.Bar = &barView{Crumbs: p.Crumbs}
		if p.Main != "search" && p.Main != "notfound" {
			v.Bar.Search = &searchBox{p.SearchLink(), p.Query}
		}
	}
	return v
}

// main returns what the template of the main part is executed with: the article,
// else the page.
func (p *page) main() any {
	switch {
	case p.article != nil:
		return p.articleView()
	case p.makeData != nil:
		p.Data = p.makeData()
	}
	return p
}

// crumb is one level of the breadcrumbs; a level without a page has no link.
type crumb struct{ Name, Link string }

// languageLink is one entry of the language selector.
type languageLink struct {
	Tag, Name, Link string
	Current         bool
}

// Switch returns the language selector: the same page in every language, each
// named in itself.
func (p *page) Switch() []languageLink {
	links := make([]languageLink, len(p.site.Langs))
	for i, l := range p.site.Langs {
		to := p.site.Link(p.twins[i])
		if p.asked != "" {
			to += "?" + p.asked
		}
		links[i] = languageLink{l.Tag, l.Name, to, l == p.Language}
	}
	return links
}

// Canonical returns the page's address with scheme and host.
func (p *page) Canonical() string {
	if p.canonical != "" {
		return p.site.Absolute(p.canonical)
	}
	return p.site.Absolute(p.file)
}

// Own reports whether the page is to be found under its own address, and not
// only a copy of a text in another language.
func (p *page) Own() bool { return p.canonical == "" }

// An alternate is the same page in another language, for hreflang.
type alternate struct{ Tag, Link string }

// Alternates returns the page in each language in which it exists, and
// x-default, the one in the default language. They are given only where the
// page exists in every language, itself included.
func (p *page) Alternates() []alternate {
	if len(p.in) < len(p.site.Langs) {
		return nil
	}
	var all []alternate
	var fallback string
	for i, l := range p.site.Langs {
		to := p.site.Absolute(p.twins[i])
		if all = append(all, alternate{l.Tag, to}); l == p.site.Fallback() {
			fallback = to
		}
	}
	return append(all, alternate{"x-default", fallback})
}

// noticeView is a notice in the page's language. One that has not begun is
// hidden, and a few lines of script show it in time where no service does.
type noticeView struct {
	Severity, Text, Link, Product string
	From, Until                   string // RFC 3339
	Hidden                        bool
}

// Notices returns the notices that concern the page and are not over.
func (p *page) Notices() []noticeView {
	var all []noticeView
	for i := range p.site.Library.Site.Notices {
		n := &p.site.Library.Site.Notices[i]
		if n.Product != "" && n.Product != p.Product && p.Main != "home" || !p.site.Now.Before(n.Until) {
			continue
		}
		v := noticeView{
			Severity: string(n.Severity), Text: n.Text[p.Tag], Link: n.Link,
			From: n.From.UTC().Format(time.RFC3339), Until: n.Until.UTC().Format(time.RFC3339),
			Hidden: p.site.Now.Before(n.From),
		}
		if n.Product != "" {
			v.Product = p.site.product(n.Product).Name[p.Tag]
		}
		all = append(all, v)
	}
	return all
}

// SearchProduct returns the product to which the page's search box may be
// limited.
func (p *page) SearchProduct() *library.Product {
	if p.Product == "" {
		return nil
	}
	return p.site.product(p.Product)
}

// HomeLink, ArticlesLink and SearchLink return the addresses that most pages
// lead to.
func (p *page) HomeLink() string     { return p.site.Link(PagePath(p.Tag)) }
func (p *page) ArticlesLink() string { return p.site.Link(PagePath(p.Tag, "articles")) }
func (p *page) SearchLink() string   { return p.site.Link(PagePath(p.Tag, "search")) }

// everywhere returns the twins of a page that has the same steps in every
// language.
func (s *Site) everywhere(steps ...string) []string {
	return s.eachLanguage(func(lang string) string { return PagePath(lang, steps...) })
}

// eachLanguage returns what a function says of each language of the site.
func (s *Site) eachLanguage(say func(lang string) string) []string {
	all := make([]string, len(s.Langs))
	for i, l := range s.Langs {
		all[i] = say(l.Tag)
	}
	return all
}
