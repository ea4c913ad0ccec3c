package library

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/buildcache"
)

// longestChecked is the most articles checked together.
const longestChecked = 256

// together divides articles into lists that are checked together.
func together(articles []*article.Article) [][]*article.Article {
	ends := func(a *article.Article) bool { return a.Sum[0] < 4 } // one in 64
	return slices.Collect(buildcache.Runs(articles, longestChecked, ends))
}

// A checklist holds everything that determines the findings in articles.
type checklist struct {
	*Library
	frame  []byte                 // a hash of everything except articles
	states map[string]article.Sum // by path: a hash of the articles in all languages, zero if unknown
}

func (l *Library) checklist() checklist {
	hash := sha256.New()
	fmt.Fprintln(hash, l.Site.sum, l.view.All, l.view.ToCome)
	for _, a := range l.Assets {
		fmt.Fprintf(hash, "%q %s\n", a.File, a.Type)
	}
	c := checklist{l, hash.Sum(nil), map[string]article.Sum{}}
	for a := range l.all() {
		if _, ok := c.states[a.Path]; !ok {
			c.states[a.Path] = l.state(a.Path)
		}
	}
	return c
}

// state returns a hash of the articles with a path and of their stages, or zero if it is not known.
func (l *Library) state(path string) (state article.Sum) {
	var parts []byte
	for _, lang := range l.Site.Languages {
		at := name{lang.Tag, path}
		a := l.articles[at]
		if a == nil {
			a = l.hidden[at]
		}
		if a == nil {
			parts = append(parts, 0)
			continue
		}
		if a.Sum == state {
			return state
		}
		parts = append(append(parts, a.Sum[:]...), l.Stage(a)...)
	}
	sum := sha256.Sum256(parts)
	copy(state[:], sum[:])
	return state
}

// key returns a hash of everything that determines the findings in articles, or "" if some of it is not known.
func (c *checklist) key(articles []*article.Article) string {
	hash := sha256.New()
	hash.Write(c.frame)
	known := len(c.misplaced) == 0
	for _, a := range articles {
		paths := slices.Concat([]string{a.Path}, a.Leads, a.Related)
		if len(a.Shows) > 0 {
			paths = c.WithShown(paths...)
		}
		for _, path := range paths {
			state, ok := c.states[path]
			known = known && !(ok && state == article.Sum{})
			hash.Write(state[:])
		}
	}
	if !known {
		return ""
	}
	return string(hash.Sum(nil))
}
