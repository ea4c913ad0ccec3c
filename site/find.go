package site

import (
	"context"
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/article"
	"helpcenter/site/parallel"
	"helpcenter/site/search"
)

// Search: the page, the index that its script reads, and the same results
// without script.

// IndexFolder is where the index is published.
const IndexFolder = "search/"

// prepareIndexes promises the index of each language, of the articles that exist
// in it. An index is made when it is first asked for: not every command does.
func (s *Site) prepareIndexes() {
	s.Indexes = map[string]func() *search.Index{}
	for _, l := range s.Langs {
		s.Indexes[l.Tag] = sync.OnceValue(func() *search.Index { return s.makeIndex(l) })
	}
}

func (s *Site) makeIndex(l *Language) *search.Index {
	var names []string
	for _, p := range s.Library.Site.Products {
		if p.Group != "" { // what stands in no group is no name that anybody types
			names = append(names, p.Name[l.Tag])
		}
	}
	b := search.NewBuilder(search.Config{Lang: l.Tag, Names: names, Synonyms: s.Words.Synonyms(l.Tag)})
	parallel.ForEach(context.Background(), slices.Values(s.Library.Articles), func(a *article.Article) error {
		if a.Lang == l.Tag {
			b.Add(s.document(l, a))
		}
		return nil
	})
	return b.Index()
}

