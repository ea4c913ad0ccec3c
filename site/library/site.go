package library

import (
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// SiteFile is the file that readSite reads, as findings name it.
const SiteFile = "content/site.toml"

// Reserved are the ids that neither products nor checkers can have, since other
// pages stand at their addresses.
var Reserved = []string{"articles", "search", "api"}

// noSite is what is known before site.toml has been read.
func noSite() *Site {
	return &Site{Timezone: "UTC", Location: time.UTC, Locator: tomlfile.Locate(SiteFile, nil, 1)}
}

// readSite decodes and proves site.toml. ok says whether it could be decoded and
// says which languages there are: without, nothing can be said about the rest of
// the room.
func readSite(data []byte) (site *Site, found []diag.Finding, ok bool) {
	site = noSite()
	data = article.Normalize(data)
	always := func(int) diag.Severity { return diag.Error }
	if found = article.CheckChars(SiteFile, data, always); article.HasRule(found, "encoding") {
		return site, found, false
	}
	loc, fs := tomlfile.Decode(SiteFile, data, 1, site)
	site.Locator = loc
	found = append(found, fs...)
	if article.HasRule(fs, "toml") {
		return site, found, false
	}
	p := siteValidator{Site: site, loc: loc, escaped: !article.HasRule(found, "invisible"), found: found}
	tomlfile.Decode(SiteFile, data, 1, &p.written)
	p.sure = p.languages()
	p.timezone()
	p.products()
	p.notices()
	p.links()
	return site, p.found, p.sure
}

// siteValidator gathers what is wrong with site.toml.
type siteValidator struct {
	*Site
	loc     *tomlfile.Locator
	written struct{ Notice []map[string]any } // where times still show how they were written
	sure    bool                              // which languages there are
	escaped bool                              // what is invisible can only be written as an escape; the rest has been found
	found   []diag.Finding
}

// errorf reports an error at the value that path names.
func (p *siteValidator) errorf(path []any, format string, args ...any) {
	p.add(path, diag.Errorf(p.loc.Value(path...), "site", format, args...))
}

// add adds what is wrong with the value that path names, unless its key has been
// found to be misspelt.
func (p *siteValidator) add(path []any, f diag.Finding) {
	if !p.loc.Misspelt(path...) {
		p.found = append(p.found, f)
	}
}

// key is the path of a key in the i-th table of a list.
func key(list string, i int, keys ...any) []any { return append([]any{list, i}, keys...) }

// languages proves the languages, and reports whether it is sure which they are.
func (p *siteValidator) languages() (sure bool) {
	var tags []string
	sure = true
	wrong := func(where []any, format string, args ...any) {
		sure = false
		p.errorf(where, format, args...)
	}
	for i, l := range p.Languages {
		where := key("language", i, "tag")
		tag, err := language.Raw.Parse(l.Tag)
		switch {
		case err != nil:
			wrong(where, "%q is no language tag of BCP 47", l.Tag)
		case tag.String() != l.Tag:
			wrong(where, "language tag %q is written %q", l.Tag, tag)
		case slices.Contains(tags, l.Tag):
			wrong(where, "language %q stands twice", l.Tag)
		}
		if strings.TrimSpace(l.Name) == "" {
			p.errorf(key("language", i, "name"), "language %q has no name", l.Tag)
		}
		tags = append(tags, l.Tag)
	}
	if p.loc.Misspelt("language") {
		return false
	}
	if !slices.Contains(tags, p.DefaultLanguage) {
		wrong([]any{"default_language"}, "default_language %q is not among the languages: %s",
			p.DefaultLanguage, diag.List(tags))
	}
	return sure
}

func (p *siteValidator) timezone() {
	loc, err := time.LoadLocation(p.Timezone)
	if err != nil || p.Timezone == "" || p.Timezone == "Local" {
		p.errorf([]any{"timezone"}, "timezone %q is no name of the time zone database, such as \"Europe/Rome\"", p.Timezone)
		return
	}
	p.Location = loc
}

func (p *siteValidator) products() {
	var groups, products, categories []string
	for i, g := range p.Groups {
		groups = p.id("group", i, g.ID, groups)
		p.text(key("group", i, "name"), g.Name, true)
	}
	for i := range p.Products {
		v := &p.Products[i]
		products = p.id("product", i, v.ID, products)
		if slices.Contains(Reserved, v.ID) {
			p.errorf(key("product", i, "id"), "product id %q is reserved for another address", v.ID)
		}
		if v.Group != "" {
			p.oneOf(key("product", i, "group"), "group", v.Group, groups)
		}
		p.spread(v.Name)
		p.text(key("product", i, "name"), Text(v.Name), true)
		p.text(key("product", i, "summary"), v.Summary, v.Group != "")
	}
	for i, c := range p.Categories {
		categories = p.id("category", i, c.ID, categories)
		p.text(key("category", i, "name"), c.Name, true)
		p.text(key("category", i, "section"), c.Section, false)
	}
}

// spread gives a name that is one string to all languages.
func (p *siteValidator) spread(name ProductName) {
	same, ok := name[""]
	if !ok {
		return
	}
	delete(name, "")
	for _, tag := range p.tags() {
		name[tag] = same
	}
}

func (p *siteValidator) notices() {
	severities := []string{string(Outage), string(Warning), string(Info)}
	for i := range p.Notices {
		n := &p.Notices[i]
		if n.Product != "" {
			p.oneOf(key("notice", i, "product"), "product", n.Product, p.ProductIDs())
		}
		p.oneOf(key("notice", i, "severity"), "severity", string(n.Severity), severities)
		n.From, n.Until = p.moment(i, "from"), p.moment(i, "until")
		if !n.From.Before(n.Until) && !n.Until.IsZero() {
			p.errorf(key("notice", i, "until"), "the notice ends before it begins")
		}
		p.text(key("notice", i, "text"), n.Text, true)
		if n.Link != "" {
			p.link(key("notice", i, "link"), n.Link)
		}
	}
}

// moment returns a time of the i-th notice. One that is written without its
// offset is a time of the site's timezone; BurntSushi/toml gives it the machine's
// offset, under a name that says how it was written.
func (p *siteValidator) moment(i int, name string) time.Time {
	where := key("notice", i, name)
	t, ok := p.written.Notice[i][name].(time.Time)
	switch kind := t.Location().String(); {
	case !ok:
		p.errorf(where, "the notice has no time %q", name)
	case kind == "time-local":
		p.errorf(where, "%s is a time without a day", name)
	case kind == "datetime-local", kind == "date-local":
		y, m, d := t.Date()
		return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), p.Location)
	}
	return t
}

