package site

import (
	"slices"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// productFact is the fact whose values are products of site.toml. Their names are its labels, and a page about a
// product links to the checker with this fact answered.
const productFact = "product"

// A checkerCard links to a checker.
type checkerCard struct{ Title, Description, Link string }

// card links to the first question that is still open when the product is known.
func (c *checker) card(l *language, product string) checkerCard {
	return checkerCard{l.Text(c.ID + ".start"), l.Text(c.ID + ".description"), c.link(l, c.start(product))}
}

// checkerCards returns the checkers to which a page about a product links, or all for "".
func (l *language) checkerCards(product string) []checkerCard {
	var cards []checkerCard
	for _, c := range l.site.checkers {
		if product == "" || c.start(product) != (ruleset.Answers{}) {
			cards = append(cards, c.card(l, product))
		}
	}
	return cards
}

// productChecker returns the first checker that asks for the product, or nil.
func (l *language) productChecker(product string) *checker {
	for _, c := range l.site.checkers {
		if c.start(product) != (ruleset.Answers{}) {
			return c
		}
	}
	return nil
}

// ruling returns the checker whose outcome for a product may be shown: the first that asks for the product, or nil
// if its rules are not in force.
func ruling(l *language, product string) *checker {
	if c := l.productChecker(product); c != nil && c.InForce(l.site.today) {
		return c
	}
	return nil
}

// A productRule is what the rules say about a product before anything else is known.
type productRule struct {
	Text, Short string // a sentence, and a few words
	Good        bool   // whether the outcome is one that stands alone
}

// productRule returns nil if no rules in force ask for the product, or if there are no words for their outcome.
func (l *language) productRule(product string) *productRule {
	c := ruling(l, product)
	if c == nil {
		return nil
	}
	o := c.defaultOutcome(product)
	id := productMessage(c.ID, c.Outcomes[o].ID)
	if !l.Has(id) || !l.Has(id+".short") {
		return nil
	}
	text := l.Format(id, "Product", l.site.product(product).Name[l.Tag])
	return &productRule{text, l.Text(id + ".short"), c.Outcomes[o].Alone}
}

// productMessage returns the id of the message about products with a default outcome.
func productMessage(checker, outcome string) string { return checker + ".product." + outcome }

// defaultOutcome returns the outcome for a product unless a rule gives a higher one: the lowest that is possible.
func (c *checker) defaultOutcome(product string) (lowest int) {
	for o := range c.Decide(c.start(product)).Possible.All() {
		lowest = o
	}
	return lowest
}

// shown returns the paths of the articles whose sections an outcome shows.
func (c *checker) shown(outcome int) (paths []string) {
	for _, ref := range c.Outcomes[outcome].Show {
		if path, _, _ := strings.Cut(ref, "#"); !ruleset.IsAddress(ref) && !ruleset.NamesChecker(ref) &&
			!slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// start returns the answers of a reader who comes from a page about a product.
func (c *checker) start(product string) ruleset.Answers {
	a, err := c.Answer(ruleset.Answers{}, productFact, product, civil.Date{})
	if err != nil || product == "" {
		return ruleset.Answers{}
	}
	return c.Canonical(a)
}

// steps returns the steps of the page of a state below the language.
func (c *checker) steps(a ruleset.Answers) []string { return append([]string{c.ID}, c.Segments(a)...) }

// openStep is the last step of the page that stands in for states that have none because there are too many.
const openStep = "open"

func (c *checker) link(l *language, a ruleset.Answers) string {
	if c.IsPage(a) {
		return l.link(c.steps(a)...)
	}
	return l.link(c.ID, openStep) + "?" + strings.Join(c.Segments(a), "&")
}

// in returns the checker in the words of a language.
func (c *checker) in(l *language) answer.Checker { return l.checker(c.Ruleset) }

// Checker returns any version of a checker's rules in the words of a language of the site:
//
//	on := s.Day(now)
//	set := s.Rules.At("cancel-online", on) // nil if there is no such checker
//	a, err := set.ParseMap(facts)
//	d := s.Checker(set, "it").Decide(a, renewal, on)
func (s *Site) Checker(set *ruleset.Ruleset, lang string) answer.Checker {
	return s.language(lang).checker(set)
}

func (l *language) checker(set *ruleset.Ruleset) answer.Checker {
	return answer.Checker{
		Set: set, Words: l.Words, Lang: l.Tag, Act: l.action, Other: l.other, Markdown: l.markdown,
		Cite: func(ref string) *answer.Citation { return l.citation(set, ref) },
		Name: func(fact, id string) string { return productName(l, fact, id) },
	}
}

// productName returns the name of a product or a group of products in site.toml, or "" for other facts and for
// whatever has no name there.
func productName(l *language, fact, id string) string {
	if fact != productFact {
		return ""
	}
	site := l.site.Library.Site
	for _, group := range site.Groups {
		if group.ID == id {
			return group.Name[l.Tag]
		}
	}
	for _, product := range site.Products {
		if product.ID == id {
			return product.Name[l.Tag]
		}
	}
	return ""
}

// action returns the link with this id in site.toml, or nil if there is none.
func (l *language) action(id string) *answer.Action {
	link := l.site.Library.Site.Link(id)
	if link == nil {
		return nil
	}
	return &answer.Action{ID: id, Name: link.Name[l.Tag], URL: link.Link}
}

// other returns the rules of a checker and a function that returns its address after some answers, or nil if there
// is no such checker.
func (l *language) other(id string) (*ruleset.Ruleset, func(ruleset.Answers) string) {
	to := l.site.checker(id)
	if to == nil {
		return nil, nil
	}
	return to.Ruleset, func(a ruleset.Answers) string { return to.link(l, a) }
}

// citation returns what a reference in the rules leads to, in the language: a section, written "path#section", or
// an address. It is nil for "".
func (l *language) citation(set *ruleset.Ruleset, ref string) *answer.Citation {
	switch {
	case ref == "":
		return nil
	case ruleset.IsAddress(ref):
		return &answer.Citation{Title: l.Text(set.ID + "." + ruleset.AddressMessage(ref)), URL: ref}
	}
	return citedSection(l, ref).Citation
}

// citedSection returns the section that rules refer to as "path#section".
func citedSection(l *language, ref string) sectionView {
	if known, ok := l.cited.Load(ref); ok {
		return known.(sectionView)
	}
	path, id, _ := strings.Cut(ref, "#")
	a := l.site.Article(l.Tag, path).Read()
	section := a.Section(id)
	c := &answer.Citation{Title: section.Title, URL: l.site.ArticleLink(l.Tag, path) + "#" + id}
	if a.Lang != l.Tag {
		c.Lang = a.Lang
	}
	v := sectionView{c, l.fill(a.SectionBody(section))}
	l.cited.Store(ref, v)
	return v
}

// citedArticles returns the paths of the articles that rules cite or show, sorted.
func citedArticles(set *ruleset.Ruleset) []string {
	var paths []string
	for _, ref := range set.References() {
		if path, _, _ := strings.Cut(ref.Ref, "#"); !ruleset.IsAddress(ref.Ref) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// allLeads returns the paths to which the page of an article may link.
func allLeads(l *language, path string) (paths []string) {
	for _, shown := range l.site.Library.WithShown(path) {
		if a := l.site.Article(l.Tag, shown); a != nil {
			paths = append(paths, leads(a)...)
		}
	}
	return paths
}

// leads returns the paths of all articles that an article links to or names as related. Its page may show their
// addresses and titles.
func leads(a *article.Article) []string {
	return slices.Concat(a.Related, a.Leads)
}

// A casesView is the page of all cases: the whole decision table, with rows merged as far as possible.
type casesView struct {
	Start  string
	Notice string // set while the rules are not in force
	Facts  []string
	Rows   []caseRow
	Cases  string
}

type caseRow struct {
	ID, Link string // the address of a state with that outcome
	Cells    []caseCell
	Outcome  string
	Reasons  []answer.Reason
}

// A caseCell lists values of one fact. Any means all of them.
type caseCell struct {
	Fact, Values string
	Any          bool
}

func casesPage(l *language, c *checker) *page {
	title, start := c.in(l).Message("title"), c.link(l, ruleset.Answers{})
	p := l.newPage("cases", c.ID, "all")
	p.Title, p.Description = l.Format("checker.all.title", "Checker", title), l.Text("checker.all.description")
	p.Crumbs = l.trail(crumb{title, start})
	p.makeData = func() any { return l.cases(c, start) }
	return p
}

// mostRows is the maximum number of rows of a table. Nobody reads more, and making the page would take longer than
// an answer may.
const mostRows = 500

func (l *language) cases(c *checker, start string) casesView {
	words := c.in(l)
	v := casesView{
		Start: start, Notice: words.Notice(l.site.today), Cases: l.Plural("checker.cases", c.Cases()),
	}
	for _, f := range c.Facts {
		v.Facts = append(v.Facts, words.Message("fact."+f.ID))
	}
	rows := c.Rows()
	if len(rows) > mostRows {
		rows = rows[:mostRows]
		v.Cases += " " + l.Format("checker.rows", "Number", mostRows)
	}
	for _, row := range rows {
		words := words.With(c.alike(row), nil, civil.Date{})
		outcome := words.Outcome(row.Outcome)
		v.Rows = append(v.Rows, caseRow{
			row.ID, c.link(l, c.example(row)), caseCells(words, v.Facts, row), outcome.Title, words.Reasons(row.Reasons),
		})
	}
	return v
}

func caseCells(words answer.Checker, facts []string, row ruleset.Row) (cells []caseCell) {
	for f := range words.Set.Facts {
		any := !words.Set.Says(f, row.When[f])
		cells = append(cells, caseCell{facts[f], strings.Join(words.Labels(f, row.When[f]), ", "), any})
	}
	return cells
}

// alike returns the answers that all cases of a row share.
func (c *checker) alike(row ruleset.Row) (a ruleset.Answers) {
	for f, values := range row.When {
		for value := range values.All() {
			if values.Len() == 1 && value < len(c.Facts[f].Values) {
				a = a.With(f, value)
			}
		}
	}
	return a
}

// example returns the state of the first case of a row.
func (c *checker) example(row ruleset.Row) (a ruleset.Answers) {
	for f := range c.Facts {
		for value := range row.When[f].All() {
			a = a.With(f, value)
			break
		}
	}
	return c.Canonical(a)
}
