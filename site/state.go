package site

import (
	"html/template"
	"strings"

	"helpcenter"
	"helpcenter/rules"
)

// A stateView is one state of a checker: a question, or an answer, or both,
// where a further question may add to an answer.
type stateView struct {
	checker *checker
	lang    *language
	Checker string // the question that the checker answers
	Heading string // what the page says above all: a question, or the answer
	Text    string
	Decided bool
	Good    bool // the outcome that no other rule may stand beside
	Reasons []reasonView
	Changes []remedyView
	Dates   *datesView
	Show    []sectionView
	Ask     *askView
	Open    *openView
	Given   []givenView
	Back    string
	All     string
	Note    string
}

// A cite is a section of an article, by its title in the language shown.
type cite struct{ Title, Link, Lang string }

type reasonView struct {
	Text string
	Cite *cite
}

// A remedyView is the nearest better answer, and how to get there.
type remedyView struct {
	How           []string
	Outcome, Link string
}

// An askView is a question with its answers, each a link to a state.
type askView struct {
	Question, Hint string
	Choices        []choiceView
	FindOut        *cite
}

type choiceView struct {
	Label, Hint, Link string
	Current           bool
}

// An openView says what remains possible when everything has been asked.
type openView struct {
	Possible []string
	Deciding []askView // the facts that decide, without choices
}

// A givenView is an answer so far, and where each other answer would lead.
type givenView struct {
	Fact, Value string
	Choices     []choiceView
	Settles     bool // with the others that do, it alone settles the outcome
}

type sectionView struct {
	cite
	HTML template.HTML
}

// pages returns every state of the checker, and the page of all cases.
func (c *checker) pages(l *language) []pageFile {
	listed := func(s *Site) []string { return s.checker(c.id).leads[l.Tag]() }
	pages := []pageFile{{
		file: file(l.Tag, c.id, "all"), lang: l, text: c.cited, listed: listed, make: func(s *Site) *page { return s.checker(c.id).casesPage(l) },
	}}
	for a := range c.set.States() {
		pages = append(pages, pageFile{
			file: file(l.Tag, c.steps(a)...), lang: l, text: c.cited, listed: listed, make: func(s *Site) *page { return s.checker(c.id).statePage(l, a) },
			unlisted: a != (rules.Answers{}),
		})
	}
	return pages
}

// statePage is the page of some canonical answers.
func (c *checker) statePage(l *language, a rules.Answers) *page {
	v := &stateView{checker: c, lang: l, Checker: l.Text(c.id + ".title")}
	d := c.set.Decide(a)
	v.decide(d)
	v.given(d)
	p := &page{
		language: l, site: c.site, file: file(l.Tag, c.steps(a)...), twins: c.site.everywhere(c.steps(a)...), in: c.site.langs,
		Title: v.Heading, Description: l.Text(c.id + ".description"), Main: "state", Data: v, Crumbs: c.site.trail(l),
	}
	if f := c.set.Fact(productFact); f >= 0 && a.At(f) >= 0 {
		p.Product = c.set.Facts[f].Values[a.At(f)]
	}
	if a != (rules.Answers{}) {
		p.Crumbs = append(p.Crumbs, crumb{v.Checker, c.link(l, rules.Answers{})})
	}
	v.All = c.site.link(file(l.Tag, c.id, "all"))
	v.Note = c.optional(l, "note")
	return p
}

// decide fills in what follows from a decision.
func (v *stateView) decide(d rules.Decision) {
	c, l := v.checker, v.lang
	if d.Ask >= 0 {
		v.Ask = v.ask(d.Answers, d.Ask)
	}
	for i := range d.Reasons.All() {
		rule := c.set.Rules[i]
		v.Reasons = append(v.Reasons, reasonView{l.Text(c.id + ".rule." + rule.ID), v.cite(rule.Cite)})
	}
	switch {
	case d.Decided():
		v.outcome(d)
	case d.Ask >= 0:
		v.Heading = v.Ask.Question
	default:
		v.Heading, v.Text = l.Text("checker.open.title"), l.Text("checker.open.text")
		v.Open = &openView{}
		for o := range d.Possible.All() {
			v.Open.Possible = append(v.Open.Possible, l.Text(c.id+".outcome."+c.set.Outcomes[o].ID))
		}
		for f := range d.Deciding.All() {
			v.Open.Deciding = append(v.Open.Deciding, v.fact(f))
		}
	}
}

