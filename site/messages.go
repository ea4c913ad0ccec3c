package site

import (
	"slices"

	"helpcenter/site/diag"
	"helpcenter/site/locale"
)

// programMessages are the messages that the code of this package shows; those of
// templates and of rules are found where they stand. A test holds this list and
// the code together.
var programMessages = []locale.Need{
	{ID: "alert.example"}, {ID: "alert.important"}, {ID: "alert.note"}, {ID: "alert.tip"}, {ID: "alert.warning"},
	{ID: "articles.description"}, {ID: "articles.title"},
	{ID: "category.description", Fields: []string{"Category", "Product"}},
	{ID: "checker.all.description"}, {ID: "checker.all.title", Fields: []string{"Checker"}},
	{ID: "checker.cases", Fields: []string{"Count"}},
	{ID: "checker.from", Fields: []string{"Date"}}, {ID: "checker.open.title"}, {ID: "checker.unknown"},
	{ID: failureText}, {ID: failureTitle}, {ID: "feed.title"}, {ID: "home"},
	{ID: "notfound.text"}, {ID: "notfound.title"},
	{ID: "search.corrected", Fields: []string{"To", "From"}}, {ID: "search.description"},
	{ID: "search.found", Fields: []string{"Number"}},
	{ID: "search.kind.article"}, {ID: "search.kind.guide"}, {ID: "search.kind.video"},
	{ID: "search.label"}, {ID: "search.none"}, {ID: "search.short"}, {ID: "search.shortened"}, {ID: "search.title"},
	{ID: "site.description"}, {ID: "site.name"}, {ID: "site.short"},
}

// proveMessages proves the words that templates show, those of the rules, of every
// version of them, and those that the code shows.
func (s *Site) proveMessages(ofTemplates []locale.Need) []diag.Finding {
	s.words = ofTemplates
	for _, c := range s.Checkers {
		for _, set := range s.Rules.Versions(c.ID) {
			s.words = append(s.words, s.needs(set)...)
		}
	}
	at := diag.Position{File: "locales/active." + s.Fallback().Tag + ".toml"}
	for _, n := range programMessages {
		n.Pos = at
		s.words = append(s.words, n)
	}
	return s.Words.Require(s.words)
}

// hasWords reports whether every message that is shown is there. What is wrong with
// the others has been found.
func (s *Site) hasWords() bool {
	return !slices.ContainsFunc(s.words, func(n locale.Need) bool { return !s.Fallback().Has(n.ID) })
}

// Uses reports whether the site shows a message anywhere.
func (s *Site) Uses(id string) bool { return s.uses[id] }

// noteUses keeps what [Site.Uses] answers.
func (s *Site) noteUses() {
	s.uses = map[string]bool{}
	for _, n := range s.words {
		s.uses[n.ID] = true
	}
}
