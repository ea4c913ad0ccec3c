package site

import (
	"fmt"
	"path"
	"slices"
	"strconv"

	"helpcenter/site/library"
	"helpcenter/site/locale"
)

// An entry is an article in a list.
type entry struct {
	Title, Description, Link string
	Stage                    string // in words, unless it is published
	Lang                     string // of the text, if not that of the page
	Dir                      string // of the text, likewise
}

func (l *language) entry(path string) entry {
	a := l.site.Article(l.Tag, path)
	e := entry{Title: a.Title, Description: a.Description, Stage: stageOf(l, a), Link: l.site.ArticleLink(l.Tag, path)}
	if a.Lang != l.Tag {
		e.Lang, e.Dir = a.Lang, l.dirOf(a.Lang)
	}
	return e
}

// entries returns the articles of some paths, in the given order.
func (l *language) entries(paths []string) []entry {
	var list []entry
	for _, path := range paths {
		list = append(list, l.entry(path))
	}
	return list
}

// sorted returns paths sorted by the titles of their articles.
func (l *language) sorted(paths []string) []string {
	order := l.order()
	return slices.SortedFunc(slices.Values(paths), func(a, b string) int { return order[a] - order[b] })
}

// orderByTitle returns the position of each path when all are sorted by title.
func orderByTitle(l *language) map[string]int {
	paths := slices.Clone(l.site.paths)
	locale.SortBy(l.Words, paths, func(path string) string { return l.site.Article(l.Tag, path).Title })
	order := make(map[string]int, len(paths))
	for i, path := range paths {
		order[path] = i
	}
	return order
}

// A productView is a product in a list.
type productView struct {
	ID, Name, Summary, Link string
	Rule                    *productRule
}

type groupView struct {
	ID, Name string
	Products []productView
}

func (l *language) product(p *library.Product) productView {
	return productView{p.ID, p.Name[l.Tag], p.Summary[l.Tag], l.link(p.ID), l.productRule(p.ID)}
}

// productGroups returns the products of every group, and separately those without one.
func (l *language) productGroups() (groups []groupView, general []productView) {
	site := l.site.Library.Site
	in := func(group string) (list []productView) {
		for i := range site.Products {
			if site.Products[i].Group == group {
				list = append(list, l.product(&site.Products[i]))
			}
		}
		return list
	}
	for _, g := range site.Groups {
		groups = append(groups, groupView{g.ID, g.Name[l.Tag], in(g.ID)})
	}
	return groups, in("")
}

type homeView struct {
	Ask      *askView // the first question of the first checker
	Checkers []checkerCard
	Needed   []taskView
	Groups   []groupView
	General  []productView
	Topics   []categoryView // categories of articles about no product
}

func homePage(l *language) *page {
	p := l.newPage("home")
	p.Title, p.Description = l.about["name"], l.about["description"]
	p.makeData = func() any {
		v := homeView{Checkers: l.checkerCards(""), Needed: l.tasks()}
		if v.Ask = l.firstQuestion(); v.Ask != nil {
			v.Checkers = v.Checkers[1:]
		}
		v.Groups, v.General = l.productGroups()
		v.Topics = l.categories("", 0)
		return v
	}
	return p
}

// A taskView is an article on the home page.
type taskView struct {
	entry
	Icon string // the name of the article, for which the template "icon" has a drawing
}

func (l *language) tasks() (list []taskView) {
	for _, id := range l.site.mostNeeded() {
		list = append(list, taskView{l.entry(id), path.Base(id)})
	}
	return list
}

// mostNeeded returns the paths of the articles that site.toml names, or else of the six that most other articles
// link to.
func mostNeeded(s *Site) []string {
	if own := s.Library.Site.Identity.MostNeeded; len(own) > 0 {
		return slices.DeleteFunc(slices.Clone(own), func(path string) bool {
			return s.Library.Shown(s.source().Tag, path) == nil // in a preview it may be saved as a draft
		})
	}
	inbound := map[string]int{}
	for _, a := range s.Library.Articles {
		to := leads(a)
		slices.Sort(to)
		for _, path := range slices.Compact(to) {
			if path != a.Path {
				inbound[path]++
			}
		}
	}
	paths := slices.Clone(s.paths)
	slices.SortStableFunc(paths, func(a, b string) int { return inbound[b] - inbound[a] })
	return paths[:min(6, len(paths))]
}

type categoryView struct {
	ID, Name, Section, Link string
	Articles                []entry
	More                    bool // whether the page of the category has more
}

// category returns a category with at most so many of its first articles.
func (l *language) category(product string, c *library.Category, most int) categoryView {
	all := l.sorted(l.site.byCategory[path.Join(product, c.ID)])
	shown := l.entries(all[:min(most, len(all))])
	return categoryView{c.ID, c.Name[l.Tag], c.Section[l.Tag], l.link(product, c.ID), shown, len(shown) < len(all)}
}

// categoriesOf returns, in the order of site.toml, the categories in which a product has articles, or for "" those
// with articles about no product.
func categoriesOf(s *Site, product string) (list []*library.Category) {
	for i := range s.Library.Site.Categories {
		if c := &s.Library.Site.Categories[i]; len(s.byCategory[path.Join(product, c.ID)]) > 0 {
			list = append(list, c)
		}
	}
	return list
}

// categories returns the categories of categoriesOf, each with at most so many of its first articles.
func (l *language) categories(product string, most int) (list []categoryView) {
	for _, c := range categoriesOf(l.site, product) {
		list = append(list, l.category(product, c, most))
	}
	return list
}

