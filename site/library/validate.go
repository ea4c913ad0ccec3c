package library

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"helpcenter/site/article"
	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

// validate reports what is wrong between articles, and between articles and assets. The cache, which may be nil,
// records which articles need no check.
func (l *Library) validate(articles []*article.Article, cache *buildcache.Cache) []diag.Finding {
	v := l.validator()
	var list checklist
	if cache != nil {
		list = l.checklist()
	}
	found := parallel.Map(together(articles), func(some []*article.Article) []diag.Finding {
		v := v
		v.unchecked(some, &list, cache)
		return v.found
	})
	v.found = slices.Concat(found...)
	v.ownFiles()
	v.mostNeeded()
	v.addresses()
	return v.found
}

// A validator collects findings about a library. Copies share their indexes, which are built only when something is
// missing.
type validator struct {
	*Library
	articlePaths, assetFiles func() *pathIndex
	found                    []diag.Finding
}

func (l *Library) validator() validator {
	return validator{
		Library:      l,
		articlePaths: sync.OnceValue(func() *pathIndex { return newPathIndex(l.Articles, articlePath) }),
		assetFiles:   sync.OnceValue(func() *pathIndex { return newPathIndex(l.Assets, assetFile) }),
	}
}

func (v *validator) errorf(at diag.Position, rule, format string, args ...any) *diag.Finding {
	v.found = append(v.found, diag.Errorf(at, rule, format, args...))
	return &v.found[len(v.found)-1]
}

// CheckLinks returns what is wrong with the links of a text outside the library (see [article.Phrase]).
func (l *Library) CheckLinks(a *article.Content) []diag.Finding {
	v := l.validator()
	v.links(a)
	v.assetUses(a)
	return v.found
}

// unchecked checks articles, unless a cache records that they have no findings.
func (v *validator) unchecked(articles []*article.Article, list *checklist, cache *buildcache.Cache) {
	key := ""
	if cache != nil {
		key = list.key(articles)
	}
	if _, checked := cache.Find(key); checked {
		return
	}
	for _, a := range articles {
		v.article(a)
	}
	if key != "" && len(v.found) == 0 {
		cache.Put(key, nil)
	}
}

// article checks an article's links, assets and related articles.
func (v *validator) article(a *article.Article) {
	if a.Refers || slices.ContainsFunc(a.Leads, func(path string) bool { return !v.leads(a, path) }) {
		content := a.Read()
		v.links(content)
		v.assetUses(content)
	}
	v.products(a)
	for i, path := range a.Related {
		if article.IsPath(path) {
			v.target(a, a.Key("related", i), path)
		}
	}
}

// leads reports whether readers who follow a path from an article reach another that is published. It saves reading
// most articles.
func (v *validator) leads(from *article.Article, path string) bool {
	return v.Shown(from.Lang, path) != nil && v.unpublished(path) == nil
}

// ownFiles checks that the files named by site.toml exist.
func (v *validator) ownFiles() {
	for _, own := range v.Site.ownFiles() {
		if own.file != "" && v.Asset(own.file) == nil {
			f := v.errorf(v.Site.Locator.Value(own.key...), "site", "no file %q", "content/"+own.file)
			if near := v.assetFiles().nearest(own.file); near != "" {
				f.Suggestion = fmt.Sprintf("did you mean %q?", near)
			}
		}
	}
}

// mostNeeded checks that the articles listed on the home page exist.
func (v *validator) mostNeeded() {
	for i, path := range v.Site.Identity.MostNeeded {
		if v.Shown(v.Site.DefaultLanguage, path) == nil {
			v.missing(v.Site.Locator.Value("site", "most_needed", i), v.Site.DefaultLanguage, path)
		}
	}
}

