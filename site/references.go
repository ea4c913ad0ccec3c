package site

import (
	"slices"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/ruleset"
)

// checkCheckers reports checkers whose list of holidays ends too early, whose address belongs to another page, or
// whose labelled groups share values.
func checkCheckers(s *Site) (found []diag.Finding) {
	for _, c := range s.checkers {
		found = append(found, ruleset.MissingHolidays(c.Ruleset, s.today)...)
		if slices.Contains(library.Reserved, c.ID) {
			found = append(found, diag.Errorf(c.Position, "address-collision",
				"checker id %q is reserved for another address", c.ID))
		}
		if slices.ContainsFunc(s.Library.Site.Products, func(p library.Product) bool { return p.ID == c.ID }) {
			found = append(found, diag.Errorf(c.Position, "address-collision",
				"%q is both a product and a checker, which would share an address", c.ID))
		}
	}
	for _, l := range s.langs {
		for _, c := range s.checkers {
			found = append(found, checkHeadings(c, c.in(l))...)
		}
	}
	return found
}

// checkHeadings reports groups that have labels but share values: it is unclear under which label those belong.
func checkHeadings(c *checker, words answer.Checker) (found []diag.Finding) {
	for i, g := range c.Groups {
		for _, other := range c.Groups[:i] {
			shared := slices.ContainsFunc(slices.Collect(g.Values.All()), other.Values.Has)
			if shared && g.Fact == other.Fact && words.GroupLabel(g) != "" && words.GroupLabel(other) != "" {
				found = append(found, diag.Errorf(g.Position, "dead-value", "the groups %q and %q have labels, and share values",
					other.ID, g.ID).Suggest("part the values, or remove the label of one group"))
			}
		}
	}
	return found
}

// checkCheckerAddress reports an article whose page or category is at the address of a checker.
func checkCheckerAddress(s *Site, a *article.Article) (found []diag.Finding) {
	first, _, _ := strings.Cut(a.Address(), "/")
	if c := s.checker(first); c != nil && a.Product == "" {
		found = append(found, diag.Errorf(a.Key("slug"), "address-collision",
			"addresses that begin with %s/ belong to the checker of %s", first, c.Position.File))
	}
	return found
}

// checkCitations reports references of rules to checkers that do not exist, to sections that are missing in the
// source or in an existing translation, and to unsafe addresses.
func checkCitations(s *Site) (found []diag.Finding) {
	for _, ref := range s.Rules.References() {
		found = append(found, checkCitation(s, ref)...)
	}
	return found
}

func checkCitation(s *Site, ref ruleset.Reference) (found []diag.Finding) {
	if ruleset.NamesChecker(ref.Ref) {
		return checkOnward(s, ref)
	}
	if ruleset.IsAddress(ref.Ref) {
		return checkAddress(ref)
	}
	path, id, _ := strings.Cut(ref.Ref, "#")
	source := s.source().Tag
	if s.Library.Lacks(source, path) {
		f := diag.Errorf(ref.Position, "broken-cite", "%s refers to %q: no such article in the source language, %s",
			ref.What, path, source)
		return []diag.Finding{suggest(f, path, s.paths)}
	}
	lacking := func(tag string) (found []diag.Finding) {
		if a := s.Library.Article(tag, path); a != nil && a.Read().Lacks(id) {
			ids := a.Read().SectionIDs()
			f := diag.Errorf(ref.Position, "broken-cite", "%s refers to section %q, which %s lacks (sections: %s)",
				ref.What, id, a.File, diag.List(ids))
			found = append(found, suggest(f, id, ids))
		}
		return found
	}
	if found := lacking(source); found != nil {
		return found
	}
	for _, l := range s.langs {
		found = append(found, lacking(l.Tag)...)
	}
	return found
}

// checkOnward reports a reference that names neither a checker nor, if it is the action of an outcome, a link of
// site.toml.
func checkOnward(s *Site, ref ruleset.Reference) []diag.Finding {
	if ref.Action && s.Library.Site.Link(ref.Ref) != nil || !s.Rules.Lacks(ref.Ref) {
		return nil
	}
	allowed, what := s.Rules.Known(), "checker"
	if ref.Action {
		what = "link or checker"
		for _, link := range s.Library.Site.AllLinks() {
			if link.ID != "" {
				allowed = append(allowed, link.ID)
			}
		}
	}
	f := diag.Errorf(ref.Position, "checker", "%s leads to %q, an unknown %s (allowed: %s)",
		ref.What, ref.Ref, what, diag.List(allowed))
	return []diag.Finding{suggest(f, ref.Ref, allowed)}
}

func checkAddress(ref ruleset.Reference) (found []diag.Finding) {
	const form = "write PATH#ID for a section of an article, or an address that begins with https://"
	_, refusal := new(article.Article).Resolve(ref.Ref)
	switch {
	case !strings.HasPrefix(ref.Ref, "https://"):
		found = append(found, diag.Errorf(ref.Position, "unsafe-link", "%s refers to %q, which does not begin with https://",
			ref.What, ref.Ref).Suggest(form))
	case refusal != nil:
		found = append(found, refusal.At(ref.Position))
	}
	return found
}

// suggest adds the nearest of the allowed words to a finding.
func suggest(f diag.Finding, word string, allowed []string) diag.Finding {
	if near := diag.Nearest(word, allowed); near != "" && near != word {
		return f.Suggest("did you mean %q?", near)
	}
	return f
}

// checkArticle reports references of an article to checkers, facts and outcomes that do not exist, and addresses
// below that of a checker. It says nothing about checkers whose file has errors.
func checkArticle(s *Site, a *article.Article) (found []diag.Finding) {
	for i, alias := range a.Aliases {
		if id, _, _ := strings.Cut(alias, "/"); s.checker(id) != nil {
			found = append(found, diag.Errorf(a.Key("aliases", i), "address-collision",
				"addresses that begin with %s/ belong to the checker of that name", id))
		}
	}
	found = append(found, checkCheckerAddress(s, a)...)
	if a.Checker != "" && s.Rules.Lacks(a.Checker) {
		found = append(found, noChecker(s, a.Key("checker"), a.Checker))
	}
	if !a.Values {
		return found
	}
	for _, at := range a.Read().Body.Placeholders {
		if at.Kind != article.ValueList {
			continue
		}
		if s.Rules.Lacks(at.Values.Checker) {
			found = append(found, noChecker(s, at.Values.Pos, at.Values.Checker))
		} else {
			found = append(found, checkValues(s, at.Values)...)
		}
	}
	return found
}

// checkValues reports a values block that the rules cannot fill, either today or in a later version.
func checkValues(s *Site, block *article.Values) (found []diag.Finding) {
	c := s.checker(block.Checker)
	if c == nil {
		return nil
	}
	for _, version := range s.Rules.Versions(c.ID) {
		if version.ValidFrom.Before(c.ValidFrom) {
			continue
		}
		if _, err := version.Reaches(block.Fact, block.Outcome); err != nil {
			found = append(found, diag.Errorf(block.Pos, "checker", "%s: %s", version.Position.File, err))
		}
	}
	return found
}

func noChecker(s *Site, at diag.Position, id string) diag.Finding {
	ids := s.Rules.Known()
	f := diag.Errorf(at, "checker", "no such checker: %q (checkers: %s)", id, diag.List(ids))
	return suggest(f, id, ids)
}
