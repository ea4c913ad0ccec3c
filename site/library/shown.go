package library

import (
	"slices"
	"strings"

	"helpcenter/site/article"
)

// A section may be shown in other articles: see [article.SectionText].

// maxShown is the most that one article may show of others, in bytes of HTML.
const maxShown = 1 << 20

// Section returns the article and section that a placeholder of kind SectionText names, or nil.
func (l *Library) Section(p article.Placeholder) (*article.Content, *article.Section) {
	lang, path, _ := strings.Cut(p.Ref, "/")
	if a := l.Article(lang, path); a != nil {
		content := a.Read()
		return content, content.Section(p.Anchor)
	}
	return nil, nil
}

// WithShown returns paths and those of all articles whose sections they show in any language, directly or
// indirectly.
func (l *Library) WithShown(paths ...string) []string {
	paths = slices.Clip(paths)
	for i := 0; i < len(paths); i++ {
		for _, lang := range l.Site.Languages {
			a := l.Article(lang.Tag, paths[i])
			if a == nil {
				continue
			}
			for _, path := range a.Shows {
				if !slices.Contains(paths, path) {
					paths = append(paths, path)
				}
			}
		}
	}
	return paths
}

// showing adds to paths those of the articles that show a section of one of them, directly or indirectly.
func (l *Library) showing(paths map[string]bool) {
	for again := true; again; {
		again = false
		for a := range l.all() {
			if slices.ContainsFunc(a.Shows, func(path string) bool { return paths[path] }) && !paths[a.Path] {
				paths[a.Path], again = true, true
			}
		}
	}
}

// shown checks that the section that a link of an article names can be shown there, and returns its size.
func (v *validator) shown(from *article.Content, link article.Link, to *article.Content) int {
	at := from.Position(link.Pos)
	section := to.Section(link.Anchor)
	switch {
	case to.Lang != from.Lang:
		v.errorf(at, "section", "%q is not translated into %q, so its section cannot be shown", link.Ref, from.Lang).
			Suggestion = "translate it, or write the text here"
	case section == nil: // already reported, or the article is incomplete
	case to.HasSubsections(section):
		v.errorf(at, "section", "section %q of %s has sections below it", link.Anchor, to.File).Suggestion =
			"show one of those"
	case hasFootnotes(to.SectionBody(section)):
		v.errorf(at, "section", "section %q of %s has footnotes", link.Anchor, to.File).Suggestion =
			"make them sentences or links"
	default:
		return v.expand(from, link)
	}
	return 0
}

func hasFootnotes(b article.Body) bool {
	return slices.ContainsFunc(b.Placeholders, func(p article.Placeholder) bool { return p.Kind == article.FootnoteMark })
}

// expand returns the size of a section with everything that it shows. It reports a section that shows itself
// indirectly.
func (v *validator) expand(from *article.Content, link article.Link) int {
	type place struct{ ref, id string }
	inside := map[place]bool{} // the sections that the block may be in
	for _, part := range from.Parts() {
		for _, p := range part.Body.Shown() {
			if part.Section != nil && p.Ref == from.Lang+"/"+link.Ref && p.Anchor == link.Anchor {
				inside[place{from.Lang + "/" + from.Path, part.Section.ID}] = true
			}
		}
	}
	sizes, circle := map[place]int{}, false
	var size func(p article.Placeholder) int
	size = func(p article.Placeholder) int {
		key := place{p.Ref, p.Anchor}
		circle = circle || inside[key]
		if known, ok := sizes[key]; ok {
			return known
		}
		sizes[key] = 0 // while it is being counted, in case of a circle
		a, section := v.Section(p)
		if section == nil {
			return 0
		}
		body := a.SectionBody(section)
		total := len(body.HTML)
		for _, shown := range body.Shown() {
			total = min(total+size(shown), 2*maxShown)
		}
		sizes[key] = total
		return total
	}
	total := size(article.Placeholder{Ref: from.Lang + "/" + link.Ref, Anchor: link.Anchor})
	if circle {
		v.errorf(from.Position(link.Pos), "section", "section %q shows itself", link.Dest).Suggestion =
			"write its text in one of the sections that show each other"
	}
	return total
}
