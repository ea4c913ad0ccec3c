package lint

import (
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/ruleset"
)

// readLinks collects, for each language, the articles that its readers reach from another article or from a rule.
func (l *Linter) readLinks() {
	l.linked = map[pageKey]bool{}
	for _, lang := range l.Library.Site.Languages {
		for _, group := range l.groups {
			a := l.Library.Shown(lang.Tag, group[0].Path)
			for _, path := range slices.Concat(a.Leads, a.Related) {
				if path != a.Path {
					l.linked[pageKey{lang.Tag, path}] = true
				}
			}
		}
		for _, ref := range l.references() {
			path, _, _ := strings.Cut(ref.Ref, "#")
			l.linked[pageKey{lang.Tag, path}] = true
		}
		for _, a := range l.languages[lang.Tag].phrases {
			for _, link := range a.Links {
				l.linked[pageKey{lang.Tag, link.Ref}] = true
			}
		}
	}
	l.whole = l.Library.Whole()
}

// references returns what rules cite.
func (l *Linter) references() []ruleset.Reference {
	if l.Rules == nil {
		return nil
	}
	return l.Rules.References()
}

// orphan reports an article that only lists lead to. It reports nothing if some article could not be read, since
// that may link to it.
func (p *page) orphan() {
	if p.whole && !p.linked[pageKey{p.Lang, p.Path}] {
		p.warn("orphan", "no other article in %q and no rule links to this article", p.Lang).
			Suggestion = "link to it where readers need it, or add it to the related articles of another"
	}
}

// expiryNotice is the number of days before an article expires on which its writers are first told.
const expiryNotice = 7

// days reports an article that is due for review or expires soon.
func (p *page) days() {
	today := p.Library.Day()
	if today.IsZero() {
		return
	}
	if !p.Review.IsZero() && !today.Before(p.Review) {
		f := p.warn("review", "this article was to be reviewed by %s", p.Review)
		f.Position, f.Suggestion = p.Key("review"), "check that it is still true, then set the day of the next review"
	}
	if !p.Expires.IsZero() && !today.AddDays(expiryNotice).Before(p.Expires) {
		f := p.warn("expiry", "the article expires on %s", p.Expires)
		f.Position, f.Suggestion = p.Key("expires"), "set a later day, or remove links to it"
	}
}

// missing reports the languages into which an article is not translated.
func (l *Linter) missing(path string) (found []diag.Finding) {
	source := l.Library.Shown(l.Library.Site.DefaultLanguage, path)
	for _, lang := range l.Library.Site.Languages {
		if l.Library.Lacks(lang.Tag, path) {
			found = append(found, diag.Warningf(source.Key("title"), "missing-translation",
				"the article is not translated into %q", lang.Tag).
				Suggest("add the translation as content/%s/%s.md", lang.Tag, path))
		}
	}
	return found
}

// heaviest is the limit on the size of an article and its pictures, in bytes before compression. A slow phone
// connection carries 1.6 Mbit/s (Lighthouse, simulated slow 4G), and the main content should load within 2.5 s
// (threshold of Largest Contentful Paint): 500,000 bytes.
const heaviest = 500_000

// weight reports an article that loads slowly on a slow connection.
func (p *page) weight() {
	html, pictures := len(p.Body.HTML), 0
	shown := map[string]bool{}
	for _, placeholder := range p.Body.Placeholders {
		asset := p.Library.Asset(placeholder.Ref)
		if placeholder.Kind == article.ImageAttributes && asset != nil && !shown[placeholder.Ref] {
			shown[placeholder.Ref] = true
			pictures += len(asset.Data)
		}
	}
	if html+pictures > heaviest {
		p.warn("page-weight", "the article has %d KB, %d KB of it pictures; more than %d KB load slowly on a phone",
			(html+pictures)/1000, pictures/1000, heaviest/1000).
			Suggestion = "reduce the size of the pictures, or divide the article"
	}
}

// vagueLinks reports links whose text alone does not say where they lead (WCAG 2.2, success criterion 2.4.9). Users
// of screen readers go from link to link.
func (p *page) vagueLinks(t *passage) {
	for i, a := range t.anchors {
		text := strings.Join(strings.Fields(strings.Trim(t.lower[a.from:a.to], " .:,;!?›»>→…")), " ")
		if !slices.Contains(t.VagueLinks, text) {
			continue
		}
		link := p.Links[t.link+i]
		f := t.warn(a.from, "vague-link", "the link text %q does not say where the link leads", t.text[a.from:a.to])
		f.Position = p.Position(link.Pos)
		f.Suggestion = "name what it leads to"
		if link.Ref != "" {
			f.Suggestion += ", such as " + strconv.Quote(p.title(link))
		}
	}
}

// title returns the title of the article or section that a link leads to.
func (p *page) title(to article.Link) string {
	a := p.Library.Shown(p.Lang, to.Ref)
	switch {
	case a == nil:
		return to.Ref
	case to.Anchor != "":
		if section := a.Read().Section(to.Anchor); section != nil {
			return section.Title
		}
	}
	return a.Title
}
