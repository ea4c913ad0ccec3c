package article

import "helpcenter/site/civil"

// A Stage says whether readers see an article.
type Stage string

// The stages of an article.
const (
	Published Stage = "published"
	Draft     Stage = "draft"
	ToCome    Stage = "to come"
	Expired   Stage = "expired"
)

// StageOn returns the stage of the article on a day. On the zero day, all articles except drafts are published.
func (a *Article) StageOn(day civil.Date) Stage {
	switch {
	case a.Draft:
		return Draft
	case day.IsZero():
		return Published
	case day.Before(a.Publish):
		return ToCome
	case !a.Expires.IsZero() && !day.Before(a.Expires):
		return Expired
	}
	return Published
}
