package api

import (
	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/ruleset"
)

// A checkerSummary describes a checker in the list of all.
type checkerSummary struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"` // of its page
}

// A checkerDescription has all questions and answers of a checker.
type checkerDescription struct {
	checkerSummary
	Version   string              `json:"version"`
	Lang      string              `json:"lang"`
	Facts     []factDescription   `json:"facts"`    // in the order of asking
	Outcomes  []answer.Outcome    `json:"outcomes"` // highest first
	Anchors   []anchorDescription `json:"anchors"`  // days that dates are counted from
	Deadlines []string            `json:"deadlines"`
}

type factDescription struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Question string             `json:"question"`
	Hint     string             `json:"hint"`
	Values   []valueDescription `json:"values"`
	FindOut  *answer.Citation   `json:"find_out"`
}

type anchorDescription struct {
	ID       string `json:"id"`
	Question string `json:"question"`
}

type valueDescription struct {
	answer.Value
	Hint string `json:"hint"`
}

func (a *API) summary(id, lang string) checkerSummary {
	words := a.site.Words.Words(lang)
	return checkerSummary{
		id, words.Text(id + ".title"), words.Text(id + ".description"), a.site.Link(site.PagePath(lang, id)),
	}
}

func (a *API) describe(q question) checkerDescription {
	c := a.site.Checker(q.set, q.lang)
	out := checkerDescription{
		checkerSummary: a.summary(q.set.ID, q.lang), Version: q.set.Version(), Lang: q.lang,
		Facts: []factDescription{}, Outcomes: []answer.Outcome{}, Anchors: []anchorDescription{}, Deadlines: []string{},
	}
	for f, fact := range q.set.Facts {
		asks := c.Question(f)
		about := factDescription{
			ID: fact.ID, Name: c.Message("fact." + fact.ID), Question: asks.Question,
			Hint: asks.Hint.Plain, FindOut: asks.FindOut,
		}
		for _, v := range asks.Values {
			about.Values = append(about.Values, valueDescription{v, v.Hint})
		}
		out.Facts = append(out.Facts, about)
	}
	for o := range q.set.Outcomes {
		out.Outcomes = append(out.Outcomes, c.Outcome(o))
	}
	for _, anchor := range q.set.Anchors {
		out.Anchors = append(out.Anchors, anchorDescription{anchor.ID, c.Message("anchor." + anchor.ID)})
	}
	for _, date := range deadlines(q.set) {
		out.Deadlines = append(out.Deadlines, date.ID)
	}
	return out
}

// deadlines returns the dates by which a reader must act.
func deadlines(set *ruleset.Ruleset) (list []ruleset.Date) {
	for _, date := range set.Dates {
		if date.Deadline {
			list = append(list, date)
		}
	}
	return list
}
