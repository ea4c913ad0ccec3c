package site

import (
	"encoding/json"
	"html/template"
)

// StructuredData returns what the page is in the terms of schema.org, as
// JSON-LD: the article and the breadcrumbs that lead to it.
func (v *articleView) StructuredData() (template.JS, error) {
	var trail []listItem
	for _, c := range v.page.Crumbs {
		if c.Link != "" {
			trail = append(trail, listItem{"ListItem", v.page.site.origin() + c.Link, c.Name, len(trail) + 1})
		}
	}
	data, err := json.Marshal(graph{"https://schema.org", []any{
		articleThing{
			Type: "Article", Headline: v.Title, Description: v.Description, Language: v.Lang,
			Modified: v.Article.Updated.String(), Page: v.page.Canonical(), Image: v.page.site.card(),
			Publisher: organization{"Organization", v.page.Text("site.name")},
		},
		breadcrumbList{"BreadcrumbList", trail},
	}})
	return template.JS(data), err
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