// links checks that each link leads to an article that readers of the language will see, and each anchor to a
// section of it.
func (v *validator) links(a *article.Content) {
	broken, size := 0, 0
	for _, link := range a.Links {
		if link.Site != "" && v.Site.Link(link.Site) == nil {
			v.missingLink(a.Position(link.Pos), link.Site)
		}
		if link.Ref == "" {
			continue
		}
		leads := a.Article
		if link.Ref != a.Path {
			leads = v.target(leads, a.Position(link.Pos), link.Ref)
		}
		if leads == nil || link.Anchor == "" && !link.Shows {
			continue
		}
		to := leads.Read()
		if link.Anchor != "" && to.Lacks(link.Anchor) {
			v.missingSection(a.Position(link.Pos), link.Anchor, to, broken < maxSuggestions)
			broken++
		}
		if link.Shows && size <= maxShown {
			if size += v.shown(a, link, to); size > maxShown {
				v.errorf(a.Position(link.Pos), "too-large", "more than %d bytes of HTML of sections of others", maxShown)
			}
		}
	}
}

// products checks that the site has the further products under which an article is listed.
func (v *validator) products(a *article.Article) {
	for i, id := range a.Products {
		at, known := a.Key("products", i), v.Site.ProductIDs()
		switch {
		case !slices.Contains(known, id):
			f := v.errorf(at, "front-matter", "%s has no product %q (allowed: %s)", SiteFile, id, diag.List(known))
			f.Suggestion = article.DidYouMean(id, known)
		case id == a.Product || slices.Contains(a.Products[:i], id):
			v.errorf(at, "front-matter", "the article is already listed under %q", id).Suggestion = "delete it"
		}
	}
}

// target returns the article that a path leads to from an article. It reports a missing or unpublished one.
func (v *validator) target(from *article.Article, at diag.Position, path string) *article.Article {
	to := v.Shown(from.Lang, path)
	unpublished := v.unpublished(path)
	switch {
	case unpublished != nil && v.Stage(from) != article.Published: // they may be published together
	case to == nil && unpublished == nil:
		v.missing(at, from.Lang, path)
	case unpublished != nil:
		f := v.errorf(at, "broken-link", "article %q %s", path, v.stageOf(unpublished))
		f.Suggestion = "publish it, or remove the link"
		if to != nil {
			f.Severity = diag.Warning // only writers see it
		}
	}
	return to
}

// unpublished returns an article with a path that is published in no language. It returns nil if it is published in
// one.
func (v *validator) unpublished(path string) (a *article.Article) {
	for _, lang := range v.Site.Languages {
		at := name{lang.Tag, path}
		in := v.articles[at]
		if in != nil && (v.Stage(in) == article.Published || !v.view.All) {
			return nil
		}
		a = cmp.Or(a, in, v.hidden[at])
	}
	return a
}

// stageOf says why an article is not published.
func (v *validator) stageOf(a *article.Article) string {
	switch v.Stage(a) {
	case article.ToCome:
		return "is published on " + a.Publish.String()
	case article.Expired:
		return "expired on " + a.Expires.String()
	}
	return "is a draft"
}

func (v *validator) missingLink(at diag.Position, id string) {
	var ids []string
	for _, link := range v.Site.AllLinks() {
		if link.ID != "" {
			ids = append(ids, link.ID)
		}
	}
	f := v.errorf(at, "broken-link", "%s has no link %q (allowed: %s)", SiteFile, id, diag.List(ids))
	f.Suggestion = article.DidYouMean(id, ids)
}

func (v *validator) missing(at diag.Position, lang, path string) {
	if !v.Lacks(lang, path) {
		return
	}
	f := v.errorf(at, "broken-link", "no article %q", path)
	if near := v.articlePaths().nearest(path); near != "" {
		f.Suggestion = fmt.Sprintf("did you mean %q?", near)
	}
}

// maxSuggestions bounds the cost of suggesting sections for one article.
const maxSuggestions = 20

