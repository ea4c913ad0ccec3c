package site

import (
	"helpcenter"
	"helpcenter/rules"
)

// datedPage is the page of a state with the days counted from a renewal date, as
// the reader has typed it, on the day of asking.
func (c *checker) datedPage(l *language, a rules.Answers, renewal string, on helpcenter.Date) *page {
	p := c.statePage(l, a)
	v := p.Data.(*stateView)
	if v.Dates == nil {
		return p
	}
	var day helpcenter.Date
	if wrong := readDay(field{fieldRenewal, renewal}, &day); wrong != nil {
		v.Dates.Renewal, v.Dates.Error = renewal, l.Text("checker.renewal.error")
		return p
	}
	v.Dates = v.dates(c.set.Decide(a), day, on)
	return p
}
