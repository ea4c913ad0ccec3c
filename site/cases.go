package site

import (
	"strings"

	"helpcenter/rules"
)

// A casesView is the page of all cases: the whole decision table, merged until
// no two rows can be.
type casesView struct {
	Checker string
	Start   string
	Facts   []string
	Rows    []caseRow
	Cases   string
}

type caseRow struct {
	ID      string
	Cells   []caseCell
	Outcome string
	Good    bool
	Reasons []reasonView
}

// A caseCell lists the values of one fact; Any stands for all.
type caseCell struct {
	Fact, Values string
	Any          bool
}

func (c *checker) casesPage(l *language) *page {
	title := l.Text(c.id + ".title")
	v := casesView{Checker: title, Start: c.link(l, rules.Answers{}), Cases: l.Plural("checker.cases", c.set.Cases())}
	for _, f := range c.set.Facts {
		v.Facts = append(v.Facts, l.Text(c.id+".fact."+f.ID))
	}
	state := &stateView{checker: c, lang: l}
	for _, row := range c.set.Rows() {
		v.Rows = append(v.Rows, state.row(v.Facts, row))
	}
	return &page{
		language: l, site: c.site, file: file(l.Tag, c.id, "all"), twins: c.site.everywhere(c.id, "all"), in: c.site.langs,
		Title: l.Format("checker.all.title", "Checker", title), Description: l.Text("checker.all.description"),
		Main: "cases", Data: v, Crumbs: c.site.trail(l, crumb{title, v.Start}),
	}
}

func (v *stateView) row(facts []string, row rules.Row) caseRow {
	c, l := v.checker, v.lang
	o := c.set.Outcomes[row.Outcome]
	view := caseRow{ID: row.ID, Outcome: l.Text(c.id + ".outcome." + o.ID), Good: o.Alone}
	for f, fact := range c.set.Facts {
		cell := caseCell{Fact: facts[f], Any: row.When[f].Len() == len(fact.Values)}
		var labels []string
		for value := range row.When[f].All() {
			labels = append(labels, c.label(l, fact.ID, fact.Values[value]))
		}
		cell.Values = strings.Join(labels, ", ")
		view.Cells = append(view.Cells, cell)
	}
	for i := range row.Reasons.All() {
		rule := c.set.Rules[i]
		view.Reasons = append(view.Reasons, reasonView{l.Text(c.id + ".rule." + rule.ID), v.cite(rule.Cite)})
	}
	return view
}
