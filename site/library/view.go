package library

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// A View says which articles a library has. The zero View has all but drafts.
type View struct {
	Now    time.Time // the moment; if zero, days of publication and expiry are ignored
	ToCome bool      // include articles whose day of publication lies ahead
	All    bool      // include those, drafts and expired articles
}

// Stage returns the stage of an article at the moment of the library.
func (l *Library) Stage(a *article.Article) article.Stage { return a.StageOn(l.Day()) }

// Publishes reports whether readers see an article at a path in its own language: not a draft, nor a copy of the
// text in another language.
func (l *Library) Publishes(lang, path string) bool {
	a := l.Article(lang, path)
	return a != nil && l.Stage(a) == article.Published
}

// Day returns the day of the library's moment, or the zero day.
func (l *Library) Day() (day civil.Date) {
	if !l.view.Now.IsZero() {
		day = civil.DateOf(l.view.Now.In(l.Site.Location))
	}
	return day
}

// hides reports whether an article is not in view.
func (l *Library) hides(a *article.Article) bool {
	stage := l.Stage(a)
	return stage != article.Published && !l.view.All && !(l.view.ToCome && stage == article.ToCome)
}

// In returns the library in another view, and the findings between its articles there. The two share the drift of
// translations.
func (l *Library) In(v View) (*Library, []diag.Finding) {
	all := slices.AppendSeq(slices.Clone(l.Articles), maps.Values(l.hidden))
	slices.SortFunc(all, l.Site.compareArticles)
	next := newLibrary(l.Site, all, l.Assets, v)
	next.Redirects = l.Redirects
	next.misplaced, next.drift, next.baselines = l.misplaced, l.drift, l.baselines
	return next, diag.Sort(next.validate(all, nil))
}

// A Turn is the publication or the expiry of an article.
type Turn struct {
	Day     civil.Date
	Article *article.Article
	Stage   article.Stage // from that day on
}

// Turns returns the publications and expiries after the day of the library's moment, by day and file.
func (l *Library) Turns() (turns []Turn) {
	today := l.Day()
	for a := range l.all() {
		if today.Before(a.Publish) && !a.Draft {
			turns = append(turns, Turn{a.Publish, a, article.Published})
		}
		if today.Before(a.Expires) && !a.Draft {
			turns = append(turns, Turn{a.Expires, a, article.Expired})
		}
	}
	slices.SortFunc(turns, func(a, b Turn) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Article.File, b.Article.File))
	})
	return turns
}

// all yields every article, whether in view or not, in no particular order.
func (l *Library) all() iter.Seq[*article.Article] {
	return func(yield func(*article.Article) bool) {
		for _, a := range l.Articles {
			if !yield(a) {
				return
			}
		}
		for _, a := range l.hidden {
			if !yield(a) {
				return
			}
		}
	}
}
