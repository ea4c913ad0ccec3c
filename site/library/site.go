package library

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// SiteFile is the name of site.toml in findings.
const SiteFile = "content/site.toml"

// Reserved are the ids that neither products nor checkers may have, since other pages have their addresses.
var Reserved = []string{"articles", "search", "api", "feedback"}

// noSite is a site before site.toml has been read.
func noSite() *Site {
	return &Site{Timezone: "UTC", Location: time.UTC, Locator: new(tomlfile.Locator)}
}

// readSite decodes and checks site.toml. It returns false if the file could not be decoded or does not say which
// languages there are.
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
	v := siteValidator{Site: site, loc: loc, checkEscapes: !article.HasRule(found, "invisible"), found: found}
	v.languagesKnown = v.languages()
	v.timezone()
	v.identity()
	v.products()
	v.notices()
	v.links()
	v.origins("api", "origins", v.API.Origins)
	v.origins("embed", "ancestors", v.Embed.Ancestors)
	return site, v.found, v.languagesKnown
}

// siteValidator collects what is wrong with site.toml.
type siteValidator struct {
	*Site
	loc            *tomlfile.Locator
	languagesKnown bool
	checkEscapes   bool // the file has no literal invisible character, so any in a value is an escape
	found          []diag.Finding
}

// errorf reports an error at the value that path names.
func (v *siteValidator) errorf(path []any, format string, args ...any) {
	v.add(path, diag.Errorf(v.loc.Value(path...), "site", format, args...))
}

// add adds a finding about the value that path names, unless its key is misspelt.
func (v *siteValidator) add(path []any, f diag.Finding) {
	if !v.loc.Misspelt(path...) {
		v.found = append(v.found, f)
	}
}

// key is the path of a key in the i-th table of a list.
func key(list string, i int, keys ...any) []any { return append([]any{list, i}, keys...) }

// languages checks the languages. It reports whether they are all known.
func (v *siteValidator) languages() (known bool) {
	var tags []string
	known = true
	invalid := func(where []any, format string, args ...any) {
		known = false
		v.errorf(where, format, args...)
	}
	for i, l := range v.Languages {
		where := key("language", i, "tag")
		tag, err := language.Raw.Parse(l.Tag)
		switch {
		case err != nil:
			invalid(where, "invalid BCP 47 language tag %q", l.Tag)
		case tag.String() != l.Tag:
			invalid(where, "language tag %q must be written %q", l.Tag, tag)
		case slices.Contains(tags, l.Tag):
			invalid(where, "duplicate language %q", l.Tag)
		}
		if strings.TrimSpace(l.Name) == "" {
			v.errorf(key("language", i, "name"), "language %q has no name", l.Tag)
		}
		tags = append(tags, l.Tag)
	}
	if v.loc.Misspelt("language") {
		return false
	}
	if known && !slices.Contains(tags, v.DefaultLanguage) { // otherwise it may be the tag reported above
		invalid([]any{"default_language"}, "invalid default_language %q (allowed: %s)",
			v.DefaultLanguage, diag.List(tags))
	}
	return known
}

func (v *siteValidator) identity() {
	id := &v.Identity
	if id.Nameless = len(id.Name) == 0; id.Nameless {
		host, err := url.Parse(v.BaseURL)
		if err != nil {
			host = &url.URL{} // reported where it is used
		}
		id.Name = ProductName{"": cmp.Or(host.Host, "?")}
	}
	v.spread(id.Name)
	v.text([]any{"site", "name"}, Text(id.Name), true)
	v.text([]any{"site", "short"}, id.Short, false)
	v.text([]any{"site", "description"}, id.Description, false)
	v.text([]any{"site", "placeholder"}, id.Placeholder, false)
	v.text([]any{"site", "footer"}, id.Footer, false)
	if edit := id.EditURL; edit != "" {
		v.link([]any{"site", "edit_url"}, edit)
		if !strings.Contains(edit, fileMark) {
			v.errorf([]any{"site", "edit_url"}, "edit_url has no %s, which stands for the file below content/", fileMark)
		}
	}
	for _, own := range v.ownFiles() {
		if own.file != "" && !slices.Contains(own.allowed, strings.ToLower(path.Ext(own.file))) {
			v.errorf(own.key, "%s is not a file of a type that fits (allowed: %s)", own.file, diag.List(own.allowed))
		}
	}
	for lang, short := range id.Short {
		if utf8.RuneCountInString(short) > maxShort {
			v.errorf([]any{"site", "short", lang}, "short has more than %d characters", maxShort)
		}
	}
}

// fileMark is the part of edit_url that is replaced by the file of an article.
const fileMark = "{file}"

// EditLink returns the address where an article is edited, or "" if there is none.
func (i *Identity) EditLink(a *article.Article) string {
	return strings.ReplaceAll(i.EditURL, fileMark, strings.TrimPrefix(a.File, "content/"))
}

// maxShort is the most characters that OpenSearch allows in a short name.
const maxShort = 16

func (v *siteValidator) timezone() {
	loc, err := time.LoadLocation(v.Timezone)
	if err != nil || v.Timezone == "" || v.Timezone == "Local" {
		v.errorf([]any{"timezone"}, "invalid timezone %q: use a name of the time zone database, such as \"Europe/Rome\"",
			v.Timezone)
		return
	}
	v.Location = loc
}

