package site

import (
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/ruleset"
)

// A casesView is the page of all cases: the whole decision table, with rows merged
// as far as possible.
type casesView struct {
	Start  string
	Notice string // while the rules are not in force
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

// A caseCell lists values of one fact; Any means all.
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

func (l *language) cases(c *checker, start string) casesView {
	words := c.in(l)
	v := casesView{
		Start: start, Notice: words.Notice(l.site.today), Cases: l.Plural("checker.cases", c.Cases()),
	}
	for _, f := range c.Facts {
		v.Facts = append(v.Facts, words.Message("fact."+f.ID))
	}
	for _, row := range c.Rows() {
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
