package preview

import (
	"html/template"
	"net/http"

	"helpcenter/site"
	"helpcenter/site/article"
	"helpcenter/site/civil"
)

// An articlesView lists articles by what a writer may have to do about them.
type articlesView struct {
	Policy, Style string
	Groups        []articleGroup
}

type articleGroup struct {
	Title    string
	Articles []listedArticle
}

type listedArticle struct{ Lang, Path, Title, Day, Link, Both string }

var articlesTemplate = template.Must(template.ParseFS(previewFiles, "articles.html"))

// serveArticles answers with the list of the articles that readers do not see and of those due for review.
func serveArticles(s *site.Site, w http.ResponseWriter, r *http.Request) {
	v := articlesView{Policy: s.Policy(), Style: s.AssetLink("site.css")}
	stage := func(wanted article.Stage) func(*article.Article) bool {
		return func(a *article.Article) bool { return s.Library.Stage(a) == wanted }
	}
	for _, g := range []struct {
		title string
		has   func(*article.Article) bool
		day   func(*article.Article) civil.Date
	}{
		{"Drafts", stage(article.Draft), func(*article.Article) civil.Date { return civil.Date{} }},
		{"To be published", stage(article.ToCome), func(a *article.Article) civil.Date { return a.Publish }},
		{"Expired", stage(article.Expired), func(a *article.Article) civil.Date { return a.Expires }},
		{"Due for review", func(a *article.Article) bool {
			return !a.Review.IsZero() && !s.Library.Day().Before(a.Review)
		}, func(a *article.Article) civil.Date { return a.Review }},
	} {
		group := articleGroup{Title: g.title}
		for _, a := range s.Library.Articles {
			if g.has(a) {
				group.Articles = append(group.Articles, listedArticle{
					a.Lang, a.Path, a.Title, g.day(a).String(), s.ArticleLink(a.Lang, a.Path), previewBoth + a.Path + "/",
				})
			}
		}
		if len(group.Articles) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
	servePage(s, w, r, articlesTemplate, v)
}
