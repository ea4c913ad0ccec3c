package site

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"helpcenter/site/library"
	"helpcenter/site/locale"
)

// The pages that lead to articles: home, product, category, A to Z, search and
// not found.

// An entry is an article in a list.
type entry struct {
	Title, Description, Link string
	Lang                     string // of the text, where it is not the page's
}

func (s *Site) entry(l *Language, path string) entry {
	a := s.Article(l.Tag, path)
	e := entry{Title: a.Title, Description: a.Description, Link: s.ArticleLink(l.Tag, path)}
	if a.Lang != l.Tag {
		e.Lang = a.Lang
	}
	return e
}

// entries returns the articles of some paths, by title.
func (s *Site) entries(l *Language, paths []string) []entry {
	places := s.places[l.Tag]()
	paths = slices.SortedFunc(slices.Values(paths), func(a, b string) int { return places[a] - places[b] })
	list := make([]entry, len(paths))
	for i, path := range paths {
		list[i] = s.entry(l, path)
	}
	return list
}

// placeByTitle returns the place of each path among all of them in the order of
// the titles in a language.
func (s *Site) placeByTitle(l *Language) map[string]int {
	paths := slices.Clone(s.ArticlePaths)
	locale.SortBy(l.Words, paths, func(path string) string { return s.Article(l.Tag, path).Title })
	places := make(map[string]int, len(paths))
	for i, path := range paths {
		places[path] = i
	}
	return places
}

type productView struct {
	ID, Name, Summary, Link string
}

type groupView struct {
	ID, Name string
	Products []productView
}

func (s *Site) productView(l *Language, p *library.Product) productView {
	return productView{p.ID, p.Name[l.Tag], p.Summary[l.Tag], s.Link(PagePath(l.Tag, p.ID))}
}

// explorer returns every product by group, and those without a group last.
func (s *Site) explorer(l *Language) (groups []groupView, general []productView) {
	site := s.Library.Site
	for _, g := range site.Groups {
		v := groupView{ID: g.ID, Name: g.Name[l.Tag]}
		for i := range site.Products {
			if site.Products[i].Group == g.ID {
				v.Products = append(v.Products, s.productView(l, &site.Products[i]))
			}
		}
		groups = append(groups, v)
	}
	for i := range site.Products {
		if site.Products[i].Group == "" {
			general = append(general, s.productView(l, &site.Products[i]))
		}
	}
	return groups, general
}

type homeView struct {
	Checkers []checkerCard
	Needed   []entry
	Groups   []groupView
	General  []productView
}

// mostNeeded is how many of the most needed articles are listed.
const mostNeeded = 6

func (s *Site) homePage(l *Language) *page {
	v := homeView{Checkers: s.cards(l, ""), Needed: s.needed(l)}
	v.Groups, v.General = s.explorer(l)
	return &page{
		Language: l, site: s, file: PagePath(l.Tag), twins: s.everywhere(), in: s.Langs,
		Title: l.Text("site.name"), Description: l.Text("site.description"), Main: "home", Data: v,
	}
}

// needed returns the articles that readers are most often sent to.
func (s *Site) needed(l *Language) []entry {
	var list []entry
	for _, path := range s.mostNeeded() {
		list = append(list, s.entry(l, path))
	}
	return list
}

// rankNeeded returns the paths of the most needed articles: those to which most
// other articles send their readers.
func (s *Site) rankNeeded() []string {
	inbound := map[string]int{}
	for _, a := range s.Library.Articles {
		to := map[string]bool{a.Path: true}
		for _, link := range a.Links {
			to[link.Ref] = true
		}
		for _, path := range a.Related {
			to[path] = true
		}
		delete(to, a.Path)
		for path := range to {
			inbound[path]++
		}
	}
	paths := slices.Clone(s.ArticlePaths)
	slices.SortStableFunc(paths, func(a, b string) int { return inbound[b] - inbound[a] })
	return paths[:min(mostNeeded, len(paths))]
}

type categoryView struct {
	ID, Name, Section, Link string
	Articles                []entry
}

type productPageView struct {
	productView
	Categories []categoryView
	Checkers   []checkerCard
	General    []categoryView // what concerns all products, for a product that belongs to a group
}

