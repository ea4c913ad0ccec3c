package lint

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// unlinkedActions reports the first place in each section that names a link of site.toml without linking, unless
// something else in the section leads there.
func (p *page) unlinkedActions() {
	links := p.Library.Site.AllLinks()
	type place struct {
		section int16
		address string
	}
	linked := map[place]bool{}
	for i, t := range p.blocks {
		for _, link := range p.Links[t.link:][:len(t.anchors)] {
			linked[place{p.Blocks[i].Section, p.destination(link)}] = true
		}
	}
	for i, t := range p.blocks {
		if kind := p.Blocks[i].Kind; kind == article.Heading || kind == article.Code {
			continue
		}
		for _, m := range t.matches(p.actions, t.whole().words) {
			at, link := t.words[m.from].from, links[m.id]
			here := place{p.Blocks[i].Section, link.Link}
			inLink := func(w word) bool { return inside(t.anchors, w.from) }
			if linked[here] || slices.ContainsFunc(t.words[m.from:m.to], inLink) {
				continue
			}
			linked[here] = true // report it once
			t.warn(at, "unlinked-action", "%q leads nowhere, though readers are told to do it", t.written(m.span)).
				Suggestion = "link it: [" + t.written(m.span) + "](link:" + link.ID + ")"
		}
	}
}

// destination returns where a link out of the site leads.
func (p *page) destination(link article.Link) string {
	if named := p.Library.Site.Link(link.Site); named != nil {
		return named.Link
	}
	return link.Dest
}

// placeholderLinks reports links to addresses that stand for real ones.
func (p *page) placeholderLinks(t *passage) {
	for i, a := range t.anchors {
		link := p.Links[t.link+i]
		if link.Site == "" && isPlaceholder(link.Dest) {
			f := t.warn(a.from, "placeholder-address", "%q is an example's address", link.Dest)
			f.Position = p.Position(link.Pos)
			f.Suggestion = "write the real address, or leave the link out"
		}
	}
}

// placeholders reports such addresses in site.toml, in rules and in the texts of checkers.
func (l *Linter) placeholders() (found []diag.Finding) {
	report := func(at diag.Position, address string) {
		if isPlaceholder(address) {
			found = append(found, diag.Warningf(at, "placeholder-address", "%s is an example's address",
				strconv.Quote(address)).Suggest("write the real address, or leave the link out"))
		}
	}
	site := l.Library.Site
	for i, c := range site.Help {
		report(site.Locator.Value("help", i, "link"), c.Link)
	}
	for i, link := range site.Links {
		report(site.Locator.Value("link", i, "link"), link.Link)
	}
	for i, n := range site.Notices {
		report(site.Locator.Value("notice", i, "link"), n.Link)
	}
	for _, ref := range l.references() {
		report(ref.Position, ref.Ref)
	}
	for _, lang := range site.Languages {
		for _, a := range l.languages[lang.Tag].phrases {
			for _, link := range a.Links {
				report(a.Position(link.Pos), link.Dest)
			}
		}
	}
	return found
}

// isPlaceholder reports whether an address is on a host reserved for examples (RFC 2606).
func isPlaceholder(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	labels := strings.Split(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), ".")
	last := len(labels) - 1
	return labels[last] == "example" ||
		last > 0 && labels[last-1] == "example" && slices.Contains([]string{"com", "net", "org"}, labels[last])
}