func (v *siteValidator) products() {
	var groups, products, categories []string
	for i, g := range v.Groups {
		groups = v.id("group", i, g.ID, groups)
		v.text(key("group", i, "name"), g.Name, true)
	}
	for i := range v.Products {
		product := &v.Products[i]
		products = v.id("product", i, product.ID, products)
		if slices.Contains(Reserved, product.ID) {
			v.errorf(key("product", i, "id"), "product id %q is reserved for another address", product.ID)
		}
		if product.Group != "" {
			v.oneOf(key("product", i, "group"), "group", product.Group, groups)
		}
		v.spread(product.Name)
		v.text(key("product", i, "name"), Text(product.Name), true)
		v.text(key("product", i, "summary"), product.Summary, product.Group != "")
	}
	for i, c := range v.Categories {
		categories = v.id("category", i, c.ID, categories)
		v.text(key("category", i, "name"), c.Name, true)
		v.text(key("category", i, "section"), c.Section, false)
	}
}

// spread copies a name given as one string to all languages.
func (v *siteValidator) spread(name ProductName) {
	same, ok := name[""]
	if !ok {
		return
	}
	delete(name, "")
	for _, tag := range v.Tags() {
		name[tag] = same
	}
}

func (v *siteValidator) notices() {
	severities := []string{string(outage), string(warning), string(info)}
	for i := range v.Notices {
		n := &v.Notices[i]
		if n.Product != "" {
			v.oneOf(key("notice", i, "product"), "product", n.Product, v.ProductIDs())
		}
		v.oneOf(key("notice", i, "severity"), "severity", string(n.Severity), severities)
		n.From, n.Until = v.inZone(i, "from", n.From), v.inZone(i, "until", n.Until)
		if !n.From.Before(n.Until) && !n.Until.IsZero() {
			v.errorf(key("notice", i, "until"), "the notice ends before it begins")
		}
		v.text(key("notice", i, "text"), n.Text, true)
		if n.Link != "" {
			v.link(key("notice", i, "link"), n.Link)
		}
	}
}

// inZone interprets a time of the i-th notice in the site's timezone if it was written without an offset.
func (v *siteValidator) inZone(i int, name string, t time.Time) time.Time {
	if t.IsZero() {
		v.errorf(key("notice", i, name), "%s is missing", name)
	}
	if t.Location() != tomlfile.Local {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), v.Location)
}

// links checks the links of both lists.
func (v *siteValidator) links() {
	places := []string{string(Header), string(Account), string(Footer), string(Help), string(nowhere)}
	var ids []string
	for i, l := range v.AllLinks() {
		list := "help"
		if i >= len(v.Help) {
			list, i = "link", i-len(v.Help)
		}
		if l.ID != "" || l.Place == Help || l.Place == nowhere {
			ids = v.id(list, i, l.ID, ids)
		}
		v.oneOf(key(list, i, "place"), "place", string(l.Place), places)
		v.link(key(list, i, "link"), l.Link)
		v.text(key(list, i, "name"), l.Name, true)
	}
}

// id checks an id and adds it to those known.
func (v *siteValidator) id(list string, i int, id string, known []string) []string {
	switch {
	case !article.IsID(id):
		v.errorf(key(list, i, "id"), "id %q is not made of %s", id, article.IDForm)
	case slices.Contains(known, id):
		v.errorf(key(list, i, "id"), "duplicate %s %q", list, id)
	}
	return append(known, id)
}

// oneOf checks that a value is among those allowed.
func (v *siteValidator) oneOf(where []any, what, value string, allowed []string) {
	if slices.Contains(allowed, value) || v.loc.Misspelt(what) {
		return
	}
	f := diag.Errorf(v.loc.Value(where...), "site", "unknown %s %q (allowed: %s)", what, value, diag.List(allowed))
	f.Suggestion = article.DidYouMean(value, allowed)
	v.add(where, f)
}

// link checks that an address leads to another site.
func (v *siteValidator) link(where []any, dest string) {
	to, refusal := (&article.Article{File: SiteFile}).Resolve(dest)
	if refusal == nil && to.Outside == "" {
		refusal = &article.Refusal{
			Rule: "broken-link", Reason: fmt.Sprintf("%q is not a complete address", dest), Suggestion: "begin with https://",
		}
	}
	if refusal != nil {
		v.add(where, refusal.At(v.loc.Value(where...)))
	}
}

// originForm is an origin as browsers send it in the header Origin: without a default port.
var originForm = regexp.MustCompile(`^(https?)://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]*)?$`)

// origins checks a list of origins of other sites.
func (v *siteValidator) origins(table, list string, origins []string) {
	for i, origin := range origins {
		where := []any{table, list, i}
		m := originForm.FindStringSubmatch(origin)
		switch {
		case m == nil:
			v.errorf(where, "invalid origin %q (allowed: a scheme and a host in lower case, such as https://app.example)",
				origin)
		case m[1] == "https" && m[3] == ":443" || m[1] == "http" && m[3] == ":80":
			v.errorf(where, "invalid origin %q: leave out %s, which browsers do not send", origin, m[3])
		case slices.Contains(origins[:i], origin):
			v.errorf(where, "duplicate origin %q", origin)
		}
	}
}

// text checks that a text is given in every language of the site and in no other. An optional text may be left out
// entirely, but not in some languages.
func (v *siteValidator) text(where []any, t Text, required bool) {
	if !v.languagesKnown || len(t) == 0 && !required {
		return
	}
	what, tags := where[len(where)-1], v.Tags()
	for _, tag := range tags {
		if strings.TrimSpace(t[tag]) == "" {
			v.errorf(where, "%s is missing in %q", what, tag)
		}
		if v.checkEscapes {
			v.found = append(v.found, article.Hidden(t[tag], v.loc, append(slices.Clone(where), tag)...)...)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(t)) {
		if !slices.Contains(tags, tag) {
			v.errorf(append(slices.Clone(where), tag), "invalid language %q (allowed: %s)", tag, diag.List(tags))
		}
	}
}
