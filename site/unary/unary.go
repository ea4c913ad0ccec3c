// Package unary reads unary tests of numbers as written in DMN, and divides a range of numbers by such tests.
//
// Numbers are whole steps within a [Domain], never floating-point. A test is an [Interval] of them, such as "< 10",
// "[10..50)", "(1..2]" or "7". [Domain.Cut] divides the domain into cells on which each test either always or never
// holds, so what is proved for all cells is proved for all numbers.
package unary

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Domain is the numbers from Min to Max in steps of Step, all in units of the last decimal: with two Decimals,
// 1.50 is 150.
type Domain struct {
	Min, Max, Step int64
	Decimals       int
}

// An Interval is the numbers from Low to High, both included.
type Interval struct{ Low, High int64 }

// most is the largest number of a domain, in its units.
const most = 1 << 52

// New reads a domain from the digits of its bounds and of its step, which is 1 if empty.
func New(low, high, step string) (d Domain, err error) {
	if step == "" {
		step = "1"
	}
	for _, digits := range []string{low, high, step} {
		_, fraction, _ := strings.Cut(digits, ".")
		d.Decimals = max(d.Decimals, len(fraction))
	}
	for _, part := range []struct {
		digits string
		to     *int64
	}{{low, &d.Min}, {high, &d.Max}, {step, &d.Step}} {
		if *part.to, err = d.units(part.digits); err != nil {
			return Domain{}, err
		}
	}
	switch {
	case d.Step <= 0:
		return Domain{}, fmt.Errorf("step %s is not above 0", step)
	case d.Min >= d.Max:
		return Domain{}, fmt.Errorf("max %s is not above min %s", high, low)
	case (d.Max-d.Min)%d.Step != 0:
		return Domain{}, fmt.Errorf("max %s is not a whole number of steps above min %s", high, low)
	}
	return d, nil
}

// units reads digits, with a point before decimals.
func (d Domain) units(digits string) (int64, error) {
	rest, minus := strings.CutPrefix(digits, "-")
	n, decimals, point, exact := int64(0), 0, -1, true
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == '.' && point < 0 && i > 0:
			point = i
		case c < '0' || c > '9':
			return 0, notNumber(digits)
		case decimals < d.Decimals || point < 0:
			if n = min(n*10+int64(c-'0'), most+1); point >= 0 {
				decimals++
			}
		default:
			exact = exact && c == '0'
		}
	}
	for ; decimals < d.Decimals; decimals++ {
		n = min(n*10, most+1)
	}
	switch {
	case rest == "" || point == len(rest)-1:
		return 0, notNumber(digits)
	case !exact:
		return 0, fmt.Errorf("%s is not a whole number of steps of %s", digits, d.Format(d.Step))
	case n > most:
		return 0, fmt.Errorf("%s is too large a number", digits)
	case minus:
		n = -n
	}
	return n, nil
}

func notNumber(digits string) error {
	return fmt.Errorf("%q is not a number (write digits, such as 1250 or 12.5)", digits)
}

// Parse parses a number of the domain.
func (d Domain) Parse(digits string) (int64, error) {
	n, err := d.units(digits)
	switch {
	case err != nil:
		return 0, err
	case n < d.Min || n > d.Max:
		return 0, fmt.Errorf("%s is not from %s to %s", digits, d.Format(d.Min), d.Format(d.Max))
	case (n-d.Min)%d.Step != 0:
		return 0, fmt.Errorf("%s is not a whole number of steps of %s", digits, d.Format(d.Step))
	}
	return n, nil
}

// Format returns the digits of a number of the domain, with a point before decimals.
func (d Domain) Format(n int64) string {
	if d.Decimals == 0 {
		return strconv.FormatInt(n, 10)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	unit := int64(math.Pow10(d.Decimals))
	return fmt.Sprintf("%s%d.%0*d", sign, n/unit, d.Decimals, n%unit)
}

// Name returns an interval as LOW..HIGH.
func (d Domain) Name(i Interval) string { return d.Format(i.Low) + ".." + d.Format(i.High) }

// ParseName parses an interval written by [Domain.Name].
func (d Domain) ParseName(text string) (i Interval, err error) {
	low, high, ok := strings.Cut(text, "..")
	if !ok {
		i.Low, err = d.Parse(text)
		return Interval{i.Low, i.Low}, err
	}
	if i.Low, err = d.Parse(low); err == nil {
		i.High, err = d.Parse(high)
	}
	if err == nil && i.Low > i.High {
		err = fmt.Errorf("%s is more than %s", low, high)
	}
	return i, err
}

// Test parses a unary test. It returns an error if the test holds for no number of the domain, or names one outside
// it.
func (d Domain) Test(text string) (Interval, error) {
	text = strings.TrimSpace(text)
	i := Interval{d.Min, d.Max}
	var err error
	bound := func(digits string, to *int64, shift int64) {
		n, wrong := d.Parse(strings.TrimSpace(digits))
		if err == nil {
			err = wrong
		}
		*to = n + shift
	}
	switch {
	case strings.HasPrefix(text, "<="):
		bound(text[2:], &i.High, 0)
	case strings.HasPrefix(text, ">="):
		bound(text[2:], &i.Low, 0)
	case strings.HasPrefix(text, "<"):
		bound(text[1:], &i.High, -d.Step)
	case strings.HasPrefix(text, ">"):
		bound(text[1:], &i.Low, d.Step)
	case strings.HasPrefix(text, "["), strings.HasPrefix(text, "("):
		low, high, ok := strings.Cut(text[1:], "..")
		closed, includes := strings.CutSuffix(high, "]")
		opened, excludes := strings.CutSuffix(high, ")")
		if !ok || !includes && !excludes {
			return i, fmt.Errorf("%q is not a range (write it as in [10..50) or (1..2])", text)
		}
		bound(low, &i.Low, map[byte]int64{'(': d.Step}[text[0]])
		if includes {
			bound(closed, &i.High, 0)
		} else {
			bound(opened, &i.High, -d.Step)
		}
	default:
		bound(text, &i.Low, 0)
		i.High = i.Low
	}
	if err == nil && i.Low > i.High {
		err = fmt.Errorf("%q holds for no number from %s to %s", text, d.Format(d.Min), d.Format(d.Max))
	}
	return i, err
}

// Cut divides the domain into the fewest cells that lie entirely inside or outside each interval, in ascending
// order.
func (d Domain) Cut(tests []Interval) []Interval {
	lows := []int64{d.Min}
	for _, t := range tests {
		lows = append(lows, t.Low)
		if t.High < d.Max {
			lows = append(lows, t.High+d.Step)
		}
	}
	slices.Sort(lows)
	lows = slices.Compact(lows)
	cells := make([]Interval, len(lows))
	for i, low := range lows {
		cells[i] = Interval{low, d.Max}
		if i+1 < len(lows) {
			cells[i].High = lows[i+1] - d.Step
		}
	}
	return cells
}

// Within reports whether j contains all of i.
func (i Interval) Within(j Interval) bool { return j.Low <= i.Low && i.High <= j.High }
