package locale

import (
	"strconv"

	"helpcenter/site/civil"
)

// Ids of the messages for dates.
const (
	dateLong  = "date.long"
	dateDay   = "date.day"
	dateMonth = "date.month." // followed by the month's number
)

// ownNeeds returns the messages that this package itself shows.
func (c *Catalog) ownNeeds() []Need {
	needs := []Need{
		{ID: dateLong, Fields: []string{"Day", "Month", "Year"}},
		{ID: dateDay, Fields: []string{"Day", "Count"}},
	}
	for month := 1; month <= 12; month++ {
		needs = append(needs, Need{ID: dateMonth + strconv.Itoa(month)})
	}
	for i := range needs {
		needs[i].Pos = c.fallback.placeFor(needs[i].ID)
	}
	return needs
}

// resolveDates computes the text of every day and the name of every month. Missing messages leave them empty;
// [Catalog.Require] reports them.
func (w *Words) resolveDates() {
	for n := 1; n < len(w.months); n++ {
		w.months[n] = w.fixed[dateMonth+strconv.Itoa(n)]
	}
	for n := 1; n < len(w.days); n++ {
		w.days[n], _ = w.localize(dateDay, n, values{"Day": strconv.Itoa(n), "Count": strconv.Itoa(n)})
	}
}

// Date formats a day as the language does, such as 3 March 2025. For the zero date it returns "".
func (w *Words) Date(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.must(dateLong, nil, values{"Day": w.days[d.Day], "Month": w.months[d.Month], "Year": strconv.Itoa(d.Year)})
}

// DateParts returns what [Words.Date] makes dates of, for a script that does the same: the months, the days of a
// month up to the last that is not written as its number, and a date with {day}, {month} and {year}.
func (w *Words) DateParts() (months, days []string, long string) {
	long = w.must(dateLong, nil, values{"Day": "{day}", "Month": "{month}", "Year": "{year}"})
	last := len(w.days) - 1
	for last > 0 && w.days[last] == strconv.Itoa(last) {
		last--
	}
	return w.months[1:], w.days[1 : last+1], long
}
