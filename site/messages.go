package site

import (
	"bytes"
	"slices"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// programMessages are the messages that Go code shows. Those of templates and rules are found where they are used.
// A test compares this list with the code.
var programMessages = []locale.Need{
	{ID: "alert.caution"}, {ID: "alert.example"}, {ID: "alert.important"}, {ID: "alert.note"},
	{ID: "alert.tip"}, {ID: "alert.warning"},
	{ID: "article.draft"}, {ID: "article.expired", Fields: []string{"Date"}},
	{ID: "article.to-come", Fields: []string{"Date"}},
	{ID: "articles.all"}, {ID: "articles.description"}, {ID: "articles.other"}, {ID: "articles.title"},
	{ID: "category.description", Fields: []string{"Category", "Product"}},
	{ID: "checker.all.description"}, {ID: "checker.all.title", Fields: []string{"Checker"}},
	{ID: "checker.calendar"},
	{ID: "checker.cases", Fields: []string{"Count"}},
	{ID: "checker.days.ago", Fields: []string{"Count"}},
	{ID: "checker.days.ago.range", Fields: []string{"Count", "From"}},
	{ID: "checker.days.around", Fields: []string{"Before", "After"}},
	{ID: "checker.days.earlier", Fields: []string{"Count"}}, {ID: "checker.days.in", Fields: []string{"Count"}},
	{ID: "checker.days.in.range", Fields: []string{"Count", "From"}},
	{ID: "checker.days.last", Fields: []string{"Count"}}, {ID: "checker.days.later", Fields: []string{"Count"}},
	{ID: "checker.days.next", Fields: []string{"Count"}}, {ID: "checker.days.today"},
	{ID: "checker.from", Fields: []string{"Date"}}, {ID: "checker.more"},
	{ID: "checker.number.least", Fields: []string{"Low"}},
	{ID: "checker.number.most", Fields: []string{"High"}},
	{ID: "checker.number.range", Fields: []string{"Low", "High"}}, {ID: "checker.open.title"},
	{ID: "checker.set.and", Fields: []string{"Before", "Last"}}, {ID: "checker.set.none"},
	{ID: "checker.rows", Fields: []string{"Number"}},
	{ID: "checker.step", Fields: []string{"Number", "Total"}}, {ID: "checker.unknown"}, {ID: "colon"},
	{ID: "failure.text"}, {ID: "failure.title"}, {ID: "feed.title"}, {ID: "feedback.reason.failed"},
	{ID: "feedback.reason.missing"}, {ID: "feedback.reason.unclear"}, {ID: "feedback.reason.wrong"},
	{ID: "home"}, {ID: "home.tasks"},
	{ID: "notfound.text"}, {ID: "notfound.title"},
	{ID: "search.corrected", Fields: []string{"To", "From"}}, {ID: "search.description"},
	{ID: "search.first", Fields: []string{"Number"}}, {ID: "search.found", Fields: []string{"Number"}},
	{ID: "search.kind.article"}, {ID: "search.kind.guide"}, {ID: "search.kind.video"},
	{ID: "search.label"}, {ID: "search.missing", Fields: []string{"Words"}}, {ID: "search.none"},
	{ID: "search.short"}, {ID: "search.shortened"}, {ID: "search.title"},
}

// ownMessages returns the messages of every version of the rules and those that Go code shows.
func ownMessages(s *Site) (needs []locale.Need) {
	for _, c := range s.checkers {
		for _, version := range s.Rules.Versions(c.ID) {
			needs = append(needs, rulesetMessages(s, version)...)
		}
	}
	at := diag.Position{File: "locales/active." + s.source().Tag + ".toml"}
	for _, n := range programMessages {
		n.Pos = at
		needs = append(needs, n)
	}
	if id := "search.fallback"; s.source().Has(id) {
		needs = append(needs, locale.Need{ID: id, Pos: at})
	}
	return needs
}

// rulesetMessages returns the messages that put a ruleset into words. The names of products come from site.toml.
func rulesetMessages(s *Site, set *ruleset.Ruleset) (needs []locale.Need) {
	var messages []ruleset.Message // with more placeholders than their own
	for _, m := range set.Messages() {
		product, ok := strings.CutPrefix(m.ID, set.ID+".value."+productFact+".")
		if !s.source().Has(m.ID) && (m.Optional || ok && mayHaveProduct(s, product)) {
			continue
		}
		if len(s.source().Placeholders(m.ID)) > len(m.Data) {
			messages = append(messages, m)
		} else {
			needs = append(needs, locale.Need{ID: m.ID, Pos: m.Position, Fields: m.Data})
		}
	}
	needs = append(needs, answerMessages(set, messages)...)
	for _, outcome := range set.Outcomes {
		if id := productMessage(set.ID, outcome.ID); s.source().Has(id) {
			needs = append(needs, locale.Need{ID: id, Pos: outcome.Position, Fields: []string{"Product"}},
				locale.Need{ID: id + ".short", Pos: outcome.Position})
		}
	}
	if id := set.ID + ".search"; s.source().Has(id) && len(set.Outcomes) > 0 {
		needs = append(needs, locale.Need{ID: id, Pos: set.Outcomes[0].Position})
	}
	return needs
}

// answerMessages returns messages that show answers, each with the answers that it may show.
func answerMessages(set *ruleset.Ruleset, messages []ruleset.Message) (needs []locale.Need) {
	if len(messages) == 0 {
		return nil
	}
	for i, facts := range ruleset.Answered(set, messages) {
		n := locale.Need{ID: messages[i].ID, Pos: messages[i].Position, Fields: messages[i].Data}
		for f := range facts.All() {
			name := answer.Placeholder(set.Facts[f].ID)
			n.Others = append(n.Others, name)
			if set.Facts[f].Type == ruleset.Number {
				n.Numbers = append(n.Numbers, name)
			}
		}
		needs = append(needs, n)
	}
	return needs
}

// A phrase is a text of a checker written in Markdown.
type phrase struct {
	plain string
	body  article.Body
}

// markdown returns a text of a checker, written in lang, as pages of l show it.
func (l *language) markdown(lang, text string) answer.Text {
	key := lang + " " + text
	known, ok := l.phrases.Load(key)
	if !ok {
		a, _ := article.Phrase(lang, text, diag.Position{}) // New has checked it
		known, _ = l.phrases.LoadOrStore(key, phrase{article.Plain(a.Body.HTML), a.Body})
	}
	p := known.(phrase)
	if !bytes.ContainsRune(p.body.HTML, '<') {
		return answer.Text{Plain: p.plain}
	}
	return answer.Text{Plain: p.plain, HTML: l.fill(p.body)}
}

// checkPhrases reports what is wrong with the Markdown texts of checkers, such as broken links.
func checkPhrases(s *Site) (found []diag.Finding) {
	for _, l := range s.langs {
		phrases, more := answer.Phrases(s.Words, s.Rules, l.Tag)
		found = append(found, more...)
		for _, p := range phrases {
			found = append(found, s.Library.CheckLinks(p.Content)...)
		}
	}
	return found
}

// mayHaveProduct reports whether site.toml names a product, or may do so but has a mistake that keeps it from being
// read.
func mayHaveProduct(s *Site, id string) bool {
	return s.Library.Site.Locator.Misspelt("product") ||
		slices.ContainsFunc(s.Library.Site.Products, func(p library.Product) bool { return p.ID == id })
}
