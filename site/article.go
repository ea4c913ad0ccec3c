package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/article"
)

// ArticlePage is the page of an article in a language. Where it is not
// translated the page shows the source with a notice, and is canonically the
// source's page.
func (s *Site) ArticlePage(l *Language, path string) *page {
	a := s.Article(l.Tag, path)
	p := &page{
		Language: l, site: s, file: PagePath(l.Tag, a.Product, a.Category, a.Slug), article: a,
		twins: s.eachLanguage(func(lang string) string { return s.ArticleFile(lang, path) }),
		Title: a.Title, Description: a.Description, Product: a.Product, Main: "article",
	}
	for _, l := range s.Langs {
		if s.Library.Article(l.Tag, path) != nil {
			p.in = append(p.in, l)
		}
	}
	category := s.category(a.Category)
	p.Crumbs = []crumb{productCrumb(s, l, s.product(a.Product))}
	if section := category.Section[l.Tag]; section != "" {
		p.Crumbs = append(p.Crumbs, crumb{Name: section})
	}
	p.Crumbs = append(p.Crumbs, crumb{category.Name[l.Tag], s.Link(PagePath(l.Tag, a.Product, a.Category))})
	if a.Lang != l.Tag {
		p.canonical = s.ArticleFile(a.Lang, path)
	}
	return p
}

// An articleView is an article as a page in a language shows it.
type articleView struct {
	Title, Description string
	Date, Updated      string        // of the last change, as computers and as the language writes dates
	Foreign            *languageLink // the language of the text, where it is not the page's
	Older              []headingView // sections that are older than their source
	Checker            *checkerCard
	Contents           []headingView
	Parts              []PartView
	Related            []entry
	Back               crumb
}

type headingView struct{ ID, Title string }

// articleView returns the view of the page's article.
func (p *page) articleView() *articleView {
	s, a := p.site, p.article
	v := &articleView{
		Title: a.Title, Description: a.Description, Date: a.Updated.String(), Updated: p.Date(a.Updated),
		Older: older(a, p.outdated()), Contents: contents(a), Parts: p.joinedParts(), Back: p.Crumbs[len(p.Crumbs)-1],
	}
	if a.Lang != p.Tag {
		v.Foreign = &languageLink{Tag: a.Lang, Name: s.Language(a.Lang).Name}
	}
	if c := s.checker(a.Checker); c != nil {
		card := c.card(p.Language, a.Product)
		v.Checker = &card
	}
	for _, related := range a.Related {
		v.Related = append(v.Related, s.entry(p.Language, related))
	}
	return v
}

// contents returns the sections that the table of contents names.
func contents(a *article.Article) []headingView {
	var list []headingView
	for i := range a.Sections {
		if s := &a.Sections[i]; s.Level == 2 {
			list = append(list, headingView{s.ID, s.Title})
		}
	}
	return list
}

// outdated returns the ids of the sections in which the source has changed since
// it was translated, "" for the beginning.
func (p *page) outdated() []string {
	if p.article.Lang != p.Tag {
		return nil
	}
	return p.site.Library.Outdated(p.article)
}

