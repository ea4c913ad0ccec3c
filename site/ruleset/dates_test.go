package ruleset

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/civil"
)

func TestDays(t *testing.T) {
	r := shipped(t)
	tests := []struct{ name, given, renewal, on, want string }{
		{"contract", "contract=fixed-term", "2027-01-31", "2026-12-01",
			"call-by 2027-01-01, active-until 2027-01-31, data-deleted 2027-05-01"},
		{"the last day itself is in time", "contract=fixed-term", "2027-01-31", "2027-01-01",
			"call-by 2027-01-01, active-until 2027-01-31, data-deleted 2027-05-01"},
		{"a day later is not", "contract=fixed-term", "2027-01-31", "2027-01-02", "call-by 2027-01-01 late"},
		{"no day of asking", "contract=fixed-term", "2027-01-31", "",
			"call-by 2027-01-01, active-until 2027-01-31, data-deleted 2027-05-01"},
		{"over a leap day", "contract=fixed-term", "2028-03-15", "2028-01-01",
			"call-by 2028-02-14, active-until 2028-03-15, data-deleted 2028-06-13"},
		{"not a leap year", "contract=fixed-term", "2027-03-15", "2027-01-01",
			"call-by 2027-02-13, active-until 2027-03-15, data-deleted 2027-06-13"},
		{"over the year's end", "contract=fixed-term", "2027-01-15", "2026-12-16",
			"call-by 2026-12-16, active-until 2027-01-15, data-deleted 2027-04-15"},
		{"monthly", "product=goto-meeting contract=monthly", "2026-11-30", "2026-11-15",
			"active-until 2026-11-30, data-deleted 2027-02-28"},
		{"monthly, the period is over", "contract=monthly", "2026-11-30", "2026-12-05",
			"active-until 2026-11-30 late, data-deleted 2027-02-28"},
		{"trial", "product=goto-meeting contract=trial", "2026-11-30", "2026-11-15", ""},
		{"contract not known", "product=goto-meeting contract=unknown", "2026-11-30", "2026-11-15", ""},
		{"nothing answered", "", "2026-11-30", "2026-11-15", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			on := civil.Date{}
			if tt.on != "" {
				on = mustDate(t, tt.on)
			}
			a := answers(t, r, tt.given)
			var got []string
			for _, d := range r.Schedule(a, Typed{"renewal": tt.renewal}, on).Days() {
				got = append(got,
					strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Dates[d.Date].ID, d.Day, map[bool]string{true: "late"}[d.Late])))
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}
