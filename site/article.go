package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"helpcenter/content"
)

// An articleView is an article as a page in a language shows it.
type articleView struct {
	*content.Article
	page    *page
	Foreign string // the language of the text, where it is not the page's
	Updated string // as the language writes dates
	Checker *checkerCard
	Related []entry
	Back    crumb
}

// articlePage is the page of an article in a language. Where it is not
// translated the page shows the source with a notice, and is canonically the
// source's page.
func (s *Site) articlePage(l *language, path string) *page {
	a := s.article(l.Tag, path)
	product, category := s.product(a.Product), s.category(a.Category)
	twin := func(lang string) string { return s.articleFile(lang, path) }
	p := &page{
		language: l, site: s, file: twin(l.Tag), twin: twin,
		Title: a.Title, Description: a.Description, Product: a.Product, Main: "article",
		shelf: a.Product + "/" + a.Category,
	}
	for _, l := range s.langs {
		if s.Library.Article(l.Tag, path) != nil {
			p.in = append(p.in, l)
		}
	}
	back := crumb{category.Name[l.Tag], s.link(file(l.Tag, a.Product, a.Category))}
	p.Crumbs = []crumb{productCrumb(s, l, product)}
	if section := category.Section[l.Tag]; section != "" {
		p.Crumbs = append(p.Crumbs, crumb{Name: section})
	}
	p.Crumbs = append(p.Crumbs, back)
	v := &articleView{Article: a, page: p, Updated: l.Date(a.Updated), Back: back}
	if a.Lang != l.Tag {
		v.Foreign, p.canonical = a.Lang, twin(a.Lang)
	}
	if c := s.checker(a.Checker); c != nil {
		card := c.card(l, a.Product)
		v.Checker = &card
	}
	for _, related := range a.Related {
		v.Related = append(v.Related, s.entry(l, related))
	}
	p.Data = v
	return p
}

// Source names the language of a text that is not translated, in itself.
func (v *articleView) Source() string { return v.page.site.language(v.Lang).Name }

// Contents returns the sections that the table of contents names.
func (v *articleView) Contents() []content.Section {
	var list []content.Section
	for _, section := range v.Sections {
		if section.Level == 2 {
			list = append(list, section)
		}
	}
	return list
}

// A partView is a heading of an article and what stands under it up to the next
// heading, or as much more as is shown in the same way.
type partView struct {
	*content.Section // nil for what stands before the first heading
	page             *page
	heading          content.Body
	body             []content.Body
	Decides          []checkerCard // the checkers with a rule that cites the section
	Newer            string        // where the source says something else by now, its address
}

// Heading returns the heading, complete, with its id.
func (p partView) Heading() template.HTML { return p.page.site.fill(p.page.language, p.heading) }

// HTML returns what stands under the heading.
func (p partView) HTML() template.HTML { return p.page.site.fill(p.page.language, p.body...) }

// plain reports whether there is nothing to show but heading and text.
func (p partView) plain() bool { return !p.Question() && len(p.Decides) == 0 && p.Newer == "" }

// Question reports whether the heading is one of a list of questions, whose
// answers are opened one by one.
func (p partView) Question() bool {
	return p.Section != nil && p.Level == 3 && strings.HasSuffix(p.Title, "?")
}

// Parts returns the article's body, complete, in as few parts as will do: most
// articles need but one.
func (v *articleView) Parts() []partView {
	var views []partView
	for _, part := range v.sections() {
		if last := len(views) - 1; last >= 0 && views[last].plain() && part.plain() {
			views[last].body = append(append(views[last].body, part.heading), part.body...)
		} else {
			views = append(views, part)
		}
	}
	return views
}

// sections returns the article's body by headings.
func (v *articleView) sections() []partView {
	s, l := v.page.site, v.page.language
	cited, outdated := s.citing(l, v.Article), v.outdated()
	var views []partView
	for _, part := range v.Article.Parts() {
		view := partView{Section: part.Section, page: v.page, heading: part.Heading, body: []content.Body{part.Body}}
		id := ""
		if part.Section != nil {
			id = part.Section.ID
			view.Decides = cited[id]
		}
		if slices.Contains(outdated, id) {
			view.Newer = s.link(s.articleFile(s.fallback().Tag, v.Path)) + fragment(id)
		}
		views = append(views, view)
	}
	return views
}

