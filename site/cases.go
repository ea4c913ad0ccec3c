package site

import (
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/ruleset"
)

// A casesView is the page of all cases: the whole decision table, merged until
// no two rows can be.
type casesView struct {
	Start  string
	Notice string // while the rules are not in force
	Facts  []string
	Rows   []caseRow
	Cases  string
}

type caseRow struct {
	ID      string
	Cells   []caseCell
	Outcome string
	Reasons []answer.Reason
}

// A caseCell lists the values of one fact; Any stands for all.
type caseCell struct {
	Fact, Values string
	Any          bool
}

func (c *checker) casesPage(l *Language) *page {
	words := c.in(l)
	title := words.Message("title")
	v := casesView{
		Start: c.link(l, ruleset.Answers{}), Notice: words.Notice(c.site.today), Cases: l.Plural("checker.cases", c.Set.Cases()),
	}
	for _, f := range c.Set.Facts {
		v.Facts = append(v.Facts, words.Message("fact."+f.ID))
	}
	for _, row := range c.Set.Rows() {
		outcome := words.Outcome(row.Outcome)
		v.Rows = append(v.Rows, caseRow{row.ID, caseCells(words, v.Facts, row), outcome.Title, words.Reasons(row.Reasons)})
	}
	return &page{
		Language: l, site: c.site, file: PagePath(l.Tag, c.ID, "all"), twins: c.site.everywhere(c.ID, "all"), in: c.site.Langs,
		Title: l.Format("checker.all.title", "Checker", title), Description: l.Text("checker.all.description"),
		Main: "cases", Data: v, Crumbs: c.site.trail(l, crumb{title, v.Start}),
	}
}

func caseCells(words answer.Checker, facts []string, row ruleset.Row) (cells []caseCell) {
	for f, fact := range words.Set.Facts {
		var labels []string
		for value := range row.When[f].All() {
			labels = append(labels, words.Label(fact.ID, fact.Values[value]))
		}
		cells = append(cells, caseCell{facts[f], strings.Join(labels, ", "), len(labels) == len(fact.Values)})
	}
	return cells
}
