package ruleset

import "helpcenter/site/civil"

// A Day is a date worked out.
type Day struct {
	Date int // index in Dates
	Day  civil.Date
	Late bool // the day is before the day of asking; on the day itself it is not yet too late
}

// Days returns the dates that stand for the answers, given the day of renewal
// and the day of asking, in the order of the file. When a deadline is past,
// what would have followed from keeping it does not: only deadlines are
// returned then. A zero on asks on no particular day, and nothing is past.
func (r *Ruleset) Days(a Answers, renewal, on civil.Date) []Day {
	days, missed := []Day{}, false
	for i, date := range r.Dates {
		if !r.inside(a, date.When) {
			continue
		}
		d := Day{Date: i, Day: renewal.AddDays(date.Days)}
		d.Late = !on.IsZero() && d.Day.Before(on)
		missed = missed || d.Late && date.Deadline()
		days = append(days, d)
	}
	if missed {
		return deadlines(r, days)
	}
	return days
}

func deadlines(r *Ruleset, days []Day) []Day {
	kept := days[:0]
	for _, d := range days {
		if r.Dates[d.Date].Deadline() {
			kept = append(kept, d)
		}
	}
	return kept
}