// categories returns the categories in which a product has articles, in the
// order of site.toml.
func (s *Site) categories(l *Language, product string) []categoryView {
	var list []categoryView
	for i := range s.Library.Site.Categories {
		if v := s.categoryView(l, product, &s.Library.Site.Categories[i]); len(v.Articles) > 0 {
			list = append(list, v)
		}
	}
	return list
}

func (s *Site) categoryView(l *Language, product string, c *library.Category) categoryView {
	articles := s.entries(l, s.shelf[product+"/"+c.ID])
	return categoryView{c.ID, c.Name[l.Tag], c.Section[l.Tag], s.Link(PagePath(l.Tag, product, c.ID)), articles}
}

func (s *Site) productPage(l *Language, p *library.Product) *page {
	return &page{
		Language: l, site: s, file: PagePath(l.Tag, p.ID), twins: s.everywhere(p.ID), in: s.Langs,
		Title: p.Name[l.Tag], Description: p.Summary[l.Tag], Product: p.ID, Crumbs: s.trail(l), Main: "product",
		makeData: func() any { return s.productPageView(l, p) },
	}
}

func (s *Site) productPageView(l *Language, p *library.Product) productPageView {
	v := productPageView{productView: s.productView(l, p), Categories: s.categories(l, p.ID), Checkers: s.cards(l, p.ID)}
	if p.Group != "" {
		for i := range s.Library.Site.Products {
			if general := &s.Library.Site.Products[i]; general.Group == "" {
				v.General = append(v.General, s.categories(l, general.ID)...)
			}
		}
	}
	return v
}

// categoryPage is the list of a product's articles on one subject.
func (s *Site) categoryPage(l *Language, p *library.Product, category *library.Category) *page {
	name := category.Name[l.Tag]
	return &page{
		Language: l, site: s, file: PagePath(l.Tag, p.ID, category.ID), twins: s.everywhere(p.ID, category.ID), in: s.Langs,
		Title: name, Description: l.Format("category.description", "Category", name, "Product", p.Name[l.Tag]),
		Product: p.ID, Crumbs: s.trail(l, productCrumb(s, l, p)), Main: "category",
		makeData: func() any { return s.categoryView(l, p.ID, category) },
	}
}

func productCrumb(s *Site, l *Language, p *library.Product) crumb {
	return crumb{p.Name[l.Tag], s.Link(PagePath(l.Tag, p.ID))}
}

// trail returns breadcrumbs that begin at the home page.
func (s *Site) trail(l *Language, rest ...crumb) []crumb {
	return append([]crumb{{l.Text("home"), s.Link(PagePath(l.Tag))}}, rest...)
}

type letterView struct {
	Letter  string
	Entries []entry
}

// articlesPage lists every article by title, under its first letter.
func (s *Site) articlesPage(l *Language) *page {
	return &page{
		Language: l, site: s, file: PagePath(l.Tag, "articles"), twins: s.everywhere("articles"), in: s.Langs,
		Title: l.Text("articles.title"), Description: l.Text("articles.description"),
		Crumbs: s.trail(l), Main: "articles", makeData: func() any { return s.letters(l) },
	}
}

func (s *Site) letters(l *Language) []letterView {
	var letters []letterView
	for _, e := range s.entries(l, s.ArticlePaths) {
		first := l.Initial(e.Title)
		if n := len(letters); n == 0 || letters[n-1].Letter != first {
			letters = append(letters, letterView{Letter: first})
		}
		last := &letters[len(letters)-1]
		last.Entries = append(last.Entries, e)
	}
	return letters
}

// Initial returns the letter under which a title stands: the first one, without
// accent, as a capital; "#" for what begins otherwise.
func (l *Language) Initial(title string) string {
	_, size := utf8.DecodeRuneInString(title)
	r, _ := utf8.DecodeRuneInString(norm.NFD.String(title[:size]))
	if !unicode.IsLetter(r) {
		return "#"
	}
	return string(unicode.ToUpper(r))
}

type notFoundView struct {
	Near     []entry // articles that the address may mean
	Checkers []checkerCard
}

// notFoundPage is shown in the language of the address that leads nowhere.
func (s *Site) notFoundPage(l *Language, near ...entry) *page {
	return &page{
		Language: l, site: s, file: l.Tag + "/404.html", twins: s.everywhere(),
		Title: l.Text("notfound.title"), Description: l.Text("notfound.text"), Main: "notfound",
		Data: notFoundView{near, s.cards(l, "")},
	}
}