func (v *stateView) outcome(d rules.Decision) {
	c, l := v.checker, v.lang
	o := c.set.Outcomes[d.Outcome]
	v.Decided, v.Good = true, o.Alone
	v.Heading, v.Text = l.Text(c.id+".outcome."+o.ID), c.optional(l, "outcome."+o.ID+".text")
	for _, remedy := range d.Changes {
		v.Changes = append(v.Changes, v.remedy(d.Answers, remedy))
	}
	v.Dates = v.dates(d, helpcenter.Date{}, helpcenter.Date{})
	for _, ref := range o.Show {
		v.Show = append(v.Show, v.section(ref))
	}
}

// remedy returns what a person can change, and the state that this leads to.
func (v *stateView) remedy(a rules.Answers, r rules.Remedy) remedyView {
	c, l := v.checker, v.lang
	view := remedyView{Outcome: l.Text(c.id + ".outcome." + c.set.Outcomes[r.Outcome].ID)}
	for _, s := range r.Set {
		view.How = append(view.How, l.Text(c.id+".change."+s.By))
		a = a.With(s.Fact, s.Value)
	}
	view.Link = c.link(l, c.set.Canonical(a))
	return view
}

// fact returns a question without its choices.
func (v *stateView) fact(f int) askView {
	c, l := v.checker, v.lang
	fact := c.set.Facts[f]
	return askView{
		Question: l.Text(c.id + ".fact." + fact.ID + ".question"),
		Hint:     c.optional(l, "fact."+fact.ID+".hint"),
		FindOut:  v.cite(fact.FindOut),
	}
}

func (v *stateView) ask(a rules.Answers, f int) *askView {
	q := v.fact(f)
	q.Choices = v.choices(a, f)
	return &q
}

// choices returns every answer to a question, "I don't know" last, each with
// the state it leads to. The other answers are kept as far as they still matter.
func (v *stateView) choices(a rules.Answers, f int) []choiceView {
	c, l := v.checker, v.lang
	var list []choiceView
	add := func(value int, label, hint string) {
		to := c.link(l, c.set.Canonical(a.With(f, value)))
		list = append(list, choiceView{label, hint, to, a.At(f) == value})
	}
	fact := c.set.Facts[f]
	for i, value := range fact.Values {
		add(i, c.label(l, fact.ID, value), c.optional(l, "value."+fact.ID+"."+value+".hint"))
	}
	add(rules.Unknown, l.Text("checker.unknown"), "")
	return list
}

// given lists the answers so far, and sets the way back to the state before the
// last of them.
func (v *stateView) given(d rules.Decision) {
	c, l, a := v.checker, v.lang, d.Answers
	for f, fact := range c.set.Facts {
		value := a.At(f)
		if value == rules.Unanswered {
			continue
		}
		g := givenView{Fact: l.Text(c.id + ".fact." + fact.ID), Value: l.Text("checker.unknown"), Choices: v.choices(a, f), Settles: d.Settles.Has(f)}
		if value >= 0 {
			g.Value = c.label(l, fact.ID, fact.Values[value])
		}
		v.Given = append(v.Given, g)
		v.Back = c.link(l, a.With(f, rules.Unanswered))
	}
}

// cite returns the section that a reference names, nil for none.
func (v *stateView) cite(ref string) *cite {
	if ref == "" {
		return nil
	}
	section := v.section(ref).cite
	return &section
}

// section returns a section as the page's language shows it.
func (v *stateView) section(ref string) sectionView {
	s := v.checker.site
	path, id, _ := strings.Cut(ref, "#")
	a := s.article(v.lang.Tag, path)
	section := a.Section(id)
	view := sectionView{cite: cite{Title: section.Title, Link: s.link(s.articleFile(v.lang.Tag, path)) + "#" + id}}
	if a.Lang != v.lang.Tag {
		view.Lang = a.Lang
	}
	view.HTML = s.fill(v.lang, a.SectionBody(section))
	return view
}
