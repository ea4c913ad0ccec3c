package civil

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Step leads from one day to another: a number of units forward, or back if it is negative, and then to the
// nearest day of some kind.
type Step struct {
	Unit  string // [Days], [Months], [WorkingDays] or "" for none
	Count int
	Round string // one of [Roundings] or "" for none
}

// Units of a [Step].
const (
	Days        = "days"
	Months      = "months" // to the same day, or the month's last
	WorkingDays = "working_days"
)

const (
	monthEnd         = "end-of-month"
	workingDayBefore = "working-day-before"
	workingDayAfter  = "working-day-after"
)

// Roundings are the days that a [Step] may end on.
var Roundings = []string{monthEnd, workingDayBefore, workingDayAfter}

// From returns the day that a step leads to.
func (s Step) From(d Date, holidays Holidays) Date {
	switch s.Unit {
	case Days:
		d = d.AddDays(s.Count)
	case Months:
		d = d.addMonths(s.Count)
	case WorkingDays:
		d = holidays.add(d, s.Count)
	}
	switch s.Round {
	case monthEnd:
		d = d.endOfMonth()
	case workingDayBefore:
		d = holidays.nearest(d, -1)
	case workingDayAfter:
		d = holidays.nearest(d, 1)
	}
	return d
}

// Works reports whether a step depends on which days are working days.
func (s Step) Works() bool {
	return s.Unit == WorkingDays || s.Round == workingDayBefore || s.Round == workingDayAfter
}

// String returns the step in a form for scripts, such as "months=1 end-of-month".
func (s Step) String() string {
	var parts []string
	if s.Unit != "" {
		parts = append(parts, fmt.Sprintf("%s=%d", s.Unit, s.Count))
	}
	if s.Round != "" {
		parts = append(parts, s.Round)
	}
	return strings.Join(parts, " ")
}

// addMonths returns the same day of another month, or its last day if it is shorter.
func (d Date) addMonths(n int) Date {
	first := DateOf(time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
	return Date{first.Year, first.Month, min(d.Day, first.endOfMonth().Day)}
}

func (d Date) endOfMonth() Date {
	return DateOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC))
}

// DaysSince returns the number of days from e to d, which is negative if d comes first.
func (d Date) DaysSince(e Date) int {
	return d.number() - e.number()
}

// number counts the days since some day in the year 0.
func (d Date) number() int {
	year, month := d.Year, int(d.Month)
	if month < 3 { // so that a leap day is the last of its year
		year, month = year-1, month+12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*month-457)/5 + d.Day
}

// Holidays are the days, in order, that are not working days, besides Saturdays and Sundays.
type Holidays []Date

func (h Holidays) works(d Date) bool {
	weekday := d.Time(time.UTC).Weekday()
	_, free := slices.BinarySearchFunc(h, d, Date.Compare)
	return !free && weekday != time.Saturday && weekday != time.Sunday
}

// add returns the n-th working day after d, or before it if n is negative; if n is 0, d itself.
func (h Holidays) add(d Date, n int) Date {
	step := 1
	if n < 0 {
		step = -1
	}
	for n != 0 {
		if d = d.AddDays(step); h.works(d) {
			n -= step
		}
	}
	return d
}

// nearest returns d if it is a working day, else the next working day in the direction of step.
func (h Holidays) nearest(d Date, step int) Date {
	for !h.works(d) {
		d = d.AddDays(step)
	}
	return d
}
