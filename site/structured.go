package site

import (
	"encoding/json"
	"html/template"
)

// linkedData returns what an article's page is in the terms of schema.org, as
// JSON-LD: the article and the breadcrumbs that lead to it.
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
			Modified: p.article.Updated.String(), Page: p.Canonical(), Image: p.site.card(),
			Publisher: organization{"Organization", p.Text("site.name")},
		},
		breadcrumbList{"BreadcrumbList", trail},
	}})
	if err != nil {
		panic("site: " + err.Error()) // it is made of strings and numbers
	}
	return template.JS(data)
}

// The things of schema.org that an article's page is described by.
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
