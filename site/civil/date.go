// Package civil provides dates without time and zone. Deadlines and the dates of articles are counted in such days,
// so that clock changes and time zones do not move them.
package civil

import (
	"cmp"
	"fmt"
	"time"
)

// A Date is a calendar day. The zero Date is not a day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day on which t falls, in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// The first and the last date that [ParseDate] accepts. Deadlines counted from them still have a year of four
// digits.
var (
	FirstDate = Date{1970, time.January, 1}
	LastDate  = Date{2999, time.December, 31}
)

// ParseDate parses an ISO 8601 date such as 2027-01-31. It refuses days that do not exist, and those before
// [FirstDate] or after [LastDate].
func ParseDate(s string) (Date, error) {
	var d Date
	if len(s) == len(time.DateOnly) && s[4] == '-' && s[7] == '-' {
		d = Date{digits(s[:4]), time.Month(digits(s[5:7])), digits(s[8:])}
	}
	if d.Before(FirstDate) || LastDate.Before(d) || DateOf(d.Time(time.UTC)) != d {
		return Date{}, fmt.Errorf("invalid date %q (allowed: %s to %s, written as 2027-01-31)", s, FirstDate, LastDate)
	}
	return d, nil
}

// digits parses a number. It returns -1 if there are other characters.
func digits(s string) (n int) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the day n days after d, or before it if n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time(time.UTC).AddDate(0, 0, n)) }

// Compare returns -1, 0 or 1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// Time returns the first moment of d in loc.
func (d Date) Time(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// String returns d in ISO 8601, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText returns [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText parses d like [ParseDate]. It ignores the time in a time stamp, which TOML decoders make of a date.
func (d *Date) UnmarshalText(text []byte) error {
	s := string(text)
	if len(s) > len(time.DateOnly) && s[len(time.DateOnly)] == 'T' {
		s = s[:len(time.DateOnly)]
	}
	var err error
	*d, err = ParseDate(s)
	return err
}