type productPageView struct {
	productView
	Categories []categoryView
	Ask        *askView // what the checker asks next, once it knows the product
	Answer     []entry  // articles that the rules show for the product
	General    []entry  // articles that concern all products, if the product belongs to a group
}

func productPage(l *language, id string) *page {
	product := l.site.product(id)
	p := l.newPage("product", id)
	p.Title, p.Description, p.Product = product.Name[l.Tag], product.Summary[l.Tag], id
	p.Crumbs = l.trail()
	p.makeData = func() any {
		v := productPageView{productView: l.product(product), Categories: l.categories(id, ofEach(l, id))}
		if c := l.productChecker(id); c != nil {
			v.Ask = l.ask(c, c.start(id), -1)
		}
		if c := ruling(l, id); c != nil {
			v.Answer = l.entries(slices.DeleteFunc(c.shown(c.defaultOutcome(id)), func(path string) bool {
				return l.site.Article(l.Tag, path).Product == id
			}))
		}
		for _, general := range l.site.Library.Site.Products {
			if product.Group == "" || general.Group != "" {
				continue
			}
			for _, c := range l.categories(general.ID, ofEach(l, general.ID)) {
				v.General = slices.Concat(v.General, c.Articles)
			}
		}
		v.General = slices.DeleteFunc(v.General, func(e entry) bool { return slices.Contains(v.Answer, e) })
		return v
	}
	return p
}

// categoryPage returns the page of a category of a product, or of none, or one of its pages if it has many
// articles.
func categoryPage(l *language, product, id string, part listPart) *page {
	category := l.site.category(id)
	name := category.Name[l.Tag]
	p := l.newPage("category", part.steps()...)
	p.Title, p.Product, p.Crumbs = name, product, l.trail()
	if product != "" {
		p.Title, p.Crumbs = pair(l, l.site.product(product).Name[l.Tag], name), l.trail(productCrumb(l, product))
	}
	p.Description = aboutCategory(l, product, name)
	p.inList(part)
	p.makeData = func() any {
		v := l.category(product, category, 0)
		v.Articles = part.entries(l)
		return v
	}
	return p
}

// aboutCategory describes the page of a category, given its name.
func aboutCategory(l *language, product, name string) string {
	of := l.about["name"]
	if product != "" {
		of = l.site.product(product).Name[l.Tag]
	}
	return l.Format("category.description", "Category", name, "Product", of)
}

func productCrumb(l *language, id string) crumb {
	return crumb{l.site.product(id).Name[l.Tag], l.link(id)}
}

// articlesPage returns the list of all articles by product and category, or of only the categories of a large site.
// Articles outside any category may take several pages.
func articlesPage(l *language, part listPart) *page {
	p := l.newPage("articles", part.steps()...)
	p.Title, p.Description, p.Crumbs = l.Text("articles.title"), l.Text("articles.description"), l.trail()
	p.inList(part)
	most := mostListed
	if isLarge(l.site) {
		most = 0
	}
	p.makeData = func() any {
		var list []productPageView
		for i := range l.site.Library.Site.Products {
			product := &l.site.Library.Site.Products[i]
			if categories := l.categories(product.ID, most); len(categories) > 0 {
				list = append(list, productPageView{productView: l.product(product), Categories: categories})
			}
		}
		for _, c := range l.categories("", most) {
			topic := productView{ID: c.ID, Name: c.Name, Link: c.Link}
			list = append(list, productPageView{productView: topic, Categories: []categoryView{{Articles: c.Articles}}})
		}
		if len(part.paths) > 0 {
			others := productView{ID: "other-pages", Name: l.Text("articles.other")}
			list = append(list, productPageView{
				productView: others, Categories: []categoryView{{Articles: part.entries(l)}},
			})
		}
		return list
	}
	return p
}

// ofEach returns how many articles of each category the page of a product shows.
func ofEach(l *language, product string) int {
	all := 0
	for _, c := range categoriesOf(l.site, product) {
		all += len(l.site.byCategory[path.Join(product, c.ID)])
	}
	if all > mostListed {
		return fewOfEach
	}
	return mostListed
}

// A listPart is one of the pages of a list of articles.
type listPart struct {
	paths  []string // of all articles in the list
	number int      // from 1
	first  []string // the steps of the first page
}

// listParts returns the pages of a list whose first page is at some steps. There is at least one.
func listParts(paths []string, first ...string) (list []listPart) {
	for i := range max(1, (len(paths)+mostListed-1)/mostListed) {
		list = append(list, listPart{paths, i + 1, first})
	}
	return list
}

// steps returns the steps of the page below the language.
func (t listPart) steps() []string {
	if t.number == 1 {
		return t.first
	}
	return append(slices.Clip(t.first), pagesFolder, strconv.Itoa(t.number))
}

// entries returns the articles that the page lists, by title.
func (t listPart) entries(l *language) []entry {
	from := (t.number - 1) * mostListed
	return l.entries(l.sorted(t.paths)[from:min(from+mostListed, len(t.paths))])
}

// inList adds to a page its number and links to the other pages of its list, unless it is the only one.
func (p *page) inList(t listPart) {
	all := listParts(t.paths, t.first...)
	if len(all) == 1 {
		return
	}
	if t.number > 1 {
		p.Title = fmt.Sprintf("%s (%d/%d)", p.Title, t.number, len(all))
	}
	for _, other := range all {
		rel := map[int]string{t.number - 1: "prev", t.number + 1: "next"}[other.number]
		p.Pages = append(p.Pages, pageLink{other.number, p.link(other.steps()...), other.number == t.number, rel})
	}
}
