package site

import (
	"html/template"
	"net/url"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// A stateView is one state of a checker: a question, an outcome, or both if a
// further answer may add to the outcome.
type stateView struct {
	answer.Decision
	Checker  string // the question that the checker answers
	Schedule *scheduleView
	All      string // address of the page of all cases
	Note     string

	checker *checker
	lang    *language
	answers ruleset.Answers
}

// A scheduleView says what is due when. Without a renewal date it says how the
// dates are counted, and on static hosts a script counts them.
type scheduleView struct {
	Dates    []answer.Date
	Renewal  string // as the reader typed it
	Invalid  bool   // it is not a date
	Calendar string // address of the deadline as a calendar file, or ""
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
func (c *checker) pages(l *language) []pageFile {
	pages := []pageFile{{
		path: l.path(c.ID, "all"), text: c.cited,
		make: func(l *language) *page { return casesPage(l, l.site.checker(c.ID)) },
	}}
	for a := range c.States() {
		pages = append(pages, pageFile{
			path: l.path(c.steps(a)...), text: c.cited, unlisted: a != (ruleset.Answers{}),
			make: func(l *language) *page { return statePage(l, l.site.checker(c.ID), a, "", civil.Date{}) },
			decide: func(l *language) answer.Decision {
				return l.site.checker(c.ID).in(l).Decide(a, civil.Date{}, l.site.today)
			},
		})
	}
	return pages
}

// statePage is the page of some canonical answers. Dates are counted from the
// renewal date as the reader typed it, or "", on the day of asking, the site's own
// if it is zero.
func statePage(l *language, c *checker, a ruleset.Answers, renewal string, on civil.Date) *page {
	if on.IsZero() {
		on = l.site.today
	}
	words := c.in(l)
	day, _ := civil.ParseDate(renewal)
	v := &stateView{
		Decision: words.Decide(a, day, on), checker: c, lang: l, answers: a,
		Checker: words.Message("title"), All: l.link(c.ID, "all"), Note: words.Optional("note"),
	}
	if v.Outcome != nil {
		v.Schedule = v.schedule(words.Dates(a, day, on), renewal)
	}
	p := l.newPage("state", c.steps(a)...)
	p.Title, p.Description, p.Data, p.Crumbs = v.heading(), words.Message("description"), v, l.trail()
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

// heading is the outcome, or else the next question.
func (v *stateView) heading() string {
	switch {
	case v.Outcome != nil:
		return v.Outcome.Title
	case v.Notice != "":
		return v.Checker
	case v.Ask != nil:
		return v.Ask.Question
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
			view.Calendar = v.lang.site.Link("api/v1/checkers/"+v.checker.ID+"/deadline.ics") + "?" + query.Encode()
		}
	}
	return view
}

// Choices returns every answer to a question, "I don't know" last. Answers to
// other questions are kept if they still matter.
func (v *stateView) Choices(fact string) (list []choiceView) {
	words, f := v.checker.in(v.lang), v.checker.Fact(fact)
	unknown := answer.Value{ID: answer.Unknown, Label: words.Label(fact, answer.Unknown)}
	for _, value := range append(words.Values(f), unknown) {
		i := v.checker.Value(f, value.ID)
		list = append(list, choiceView{value, v.Link(v.answers.With(f, i)), v.answers.At(f) == i})
	}
	return list
}

// Link returns the address of the state of some answers.
func (v *stateView) Link(a ruleset.Answers) string {
	return v.checker.link(v.lang, v.checker.Canonical(a))
}

// Back returns the address of the state before the last answer, or "".
func (v *stateView) Back() string {
	if len(v.Given) == 0 {
		return ""
	}
	last := v.checker.Fact(v.Given[len(v.Given)-1].Fact)
	return v.checker.link(v.lang, v.answers.With(last, ruleset.Unanswered))
}

// Sections returns the sections that are shown with the outcome.
func (v *stateView) Sections() (list []sectionView) {
	if v.Outcome == nil {
		return nil
	}
	for _, ref := range v.checker.Outcomes[v.checker.Outcome(v.Outcome.ID)].Show {
		path, id, _ := strings.Cut(ref, "#")
		a := v.lang.site.Article(v.lang.Tag, path)
		list = append(list, sectionView{v.lang.citation(ref), v.lang.fill(a.SectionBody(a.Section(id)))})
	}
	return list
}
