package site

import (
	"net/url"

	"helpcenter"
	"helpcenter/rules"
)

// A datesView tells what has to be done by when. Without a renewal date it says
// how the dates are counted; with one it gives the days.
type datesView struct {
	Renewal  string // as given, or ""
	Error    string // why it is not taken
	Lines    []dateLine
	Calendar string // the deadline as a file for calendars, from the service
}

type dateLine struct {
	ID   string
	Text string // how it is counted, in words
	Day  string // the date in words, or ""
	Late bool

	// For a script that counts the days where no service does: how many from the
	// renewal, and the words around the date.
	Days              int
	Pattern, LateText string
}

// dates returns the dates that stand for a decision on the day of asking, or nil
// for none. A zero renewal is none given.
func (v *stateView) dates(d rules.Decision, renewal, on helpcenter.Date) *datesView {
	c, l := v.checker, v.lang
	if d.Dates.Empty() {
		return nil
	}
	view := &datesView{Renewal: renewal.String()}
	if renewal.IsZero() {
		for i := range d.Dates.All() {
			view.Lines = append(view.Lines, c.dateLine(l, i))
		}
		return view
	}
	for _, day := range c.set.Days(d.Answers, renewal, on) {
		line := c.dateLine(l, day.Date)
		line.Day = l.Format(c.dateID(day.Date), "Date", l.Date(day.Day))
		line.Late = day.Late && line.LateText != ""
		if c.set.Dates[day.Date].Deadline() && !day.Late {
			query := url.Values{fieldLang: {l.Tag}, fieldRenewal: {view.Renewal}}
			view.Calendar = c.site.link("api/v1/checkers/"+c.id+"/deadline.ics") + "?" + query.Encode()
		}
		view.Lines = append(view.Lines, line)
	}
	return view
}

func (c *checker) dateID(i int) string { return c.id + ".date." + c.set.Dates[i].ID }

func (c *checker) dateLine(l *language, i int) dateLine {
	date, id := c.set.Dates[i], c.dateID(i)
	line := dateLine{ID: date.ID, Text: l.Text(id + ".text"), Days: date.Days, Pattern: l.Format(id, "Date", "{date}")}
	if date.Deadline() {
		line.LateText = l.Text(id + ".late")
	}
	return line
}
