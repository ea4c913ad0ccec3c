package site

import (
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"helpcenter/content"
	"helpcenter/site/search"
)

// Search: the page, the index that its script reads, and the same results
// without script.

// indexFolder is where the index is published.
const indexFolder = "search/"

// buildIndexes makes the index of each language, of the articles that exist in
// it.
func (s *Site) buildIndexes() {
	s.index = map[string]*search.Index{}
	var names []string
	for _, p := range s.Library.Site.Products {
		names = append(names, p.Name[s.fallback().Tag])
	}
	for _, l := range s.langs {
		b := search.NewBuilder(search.Config{Lang: l.Tag, Names: names, Synonyms: s.Words.Synonyms(l.Tag)})
		parallel(s.Library.Articles, func(a *content.Article) {
			if a.Lang == l.Tag {
				b.Add(s.document(l, a))
			}
		})
		s.index[l.Tag] = b.Index()
	}
}

// parallel calls visit for each item, from as many goroutines as there are
// processors.
func parallel[T any](items []T, visit func(T)) {
	var group sync.WaitGroup
	queue := make(chan T, 64)
	for range workers() {
		group.Go(func() {
			for item := range queue {
				visit(item)
			}
		})
	}
	for _, item := range items {
		queue <- item
	}
	close(queue)
	group.Wait()
}

// document is an article as the search reads it.
func (s *Site) document(l *language, a *content.Article) *search.Document {
	d := &search.Document{
		Path: a.Path, URL: s.link(s.articleFile(l.Tag, a.Path)), Product: a.Product, Kind: string(a.Kind),
		Title: a.Title, Description: a.Description,
		Labels: []string{s.product(a.Product).Name[l.Tag], s.category(a.Category).Name[l.Tag]},
	}
	for _, section := range a.Sections {
		d.Sections = append(d.Sections, search.Section{ID: section.ID, Title: section.Title})
	}
	for _, block := range a.Blocks {
		switch {
		case block.Kind == content.Heading:
		case block.Section < 0:
			d.Text = append(d.Text, a.Text(block))
		default:
			text := &d.Sections[block.Section].Text
			*text = append(*text, a.Text(block))
		}
	}
	return d
}

func (s *Site) indexFiles() []File {
	var files []File
	for _, l := range s.langs {
		for f := range s.index[l.Tag].Files() {
			files = append(files, File{
				Path: indexFolder + f.Name, Type: mime.TypeByExtension(path.Ext(f.Name)),
				Immutable: strings.Contains(f.Name, "/"), Data: f.Data,
			})
		}
	}
	return files
}

// Search answers a query in a language, as the search page does.
func (s *Site) Search(lang string, q search.Query) (search.Results, bool) {
	ix := s.index[lang]
	if ix == nil {
		return search.Results{}, false
	}
	return ix.Search(q), true
}

// A searchView is the search page: empty as a file, with results from the
// service.
type searchView struct {
	Products  []choice
	Kinds     []choice
	Status    string // what the search has to say: how many, read as what
	Results   []entry
	Elsewhere []languageLink // languages in which there are results
	Offer     *offerView     // where to go on when nothing was found
}

type choice struct {
	ID, Name string
	Chosen   bool
}

// An offerView is what helps when a search finds nothing.
type offerView struct {
	Checkers []checkerCard
	Needed   []entry
}

// searchPage is the page before anything is looked for.
func (s *Site) searchPage(l *language) *page { return s.searchPageFor(l, "", "", "") }

// searchPageFor is the search page with what was asked chosen in its form.
func (s *Site) searchPageFor(l *language, query, product, kind string) *page {
	v := &searchView{}
	for i := range s.Library.Site.Products {
		p := &s.Library.Site.Products[i]
		if len(s.categories(l, p.ID)) > 0 {
			v.Products = append(v.Products, choice{p.ID, p.Name[l.Tag], p.ID == product})
		}
	}
	for _, k := range []content.Kind{content.KindArticle, content.KindGuide, content.KindVideo} {
		v.Kinds = append(v.Kinds, choice{string(k), l.Text("search.kind." + string(k)), string(k) == kind})
	}
	return &page{
		language: l, site: s, file: file(l.Tag, "search"), twin: everywhere("search"), in: s.langs,
		Title: l.Text("search.title"), Description: l.Text("search.description"), Crumbs: s.trail(l), Main: "search", Data: v, Query: query,
	}
}

// searchResults answers without script what the page's script would find.
func (h *handler) searchResults(l *language) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Query()
		query, product, kind := strings.TrimSpace(asked.Get("q")), asked.Get("product"), asked.Get("kind")
		p := h.site.searchPageFor(l, query, product, kind)
		p.Data.(*searchView).answer(p, search.Query{Text: query, Product: product, Kind: kind})
		h.render(w, r, p)
	}
}

// answer fills the page with what is found.
func (v *searchView) answer(p *page, q search.Query) {
	s, l := p.site, p.language
	found := s.index[l.Tag].Search(q)
	if found.TooShort {
		v.Status = l.Text("search.short")
		return
	}
	for _, hit := range found.Hits {
		link := hit.URL
		if hit.Section != "" {
			link += "#" + hit.Section
		}
		v.Results = append(v.Results, entry{Title: hit.Title, Description: hit.Description, Link: link})
	}
	v.Status = l.Plural("search.found", found.Total)
	for _, c := range found.Corrected {
		v.Status += " " + l.Format("search.corrected", "To", c.To, "From", c.From)
	}
	if found.Total > 0 {
		return
	}
	v.Offer = &offerView{Checkers: s.cards(l, ""), Needed: s.needed(l)}
	for _, other := range s.langs {
		if other != l && s.index[other.Tag].Search(q).Total > 0 {
			to := s.link(file(other.Tag, "search")) + "?" + url.Values{"q": {q.Text}}.Encode()
			v.Elsewhere = append(v.Elsewhere, languageLink{Tag: other.Tag, Name: other.Name, Link: to})
		}
	}
}
