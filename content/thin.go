package content

import "helpcenter"

// Thin returns the library with no more of its articles than lists show, but for
// those of the paths to keep. It serves where the pages of the others have been
// made: most of what a library holds is their text, and nothing of that is shared.
func (l *Library) Thin(keep func(path string) bool) *Library {
	articles, thin := make([]*Article, len(l.Articles)), make([]Article, len(l.Articles))
	var texts []*string
	for i, a := range l.Articles {
		if articles[i] = a; keep(a.Path) {
			continue
		}
		thin[i] = Article{
			Lang: a.Lang, Path: a.Path, Product: a.Product, Category: a.Category,
			Title: a.Title, Description: a.Description, Updated: a.Updated, Slug: a.Slug, Kind: a.Kind,
		}
		t := &thin[i]
		texts = append(texts, &t.Lang, &t.Path, &t.Product, &t.Category, &t.Title, &t.Description, &t.Slug, (*string)(&t.Kind))
		articles[i] = t
	}
	helpcenter.Pack(texts...)
	return newLibrary(l.Site, articles, l.Assets)
}
