package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/article"
)

// articlePage returns the page of an article. Without a translation it shows the text in another language with a
// notice, and the page in that language is canonical.
func articlePage(l *language, path string) *page {
	s := l.site
	a := s.Article(l.Tag, path)
	p := &page{
		language: l, file: l.path(a.Product, a.Category, a.Slug), article: a,
		alternates: eachLanguage(s, func(l *language) string { return s.articleFile(l.Tag, path) }),
		Title:      a.Title, Description: a.Description, Product: a.Product, Main: "article",
		Crumbs: l.trail(),
	}
	if a.Product != "" {
		p.Crumbs = []crumb{productCrumb(l, a.Product)}
	}
	p.own = func(l *language) bool { return s.Library.Publishes(l.Tag, path) }
	if a.Category != "" {
		category := s.category(a.Category)
		if section := category.Section[l.Tag]; section != "" {
			p.Crumbs = append(p.Crumbs, crumb{Name: section})
		}
		p.Crumbs = append(p.Crumbs, crumb{category.Name[l.Tag], l.link(a.Product, a.Category)})
	}
	if a.Lang != l.Tag {
		p.canonical = s.articleFile(a.Lang, path)
	}
	return p
}

// An articleView is an article as a page shows it.
type articleView struct {
	Title, Description string
	Stage              string        // in words, unless it is published
	Date, Updated      string        // of the last change, as RFC 3339 and in words
	Foreign            *languageLink // the language of the text, unless it is the page's
	Older              []headingView // the sections whose source has changed since their translation
	Checker            *checkerCard
	Contents           []headingView
	Parts              []PartView
	Related            []entry
	Back               crumb
	Edit               string            // where the article can be edited, or ""
	Extra              map[string]string // from the front matter, for writers' own templates
}

type headingView struct{ ID, Title string }

func (p *page) articleView() *articleView {
	s, a := p.site, p.content()
	v := &articleView{
		Title: a.Title, Description: a.Description, Stage: stageOf(p.language, p.article),
		Date: a.Updated.String(), Updated: p.Date(a.Updated), Extra: a.Extra, Contents: contents(a),
		Edit:  s.Library.Site.Identity.EditLink(p.article),
		Older: older(a, p.outdated()), Parts: p.articleParts(), Back: p.Crumbs[len(p.Crumbs)-1],
	}
	if a.Lang != p.Tag {
		v.Foreign = &languageLink{Tag: a.Lang, Name: s.language(a.Lang).Name, Dir: p.dirOf(a.Lang)}
	}
	if c := s.checker(a.Checker); c != nil {
		card := c.card(p.language, a.Product)
		v.Checker = &card
	}
	for _, related := range a.Related {
		v.Related = append(v.Related, p.entry(related))
	}
	return v
}

// content returns the content of the article that the page shows.
func (p *page) content() *article.Content {
	if p.read == nil {
		p.read = p.article.Read()
	}
	return p.read
}

// contents returns the level 2 sections of an article, for its table of contents.
func contents(a *article.Content) (list []headingView) {
	for _, section := range a.Sections {
		if section.Level == 2 {
			list = append(list, headingView{section.ID, section.Title})
		}
	}
	return list
}

// stageOf says why readers of a language do not see an article, or returns "" if they do.
func stageOf(l *language, a *article.Article) string {
	switch l.site.Library.Stage(a) {
	case article.Draft:
		return l.Text("article.draft")
	case article.ToCome:
		return l.Format("article.to-come", "Date", l.Date(a.Publish))
	case article.Expired:
		return l.Format("article.expired", "Date", l.Date(a.Expires))
	}
	return ""
}

// outdated returns the ids of the sections whose source has changed since the translation; "" is the part before
// the first heading.
func (p *page) outdated() []string {
	if p.article.Lang != p.Tag {
		return nil
	}
	return p.site.Library.Outdated(p.article)
}

// older returns sections by their ids, for the notice above the article.
func older(a *article.Content, ids []string) []headingView {
	var list []headingView
	for _, id := range ids {
		if section := a.Section(id); section != nil {
			list = append(list, headingView{section.ID, section.Title})
		} else {
			list = append(list, headingView{"main", a.Title})
		}
	}
	return list
}

// A PartView is a heading of an article and what stands below it up to the next heading, or several of these if
// they are shown alike.
type PartView struct {
	ID, Title     string        // "" for the part before the first heading
	Question      bool          // whether it is one of a list of questions, whose answers are collapsed
	Heading, HTML template.HTML // the heading has its id
	Newer         *languageLink // the source, if it has changed since the translation
}

// An articlePart is a part whose placeholders are not yet filled.
type articlePart struct {
	PartView
	heading article.Body
	body    []article.Body
}

// plain reports whether there is nothing to show besides heading and text.
func (p articlePart) plain() bool { return !p.Question && p.Newer == nil }

func (p articlePart) fill(l *language) PartView {
	p.Heading, p.HTML = l.fill(p.heading), l.fill(p.body...)
	return p.PartView
}

