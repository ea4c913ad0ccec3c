package site

import (
	"slices"
	"sync"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// With returns the site of a library that [content.Library.With] has made of this
// site's own, and what is wrong between its articles and the rules. Everything
// that does not depend on what has changed is shared: words, shells, assets, the
// list of pages unless an address has changed, and the search indexes of the
// languages in which nothing has.
func (s *Site) With(lib *library.Library) (*Site, []diag.Finding) {
	changed, moved := difference(s.Library, lib)
	next := *s
	next.Library = lib
	if moved {
		next.listArticles()
	}
	next.prepareOrders()
	next.Checkers = nil
	for _, c := range s.Checkers {
		next.Checkers = append(next.Checkers, next.newChecker(c.ID, c.Set))
	}
	next.prepareIndexes()
	for _, l := range s.Langs {
		if !moved && !slices.ContainsFunc(changed, func(a *article.Article) bool { return a.Lang == l.Tag }) {
			next.Indexes[l.Tag] = s.Indexes[l.Tag]
		}
	}
	found := next.proveCites()
	for _, a := range changed {
		found = append(found, next.proveArticle(a)...)
	}
	if diag.HasErrors(found) {
		return nil, found
	}
	if moved {
		next.PageFiles = nil
		next.listPages()
	}
	next.ByPath = sync.OnceValue(next.filesByPath)
	return &next, found
}

// difference returns the articles that a library has and an earlier one has not,
// and whether any page has another address now.
func difference(old, new *library.Library) (changed []*article.Article, moved bool) {
	moved = len(old.Articles) != len(new.Articles)
	for _, a := range new.Articles {
		was := old.Article(a.Lang, a.Path)
		if a == was {
			continue
		}
		changed = append(changed, a)
		moved = moved || was == nil || was.Slug != a.Slug
	}
	return changed, moved
}
