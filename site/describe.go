package site

import "helpcenter/rules"

// A checkerSummary is one checker among all.
type checkerSummary struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"` // of its page
}

// A checkerDescription is everything that may be asked and answered.
type checkerDescription struct {
	checkerSummary
	Version   string            `json:"version"`
	Lang      string            `json:"lang"`
	Facts     []factDescription `json:"facts"`    // in the order in which they are asked
	Outcomes  []Outcome         `json:"outcomes"` // the highest first
	Deadlines []string          `json:"deadlines"`
}

type factDescription struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Question string             `json:"question"`
	Hint     string             `json:"hint"`
	Values   []valueDescription `json:"values"`
	FindOut  *Citation          `json:"find_out"`
}

type valueDescription struct {
	Value
	Hint string `json:"hint"`
}

func (a *API) summary(id, lang string) checkerSummary {
	words := a.site.Words.Words(lang)
	return checkerSummary{id, words.Text(id + ".title"), words.Text(id + ".description"), a.site.link(file(lang, id))}
}

func (a *API) describe(q question) checkerDescription {
	id, tell := q.set.ID, a.teller(q)
	out := checkerDescription{
		checkerSummary: a.summary(id, q.lang), Version: q.set.Version(), Lang: q.lang,
		Facts: []factDescription{}, Outcomes: []Outcome{}, Deadlines: []string{},
	}
	for f, fact := range q.set.Facts {
		asks := tell.question(f)
		about := factDescription{
			ID: fact.ID, Name: a.words(q.lang, id+".fact."+fact.ID), Question: asks.Question,
			Hint: a.words(q.lang, id+".fact."+fact.ID+".hint"), FindOut: asks.FindOut,
		}
		for _, v := range asks.Values {
			about.Values = append(about.Values, valueDescription{v, a.words(q.lang, id+".value."+fact.ID+"."+v.ID+".hint")})
		}
		out.Facts = append(out.Facts, about)
	}
	for o := range q.set.Outcomes {
		out.Outcomes = append(out.Outcomes, tell.outcome(o))
	}
	for _, date := range deadlines(q.set) {
		out.Deadlines = append(out.Deadlines, date.ID)
	}
	return out
}

// teller puts what the rules of a question know into the words of its language.
func (a *API) teller(q question) decider {
	return decider{&checker{id: q.set.ID, set: q.set, site: a.site}, a.site.language(q.lang)}
}

// words returns a fixed message, "" where there is no such message.
func (a *API) words(lang, id string) string {
	if words := a.site.Words.Words(lang); words.Has(id) {
		return words.Text(id)
	}
	return ""
}

// deadlines returns the dates by which something must be done.
func deadlines(set *rules.Ruleset) (list []rules.Date) {
	for _, date := range set.Dates {
		if date.Deadline() {
			list = append(list, date)
		}
	}
	return list
}