func (v *validator) missingSection(at diag.Position, id string, to *article.Content, suggest bool) {
	ids := to.SectionIDs()
	has := "it has: " + diag.List(ids)
	if len(ids) > 10 && suggest {
		has = "nearest of " + strconv.Itoa(len(ids)) + ": " + diag.List(diag.Closest(id, ids)[:3])
	}
	f := v.errorf(at, "broken-anchor", "%s has no section %q (%s)", to.File, id, has)
	if suggest {
		f.Suggestion = article.DidYouMean(id, ids)
	}
}

// assetUses checks that the files that an article shows or links to exist.
func (v *validator) assetUses(a *article.Content) {
	for _, u := range a.Assets {
		asset := v.Asset(u.Asset)
		switch {
		case asset == nil:
			f := v.errorf(a.Position(u.Pos), "broken-link", "no file %q", "content/"+u.Asset)
			if near := v.assetFiles().nearest(u.Asset); near != "" {
				f.Suggestion = fmt.Sprintf("did you mean %q?", "content/"+near)
			}
		case u.Image && !strings.HasPrefix(asset.Type, "image/"):
			v.errorf(a.Position(u.Pos), "broken-link", "%q is not an image", "content/"+u.Asset).
				Suggestion = "link to it: remove the exclamation mark"
		}
	}
}

// addresses checks that no two things in a language have the same address: articles, translated or not, their
// aliases, products and categories.
func (v *validator) addresses() {
	reported := map[diag.Position]bool{} // an untranslated text has an address in each language
	for _, lang := range v.Site.Languages {
		v.addressesIn(lang.Tag, reported)
	}
}

func (v *validator) addressesIn(lang string, reported map[diag.Position]bool) {
	owner := map[string]string{} // of each address, below the language
	for i, p := range v.Site.Products {
		owner[p.ID] = v.Site.Locator.Value("product", i, "id").String()
		for _, c := range v.Site.Categories {
			owner[p.ID+"/"+c.ID] = SiteFile
		}
	}
	for _, id := range Reserved {
		owner[id] = "the site itself"
	}
	shown := v.shownIn(lang)
	v.categoryAddresses(lang, shown, owner)
	claim := func(a *article.Article, address string, key ...any) {
		other := owner[address]
		switch {
		case a.Slug == "": // the front matter could not be read
			return
		case other == "":
			owner[address] = a.File
			return
		}
		if at := a.Key(key...); !reported[at] {
			reported[at] = true
			v.errorf(at, "address-collision", "the address %s/%s/ belongs to %s", lang, address, other)
		}
	}
	for _, a := range shown {
		claim(a, a.Address(), "slug")
	}
	for _, a := range shown {
		for i, alias := range a.Aliases {
			claim(a, alias, "aliases", i)
		}
	}
}

// categoryAddresses claims the addresses of the categories that have articles without a product.
func (v *validator) categoryAddresses(lang string, shown []*article.Article, owner map[string]string) {
	for i, c := range v.Site.Categories {
		has := func(a *article.Article) bool { return a.Product == "" && a.Category == c.ID }
		first := slices.IndexFunc(shown, has)
		at := v.Site.Locator.Value("category", i, "id")
		switch other := owner[c.ID]; {
		case first < 0:
		case other != "":
			f := diag.Errorf(at, "address-collision", "the address %s/%s/ belongs to %s; %s is in the category", lang, c.ID,
				other, shown[first].File)
			if !slices.ContainsFunc(v.found, func(g diag.Finding) bool { return g.Position == at && g.Rule == f.Rule }) {
				v.found = append(v.found, f)
			}
		default:
			owner[c.ID] = at.String()
		}
	}
}

// shownIn returns what readers of a language see at each path. Articles in that language come first, so that they
// keep an address that a source text has too.
func (v *validator) shownIn(lang string) []*article.Article {
	var own, others []*article.Article
	for i, a := range v.Articles {
		switch {
		case a.Lang == lang:
			own = append(own, a)
		case (i == 0 || v.Articles[i-1].Path != a.Path) && v.Article(lang, a.Path) == nil:
			others = append(others, v.Shown(lang, a.Path))
		}
	}
	return slices.Concat(own, others)
}
