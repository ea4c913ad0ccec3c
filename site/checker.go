package site

import (
	"slices"
	"strings"
	"sync"
	"time"

	"helpcenter/site/answer"
	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// A checker is one question that rules answer, with the version of the rules
// that holds on the site's day.
type checker struct {
	ID   string
	Set  *ruleset.Ruleset
	site *Site

	cited []string                   // paths of the articles of which its pages show sections
	leads map[string]func() []string // paths of those that these lead to, by language
}

// productFact is the fact whose values are products of site.toml: their names
// are its labels, and a page about a product opens the checker with it answered.
const productFact = "product"

// checkerCard leads to a checker.
type checkerCard struct{ Title, Description, Link string }

// loadCheckers takes the rules that hold today, and proves that no product and no
// page of the site itself has their addresses.
func (s *Site) loadCheckers() []diag.Finding {
	var found []diag.Finding
	for _, id := range s.Rules.IDs() {
		c := s.newChecker(id, s.Ruleset(id))
		s.Checkers = append(s.Checkers, c)
		if slices.Contains(library.Reserved, id) {
			found = append(found, diag.Errorf(c.Set.Position, "address-collision", "checker id %q is reserved for another address", id))
		}
		if slices.ContainsFunc(s.Library.Site.Products, func(p library.Product) bool { return p.ID == id }) {
			found = append(found, diag.Errorf(c.Set.Position, "address-collision", "%q is the name of a product and of a checker, which would share an address", id))
		}
	}
	return found
}

func (s *Site) newChecker(id string, set *ruleset.Ruleset) *checker {
	c := &checker{ID: id, Set: set, site: s, cited: cited(set), leads: map[string]func() []string{}}
	for _, l := range s.Langs {
		c.leads[l.Tag] = sync.OnceValue(func() []string { return c.listLeads(l) })
	}
	return c
}

// cited returns the paths of the articles that rules cite or show, sorted.
func cited(set *ruleset.Ruleset) []string {
	var paths []string
	for _, ref := range set.References() {
		path, _, _ := strings.Cut(ref.Ref, "#")
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// listLeads returns the paths of the articles that those cited lead to in a
// language, sorted.
func (c *checker) listLeads(l *Language) []string {
	var paths []string
	for _, path := range c.cited {
		paths = append(paths, leadsTo(c.site.Article(l.Tag, path))...)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// checker returns the checker of that id, or nil.
func (s *Site) checker(id string) *checker {
	for _, c := range s.Checkers {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// cards returns the checkers that a page about a product leads to: all, for a
// page about no product in particular.
func (s *Site) cards(l *Language, product string) []checkerCard {
	var cards []checkerCard
	for _, c := range s.Checkers {
		if product == "" || c.start(product) != (ruleset.Answers{}) {
			cards = append(cards, c.card(l, product))
		}
	}
	return cards
}

// card leads to the first question that is left when the product is known.
func (c *checker) card(l *Language, product string) checkerCard {
	return checkerCard{l.Text(c.ID + ".start"), l.Text(c.ID + ".description"), c.link(l, c.start(product))}
}

// start returns the answers of a reader who is asked about a product, if the
// rules ask for it.
func (c *checker) start(product string) ruleset.Answers {
	a, err := c.Set.Answer(ruleset.Answers{}, productFact, product)
	if err != nil || product == "" {
		return ruleset.Answers{}
	}
	return c.Set.Canonical(a)
}

// Steps returns the address of a state below the language.
func (c *checker) Steps(a ruleset.Answers) []string {
	return append([]string{c.ID}, c.Set.Segments(a)...)
}

func (c *checker) link(l *Language, a ruleset.Answers) string {
	return c.site.Link(PagePath(l.Tag, c.Steps(a)...))
}

// in returns the checker in the words of a language.
func (c *checker) in(l *Language) answer.Checker { return c.site.Checker(c.Set, l.Tag) }

// Ruleset returns the rules of a checker that hold at the moment of the site, or nil.
func (s *Site) Ruleset(id string) *ruleset.Ruleset { return s.Rules.At(id, s.today) }

// Checker returns any version of a checker's rules in the words of a language of
// the site:
//
//	on := s.Day(now)
//	set := s.Rules.At("cancel-online", on) // nil if there is no such checker
//	a, err := set.ParseMap(facts)
//	d := s.Checker(set, "it").Decide(a, renewal, on)
func (s *Site) Checker(set *ruleset.Ruleset, lang string) answer.Checker {
	l := s.Language(lang)
	return answer.Checker{
		Set: set, Words: l.Words, Lang: l.Tag,
		Cite: func(ref string) *answer.Citation { return s.cite(l, ref) },
		Name: func(product string) string { return s.product(product).Name[l.Tag] },
	}
}

// cite returns a section, "path#section", as it is shown in a language; nil for "".
func (s *Site) cite(l *Language, ref string) *answer.Citation {
	if ref == "" {
		return nil
	}
	path, id, _ := strings.Cut(ref, "#")
	a := s.Article(l.Tag, path)
	c := &answer.Citation{Title: a.Section(id).Title, URL: s.ArticleLink(l.Tag, path) + "#" + id}
	if a.Lang != l.Tag {
		c.Lang = a.Lang
	}
	return c
}

// Day returns the date at a moment where the site is.
func (s *Site) Day(t time.Time) civil.Date {
	return civil.DateOf(t.In(s.Library.Site.Location))
}

// proveReferences proves what rules and articles say of each other: sections
// that rules cite or show, checkers and values that articles name.
func (s *Site) proveReferences() []diag.Finding {
	found := s.proveCites()
	for _, a := range s.Library.Articles {
		found = append(found, s.proveArticle(a)...)
	}
	return found
}

// proveCites proves the sections that rules cite or show.
func (s *Site) proveCites() []diag.Finding {
	var found []diag.Finding
	for _, ref := range s.Rules.References() {
		found = append(found, s.proveSection(ref)...)
	}
	return found
}

// needs returns the messages that a ruleset is phrased with. Products have
// their names from site.toml.
func (s *Site) needs(set *ruleset.Ruleset) []locale.Need {
	words := s.Fallback()
	var needs []locale.Need
	for _, m := range set.Messages() {
		product, ok := strings.CutPrefix(m.ID, set.ID+".value."+productFact+".")
		if !words.Has(m.ID) && (m.Optional || ok && s.mayHaveProduct(product)) {
			continue
		}
		needs = append(needs, locale.Need{ID: m.ID, Pos: m.Position, Fields: m.Data})
	}
	return needs
}

// mayHaveProduct reports whether site.toml names a product, or may do so where it
// could not be read.
func (s *Site) mayHaveProduct(id string) bool {
	return s.Library.Site.Locator.Misspelt("product") ||
		slices.ContainsFunc(s.Library.Site.Products, func(p library.Product) bool { return p.ID == id })
}

// proveSection proves that a section exists in the default language, and, if it
// does, in each translation that exists.
func (s *Site) proveSection(ref ruleset.Reference) []diag.Finding {
	path, id, _ := strings.Cut(ref.Ref, "#")
	if s.Library.Lacks(s.Fallback().Tag, path) {
		f := diag.Errorf(ref.Position, "broken-cite", "%s refers to %q: there is no such article in the default language, %s", ref.What, path, s.Fallback().Tag)
		if near := diag.Nearest(path, s.ArticlePaths); near != "" && near != path {
			f = f.Suggest("did you mean %q?", near)
		}
		return []diag.Finding{f}
	}
	if source := s.Library.Article(s.Fallback().Tag, path); source != nil && source.Lacks(id) {
		return []diag.Finding{noSection(ref, id, source)}
	}
	var found []diag.Finding
	for _, l := range s.Langs {
		if a := s.Library.Article(l.Tag, path); a != nil && a.Lacks(id) {
			found = append(found, noSection(ref, id, a))
		}
	}
	return found
}

// noSection says that an article has no section of that id, and which it has.
func noSection(ref ruleset.Reference, id string, a *article.Article) diag.Finding {
	var ids []string
	for _, section := range a.Sections {
		ids = append(ids, section.ID)
	}
	f := diag.Errorf(ref.Position, "broken-cite", "%s refers to section %q, which %s does not have; it has: %s", ref.What, id, a.File, diag.List(ids))
	if near := diag.Nearest(id, ids); near != "" {
		f = f.Suggest("did you mean %q?", near)
	}
	return f
}

// proveArticle proves that the checkers, facts and outcomes which an article
// names exist, and that it claims no address of a checker. Of a checker whose file
// has mistakes nothing more is asked.
func (s *Site) proveArticle(a *article.Article) []diag.Finding {
	var found []diag.Finding
	for i, alias := range a.Aliases {
		if id, _, _ := strings.Cut(alias, "/"); s.checker(id) != nil {
			found = append(found, diag.Errorf(a.Key("aliases", i), "address-collision", "addresses that begin with %s/ belong to the checker of that name", id))
		}
	}
	if a.Checker != "" && s.Rules.Lacks(a.Checker) {
		found = append(found, s.noChecker(a.Key("checker"), a.Checker))
	}
	for _, hole := range a.Body.Placeholders {
		if hole.Kind != article.ValueList {
			continue
		}
		if s.Rules.Lacks(hole.Values.Checker) {
			found = append(found, s.noChecker(hole.Values.Pos, hole.Values.Checker))
		} else {
			found = append(found, s.proveValues(hole.Values)...)
		}
	}
	return found
}

// proveValues proves that the rules can say what a values block asks for, today
// and in the versions to come.
func (s *Site) proveValues(block *article.Values) []diag.Finding {
	c := s.checker(block.Checker)
	if c == nil {
		return nil
	}
	var found []diag.Finding
	for _, version := range s.Rules.Versions(c.ID) {
		if version.ValidFrom.Before(c.Set.ValidFrom) {
			continue
		}
		if _, err := version.Reaches(block.Fact, block.Outcome); err != nil {
			found = append(found, diag.Errorf(block.Pos, "checker", "%s: %s", version.Position.File, err))
		}
	}
	return found
}

// noChecker says that there is no checker of that id, and which there are.
func (s *Site) noChecker(at diag.Position, id string) diag.Finding {
	ids := s.Rules.Known()
	f := diag.Errorf(at, "checker", "there is no checker %q; there are: %s", id, diag.List(ids))
	if near := diag.Nearest(id, ids); near != "" {
		f = f.Suggest("did you mean %q?", near)
	}
	return f
}
