package site

import (
	"net/url"
	"strings"

	"helpcenter/site/answer"
	"helpcenter/site/civil"
)

// A scheduleView says what is due when. Without a renewal date it says how the
// dates are counted; a script of the page counts them too, and writes them in the
// same words.
type scheduleView struct {
	Dates    []dateView
	Renewal  string // as the reader typed it
	Invalid  bool   // it is not a date
	Over     bool   // it has passed
	Calendar string // address of the deadline as a calendar file, or ""
	Months   string // their names, and the days of a month, for the script, with "|" between
	Days     string
	Long     string // a date with {day}, {month} and {year}
}

// A dateView is a date that may have passed.
type dateView struct {
	answer.Date
	Over bool
}

// schedule returns nil without dates.
func (v *stateView) schedule(dates []answer.Date, typed string, renewal, on civil.Date) *scheduleView {
	if len(dates) == 0 {
		return nil
	}
	view := &scheduleView{
		Renewal: typed, Invalid: typed != "" && renewal.IsZero(), Over: !renewal.IsZero() && renewal.Before(on),
	}
	months, days, long := v.lang.DateParts()
	view.Months, view.Days, view.Long = strings.Join(months, "|"), strings.Join(days, "|"), long
	for _, date := range dates {
		view.Dates = append(view.Dates, dateView{date, !date.Date.IsZero() && date.Date.Before(on)})
		if date.Day != "" && date.Late != "" && !date.Past {
			query := url.Values{answer.FieldLang: {v.lang.Tag}, answer.FieldRenewal: {typed}}
			view.Calendar = v.lang.site.Link("api/v1/checkers/"+v.checker.ID+"/deadline.ics") + "?" + query.Encode()
		}
	}
	return view
}
