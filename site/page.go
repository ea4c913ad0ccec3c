package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/locale"
)

// newPage returns the page at some steps below the language, which is the same
// page in every language. Template names that of its main part.
func (l *language) newPage(template string, steps ...string) *page {
	return &page{
		language: l, file: l.path(steps...), Main: template,
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

// pair joins a name and its value, as in "Product: Rescue", with the colon of the language.
func pair(l *language, name, value string) string { return name + l.Text("colon") + " " + value }

// A headView is what the head of a page shows.
type headView struct {
	Title, Description string
	Home, Article      bool
	NoIndex            bool   // no search engine is to list it
	Canonical          string // absolute
	Markdown           string // address of the page in Markdown, or ""
	Feed               string // of a product, or ""
	Alternates         []alternate
	Linked             template.JS // an article in the terms of schema.org
	Style              string      // address of the style of its main part, or ""
}

func (p *page) head() *headView {
	v := &headView{
		Title: p.Title, Description: p.Description, Home: p.Main == "home" || p.Main == "choice", Article: p.article != nil,
		Canonical: p.Canonical(), Alternates: p.Alternates(), Markdown: p.site.markdownPath(p.file),
		Style: p.site.assets.links[p.Main+".css"],
	}
	if p.Main == "product" && isLarge(p.site) {
		v.Feed = p.site.Link(feedPath(p.language, p.Product))
	}
	if p.unpublished {
		v.Markdown = ""
	} else if v.Markdown != "" {
		v.Markdown = p.site.Link(v.Markdown)
	}
	if v.Article {
		v.NoIndex = p.site.Library.Stage(p.article) != article.Published
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

// feedbackReasons are the ids of why a page did not help; each has a message.
var feedbackReasons = []string{"missing", "unclear", "wrong", "failed"}

// A feedbackView is the form that asks whether a page helped. It is in articles and answers, if [Input].Feedback says
// that something takes it.
type feedbackView struct {
	Action   string // address that takes it
	Page     string // below the site's root, with the query that made it
	Thanks   string // id of what thanks for it
	Reasons  []option
	Sections []headingView // to choose from; none unless there are several
	Lang     string        // of the sections, unless it is the page's
}

// FeedbackThanks is the id of what a page says to a reader who comes back to it from the form.
const FeedbackThanks = "feedback_thanks"

// feedback returns the form of a page, or nil.
func (p *page) feedback() *feedbackView {
	state, _ := p.Data.(*stateView)
	if !p.site.Feedback || p.article == nil && (state == nil || state.Outcome == nil) {
		return nil
	}
	v := &feedbackView{
		Action: p.site.Link(p.Tag + "/feedback"), Page: strings.TrimSuffix(p.file, "index.html"), Thanks: FeedbackThanks,
	}
	if p.asked != "" {
		v.Page += "?" + p.asked
	}
	for _, id := range feedbackReasons {
		v.Reasons = append(v.Reasons, option{ID: id, Name: p.Text("feedback.reason." + id)})
	}
	if p.article != nil {
		if v.Sections = contents(p.content()); len(v.Sections) == 1 {
			v.Sections = nil
		}
		if p.article.Lang != p.Tag {
			v.Lang = p.article.Lang
		}
	}
	return v
}

// mainBuffers keeps the memory in which main parts are made.
var mainBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// mainPart returns the HTML of the main part, which is made once for all forms of the page.
func (p *page) mainPart() ([]byte, error) {
	p.once.Do(func() {
		p.html = mainBuffers.Get().(*bytes.Buffer)
		p.html.Reset()
		var view any = p
		if p.article != nil {
			view = p.articleView()
		} else if p.makeData != nil {
			p.Data = p.makeData()
		}
		p.err = p.shell.write(p.html, p.Main, view)
	})
	return p.html.Bytes(), p.err
}

// release gives the memory of the main part to another page. If this one is written again, it is made again.
func (p *page) release() {
	if p.html != nil {
		mainBuffers.Put(p.html)
		p.once, p.html = sync.Once{}, nil
	}
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
		links[i] = languageLink{Tag: l.Tag, Name: l.Name, Link: to, Current: l == p.language}
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
	if p.onlyHere {
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
	Hidden, Closes                bool   // a reader may close it for good
}

// infoNotice is the severity of notices that stand on the home page alone, unless
// they are about a product, and that a reader may close.
const infoNotice = "info"

// Notices returns the notices for the page that are not over.
func (p *page) Notices() []noticeView {
	var all []noticeView
	now := p.site.Now
	for _, n := range p.site.Library.Site.Notices {
		elsewhere := n.Product != "" && n.Product != p.Product || n.Product == "" && n.Severity == infoNotice
		if elsewhere && p.Main != "home" || !now.Before(n.Until) {
			continue
		}
		v := noticeView{
			Severity: string(n.Severity), Text: n.Text[p.Tag], Link: n.Link, Hidden: now.Before(n.From),
			Closes: n.Severity == infoNotice,
			From:   n.From.UTC().Format(time.RFC3339), Until: n.Until.UTC().Format(time.RFC3339),
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

// linkedData returns the article and its breadcrumbs as JSON-LD, in the terms of
// schema.org.
func (p *page) linkedData() template.JS {
	var trail []string
	for _, c := range p.Crumbs {
		if c.Link != "" {
			trail = append(trail, fmt.Sprintf(`{"@type":"ListItem","item":%s,"name":%s,"position":%d}`,
				inJSON(p.site.Origin()+c.Link), inJSON(c.Name), len(trail)+1))
		}
	}
	var picture string
	if card := cardLink(p.site); card != "" {
		picture = fmt.Sprintf(`"image":%s,`, inJSON(card))
	}
	a := p.article
	return template.JS(fmt.Sprintf(`{"@context":"https://schema.org","@graph":[`+
		`{"@type":"Article","dateModified":"%s","description":%s,"headline":%s,%s"inLanguage":"%s",`+
		`"mainEntityOfPage":%s,"publisher":{"@type":"Organization","name":%s}},`+
		`{"@type":"BreadcrumbList","itemListElement":[%s]}]}`,
		a.Updated, inJSON(a.Description), inJSON(a.Title), picture, a.Lang,
		inJSON(p.Canonical()), inJSON(p.about["name"]), strings.Join(trail, ",")))
}

// inJSON returns a string as JSON, in which no character ends a script.
func inJSON(s string) []byte {
	quoted, _ := json.Marshal(s) // no string fails
	return quoted
}

// Dir returns the direction of the pages, "" for the one that browsers assume.
func (l *language) Dir() string {
	if locale.Direction(l.Tag) == "rtl" {
		return "rtl"
	}
	return ""
}

// dirOf returns the direction of a text in another language, "" for that of the page.
func (l *language) dirOf(tag string) string {
	if d := locale.Direction(tag); d != locale.Direction(l.Tag) {
		return d
	}
	return ""
}
