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

// newPage returns the page at some steps below the language, the same steps in every language. Template is the name
// of the template of its main part.
func (l *language) newPage(template string, steps ...string) *page {
	return &page{
		language: l, file: l.path(steps...), Main: template,
		alternates: eachLanguage(l.site, func(l *language) string { return l.path(steps...) }),
	}
}

// eachLanguage returns the results of call for each language of the site.
func eachLanguage(s *Site, call func(l *language) string) []string {
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

// A headView is the data of the head of a page.
type headView struct {
	Title, Description string
	Home, Article      bool
	NoIndex            bool   // whether search engines must not list it
	Canonical          string // absolute
	Markdown           string // address of the Markdown file, or ""
	Feed               string // of a product, or ""
	Alternates         []alternate
	Linked             template.JS // the article in the terms of schema.org
	Style              string      // address of the style for the main part, or ""
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

// A topView is the data of what stands above the main part of a page.
type topView struct {
	Notices []noticeView
	Bar     *barView // nil on the home page, which has its own
}

type barView struct {
	Crumbs []crumb
	Search *searchBox // nil if the main part has a search box
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

// feedbackReasons are the ids of the reasons why a page did not help; each has a message.
var feedbackReasons = []string{"missing", "unclear", "wrong", "failed"}

// A feedbackView is the form that asks whether a page helped. Articles and answers have it if [Input].Feedback is
// set.
type feedbackView struct {
	Action   string // address that the form is sent to
	Page     string // path below the site's root, with the query that made the page
	Thanks   string // id of the element that says thanks
	Reasons  []option
	Sections []headingView // to choose from; none unless there are several
	Lang     string        // of the sections, if not that of the page
}

// FeedbackThanks is the id of the element that thanks a reader who comes back to the page from the form.
const FeedbackThanks = "feedback_thanks"

// feedback returns the form of a page, or nil if it has none.
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

// mainBuffers holds buffers for main parts.
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

// release returns the buffer of the main part to be reused. If the page is written again, its main part is made
// again.
func (p *page) release() {
	if p.html != nil {
		mainBuffers.Put(p.html)
		p.once, p.html = sync.Once{}, nil
	}
}

// Switch returns the language selector: links to the page in every language, each named in that language.
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

// Canonical returns the absolute address of the page, or of the page that it repeats.
func (p *page) Canonical() string {
	if p.canonical != "" {
		return p.site.Absolute(p.canonical)
	}
	return p.site.Absolute(p.file)
}

// An alternate is the address of the same page in another language, for hreflang.
type alternate struct{ Tag, Link string }

// Alternates returns the page in each language that has a text of its own for it, and x-default: the page in the
// source language, or else the first. It returns nothing unless these include the page's own language and another
// one.
func (p *page) Alternates() []alternate {
	var all []alternate
	var source string
	for i, l := range p.site.langs {
		if p.own != nil && !p.own(l) {
			if l == p.language {
				return nil
			}
			continue
		}
		to := p.site.Absolute(p.alternates[i])
		if all = append(all, alternate{l.Tag, to}); source == "" || l == p.site.source() {
			source = to
		}
	}
	if len(all) < 2 {
		return nil
	}
	return append(all, alternate{"x-default", source})
}

// noLanguage is the value of page.own for a page that names no translations.
func noLanguage(*language) bool { return false }

// A noticeView is a notice in the language of the page. If it has not begun it is hidden until the page's script
// shows it, which static hosts need.
type noticeView struct {
	Severity, Text, Link, Product string
	From, Until                   string // RFC 3339
	Hidden, Closes                bool   // Closes: a reader may close it for good
}

// infoNotice is the severity of notices that readers may close. Unless they are about a product, they appear only
// on the home page.
const infoNotice = "info"

// Notices returns the notices for the page that have not ended.
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

// Placeholder returns the example shown in an empty search box.
func (p *page) Placeholder() string { return p.about["placeholder"] }

// linkedData returns the article and its breadcrumbs as JSON-LD, in the terms of schema.org.
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

// inJSON returns a string as JSON in which no character can end a script.
func inJSON(s string) []byte {
	quoted, _ := json.Marshal(s) // cannot fail for a string
	return quoted
}

// Dir returns the text direction of the pages, or "" for the default of browsers.
func (l *language) Dir() string {
	if locale.Direction(l.Tag) == "rtl" {
		return "rtl"
	}
	return ""
}

// dirOf returns the direction of a text in another language, or "" if it is that of the page.
func (l *language) dirOf(tag string) string {
	if d := locale.Direction(tag); d != locale.Direction(l.Tag) {
		return d
	}
	return ""
}
