package site

import "net/http"

// Search: the page, the index that its script reads, and the same results
// without script.

type searchView struct {
	Index    string // address of the index's folder
	Script   string // address of the script that searches it
	Products []productChoice
	Status   string
	Results  []entry
}

type productChoice struct {
	ID, Name string
	Chosen   bool
}

func (s *Site) searchPage(l *language) *page {
	v := searchView{}
	for i := range s.Library.Site.Products {
		p := &s.Library.Site.Products[i]
		if len(s.categories(l, p.ID)) > 0 {
			v.Products = append(v.Products, productChoice{ID: p.ID, Name: p.Name[l.Tag]})
		}
	}
	return &page{
		language: l, site: s, file: file(l.Tag, "search"), twin: everywhere("search"), in: s.langs,
		Title: l.Text("search.title"), Description: l.Text("search.label"), Crumbs: s.trail(l), Main: "search", Data: v,
	}
}

func (s *Site) buildIndexes()      {}
func (s *Site) indexFiles() []File { return nil }

func (h *handler) searchResults(l *language) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { h.static(w, r) }
}
