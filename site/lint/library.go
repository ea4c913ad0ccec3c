package lint

import (
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// readLinks notes, for each language, the articles that another article which
// its readers see links or relates to, and those that the rules send them to.
func (l *Linter) readLinks() {
	l.linked = map[pageKey]bool{}
	for group := range chunks(l.Library.Articles, samePath) {
		for _, lang := range l.Library.Site.Languages {
			l.leads(lang.Tag, l.Library.Shown(lang.Tag, group[0].Path))
		}
	}
	if l.Rules == nil {
		return
	}
	for _, ref := range l.Rules.References() {
		path, _, _ := strings.Cut(ref.Ref, "#")
		for _, lang := range l.Library.Site.Languages {
			l.linked[pageKey{lang.Tag, path}] = true
		}
	}
}

// leads notes where an article leads readers of a language.
func (l *Linter) leads(lang string, a *article.Article) {
	for _, link := range a.Links {
		if link.Ref != a.Path {
			l.linked[pageKey{lang, link.Ref}] = true
		}
	}
	for _, path := range a.Related {
		l.linked[pageKey{lang, path}] = true
	}
}

// pageKey names one article in one language.
type pageKey struct{ lang, path string }

// orphan reports an article that readers find only in lists: no other article
// of its language leads to it, and no rule. Where some article could not be read,
// it may be the one that does.
func (p *page) orphan() {
	if p.whole && !p.linked[pageKey{p.Lang, p.Path}] {
		p.warn("title", "orphan", "no other article in %q links to this one, and no rule does", p.Lang).
			Suggestion = "link to it where readers need it, or name it among the related articles of another"
	}
}

// missing reports the languages that have no translation of an article.
func (l *Linter) missing(group []*article.Article) []diag.Finding {
	if len(group) == 0 || len(group) == len(l.Library.Site.Languages) {
		return nil
	}
	from := group[0]
	has := map[string]bool{}
	for _, a := range group {
		has[a.Lang] = true
		if a.Lang == l.Library.Site.DefaultLanguage {
			from = a
		}
	}
	var found []diag.Finding
	for _, lang := range l.Library.Site.Languages {
		if !has[lang.Tag] && l.Library.Lacks(lang.Tag, from.Path) {
			found = append(found, diag.Warningf(from.Key("title"), "missing-translation", "the article is not there in %q", lang.Tag).
				Suggest("translate it into content/%s/%s.md", lang.Tag, from.Path))
		}
	}
	return found
}

// heaviest is what the text of an article and its pictures may weigh, in bytes,
// before compression. A slow phone link carries 1.6 Mbit/s (the throughput by
// which Lighthouse simulates slow 4G), and what a page is about should be there
// within 2.5 s (the threshold of Largest Contentful Paint): 500,000 bytes.
const heaviest = 500_000

// weight reports an article that weighs too much for those on a slow link.
func (p *page) weight() {
	html, pictures := len(p.Body.HTML), 0
	shown := map[string]bool{}
	for _, hole := range p.Body.Placeholders {
		if asset := p.Library.Asset(hole.Ref); hole.Kind == article.ImageAttributes && asset != nil && !shown[hole.Ref] {
			shown[hole.Ref] = true
			pictures += len(asset.Data)
		}
	}
	if html+pictures > heaviest {
		p.warn("title", "page-weight", "the article weighs %d KB, %d KB of it pictures; up to %d KB load quickly on a slow link",
			(html+pictures)/1000, pictures/1000, heaviest/1000).
			Suggestion = "make the pictures smaller, or part the article"
	}
}
