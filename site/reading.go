package site

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/library"
	"helpcenter/site/markdown"
	"helpcenter/site/search"
)

// Programs read articles and search results as JSON. Addresses are root-absolute.

// A Summary is an article in a list.
type Summary struct {
	Path        string     `json:"path"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Updated     civil.Date `json:"updated"`
	URL         string     `json:"url"`
}

// A Reading is an article as the page of a language shows it.
type Reading struct {
	Lang string `json:"lang"` // of the page
	Summary
	Translation Translation `json:"translation"`
	Sections    []Passage   `json:"sections"`
}

// A Translation says how a text relates to its source.
type Translation struct {
	State  TranslationState `json:"state"`
	Lang   string           `json:"lang"`   // of the text shown
	Source *string          `json:"source"` // address of the source; nil if the text is the source
}

// TranslationState says whether a text is a translation, and whether it is current.
type TranslationState string

// The states of a translation. If it is missing, the text is shown in another language.
const (
	IsSource     TranslationState = "source"
	Current      TranslationState = "current"
	Older        TranslationState = "older"
	Untranslated TranslationState = "missing"
)

// A Passage is a heading of an article and what stands below it up to the next heading.
type Passage struct {
	ID       string `json:"id"` // leadID for the part before the first heading
	Heading  string `json:"heading"`
	URL      string `json:"url"`
	Outdated bool   `json:"outdated"` // whether its source has changed since the translation
	HTML     string `json:"html"`
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

// leadID is the id of the part before the first heading, as on the page.
const leadID = "main"

// Summaries returns, as a language shows them, at most limit articles whose paths follow after, and the total
// number of articles.
func Summaries(s *Site, lang, after string, limit int) (list []Summary, total int) {
	i, found := slices.BinarySearch(s.paths, after)
	if found {
		i++
	}
	for _, path := range s.paths[i:min(i+limit, len(s.paths))] {
		list = append(list, summary(s, lang, path))
	}
	return list, len(s.paths)
}

func summary(s *Site, lang, path string) Summary {
	a := s.Article(lang, path)
	return Summary{path, a.Title, a.Description, a.Updated, s.ArticleLink(lang, path)}
}

// Read returns the article at a path as a language shows it. If there is none, it returns the paths of articles
// that may have been meant.
func Read(ctx context.Context, s *Site, lang, path string) (r Reading, near []string) {
	l := s.language(lang)
	if _, found := slices.BinarySearch(s.paths, path); !found {
		return r, l.nearestPaths(ctx, path)
	}
	p := articlePage(l, path)
	r = Reading{Lang: lang, Summary: summary(s, lang, path), Translation: p.translation()}
	outdated := p.outdated()
	for _, part := range p.parts() {
		html := string(part.fill(l).HTML)
		next := Passage{
			ID: part.ID, Heading: part.Title, Outdated: slices.Contains(outdated, part.ID),
			HTML: strings.TrimSpace(html), Text: strings.TrimSpace(article.Plain([]byte(html))),
		}
		if next.ID == "" {
			next.ID, next.Heading = leadID, p.Title
		}
		next.URL = r.URL + "#" + next.ID
		var b bytes.Buffer
		markdown.Write(&b, []byte(html), s.markdownLink)
		next.Markdown = strings.TrimSpace(b.String())
		r.Sections = append(r.Sections, next)
	}
	return r, nil
}

// translation says how the text of an article's page relates to its source.
func (p *page) translation() Translation {
	a, source := p.article, p.site.source()
	t := Translation{State: IsSource, Lang: a.Lang}
	if a.Lang != source.Tag && p.site.Library.Article(source.Tag, a.Path) != nil {
		link := p.site.ArticleLink(source.Tag, a.Path)
		t.State, t.Source = Current, &link
		if len(p.outdated()) > 0 {
			t.State = Older
		}
	}
	if a.Lang != p.Tag {
		t.State = Untranslated
	}
	return t
}

// A Found is a search result.
type Found struct {
	Kind    string     `json:"kind"` // article, product, category or checker
	Path    string     `json:"path"` // of an article; otherwise an id, prefixed with the product for a category
	Title   string     `json:"title"`
	Text    string     `json:"text"` // the passage that matched, or a description
	URL     string     `json:"url"`
	Score   int        `json:"score"`
	Updated civil.Date `json:"updated,omitzero"` // of an article
}

// FoundIn returns search results as the search page lists them.
func FoundIn(l *library.Library, lang string, found search.Results) []Found {
	list := []Found{}
	for _, h := range found.Hits {
		next := Found{Kind: h.Kind, Path: h.Path, Title: h.Title, Text: h.Passage, URL: h.URL, Score: h.Score}
		switch h.Kind {
		case productResult, categoryResult, checkerResult:
		default:
			next.Kind, next.Updated = "article", l.Shown(lang, h.Path).Updated // guides and videos count as articles
		}
		list = append(list, next)
	}
	return list
}