// outdated returns the ids of the sections in which the source has changed since
// it was translated.
func (v *articleView) outdated() []string {
	if v.Foreign != "" {
		return nil
	}
	return v.page.site.Library.Outdated(v.Article)
}

// Older returns the sections in which the text is older than its source, "" for
// the beginning, for the notice above the article.
func (v *articleView) Older() []content.Section {
	var list []content.Section
	for _, id := range v.outdated() {
		if section := v.Section(id); section != nil {
			list = append(list, *section)
		} else {
			list = append(list, content.Section{ID: "main", Title: v.Title})
		}
	}
	return list
}

// Original names the language that all others are translated from.
func (v *articleView) Original() content.Language { return v.page.site.fallback().Language }

func fragment(id string) string {
	if id == "" {
		return ""
	}
	return "#" + id
}

// citing returns, by section of the article, the checkers with a rule that cites
// it, opened with the article's product answered.
func (s *Site) citing(l *language, a *content.Article) map[string][]checkerCard {
	cited := map[string][]checkerCard{}
	for _, c := range s.checkers {
		for _, rule := range c.set.Rules {
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

// origin returns scheme and host of every absolute address.
func (s *Site) origin() string { return strings.TrimSuffix(s.absolute(""), s.prefix) }

// filled keeps the memory in which bodies are filled.
var filled = sync.Pool{New: func() any { return new([]byte) }}

// fill returns bodies with their holes filled for a language.
func (s *Site) fill(l *language, bodies ...content.Body) template.HTML {
	kept := filled.Get().(*[]byte)
	defer filled.Put(kept)
	b := (*kept)[:0]
	for _, body := range bodies {
		b = body.Fill(b, func(b []byte, hole content.Hole) []byte { return s.fillHole(b, l, hole) })
	}
	*kept = b
	return template.HTML(b)
}

// fillHole appends what belongs in a hole.
func (s *Site) fillHole(b []byte, l *language, hole content.Hole) []byte {
	switch hole.Kind {
	case content.LinkHole:
		b = append(b, s.link(s.articleFile(l.Tag, hole.Ref))...)
		if hole.Anchor != "" {
			b = append(b, "#"+template.HTMLEscapeString(hole.Anchor)...)
		}
	case content.AssetHole:
		b = append(b, s.assets.address(hole.Ref)...)
	case content.ImageHole:
		b = fmt.Appendf(b, `src="%s"`, s.assets.address(hole.Ref))
		if a := s.Library.Asset(hole.Ref); a.Width > 0 {
			b = fmt.Appendf(b, ` width="%d" height="%d"`, a.Width, a.Height)
		}
	case content.AlertHole:
		b = append(b, template.HTMLEscapeString(l.Text("alert."+hole.Ref))...)
	case content.ValuesHole:
		b = s.appendValues(b, l, hole.Values)
	}
	return b
}

// appendValues appends the list that stands for a values block.
func (s *Site) appendValues(b []byte, l *language, block *content.Values) []byte {
	b = append(b, "<ul>\n"...)
	for _, label := range s.valueLabels(l, block) {
		b = append(b, "<li>"+template.HTMLEscapeString(label)+"</li>\n"...)
	}
	return append(b, "</ul>\n"...)
}

// valueLabels returns what a values block lists.
func (s *Site) valueLabels(l *language, block *content.Values) []string {
	c := s.checker(block.Checker)
	values, err := c.set.Reaches(block.Fact, block.Outcome)
	if err != nil {
		panic("site: " + err.Error() + ", which had been proven")
	}
	labels := make([]string, len(values))
	for i, value := range values {
		labels[i] = c.label(l, block.Fact, value)
	}
	return labels
}
