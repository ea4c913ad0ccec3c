package site

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"helpcenter/content"
)

// An articleView is an article as a page in a language shows it.
type articleView struct {
	*content.Article
	page    *page
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
	}
	for _, l := range s.langs {
		if s.Library.Article(l.Tag, path) != nil {
			p.in = append(p.in, l)
		}
	}
	if a.Lang != l.Tag {
		p.canonical = twin(a.Lang)
	}
	back := crumb{category.Name[l.Tag], s.link(file(l.Tag, a.Product, a.Category))}
	p.Crumbs = []crumb{productCrumb(s, l, product)}
	if section := category.Section[l.Tag]; section != "" {
		p.Crumbs = append(p.Crumbs, crumb{Name: section})
	}
	p.Crumbs = append(p.Crumbs, back)
	v := &articleView{Article: a, page: p, Updated: l.Date(a.Updated), Back: back}
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

// Translated reports whether the text is in the page's language.
func (v *articleView) Translated() bool { return v.Lang == v.page.Tag }

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
// heading.
type partView struct {
	*content.Section               // nil for what stands before the first heading
	Heading, HTML    template.HTML // Heading is complete, with its id
	Decides          []checkerCard // the checkers with a rule that cites the section
	Newer            string        // where the source says something else by now, its address
}

// Question reports whether the heading is one of a list of questions, whose
// answers are opened one by one.
func (p partView) Question() bool {
	return p.Section != nil && p.Level == 3 && strings.HasSuffix(p.Title, "?")
}

// Parts returns the article's body, complete.
func (v *articleView) Parts() []partView {
	s, l := v.page.site, v.page.language
	cited, outdated := s.citing(l, v.Article), v.outdated()
	var views []partView
	for _, part := range v.Article.Parts() {
		view := partView{Section: part.Section, Heading: s.fill(l, part.Heading), HTML: s.fill(l, part.Body)}
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
	if !v.Translated() {
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
		card := c.card(l, a.Product)
		for _, rule := range c.set.Rules {
			path, id, _ := strings.Cut(rule.Cite, "#")
			if path == a.Path && !slices.Contains(cited[id], card) {
				cited[id] = append(cited[id], card)
			}
		}
	}
	return cited
}

// StructuredData returns what the page is in the terms of schema.org, as
// JSON-LD: the article and the breadcrumbs that lead to it.
func (v *articleView) StructuredData() (template.JS, error) {
	type object = map[string]any
	var trail []object
	for _, c := range v.page.Crumbs {
		if c.Link != "" {
			trail = append(trail, object{
				"@type": "ListItem", "position": len(trail) + 1, "name": c.Name, "item": v.page.site.origin() + c.Link,
			})
		}
	}
	data, err := json.Marshal(object{
		"@context": "https://schema.org",
		"@graph": []object{
			{
				"@type": "Article", "headline": v.Title, "description": v.Description, "inLanguage": v.Lang,
				"dateModified": v.Article.Updated.String(), "mainEntityOfPage": v.page.Canonical(),
				"image": v.page.Image(), "publisher": object{"@type": "Organization", "name": v.page.Text("site.name")},
			},
			{"@type": "BreadcrumbList", "itemListElement": trail},
		},
	})
	return template.JS(data), err
}

// origin returns scheme and host of every absolute address.
func (s *Site) origin() string { return strings.TrimSuffix(s.absolute(""), s.prefix) }

// fill returns a body with its holes filled for a language.
func (s *Site) fill(l *language, body content.Body) template.HTML {
	return template.HTML(body.Fill(nil, func(b []byte, hole content.Hole) []byte {
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
	}))
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
