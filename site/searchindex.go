package site

import (
	"cmp"
	"context"
	"iter"
	"path"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/library"
	"helpcenter/site/search"
)

// IndexFolder is the folder in which search indexes are published.
const IndexFolder = "search/"

// The kinds of search results other than articles.
const (
	productResult  = "product"
	categoryResult = "category"
	checkerResult  = "checker"
)

// planIndex plans the search index of a language: its articles, and the pages of products, categories and checkers.
func planIndex(l *language) *search.Plan {
	s, frame := l.site, l.site.frame()
	config := search.Config{Lang: l.Tag, Synonyms: s.Words.Synonyms(l.Tag)}
	if id := "search.fallback"; l.Has(id) {
		config.Fallback = l.Text(id)
	}
	if frame != (Key{}) {
		config.Kept = s.Kept
	}
	config.Read = func(path string) *search.Document {
		return searchDocument(l, s.Library.Article(l.Tag, path).Read())
	}
	for i := range s.Library.Site.Products {
		p := &s.Library.Site.Products[i]
		if p.Group != "" { // nobody searches for the name of a product outside all groups
			config.Names = append(config.Names, p.Name[l.Tag])
			config.Answers = append(config.Answers, productAnswers(l, p)...)
		}
	}
	return search.NewPlan(config, func(yield func(*search.Document) bool) {
		for _, a := range indexedArticles(l) {
			d := articleDocument(l, a)
			if d.Sum = articleKey(l, a, frame); !yield(d) {
				return
			}
		}
		for _, d := range otherDocuments(l) {
			if d.Sum = (Recipe{}.with(frame).Text(d.Kind).Text(d.Path).Key()); !yield(d) {
				return
			}
		}
	})
}

// otherDocuments returns the pages of products, categories and checkers as the search reads them.
func otherDocuments(l *language) (others []*search.Document) {
	s := l.site
	for i := range s.Library.Site.Products {
		p := &s.Library.Site.Products[i]
		if p.Group != "" { // nobody searches for the name of a product outside all groups
			others = append(others, productDocument(l, p))
		}
		for _, c := range categoriesOf(s, p.ID) {
			d := categoryDocument(l, p.ID, c)
			d.Title = pair(l, p.Name[l.Tag], d.Title)
			others = append(others, d)
		}
	}
	for _, c := range categoriesOf(s, "") {
		others = append(others, categoryDocument(l, "", c))
	}
	for _, c := range s.checkers {
		d := &search.Document{
			Path: c.ID, URL: l.link(c.ID), Kind: checkerResult, Question: true,
			Title: l.Text(c.ID + ".title"), Description: l.Text(c.ID + ".description"),
			Labels: []string{l.Text(c.ID + ".start")},
		}
		others = append(others, d)
	}
	return others
}

// indexedArticles returns the articles of a language in the order of the index.
func indexedArticles(l *language) (articles []*article.Article) {
	for _, a := range l.site.Library.Articles {
		if a.Lang == l.Tag {
			articles = append(articles, a)
		}
	}
	slices.SortFunc(articles, func(a, b *article.Article) int { // names that begin alike have the same subject
		return cmp.Or(strings.Compare(path.Base(a.Path), path.Base(b.Path)), strings.Compare(a.Path, b.Path))
	})
	return articles
}

// categoryDocument returns the page of a category, of a product or of none, as the search reads it.
func categoryDocument(l *language, product string, c *library.Category) *search.Document {
	return &search.Document{
		Path: path.Join(product, c.ID), URL: l.link(product, c.ID), Product: product, Kind: categoryResult, Lists: true,
		Title: c.Name[l.Tag], Description: c.Section[l.Tag],
	}
}

// productDocument returns the page of a product, with what the rules say about the product, as the search reads it.
func productDocument(l *language, p *library.Product) *search.Document {
	d := &search.Document{
		Path: p.ID, URL: l.link(p.ID), Product: p.ID, Kind: productResult, Question: true,
		Title: p.Name[l.Tag], Description: p.Summary[l.Tag],
	}
	if rule := l.productRule(p.ID); rule != nil {
		d.Description += ". " + rule.Text
	}
	return d
}

// productAnswers returns what checkers answer to a query that names a product and asks their question. The message
// <checker>.search has the words for that question.
func productAnswers(l *language, p *library.Product) (answers []search.Answer) {
	rule := l.productRule(p.ID)
	if c := l.productChecker(p.ID); rule != nil && l.Has(c.ID+".search") {
		answers = append(answers, search.Answer{
			Checker: c.ID, Product: p.ID, Name: p.Name[l.Tag], Words: strings.Fields(l.Text(c.ID + ".search")),
			Title: pair(l, p.Name[l.Tag], l.Text(c.ID+".title")), Text: rule.Text, URL: c.link(l, c.start(p.ID)),
		})
	}
	return answers
}

