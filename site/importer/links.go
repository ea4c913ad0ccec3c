package importer

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"helpcenter/site/article"
	"helpcenter/site/library"
	"helpcenter/site/textedit"
)

// links returns the article made from a page, with its links and pictures adapted to the help center.
func (im *importer) links(p *page) []byte {
	data := im.article(p)
	var edits []textedit.Edit
	for _, d := range article.Destinations("content/"+p.target(), data) {
		from := textedit.Offset(data, d.At)
		if to, ok := im.resolve(p, d.Raw); ok && from >= 0 && to != d.Raw {
			edits = append(edits, textedit.Edit{From: from, To: from + len(d.Raw), Text: to})
		}
	}
	return textedit.Apply(data, edits)
}

// resolve returns what to write in place of a destination. It reports false if that stays.
func (im *importer) resolve(p *page, dest string) (string, bool) {
	u, err := url.Parse(dest)
	if err != nil || u.Scheme != "" && !im.isOwn(u) {
		return "", false
	}
	address, _ := url.PathUnescape(u.EscapedPath())
	anchor := strings.ToLower(u.Fragment)
	if address == "" && u.Scheme == "" {
		if id := p.anchors[anchor]; id != "" {
			return "#" + id, true
		}
		return "#" + slug(anchor), anchor != ""
	}
	if q := im.find(p, address); q != nil {
		to := article.Relative(path.Dir(p.target()), path.Join(p.lang, q.category, q.name+".md"))
		shown := cmp.Or(im.other(q, p.lang), q)
		if shown.stub {
			shown = cmp.Or(im.other(q, im.site.language), q)
		}
		if id := shown.anchors[anchor]; id != "" {
			to += "#" + id
		} else if anchor != "" {
			to += "#" + slug(anchor)
		}
		return to, true
	}
	if file := im.picture(p, address); file != "" {
		return article.Relative(path.Dir(p.target()), file), true
	}
	base, err := url.Parse(im.site.base)
	if err != nil || base.Host == "" || path.Ext(address) != "" && !strings.HasPrefix(path.Ext(address), ".htm") {
		return "", false
	}
	u.Scheme, u.Host, u.Path = base.Scheme, base.Host, path.Join("/", address)
	im.changed(p, dest, "%s leads to the earlier site, since the page was not imported", dest)
	return u.String(), true
}

// isOwn reports whether an address belongs to the imported site.
func (im *importer) isOwn(u *url.URL) bool {
	base, err := url.Parse(im.site.base)
	return err == nil && base.Host != "" && u.Host == base.Host
}

// find returns the page that p links to by an address, or nil.
func (im *importer) find(p *page, address string) *page {
	if im.Kind == "docusaurus" {
		address = strings.TrimPrefix(address, "@site/")
	}
	file := path.Join(path.Dir(p.file), address)
	if strings.HasPrefix(address, "/") {
		file = address[1:]
	}
	for _, end := range []string{"", ".md", ".mdx", "/index.md", "/_index.md", "/README.md"} {
		for _, root := range []string{"", "content/", "docs/"} {
			if q := im.byFile[root+file+end]; q != nil {
				return q
			}
		}
	}
	if !strings.HasPrefix(address, "/") && len(p.old) > 0 {
		address = path.Join(p.old[0], address) // relative to the folder that the page was
	}
	own := strings.ToLower(p.lang) + "/" + addressKey(address)
	for _, key := range []string{addressKey(address), own, articleID(address)} {
		if q := im.byAddress[key]; q != nil {
			return q
		}
	}
	return nil
}

// articleID returns the address of a Zendesk article without its name, which may be anything.
func articleID(address string) string {
	before, after, ok := strings.Cut(addressKey(address), "/articles/")
	number, _, _ := strings.Cut(after, "-")
	if !ok {
		return "?"
	}
	return before + "/articles/" + number
}

