package site

import "helpcenter"

// The days that a question may name, so that the dates counted from them are
// of four-digit years too.
var (
	firstDay = helpcenter.Date{Year: 1970, Month: 1, Day: 1}
	lastDay  = helpcenter.Date{Year: 2999, Month: 12, Day: 31}
)

// parseDay reads a day that a question names.
func parseDay(text string) (helpcenter.Date, bool) {
	day, err := helpcenter.ParseDate(text)
	return day, err == nil && !day.Before(firstDay) && !lastDay.Before(day)
}
