package site

import (
	"html/template"
	"net/url"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// A stateView is one state of a checker: a question, or an answer, or both if a
// further question may add to the answer.
type stateView struct {
	answer.Decision
	Checker  string // the question that the checker answers
	Schedule *scheduleView
	All      string // the address of the page of all cases
	Note     string

	checker *checker
	lang    *Language
	answers ruleset.Answers
}

// A scheduleView says what has to be done by when. Without a renewal date it says
// how the dates are counted; a script can count them where no service does.
type scheduleView struct {
	Dates    []answer.Date
	Renewal  string // as typed by the reader
	Invalid  bool   // it is not a date
	Calendar string // the address of the deadline as a calendar file, or ""
}

// A choiceView is an answer to a question and the state that it leads to.
type choiceView struct {
	answer.Value
	Link    string
	Current bool
}

type sectionView struct {
	*answer.Citation
	HTML template.HTML
}

// pages returns every state of the checker, and the page of all cases.
func (c *checker) pages(l *Language) []pageFile {
	listed := func(s *Site) []string { return s.checker(c.ID).leads[l.Tag]() }
	pages := []pageFile{{
		FileName: PagePath(l.Tag, c.ID, "all"), lang: l, text: c.cited, Listed: listed,
		make: func(s *Site) *page { return s.checker(c.ID).casesPage(l) },
	}}
	for a := range c.Set.States() {
		pages = append(pages, pageFile{
			FileName: PagePath(l.Tag, c.Steps(a)...), lang: l, text: c.cited, Listed: listed,
			make:     func(s *Site) *page { return s.checker(c.ID).statePage(l, a, "", civil.Date{}) },
			unlisted: a != (ruleset.Answers{}),
		})
	}
	return pages
}

// statePage is the page of some canonical answers. Dates are counted from the
// renewal date as the reader has typed it, or "", on the day of asking, the site's
// own if it is zero.
func (c *checker) statePage(l *Language, a ruleset.Answers, renewal string, on civil.Date) *page {
	words := c.in(l)
	day, _ := civil.ParseDate(renewal)
	if on.IsZero() {
		on = c.site.today
	}
	v := &stateView{
		Decision: words.Decide(a, day, on), checker: c, lang: l, answers: a,
		Checker: words.Message("title"), All: c.site.Link(PagePath(l.Tag, c.ID, "all")), Note: words.Optional("note"),
	}
	if v.Outcome != nil {
		v.Schedule = v.schedule(words.Dates(a, day, on), renewal)
	}
	p := &page{
		Language: l, site: c.site, in: c.site.Langs,
		file: PagePath(l.Tag, c.Steps(a)...), twins: c.site.everywhere(c.Steps(a)...),
		Title: v.heading(), Description: words.Message("description"), Main: "state", Data: v, Crumbs: c.site.trail(l),
	}
	for _, g := range v.Given {
		if g.Fact == productFact && g.Value != answer.Unknown {
			p.Product = g.Value
		}
	}
	if len(v.Given) > 0 {
		p.Crumbs = append(p.Crumbs, crumb{v.Checker, c.link(l, ruleset.Answers{})})
	}
	return p
}

// heading is the answer, else the question that comes next.
func (v *stateView) heading() string {
	switch {
	case v.Outcome != nil:
		return v.Outcome.Title
	case v.Ask != nil:
		return v.Ask.Question
	case v.Notice != "":
		return v.Checker
	}
	return v.lang.Text("checker.open.title")
}

// schedule returns nil without dates.
func (v *stateView) schedule(dates []answer.Date, renewal string) *scheduleView {
	if len(dates) == 0 {
		return nil
	}
	view := &scheduleView{Dates: dates, Renewal: renewal, Invalid: renewal != "" && dates[0].Day == ""}
	for _, date := range dates {
		if date.Day != "" && date.Late != "" && !date.Past {
			query := url.Values{answer.FieldLang: {v.lang.Tag}, answer.FieldRenewal: {renewal}}
			view.Calendar = v.checker.site.Link("api/v1/checkers/"+v.checker.ID+"/deadline.ics") + "?" + query.Encode()
		}
	}
	return view
}

// Choices returns every answer to a question, "I don't know" last. The answers
// given to other questions are kept as far as they still matter.
func (v *stateView) Choices(fact string) (list []choiceView) {
	words, f := v.checker.in(v.lang), v.checker.Set.Fact(fact)
	unknown := answer.Value{ID: answer.Unknown, Label: words.Label(fact, answer.Unknown)}
	for _, value := range append(words.Values(f), unknown) {
		i := v.checker.Set.Value(f, value.ID)
		list = append(list, choiceView{value, v.Link(v.answers.With(f, i)), v.answers.At(f) == i})
	}
	return list
}

// Link returns the address of the state of some answers.
func (v *stateView) Link(a ruleset.Answers) string {
	return v.checker.link(v.lang, v.checker.Set.Canonical(a))
}

// Back returns the address of the state before the last answer, or "".
func (v *stateView) Back() string {
	if len(v.Given) == 0 {
		return ""
	}
	last := v.checker.Set.Fact(v.Given[len(v.Given)-1].Fact)
	return v.checker.link(v.lang, v.answers.With(last, ruleset.Unanswered))
}

// Sections returns the sections that are shown with the outcome.
func (v *stateView) Sections() (list []sectionView) {
	if v.Outcome == nil {
		return nil
	}
	set, s := v.checker.Set, v.checker.site
	for _, ref := range set.Outcomes[set.Outcome(v.Outcome.ID)].Show {
		path, id, _ := strings.Cut(ref, "#")
		a := s.Article(v.lang.Tag, path)
		list = append(list, sectionView{s.cite(v.lang, ref), s.fill(v.lang, a.SectionBody(a.Section(id)))})
	}
	return list
}