// document is an article as the search reads it.
func (s *Site) document(l *Language, a *article.Article) *search.Document {
	d := &search.Document{
		Path: a.Path, URL: s.ArticleLink(l.Tag, a.Path), Product: a.Product, Kind: string(a.Kind),
		Title: a.Title, Description: a.Description,
		Labels: []string{s.product(a.Product).Name[l.Tag], s.category(a.Category).Name[l.Tag]},
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
	s.addValues(d, l, a)
	return d
}

// addValues adds the labels that values blocks list: readers look for them too.
func (s *Site) addValues(d *search.Document, l *Language, a *article.Article) {
	if !slices.ContainsFunc(a.Body.Placeholders, func(h article.Placeholder) bool { return h.Kind == article.ValueList }) {
		return
	}
	for _, part := range a.Parts() {
		for _, hole := range part.Body.Placeholders {
			if hole.Kind != article.ValueList {
				continue
			}
			labels := strings.Join(s.valueLabels(l, hole.Values), "\n")
			if i := slices.IndexFunc(d.Sections, func(sec search.Section) bool { return part.Section != nil && sec.ID == part.Section.ID }); i >= 0 {
				d.Sections[i].Text = append(d.Sections[i].Text, labels)
			} else {
				d.Text = append(d.Text, labels)
			}
		}
	}
}

// IndexFiles makes the index of a language, if need be, and yields its files.
func (s *Site) IndexFiles(l *Language) iter.Seq[File] {
	return func(yield func(File) bool) {
		for f := range s.Indexes[l.Tag]().Files() {
			if !yield(indexFile(f)) {
				return
			}
		}
	}
}

func indexFile(f search.File) File { return BytesFile(IndexFolder+f.Name, MediaType(f.Name), f.Data) }

// FindIndexFile returns the file of a search index at a path, and makes that index
// if need be.
func (s *Site) FindIndexFile(path string) (File, bool) {
	name, ok := strings.CutPrefix(path, IndexFolder)
	if !ok {
		return File{}, false
	}
	tag := name[:max(0, strings.IndexAny(name, "./"))]
	if s.Language(tag) == nil {
		return File{}, false
	}
	f, ok := s.Indexes[tag]().File(name)
	return indexFile(f), ok
}

// Search answers a query in a language, as the search page does; see [search.Index.Search].
func (s *Site) Search(ctx context.Context, lang string, q search.Query) (search.Results, bool) {
	index := s.Indexes[lang]
	if index == nil {
		return search.Results{}, false
	}
	return index().Search(ctx, q), true
}

// A searchView is the search page: empty as a file, with results from the
// service. Its script fills it as the service does.
type searchView struct {
	Products  []choice
	Kinds     []choice
	Words     searchWords
	Status    string // what the search has to say: how many, read as what
	Results   []resultView
	Elsewhere []languageLink // languages in which there are results
	Offered   bool           // nothing was found: what may help instead is shown
	Checkers  []checkerCard
	Needed    []entry
}

type choice struct {
	ID, Name string
	Chosen   bool
}

// searchWords are messages for the page's script, with {n}, {to} and {from} for
// what it puts in.
type searchWords struct{ Total, Corrected, Shortened string }

// A resultView is a hit, with the words that were looked for marked.
type resultView struct {
	Link                        string
	Title, Heading, Description []span
}

// A span is a piece of text, marked or not.
type span struct {
	Text   string
	Marked bool
}

// spans cuts a text at the places that are marked, in bytes.
func spans(text string, marks [][2]int) []span {
	var list []span
	from := 0
	add := func(to int, marked bool) {
		if from < to {
			list = append(list, span{text[from:to], marked})
		}
		from = to
	}
	for _, m := range marks {
		add(m[0], false)
		add(m[1], true)
	}
	add(len(text), false)
	return list
}

// searchPage is the page before anything is looked for.
func (s *Site) searchPage(l *Language) *page {
	p, _ := s.searchPageFor(l, search.Query{})
	return p
}

// searchPageFor is the search page with what was asked chosen in its form, and its
// view.
func (s *Site) searchPageFor(l *Language, q search.Query) (*page, *searchView) {
	v := &searchView{Checkers: s.cards(l, ""), Needed: s.needed(l)}
	v.Words.Total = l.Format("search.found", "Number", "{n}")
	v.Words.Shortened = l.Text("search.shortened")
	v.Words.Corrected = l.Format("search.corrected", "To", "{to}", "From", "{from}")
	for i := range s.Library.Site.Products {
		p := &s.Library.Site.Products[i]
		if s.hasArticles(p.ID) {
			v.Products = append(v.Products, choice{p.ID, p.Name[l.Tag], p.ID == q.Product})
		}
	}
	for _, k := range []article.Kind{article.KindArticle, article.KindGuide, article.KindVideo} {
		v.Kinds = append(v.Kinds, choice{string(k), l.Text("search.kind." + string(k)), string(k) == q.Kind})
	}
	return &page{
		Language: l, site: s, file: PagePath(l.Tag, "search"), twins: s.everywhere("search"), in: s.Langs,
		Title: l.Text("search.title"), Description: l.Text("search.description"), Crumbs: s.trail(l), Main: "search", Data: v, Query: q.Text,
	}, v
}

// resultsPage is the search page with what is found.
func (s *Site) resultsPage(ctx context.Context, l *Language, q search.Query) *page {
	p, v := s.searchPageFor(l, q)
	v.answer(ctx, p, q)
	return p
}

// answer fills the page with what is found.
func (v *searchView) answer(ctx context.Context, p *page, q search.Query) {
	s, l := p.site, p.Language
	ix := s.Indexes[l.Tag]()
	found := ix.Search(ctx, q)
	switch {
	case found.TooShort:
		v.Status = l.Text("search.short")
		return
	case found.Total == 0:
		v.Status, v.Offered = l.Text("search.none"), true
		v.Elsewhere = s.foundElsewhere(ctx, l, q)
	default:
		v.Status = l.Format("search.found", "Number", l.Number(found.Total))
	}
	for _, c := range found.Corrected {
		v.Status += " " + l.Format("search.corrected", "To", c.To, "From", c.From)
	}
	if found.Shortened {
		v.Status += " " + v.Words.Shortened
	}
	for _, hit := range found.Hits {
		mark := func(text string) []span { return spans(text, ix.Marks(found, text)) }
		r := resultView{Link: hit.URL, Title: mark(hit.Title), Heading: mark(hit.Heading), Description: mark(hit.Description)}
		if hit.Section != "" {
			r.Link += "#" + hit.Section
		}
		v.Results = append(v.Results, r)
	}
}

// foundElsewhere returns the other languages in which the query has results.
func (s *Site) foundElsewhere(ctx context.Context, l *Language, q search.Query) []languageLink {
	var list []languageLink
	for _, other := range s.Langs {
		if other != l && s.Indexes[other.Tag]().Search(ctx, q).Total > 0 {
			to := s.Link(PagePath(other.Tag, "search")) + "?" + url.Values{"q": {q.Text}}.Encode()
			list = append(list, languageLink{Tag: other.Tag, Name: other.Name, Link: to})
		}
	}
	return list
}