// articleDocument returns, as the search reads it, what is known about an article before its text is read.
func articleDocument(l *language, a *article.Article) *search.Document {
	return &search.Document{
		Path: a.Path, URL: l.site.ArticleLink(l.Tag, a.Path), Product: a.Product, Products: a.Products, Kind: string(a.Kind),
		Unread: true,
	}
}

// articleKey returns the key of an article as the search reads it.
func articleKey(l *language, a *article.Article, frame Key) Key {
	r := Recipe{}.with(frame)
	for _, path := range l.site.Library.WithShown(a.Path) {
		if shown := l.site.Library.Article(l.Tag, path); shown != nil {
			r = r.with(shown.Sum)
		}
	}
	return r.Key()
}

// searchDocument returns an article as the search reads it.
func searchDocument(l *language, a *article.Content) *search.Document {
	s := l.site
	d := articleDocument(l, a.Article)
	d.Unread, d.Title, d.Description, d.Keywords = false, a.Title, a.Description, a.Keywords
	if a.Product != "" {
		d.Labels = append(d.Labels, s.product(a.Product).Name[l.Tag])
	}
	if a.Category != "" {
		d.Labels = append(d.Labels, s.category(a.Category).Name[l.Tag])
	}
	d.Sections = make([]search.Section, len(a.Sections))
	for i, section := range a.Sections {
		d.Sections[i] = search.Section{ID: section.ID, Title: section.Title}
	}
	for _, block := range a.Blocks {
		switch {
		case block.Kind == article.Heading:
		case block.Section < 0:
			d.Text = append(d.Text, a.Text(block))
		default:
			text := &d.Sections[block.Section].Text
			*text = append(*text, a.Text(block))
		}
	}
	addPlaceholders(d, l, a)
	return d
}

// addPlaceholders adds the contents of values blocks and of sections of other articles.
func addPlaceholders(d *search.Document, l *language, a *article.Content) {
	if !slices.ContainsFunc(a.Body.Placeholders, hasText) {
		return
	}
	for _, part := range a.Parts() {
		text := &d.Text
		if part.Section != nil {
			id := part.Section.ID
			i := slices.IndexFunc(d.Sections, func(s search.Section) bool { return s.ID == id })
			text = &d.Sections[i].Text
		}
		*text = append(*text, placeholderTexts(l, part.Body)...)
	}
}

// hasText reports whether a placeholder stands for blocks of text.
func hasText(at article.Placeholder) bool {
	return at.Kind == article.ValueList || at.Kind == article.SectionText
}

// placeholderTexts returns the texts of the blocks that the placeholders of a body stand for.
func placeholderTexts(l *language, body article.Body) (texts []string) {
	for _, at := range body.Placeholders {
		switch at.Kind {
		case article.ValueList:
			texts = append(texts, strings.Join(l.valueLabels(at.Values), "\n"))
		case article.SectionText:
			a, section := l.site.Library.Section(at)
			for _, block := range a.Blocks {
				if block.Section >= 0 && &a.Sections[block.Section] == section && block.Kind != article.Heading {
					texts = append(texts, a.Text(block))
				}
			}
			texts = append(texts, placeholderTexts(l, a.SectionBody(section))...)
		}
	}
	return texts
}

// indexFiles yields files of an index.
func indexFiles(files func() iter.Seq[search.File]) iter.Seq[File] {
	return func(yield func(File) bool) {
		for f := range files() {
			if !yield(indexFile(f)) {
				return
			}
		}
	}
}

func indexFile(f search.File) File { return BytesFile(IndexFolder+f.Name, MediaType(f.Name), f.Data) }

// findIndexFile returns the file of a search index at a path, and makes that index if necessary.
func findIndexFile(s *Site, path string) (File, bool) {
	name, ok := strings.CutPrefix(path, IndexFolder)
	if !ok {
		return File{}, false
	}
	l := s.language(name[:max(0, strings.IndexAny(name, "./"))])
	if l == nil {
		return File{}, false
	}
	f, ok := l.index().File(name)
	return indexFile(f), ok
}

// Search answers a query in a language, as the search page does. It reports false if the site lacks the language.
func (s *Site) Search(ctx context.Context, lang string, q search.Query) (search.Results, bool) {
	l := s.language(lang)
	if l == nil {
		return search.Results{}, false
	}
	return l.index().Search(ctx, q), true
}
