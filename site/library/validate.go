package library

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

// prove reports what is wrong between articles, and between them and assets.
func (l *Library) validate(articles []*article.Article) []diag.Finding {
	found := parallel.Map(articles, func(a *article.Article) []diag.Finding {
		p := validator{Library: l}
		p.article(a)
		return p.found
	})
	p := validator{Library: l, found: slices.Concat(found...)}
	for _, lang := range l.Site.Languages {
		p.addresses(lang.Tag)
	}
	return p.found
}

// validator gathers what prove finds.
type validator struct {
	*Library
	found []diag.Finding
}

func (p *validator) errorf(at diag.Position, rule, format string, args ...any) *diag.Finding {
	p.found = append(p.found, diag.Errorf(at, rule, format, args...))
	return &p.found[len(p.found)-1]
}

// article proves what an article says of others and of assets.
func (p *validator) article(a *article.Article) {
	p.links(a)
	p.assets(a)
	p.related(a)
}

// links proves that each link leads to an article that readers of the language
// will see, and its anchor to a section of that.
func (p *validator) links(a *article.Article) {
	for _, link := range a.Links {
		if link.Ref == "" {
			continue
		}
		to := a
		if link.Ref != a.Path {
			to = p.Shown(a.Lang, link.Ref)
		}
		switch {
		case to == nil:
			p.missing(a.Position(link.Pos), "broken-link", a.Lang, link.Ref)
		case link.Anchor != "" && to.Lacks(link.Anchor):
			p.missingSection(a.Position(link.Pos), link.Anchor, to)
		}
	}
}

func (p *validator) missing(at diag.Position, rule, lang, path string) {
	if !p.Lacks(lang, path) {
		return
	}
	f := p.errorf(at, rule, "no article %q", path)
	switch near := p.nearest(path); {
	case p.drafts[name{lang, path}] != nil:
		f.Message = fmt.Sprintf("article %q is a draft", path)
		f.Suggestion = "publish it, or take the link out"
	case near != "":
		f.Suggestion = fmt.Sprintf("did you mean %q?", near)
	}
}

// nearest returns the path that was probably meant: one of the same name in
// another folder, else the nearest of its folder.
func (p *validator) nearest(missed string) string {
	var beside []string
	folder := path.Dir(missed) + "/"
	for _, a := range p.Articles {
		if path.Base(a.Path) == path.Base(missed) {
			return a.Path
		}
		if strings.HasPrefix(a.Path, folder) {
			beside = append(beside, a.Path)
		}
	}
	return diag.Nearest(missed, beside)
}

func (p *validator) missingSection(at diag.Position, id string, to *article.Article) {
	var ids []string
	for _, s := range to.Sections {
		ids = append(ids, s.ID)
	}
	p.errorf(at, "broken-anchor", "%s has no section %q, it has: %s", to.File, id, diag.List(ids)).
		Suggestion = article.Meant(id, ids)
}

// assets proves that the files that an article shows and links to are there.
func (p *validator) assets(a *article.Article) {
	for _, u := range a.Uses {
		asset := p.Asset(u.Asset)
		switch {
		case asset == nil:
			f := p.errorf(a.Position(u.Pos), "broken-link", "no file %q", "content/"+u.Asset)
			if near := p.nearestAsset(u.Asset); near != "" {
				f.Suggestion = fmt.Sprintf("did you mean %q?", "content/"+near)
			}
		case u.Picture && !strings.HasPrefix(asset.Type, "image/"):
			p.errorf(a.Position(u.Pos), "broken-link", "%q is no picture", "content/"+u.Asset).
				Suggestion = "link to it: take the exclamation mark out"
		}
	}
}

func (p *validator) nearestAsset(missed string) string {
	var beside []string
	for _, a := range p.Assets {
		if path.Base(a.File) == path.Base(missed) {
			return a.File
		}
		if path.Dir(a.File) == path.Dir(missed) {
			beside = append(beside, a.File)
		}
	}
	return diag.Nearest(missed, beside)
}

func (p *validator) related(a *article.Article) {
	for i, path := range a.Related {
		if p.Shown(a.Lang, path) == nil && article.IsPath(path) {
			p.missing(a.Key("related", i), "broken-link", a.Lang, path)
		}
	}
}

// addresses proves that in a language no two things claim one address: the
// pages of articles, translated or not, their aliases, products and categories.
func (p *validator) addresses(lang string) {
	owner := map[string]string{} // of each address, below the language
	for _, v := range p.Site.Products {
		owner[v.ID] = SiteFile
		for _, c := range p.Site.Categories {
			owner[v.ID+"/"+c.ID] = SiteFile
		}
	}
	for _, id := range Reserved {
		owner[id] = "the site itself"
	}
	claim := func(a *article.Article, address string, at func() diag.Position) {
		other := owner[address]
		if other == "" {
			owner[address] = a.File
			return
		}
		here := at()
		known := func(f diag.Finding) bool { return f.Rule == "address-collision" && f.Position == here }
		if !slices.ContainsFunc(p.found, known) { // an untranslated text claims its address in each language
			p.errorf(here, "address-collision", "the address %s/%s/ belongs to %s", lang, address, other)
		}
	}
	shown := p.shownIn(lang)
	for _, a := range shown {
		claim(a, path.Dir(a.Path)+"/"+a.Slug, func() diag.Position { return a.Key("slug") })
	}
	for _, a := range shown {
		for i, alias := range a.Aliases {
			claim(a, alias, func() diag.Position { return a.Key("aliases", i) })
		}
	}
}

// shownIn returns what readers of a language see at each path, what is in their
// language first, so that it keeps an address that a source text claims too.
func (p *validator) shownIn(lang string) []*article.Article {
	var own, others []*article.Article
	for i, a := range p.Articles {
		switch {
		case a.Lang == lang:
			own = append(own, a)
		case (i == 0 || p.Articles[i-1].Path != a.Path) && p.Article(lang, a.Path) == nil:
			others = append(others, p.Shown(lang, a.Path))
		}
	}
	return slices.Concat(own, others)
}