// parts returns the article divided at its headings.
func (p *page) parts() []articlePart {
	a, outdated := p.content(), p.outdated()
	parts := make([]articlePart, 0, len(a.Sections)+1)
	for _, part := range a.Parts() {
		next := articlePart{heading: part.Heading, body: []article.Body{part.Body}}
		if section := part.Section; section != nil {
			next.ID, next.Title = section.ID, section.Title
			next.Question = isQuestion(section)
		}
		if slices.Contains(outdated, next.ID) {
			source := p.site.source()
			link := p.site.ArticleLink(source.Tag, a.Path)
			if next.ID != "" {
				link += "#" + next.ID
			}
			next.Newer = &languageLink{Tag: source.Tag, Name: source.Name, Link: link}
		}
		parts = append(parts, next)
	}
	return parts
}

// Parts returns an article divided at its headings, as a language shows it.
func (s *Site) Parts(lang, path string) (list []PartView) {
	l := s.language(lang)
	for _, part := range articlePage(l, path).parts() {
		list = append(list, part.fill(l))
	}
	return list
}

// isQuestion reports whether a section is one of a list of questions.
func isQuestion(s *article.Section) bool { return s.Level == 3 && strings.HasSuffix(s.Title, "?") }

// articleParts returns the article in as few parts as possible.
func (p *page) articleParts() []PartView {
	if p.isPlain() {
		return []PartView{{HTML: p.fill(p.content().Body)}}
	}
	parts := p.parts()
	joined := parts[:0]
	for _, part := range parts {
		if last := len(joined) - 1; last >= 0 && joined[last].plain() && part.plain() {
			joined[last].body = append(append(joined[last].body, part.heading), part.body...)
		} else {
			joined = append(joined, part)
		}
	}
	list := make([]PartView, len(joined))
	for i, part := range joined {
		list[i] = part.fill(p.language)
	}
	return list
}

// isPlain reports whether all parts would be joined into one. It is a fast path for most articles.
func (p *page) isPlain() bool {
	sections := p.content().Sections
	for i := range sections {
		if isQuestion(&sections[i]) {
			return false
		}
	}
	return len(p.outdated()) == 0
}

// fillBuffers holds buffers in which bodies are filled.
var fillBuffers = sync.Pool{New: func() any { return new([]byte) }}

// fill returns bodies with their placeholders filled.
func (l *language) fill(bodies ...article.Body) template.HTML {
	buffer := fillBuffers.Get().(*[]byte)
	defer fillBuffers.Put(buffer)
	b := (*buffer)[:0]
	for _, body := range bodies {
		b = body.Fill(b, l.appendPlaceholder)
	}
	*buffer = b
	return template.HTML(b)
}

// appendPlaceholder appends the value of a placeholder.
func (l *language) appendPlaceholder(b []byte, at article.Placeholder) []byte {
	s := l.site
	switch at.Kind {
	case article.LinkAddress:
		b = append(b, s.ArticleLink(l.Tag, at.Ref)...)
		if at.Anchor != "" {
			b = append(b, "#"+template.HTMLEscapeString(at.Anchor)...)
		}
	case article.AssetAddress:
		b = append(b, s.assets.content[at.Ref]...)
	case article.SiteLink:
		b = append(b, template.HTMLEscapeString(s.Library.Site.Link(at.Ref).Link)...)
	case article.ImageAttributes:
		b = fmt.Appendf(b, `src="%s"`, s.assets.content[at.Ref])
		if a := s.Library.Asset(at.Ref); a.Width > 0 {
			b = fmt.Appendf(b, ` width="%d" height="%d"`, a.Width, a.Height)
		}
	case article.AlertTitle:
		b = append(b, template.HTMLEscapeString(l.Text("alert."+at.Ref))...)
	case article.FootnoteMark:
		note, _, _ := strings.Cut(at.Anchor, "-")
		b = fmt.Appendf(b, `<sup id="fnref:%s"><a href="%s#fn:%s">%s</a></sup>`,
			at.Anchor, s.ArticleLink(l.Tag, at.Ref), note, note)
	case article.FootnoteReturn:
		b = fmt.Appendf(b, ` <a href="%s#fnref:%s">%s</a>`, s.ArticleLink(l.Tag, at.Ref), at.Anchor, "\u21a9\ufe0e")
	case article.SectionText:
		a, section := s.Library.Section(at)
		b = a.SectionBody(section).Fill(b, l.appendPlaceholder)
	case article.ValueList:
		if notice := s.checker(at.Values.Checker).in(l).Notice(s.today); notice != "" {
			b = append(b, "<p>"+template.HTMLEscapeString(notice)+"</p>\n"...)
		}
		b = append(b, "<ul>\n"...)
		for _, label := range l.valueLabels(at.Values) {
			b = append(b, "<li>"+template.HTMLEscapeString(label)+"</li>\n"...)
		}
		b = append(b, "</ul>\n"...)
	}
	return b
}

// valueLabels returns the labels that a values block lists.
func (l *language) valueLabels(block *article.Values) []string {
	c := l.site.checker(block.Checker)
	values, err := c.Reaches(block.Fact, block.Outcome)
	if err != nil {
		panic("site: " + err.Error() + ", which New has checked")
	}
	labels := make([]string, len(values))
	for i, value := range values {
		labels[i] = c.in(l).Label(block.Fact, value)
	}
	return labels
}