// older returns sections by their ids, for the notice above the article.
func older(a *article.Article, ids []string) []headingView {
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

// A partView is a heading of an article and what stands under it up to the next
// heading, or as much more as is shown in the same way.
type PartView struct {
	ID, Title     string        // "" for what stands before the first heading
	Question      bool          // one of a list of questions, whose answers are opened one by one
	Heading, HTML template.HTML // the heading has its id
	Decides       []checkerCard // the checkers with a rule that cites the section
	Newer         *languageLink // where the source says something else by now
}

// An articlePart is a part whose holes are still open.
type articlePart struct {
	PartView
	heading article.Body
	body    []article.Body
}

// plain reports whether there is nothing to show but heading and text.
func (p articlePart) plain() bool { return !p.Question && len(p.Decides) == 0 && p.Newer == nil }

// fill returns the part as it is shown.
func (p articlePart) fill(s *Site, l *Language) PartView {
	p.Heading, p.HTML = s.fill(l, p.heading), s.fill(l, p.body...)
	return p.PartView
}

// parts returns the page's article by headings.
func (p *page) parts() []articlePart {
	s, l, a := p.site, p.Language, p.article
	cited, outdated := s.citing(l, a), p.outdated()
	parts := make([]articlePart, 0, len(a.Sections)+1)
	for _, part := range a.Parts() {
		next := articlePart{heading: part.Heading, body: []article.Body{part.Body}}
		if section := part.Section; section != nil {
			next.ID, next.Title = section.ID, section.Title
			next.Question, next.Decides = isQuestion(section), cited[section.ID]
		}
		if slices.Contains(outdated, next.ID) {
			source := s.Fallback()
			next.Newer = &languageLink{Tag: source.Tag, Name: source.Name, Link: s.ArticleLink(source.Tag, a.Path) + fragment(next.ID)}
		}
		parts = append(parts, next)
	}
	return parts
}

// Parts returns an article by headings, as it is shown in a language.
func (s *Site) Parts(lang, path string) (list []PartView) {
	l := s.Language(lang)
	for _, part := range s.ArticlePage(l, path).parts() {
		list = append(list, part.fill(s, l))
	}
	return list
}

// isQuestion reports whether a section is one of a list of questions.
func isQuestion(s *article.Section) bool { return s.Level == 3 && strings.HasSuffix(s.Title, "?") }

// joinedParts returns the page's article in as few parts as will do.
func (p *page) joinedParts() []PartView {
	if p.isPlain() {
		return []PartView{{HTML: p.site.fill(p.Language, p.article.Body)}}
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
	views := make([]PartView, len(joined))
	for i, part := range joined {
		views[i] = part.fill(p.site, p.Language)
	}
	return views
}

// isPlain reports whether all parts of the article would be joined to one, as
// they are in most.
func (p *page) isPlain() bool {
	for i := range p.article.Sections {
		if isQuestion(&p.article.Sections[i]) {
			return false
		}
	}
	return len(p.outdated()) == 0 && len(p.site.citing(p.Language, p.article)) == 0
}

func fragment(id string) string {
	if id == "" {
		return ""
	}
	return "#" + id
}

// citing returns, by section of the article, the checkers with a rule that cites
// it, opened with the article's product answered.
func (s *Site) citing(l *Language, a *article.Article) map[string][]checkerCard {
	cited := map[string][]checkerCard{}
	for _, c := range s.Checkers {
		for _, rule := range c.Set.Rules {
			path, id, _ := strings.Cut(rule.Cite, "#")
			if path != a.Path {
				continue
			}
			if card := c.card(l, a.Product); !slices.Contains(cited[id], card) {
				cited[id] = append(cited[id], card)
			}
		}
	}
	return cited
}

// Origin returns scheme and host of every address of the site, without a slash.
func (s *Site) Origin() string { return strings.TrimSuffix(s.Absolute(""), s.prefix) }

// filled keeps the memory in which bodies are filled.
var filled = sync.Pool{New: func() any { return new([]byte) }}

// fill returns bodies with their holes filled for a language.
func (s *Site) fill(l *Language, bodies ...article.Body) template.HTML {
	kept := filled.Get().(*[]byte)
	defer filled.Put(kept)
	b := (*kept)[:0]
	for _, body := range bodies {
		b = body.Fill(b, func(b []byte, hole article.Placeholder) []byte { return s.fillHole(b, l, hole) })
	}
	*kept = b
	return template.HTML(b)
}

// fillHole appends what belongs in a hole.
func (s *Site) fillHole(b []byte, l *Language, hole article.Placeholder) []byte {
	switch hole.Kind {
	case article.LinkAddress:
		b = append(b, s.ArticleLink(l.Tag, hole.Ref)...)
		if hole.Anchor != "" {
			b = append(b, "#"+template.HTMLEscapeString(hole.Anchor)...)
		}
	case article.AssetAddress:
		b = append(b, s.AssetFiles.address(hole.Ref)...)
	case article.ImageAttributes:
		b = fmt.Appendf(b, `src="%s"`, s.AssetFiles.address(hole.Ref))
		if a := s.Library.Asset(hole.Ref); a.Width > 0 {
			b = fmt.Appendf(b, ` width="%d" height="%d"`, a.Width, a.Height)
		}
	case article.AlertTitle:
		b = append(b, template.HTMLEscapeString(l.Text("alert."+hole.Ref))...)
	case article.ValueList:
		b = s.appendValues(b, l, hole.Values)
	}
	return b
}

// appendValues appends the list that stands for a values block.
func (s *Site) appendValues(b []byte, l *Language, block *article.Values) []byte {
	b = append(b, "<ul>\n"...)
	for _, label := range s.valueLabels(l, block) {
		b = append(b, "<li>"+template.HTMLEscapeString(label)+"</li>\n"...)
	}
	return append(b, "</ul>\n"...)
}

// valueLabels returns what a values block lists.
func (s *Site) valueLabels(l *Language, block *article.Values) []string {
	c := s.checker(block.Checker)
	values, err := c.Set.Reaches(block.Fact, block.Outcome)
	if err != nil {
		panic("site: " + err.Error() + ", which had been proven")
	}
	labels := make([]string, len(values))
	for i, value := range values {
		labels[i] = c.in(l).Label(block.Fact, value)
	}
	return labels
}
