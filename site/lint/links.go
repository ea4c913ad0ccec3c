package lint

import (
	"strings"

	"helpcenter/site/article"
)

// vagueLinks reports links whose text, read by itself, does not say where they
// lead (WCAG 2.2, success criterion 2.4.9; those who listen to a page go from
// link to link).
func (p *page) vagueLinks(t *passage) {
	for i, a := range t.anchors {
		text := strings.Join(strings.Fields(strings.Trim(t.lower[a.from:a.to], " .:,;!?›»>→…")), " ")
		if !t.vague[text] {
			continue
		}
		f := t.warn(a.from, "vague-link", "the link %q does not say where it leads", t.text[a.from:a.to])
		f.Position = p.Position(p.Links[t.link+i].Pos)
		f.Suggestion = "let its text name what it leads to"
		if to := p.Links[t.link+i]; to.Ref != "" {
			f.Suggestion = "let its text name what it leads to, such as " + p.title(to)
		}
	}
}

// title returns what stands above the text that a link leads to, in quotes.
func (p *page) title(to article.Link) string {
	a := p.Library.Shown(p.Lang, to.Ref)
	switch {
	case a == nil:
		return to.Ref
	case to.Anchor != "" && a.HasSection(to.Anchor):
		return `"` + a.Section(to.Anchor).Title + `"`
	}
	return `"` + a.Title + `"`
}