// picture copies a file that a page shows or links to, and returns its name below content/, or "".
func (im *importer) picture(p *page, address string) string {
	if im.Kind == "zendesk" || !library.IsAsset(address) {
		return ""
	}
	candidates := []string{path.Join(path.Dir(p.file), address)}
	if strings.HasPrefix(address, "/") {
		candidates = nil
		for _, root := range []string{"static", "public", "assets", "", "content", "docs"} {
			candidates = append(candidates, path.Join(root, address))
		}
	}
	for _, file := range candidates {
		if name := im.pictures[file]; name != "" {
			return name
		}
		data, err := fs.ReadFile(im.Source, file)
		if err != nil {
			continue
		}
		ext := strings.ToLower(path.Ext(file))
		stem := "images/" + slug(strings.TrimSuffix(path.Base(file), path.Ext(file)))
		name := stem + ext
		for n := 2; im.files[name] != nil; n++ {
			name = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		im.pictures[file], im.files[name] = name, data
		return name
	}
	return ""
}

// siteFile returns site.toml with the languages and categories of the pages.
func (im *importer) siteFile() ([]byte, error) {
	im.site.languages = []string{im.site.language}
	used := map[string]bool{} // categories
	for _, p := range im.pages {
		used[p.category] = true
		if !slices.Contains(im.site.languages, p.lang) {
			im.site.languages = append(im.site.languages, p.lang)
		}
	}
	slices.Sort(im.site.languages[1:])
	var b strings.Builder
	tags, ids := im.site.languages, []string{}
	if im.Existing != nil {
		was, err := fs.ReadFile(im.Existing, "content/site.toml")
		if err == nil {
			sub, _ := fs.Sub(im.Existing, "content")
			site, found, ok := library.LoadSite(sub)
			if !ok {
				return nil, fmt.Errorf("%s", found[0])
			}
			tags, ids = site.Tags(), site.CategoryIDs()
			for _, lang := range im.site.languages {
				if !slices.Contains(tags, lang) {
					return nil, fmt.Errorf("the help center has no language %q; add it with 'helpcenter new --language %[1]s'", lang)
				}
			}
			im.site.language = site.DefaultLanguage
			b.WriteString(strings.TrimRight(string(was), "\n") + "\n")
		}
	}
	if b.Len() == 0 {
		im.newSite(&b)
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		if !slices.Contains(ids, id) {
			fmt.Fprintf(&b, "\n[[category]]\nid = %q\nname = { %s }\n", id, im.categoryNames(id, tags))
		}
	}
	return []byte(b.String()), nil
}

// newSite writes a site.toml without categories.
func (im *importer) newSite(b *strings.Builder) {
	base := im.site.base
	if u, err := url.Parse(base); err != nil || u.Host == "" {
		base = "https://help.example.com"
	}
	fmt.Fprintf(b, "# What the help center knows besides its articles; 'go doc ./content' describes all keys.\n\n"+
		"base_url = %q # where it is published\ndefault_language = %q\n\n[site]\nname = %s\n", base, im.site.language,
		tomlString(cmp.Or(im.site.name, "Help center")))
	for _, lang := range im.site.languages {
		name := display.Self.Name(language.Make(lang))
		fmt.Fprintf(b, "\n[[language]]\ntag = %q\nname = %q\n", lang, cmp.Or(name, lang))
	}
}

func (im *importer) categoryNames(id string, tags []string) string {
	var names []string
	for _, lang := range tags {
		known := im.categories[id]
		name := cmp.Or(known[lang], known[im.site.language], known[""], title(id))
		names = append(names, fmt.Sprintf("%s = %s", lang, tomlString(name)))
	}
	return strings.Join(names, ", ")
}

// redirects writes redirects for the old addresses that differ from the new ones.
func (im *importer) redirects() {
	now := map[string]bool{}
	for _, p := range im.pages {
		now[path.Join(p.lang, p.category, p.slug)] = true
		now[path.Join(p.lang, p.category)], now[p.lang] = true, true
	}
	var b strings.Builder
	if im.Existing != nil {
		was, _ := fs.ReadFile(im.Existing, "content/redirects.toml")
		b.Write(was)
	}
	seen := map[string]bool{}
	for _, p := range im.pages {
		shown := p
		if p.stub {
			shown = im.other(p, im.site.language)
		}
		if shown == nil || shown.stub {
			continue
		}
		to := path.Join(p.lang, p.category, shown.slug)
		for _, old := range p.old {
			key := strings.Trim(old, "/")
			switch {
			case key == to || seen[key] || key == "":
			case now[key]:
				im.leftOut(p, "", "the old address /%s is another page's now", key)
			default:
				seen[key] = true
				fmt.Fprintf(&b, "[[redirect]]\nfrom = %s\nto = %q\n\n", tomlString("/"+key), "/"+to+"/")
			}
		}
	}
	for _, list := range im.lists {
		to := path.Join(list.lang, slug(path.Base(list.category)))
		for _, old := range list.old {
			if key := strings.Trim(old, "/"); now[to] && key != to && !seen[key] && !now[key] {
				seen[key] = true
				fmt.Fprintf(&b, "[[redirect]]\nfrom = %s\nto = %q\n\n", tomlString("/"+key), "/"+to+"/")
			}
		}
	}
	if delete(im.files, "redirects.toml"); b.Len() > 0 {
		im.files["redirects.toml"] = []byte(b.String())
	}
}
