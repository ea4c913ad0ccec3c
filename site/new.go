package site

import (
	"net/url"
	"path"
	"slices"
	"sync"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/search"
)

// New checks the references between articles, words and rules, and prepares every page. It returns no site if a
// finding is an error. It also returns none if rules or words were loaded with errors: then it only checks what
// else can be checked.
func New(in Input) (*Site, []diag.Finding) {
	s := &Site{Input: in}
	if s.Files == nil {
		s.Files = Files
	}
	if s.BaseURL == "" {
		s.BaseURL = in.Library.Site.BaseURL
	}
	s.today = s.Day(in.Now)
	for _, l := range in.Library.Site.Languages {
		s.langs = append(s.langs, &language{
			Language: l, Words: in.Words.Words(l.Tag), about: in.Library.Site.Identity.In(l.Tag), site: s,
			phrases: new(sync.Map), cited: new(sync.Map),
		})
	}
	if s.source() == nil {
		return nil, nil // the default language is missing from site.toml, which its loader has reported
	}
	s.listArticles()
	found := parseBaseURL(s)
	found = slices.Concat(found, loadAssets(s), loadStatic(s))
	for _, id := range s.Rules.IDs() {
		s.checkers = append(s.checkers, &checker{s.Ruleset(id), s.Library.WithShown(citedArticles(s.Ruleset(id))...)})
	}
	found = slices.Concat(found, checkCheckers(s), checkCitations(s), checkPhrases(s))
	for _, a := range s.Library.Articles {
		found = append(found, checkArticle(s, a)...)
	}
	templates, messages, more := parseTemplates(s.Files, s.policy)
	messages = append(messages, ownMessages(s)...)
	more = append(more, s.Words.Require(messages)...)
	complete := !slices.ContainsFunc(messages, func(n locale.Need) bool { return !s.source().Has(n.ID) })
	if complete && !diag.HasErrors(more) {
		more = append(more, loadShells(s, templates)...)
	}
	if found = append(found, explainAll(more)...); diag.HasErrors(found) || !complete || !s.Rules.Whole() {
		return nil, found
	}
	s.messages = map[string]bool{}
	for _, n := range messages {
		s.messages[n.ID] = true
	}
	s.prepare()
	s.pages = listPages(s)
	if found = append(found, checkAddresses(s)...); diag.HasErrors(found) {
		return nil, found
	}
	return s, found
}

// With returns the site of a library that [library.Library.With] made from the library of this site, and the
// findings between its articles and the rules. The two sites share everything that does not depend on the change:
// words, shells, assets, the list of pages unless an address changed, and the search indexes of languages without a
// change.
func (s *Site) With(lib *library.Library) (*Site, []diag.Finding) {
	changed, moved := difference(s.Library, lib)
	next := *s
	next.Library = lib
	next.langs = nil
	for _, l := range s.langs {
		own := *l
		own.site, own.cited = &next, new(sync.Map)
		next.langs = append(next.langs, &own)
	}
	if moved {
		next.listArticles()
	}
	found := append(checkCitations(&next), checkPhrases(&next)...)
	for _, a := range changed {
		found = append(found, checkArticle(&next, a)...)
	}
	if diag.HasErrors(found) {
		return nil, found
	}
	next.prepare()
	for i, l := range s.langs {
		if !moved && !slices.ContainsFunc(changed, func(a *article.Article) bool { return a.Lang == l.Tag }) {
			next.langs[i].index = l.index
		}
	}
	check := checkTargets
	if moved {
		next.pages, check = listPages(&next), checkAddresses
	}
	if found = append(found, check(&next)...); diag.HasErrors(found) {
		return nil, found
	}
	return &next, found
}

// difference returns the articles of a library that an earlier one lacks, and whether any page has a new address or
// is listed elsewhere.
func difference(old, new *library.Library) (changed []*article.Article, moved bool) {
	moved = len(old.Articles) != len(new.Articles)
	for i, a := range new.Articles {
		if !moved && old.Articles[i] == a {
			continue
		}
		was := old.Article(a.Lang, a.Path)
		if a == was {
			continue
		}
		changed = append(changed, a)
		moved = moved || was == nil || !slices.Equal(was.Products, a.Products) ||
			was.Slug != a.Slug || old.Stage(was) != new.Stage(a)
	}
	return changed, moved
}

// parseBaseURL sets the addresses of the site.
func parseBaseURL(s *Site) []diag.Finding {
	base, err := ParseBaseURL(s.BaseURL)
	if err == nil {
		s.addresses = newAddresses(base)
		return nil
	}
	s.addresses = newAddresses(new(url.URL)) // lets the rest be checked
	config := s.Library.Site.Locator
	if s.BaseURL == "" && config.Misspelt("base_url") {
		return nil
	}
	return []diag.Finding{diag.Errorf(config.Value("base_url"), "base-url", "%s", err)}
}

// listArticles lists the paths of all articles, and of those in each category.
func (s *Site) listArticles() {
	s.paths, s.byCategory = nil, map[string][]string{}
	for _, a := range s.Library.Articles {
		s.paths = append(s.paths, a.Path)
	}
	slices.Sort(s.paths)
	s.paths = slices.Compact(s.paths)
	for _, a := range s.Library.Articles {
		folders := []string{path.Dir(a.Path)}
		for _, product := range a.Products {
			folders = append(folders, path.Join(product, a.Category))
		}
		for _, in := range folders {
			if of := s.byCategory[in]; len(of) == 0 || of[len(of)-1] != a.Path {
				s.byCategory[in] = append(of, a.Path)
			}
		}
	}
}

// prepare sets what is computed from all articles when first needed.
func (s *Site) prepare() {
	s.frame = sync.OnceValue(func() Key { return frameKey(s) })
	s.mostNeeded = sync.OnceValue(func() []string { return mostNeeded(s) })
	s.moved = sync.OnceValue(func() map[string]string { return movedTo(s) })
	s.files = sync.OnceValue(func() map[string]File { return filesByPath(s) })
	for _, l := range s.langs {
		l.order = sync.OnceValue(func() map[string]int { return orderByTitle(l) })
		l.plan = sync.OnceValue(func() *search.Plan { return planIndex(l) })
		l.index = sync.OnceValue(func() *search.Index { return l.plan().Index() })
		l.articleKinds = sync.OnceValue(func() []article.Kind { return articleKinds(l) })
	}
}
