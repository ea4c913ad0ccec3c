package civil

import (
	"math/rand/v2"
	"testing"
	"time"
)

// An almanac counts days one by one, and knows months by the days on which they begin.
type almanac struct{ free map[string]bool }

func (o almanac) works(d time.Time) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !o.free[d.Format(time.DateOnly)]
}

func (o almanac) from(d time.Time, s Step) time.Time {
	way := 1
	if s.Count < 0 {
		way = -1
	}
	switch s.Unit {
	case Days:
		for range max(s.Count, -s.Count) {
			d = d.AddDate(0, 0, way)
		}
	case WorkingDays:
		for left := max(s.Count, -s.Count); left > 0; {
			if d = d.AddDate(0, 0, way); o.works(d) {
				left--
			}
		}
	case Months:
		day := d.Day()
		d = d.AddDate(0, 0, 1-day)
		for range max(s.Count, -s.Count) {
			d = d.AddDate(0, way, 0)
		}
		for month := d.Month(); day > 1 && d.AddDate(0, 0, 1).Month() == month; day-- {
			d = d.AddDate(0, 0, 1)
		}
	}
	switch s.Round {
	case monthEnd:
		for d.AddDate(0, 0, 1).Day() != 1 {
			d = d.AddDate(0, 0, 1)
		}
	case workingDayBefore, workingDayAfter:
		for ; !o.works(d); d = d.AddDate(0, 0, map[string]int{workingDayBefore: -1, workingDayAfter: 1}[s.Round]) {
		}
	}
	return d
}

// Every day of 30 years with small steps, and random days of a thousand years with large ones.
func TestStepsAgreeWithAnOracle(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	o := almanac{map[string]bool{}}
	var holidays Holidays
	first := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := first; d.Year() < 2045; d = d.AddDate(0, 0, 1+random.IntN(30)) {
		holidays = append(holidays, DateOf(d))
		o.free[d.Format(time.DateOnly)] = true
	}
	check := func(d time.Time, s Step) {
		got, want := s.From(DateOf(d), holidays), DateOf(o.from(d, s))
		if got != want {
			t.Errorf("%s %+d %s %s is %s, want %s", d.Format(time.DateOnly), s.Count, s.Unit, s.Round, got, want)
		}
	}
	units, rounds := []string{"", Days, Months, WorkingDays}, append(Roundings, "")
	pick := func(most int) Step {
		unit := units[random.IntN(len(units))]
		return Step{Unit: unit, Count: random.IntN(2*most+1) - most, Round: rounds[random.IntN(len(rounds))]}
	}
	for d := first; d.Year() < 2045; d = d.AddDate(0, 0, 1) {
		for range 4 {
			check(d, pick(30))
		}
	}
	for range 500 {
		check(time.Date(1970+random.IntN(1030), 1, 1+random.IntN(366), 0, 0, 0, 0, time.UTC), pick(1200))
	}
}
