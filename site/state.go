package site

import (
	"cmp"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// A stateView is the data of one state of a checker: a question, an outcome, or both if another answer may add to
// the outcome.
type stateView struct {
	answer.Decision
	Checker  string // the question that the checker answers
	Step     string // the number of the question, and of how many
	Schedule *scheduleView
	All      string // address of the page of all cases

	checker *checker
	lang    *language
	words   answer.Checker // the checker's words given the answers
	answers ruleset.Answers
	typed   ruleset.Typed
}

// A choiceView is an answer to a question, with a link to the state it leads to.
type choiceView struct {
	answer.Value
	Link    string
	Current bool
	Unknown bool   // whether it is "I don't know"
	Letter  string // in a long alphabetical list: the letter, if it is the first answer that begins with it
}

// A choiceGroup is answers that belong together: either one part of those to the next question, usually the only
// one and without a name, or all those to an earlier question, under its name.
type choiceGroup struct {
	Name    string
	Choices []choiceView
}

// A choicesView is all answers to a question. If there are many they can be filtered, and have letters unless they
// are in groups.
type choicesView struct {
	Groups  []choiceGroup
	Count   string // for many answers: how many are left, with {number}
	Letters []string
	Sets    bool // whether each answer is some values of a set
}

type sectionView struct {
	*answer.Citation
	HTML template.HTML
}

// pages returns the pages of every state of the checker, and that of all cases.
func (c *checker) pages(l *language) []pageFile {
	pages := []pageFile{{
		path: l.path(c.ID, "all"), text: c.cited,
		make: func(l *language) *page { return casesPage(l, l.site.checker(c.ID)) },
	}}
	if c.HasMore() {
		pages = append(pages, pageFile{
			path: l.path(c.ID, openStep), text: c.cited, unlisted: true,
			make: func(l *language) *page { return openPage(l, l.site.checker(c.ID)) },
		})
	}
	for a := range c.States() {
		pages = append(pages, pageFile{
			path: l.path(c.steps(a)...), text: c.cited, unlisted: a != (ruleset.Answers{}), decided: true,
			make: func(l *language) *page { return statePage(l, l.site.checker(c.ID), a, nil, civil.Date{}) },
		})
	}
	return pages
}

// state returns the view of some canonical answers. Dates are counted from what the reader typed, on the day of
// asking, or on that of the site if on is zero.
func (l *language) state(c *checker, a ruleset.Answers, typed ruleset.Typed, on civil.Date) *stateView {
	if on.IsZero() {
		on = l.site.today
	}
	words := c.in(l).With(a, typed, on)
	v := &stateView{
		Decision: words.Decide(a, typed, on), checker: c, lang: l, words: words, answers: a, typed: typed,
		Checker: words.Message("title"), All: l.link(c.ID, "all"),
	}
	if v.Outcome != nil {
		v.Schedule = v.schedule(typed, on)
	}
	if v.Ask != nil {
		v.Step = l.Format("checker.step", "Number", len(v.Given)+1, "Total", len(c.Facts))
	}
	return v
}

// statePage returns the page of a state.
func statePage(l *language, c *checker, a ruleset.Answers, typed ruleset.Typed, on civil.Date) *page {
	v := l.state(c, a, typed, on)
	p := l.newPage("state", c.steps(a)...)
	p.Title, p.Description, p.Data, p.Crumbs = v.heading(), c.in(l).Message("description"), v, l.trail()
	for _, g := range v.Given {
		if g.Fact == productFact && g.Value != answer.Unknown {
			p.Product = g.Value
		}
	}
	p.unpublished = !c.IsPage(a)
	if len(v.Given) > 0 {
		p.Crumbs = append(p.Crumbs, crumb{v.Checker, c.link(l, ruleset.Answers{})})
	}
	return p
}

// openPage returns the page for states with too many unknown facts. A service computes those; in a folder of files
// the page lists what they depend on.
func openPage(l *language, c *checker) *page {
	words := c.in(l)
	v := &stateView{
		Decision: words.Decide(ruleset.Answers{}, nil, l.site.today), checker: c, lang: l, words: words,
		Checker: words.Message("title"), All: l.link(c.ID, "all"),
	}
	v.Ask, v.Deciding = nil, nil
	for f := range c.Facts {
		v.Deciding = append(v.Deciding, words.Question(f))
	}
	p := l.newPage("state", c.ID, openStep)
	p.Title, p.Description, p.Data = v.heading(), words.Message("description"), v
	p.Crumbs = l.trail(crumb{v.Checker, c.link(l, ruleset.Answers{})})
	return p
}

// An inputView is the field for a number, a day or a set.
type inputView struct {
	Fact, Type, Min, Max, Step string
	Values                     []answer.Value // of a set
}

// Input returns the field in which the next question can be answered, or nil if the fact has none.
func (v *stateView) Input() *inputView {
	fact := v.checker.Facts[v.checker.Fact(v.Ask.Fact)]
	switch d := fact.Domain; fact.Type {
	case ruleset.Number:
		return &inputView{Fact: fact.ID, Type: "number", Min: d.Format(d.Min), Max: d.Format(d.Max), Step: d.Format(d.Step)}
	case ruleset.Days:
		return &inputView{Fact: fact.ID, Type: "date"}
	case ruleset.SetOf:
		view := &inputView{Fact: fact.ID}
		for _, element := range fact.Elements {
			label := v.checker.in(v.lang).Label(fact.ID, element)
			view.Values = append(view.Values, answer.Value{ID: element, Label: label})
		}
		return view
	}
	return nil
}

// heading returns the outcome, or else the next question.
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

// Kind says how the outcome is presented: "yes", "wait" if the reader can reach a better one, "none" if there is
// nothing to do, and otherwise "help".
func (v *stateView) Kind() string {
	switch {
	case v.Outcome.Good:
		return "yes"
	case len(v.Changes) > 0:
		return "wait"
	case v.Outcome.Action == nil:
		return "none"
	}
	return "help"
}

// contactLink is the id of the link to support in site.toml.
const contactLink = "contact"

// Asks reports whether the action of the outcome is to ask support.
func (v *stateView) Asks() bool { return v.Outcome.Action != nil && v.Outcome.Action.ID == contactLink }

// Contact returns the link to support, or nil if that is the action itself or there is no action.
func (v *stateView) Contact() *answer.Action {
	if v.Outcome.Action == nil || v.Asks() {
		return nil
	}
	return v.lang.action(contactLink)
}

// An askView is the next question of a checker, shown on another page.
type askView struct {
	Title, Step, Question string
	Choices               []choiceView // only the first ones of many
	More                  string       // address of the page with the others, or ""
}

// firstChoices is how many answers to a checker's first question other pages show.
const firstChoices = 4

// firstQuestion returns the first question of the first checker, or nil.
func (l *language) firstQuestion() *askView {
	if len(l.site.checkers) == 0 {
		return nil
	}
	return l.ask(l.site.checkers[0], ruleset.Answers{}, firstChoices)
}

// ask returns what a checker asks after some answers, or nil if it asks nothing. It has no more than most
// choices, or all of them if most is negative.
func (l *language) ask(c *checker, a ruleset.Answers, most int) *askView {
	v := l.state(c, a, nil, civil.Date{})
	if v.Ask == nil {
		return nil
	}
	ask := &askView{Title: v.Checker, Step: v.Step, Question: v.Ask.Question}
	for _, group := range v.choices(v.Ask.Fact) {
		ask.Choices = append(ask.Choices, group.Choices...)
	}
	if most >= 0 && len(ask.Choices) > most {
		ask.Choices, ask.More = ask.Choices[:most], c.link(l, a)
	}
	return ask
}

// choices returns the answers to a question by their parts, with "I don't know" last. Answers to other questions
// are kept if they still matter.
func (v *stateView) choices(fact string) (parts []choiceGroup) {
	words, f := v.checker.in(v.lang), v.checker.Fact(fact)
	values := words.Values(f)
	for _, part := range words.Parts(f) {
		group := choiceGroup{Name: part.Name}
		for _, i := range part.Values {
			group.add(v, f, i, values[i])
		}
		parts = append(parts, group)
	}
	if last := &parts[len(parts)-1]; !v.checker.Facts[f].NoUnknown {
		i := v.checker.Value(f, answer.Unknown, civil.Date{})
		last.add(v, f, i, answer.Value{ID: answer.Unknown, Label: words.Label(fact, answer.Unknown)})
	}
	return slices.DeleteFunc(parts, func(g choiceGroup) bool { return len(g.Choices) == 0 })
}

// add adds an answer to a question unless it is impossible.
func (g *choiceGroup) add(v *stateView, fact, value int, words answer.Value) {
	if with := v.answers.With(fact, value); v.checker.Possible(with) {
		g.Choices = append(g.Choices, choiceView{
			Value: words, Link: v.Link(with), Current: v.answers.At(fact) == value, Unknown: words.ID == answer.Unknown,
		})
	}
}

// Choices returns the possible answers to the next question.
func (v *stateView) Choices() choicesView {
	f := v.checker.Fact(v.Ask.Fact)
	view := choicesView{Groups: v.choices(v.Ask.Fact), Sets: v.checker.Facts[f].Type == ruleset.SetOf}
	if len(v.checker.Facts[f].Values) > answer.Long {
		view.Count = v.lang.Format("search.found", "Number", "{number}")
	}
	if !v.checker.in(v.lang).InLetters(f) || len(view.Groups) > 1 {
		return view
	}
	for i := range view.Groups[0].Choices {
		choice := &view.Groups[0].Choices[i]
		letter := answer.Letter(choice.Label)
		if choice.ID != answer.Unknown && !slices.Contains(view.Letters, letter) {
			choice.Letter, view.Letters = letter, append(view.Letters, letter)
		}
	}
	return view
}

// Earlier returns the questions already answered, each with its possible answers.
func (v *stateView) Earlier() (list []choiceGroup) {
	for _, g := range v.Given {
		list = append(list, choiceGroup{g.Name, v.others(g.Fact)})
	}
	return list
}

// mostChanges is how many other answers to an earlier question a page links to.
const mostChanges = 12

// others returns the possible answers to an answered question: all of them, or if there are very many, the given
// one and a link back to the question.
func (v *stateView) others(fact string) (list []choiceView) {
	f := v.checker.Fact(fact)
	if len(v.checker.Facts[f].Values) > mostChanges {
		before := v.answers
		for later := f; later < len(v.checker.Facts); later++ {
			before = before.With(later, ruleset.Unanswered)
		}
		label := v.checker.in(v.lang).Label(fact, v.Facts[fact])
		return []choiceView{
			{Value: answer.Value{Label: label}, Current: true},
			{Value: answer.Value{Label: v.lang.Text("checker.more")}, Link: v.Link(before)},
		}
	}
	for _, group := range v.choices(fact) {
		list = append(list, group.Choices...)
	}
	return list
}

// Link returns the address of the state with some answers. It keeps the numbers and days that were typed for them.
func (v *stateView) Link(a ruleset.Answers) string {
	state, _ := v.checker.Page(a)
	link, kept := v.checker.link(v.lang, state), url.Values{}
	for _, typed := range v.Typed() {
		if f := v.checker.Fact(typed.ID); f < 0 || a.At(f) == v.answers.At(f) {
			kept.Set(typed.ID, typed.Typed)
		}
	}
	switch {
	case len(kept) == 0:
		return link
	case strings.Contains(link, "?"):
		return link + "&" + kept.Encode()
	}
	return link + "?" + kept.Encode()
}

// Typed returns the numbers and days that were typed.
func (v *stateView) Typed() (list []answer.Source) {
	for _, id := range slices.Sorted(maps.Keys(v.typed)) {
		list = append(list, answer.Source{ID: id, Typed: v.typed[id]})
	}
	return list
}

// Back returns the address of the state before the last answer, or "".
func (v *stateView) Back() string {
	if len(v.Given) == 0 {
		return ""
	}
	last := v.checker.Fact(v.Given[len(v.Given)-1].Fact)
	return v.Link(v.answers.With(last, ruleset.Unanswered))
}

// Sections returns the sections shown with the outcome, and the checkers, with their descriptions.
func (v *stateView) Sections() (list []sectionView) {
	for _, ref := range v.checker.Outcomes[v.checker.Outcome(v.Outcome.ID)].Show {
		shown := sectionView{Citation: v.words.Refer(ref)}
		switch {
		case ruleset.NamesChecker(ref):
			about := template.HTMLEscapeString(v.lang.Text(ref + ".description"))
			shown.HTML = template.HTML("<p>" + about + "</p>")
		case !ruleset.IsAddress(ref):
			shown = citedSection(v.lang, ref)
		}
		list = append(list, shown)
	}
	return list
}

// A wayView is a way to a better outcome.
type wayView struct {
	Steps       []wayStep
	Title, Link string // of the better outcome
}

type wayStep struct {
	Text answer.Text
	Cite *answer.Citation // the section with details
}

// Ways returns what the reader can do to reach a better outcome.
func (v *stateView) Ways() (ways []wayView) {
	for _, change := range v.Changes {
		way, next := wayView{Title: change.Title, Link: v.Link(change.Answers)}, change.How
		for f, fact := range v.checker.Facts {
			if _, ok := change.Set[fact.ID]; ok {
				way.Steps = append(way.Steps, wayStep{next[0], v.obstacle(f)})
				next = next[1:]
			}
		}
		ways = append(ways, way)
	}
	return ways
}

// obstacle returns the section cited by the reason that depends on a fact, or nil.
func (v *stateView) obstacle(fact int) *answer.Citation {
	for _, reason := range v.Reasons {
		for _, rule := range v.checker.Rules {
			if rule.ID == reason.Rule && rule.When[fact].Len() < len(v.checker.Facts[fact].Values) {
				return reason.Cite
			}
		}
	}
	return nil
}

// Request returns the answers as a text that a reader can send to support.
func (v *stateView) Request() string {
	lines := []string{v.Checker + " " + v.Outcome.Title}
	for _, g := range v.Given {
		lines = append(lines, pair(v.lang, g.Name, g.Label))
	}
	return strings.Join(lines, "\n")
}

// A scheduleView says what is due when. Dates whose source has not been typed say how they are counted; the page's
// script counts them too, and words them in the same way.
type scheduleView struct {
	Dates    []dateView
	Sources  []sourceView
	Kept     []answer.Source // other numbers and days that were typed
	Calendar string          // address of the deadlines as a calendar file, or ""
	Save     string          // text of the link to it
	Holidays string          // for the script, separated by " "
	Months   string          // month names, and days that are more than numbers, for the script, separated by "|"
	Days     string
	Long     string // a date with {day}, {month} and {year} in place of its parts
}

// A dateView is a date that may have passed.
type dateView struct {
	answer.Date
	Over bool
}

// A sourceView is a field for a day from which dates are counted.
type sourceView struct {
	answer.Source
	Invalid, Past bool
	Last          bool   // whether its row has the button
	Low, High     string // for a fact: the range of its answer, as distances in days from the day of asking
}

// schedule returns the schedule of the state, or nil if it has no dates.
func (v *stateView) schedule(typed ruleset.Typed, on civil.Date) *scheduleView {
	words := v.checker.in(v.lang)
	dates := words.Dates(v.answers, typed, on)
	if len(dates) == 0 {
		return nil
	}
	view := &scheduleView{Save: cmp.Or(words.Optional("calendar"), v.lang.Text("checker.calendar"))}
	months, days, long := v.lang.DateParts()
	view.Months, view.Days, view.Long = strings.Join(months, "|"), strings.Join(days, "|"), long
	view.Kept = v.Typed()
	for _, source := range words.Sources(v.answers, typed) {
		view.Sources = append(view.Sources, v.source(source, on))
		view.Kept = slices.DeleteFunc(view.Kept, func(kept answer.Source) bool { return kept.ID == source.ID })
	}
	view.Sources[len(view.Sources)-1].Last = true
	var holidays []string
	for _, day := range v.checker.Holidays {
		holidays = append(holidays, day.String())
	}
	view.Holidays = strings.Join(holidays, " ")
	for _, date := range dates {
		view.Dates = append(view.Dates, dateView{date, !date.Date.IsZero() && date.Date.Before(on)})
		if !date.Date.IsZero() && date.Late.Plain != "" && !date.Past {
			view.Calendar = v.calendar(typed)
		}
	}
	return view
}

func (v *stateView) source(source answer.Source, on civil.Date) sourceView {
	day, err := civil.ParseDate(source.Typed)
	view := sourceView{Source: source, Invalid: source.Typed != "" && err != nil}
	view.Past = err == nil && source.Over.Plain != "" && day.Before(on)
	if f := v.checker.Fact(source.ID); f >= 0 && v.answers.At(f) >= 0 {
		cell := v.checker.Facts[f].Cells[v.answers.At(f)]
		view.Low, view.High = strconv.FormatInt(cell.Low, 10), strconv.FormatInt(cell.High, 10)
	}
	return view
}

// calendar returns the address of a calendar file with the deadlines for what was answered and typed.
func (v *stateView) calendar(typed ruleset.Typed) string {
	query := url.Values{ruleset.FieldLang: {v.lang.Tag}}
	for _, g := range v.Given {
		query.Set(g.Fact, g.Value)
	}
	for id, text := range typed {
		query.Set(id, text)
	}
	return v.lang.site.Link("api/v1/checkers/"+v.checker.ID+"/deadline.ics") + "?" + query.Encode()
}