func (p *siteValidator) links() {
	var cards []string
	for i, h := range p.Help {
		cards = p.id("help", i, h.ID, cards)
		p.link(key("help", i, "link"), h.Link)
		p.text(key("help", i, "name"), h.Name, true)
	}
	for i, l := range p.Links {
		p.oneOf(key("link", i, "place"), "place", string(l.Place), []string{string(Header), string(Account), string(Footer)})
		p.link(key("link", i, "link"), l.Link)
		p.text(key("link", i, "name"), l.Name, true)
	}
}

// id proves an id and returns those known with it.
func (p *siteValidator) id(list string, i int, id string, known []string) []string {
	switch {
	case !article.IsID(id):
		p.errorf(key(list, i, "id"), "id %q is not made of %s", id, article.IDForm)
	case slices.Contains(known, id):
		p.errorf(key(list, i, "id"), "%s %q stands twice", list, id)
	}
	return append(known, id)
}

// oneOf proves that a value is among those allowed.
func (p *siteValidator) oneOf(where []any, what, value string, allowed []string) {
	if slices.Contains(allowed, value) || p.loc.Misspelt(what) {
		return
	}
	f := diag.Errorf(p.loc.Value(where...), "site", "unknown %s %q, allowed: %s", what, value, diag.List(allowed))
	f.Suggestion = article.Meant(value, allowed)
	p.add(where, f)
}

// link proves that an address leads to another place.
func (p *siteValidator) link(where []any, dest string) {
	to, err := (&article.Article{File: SiteFile}).Resolve(dest)
	if err == nil && to.Outside == "" {
		err = article.Refuse("broken-link", "begin with https://", "%q is not the whole of an address", dest)
	}
	if err != nil {
		p.add(where, article.Refused(p.loc.Value(where...), err))
	}
}

// text proves that a text stands in every language and in no other, if it is sure
// which these are. One that is not required may be left out, but not in part.
func (p *siteValidator) text(where []any, t Text, required bool) {
	if !p.sure || len(t) == 0 && !required {
		return
	}
	what, tags := where[len(where)-1], p.tags()
	for _, tag := range tags {
		if strings.TrimSpace(t[tag]) == "" {
			p.errorf(where, "no %s in the language %q", what, tag)
		}
		if p.escaped {
			p.found = append(p.found, article.Hidden(t[tag], p.loc, append(slices.Clone(where), tag)...)...)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(t)) {
		if !slices.Contains(tags, tag) {
			p.errorf(append(slices.Clone(where), tag), "%s in %q, which is no language of the site: %s", what, tag, diag.List(tags))
		}
	}
}
