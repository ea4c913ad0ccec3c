package civil_test

import (
	"fmt"
	"testing"

	"helpcenter/site/civil"
)

func Example() {
	renewal, err := civil.ParseDate("2027-03-01")
	fmt.Println(renewal.AddDays(-30), err)
	_, err = civil.ParseDate("2027-02-29")
	fmt.Println(err)
	// Output:
	// 2027-01-30 <nil>
	// invalid date "2027-02-29" (allowed: 1970-01-01 to 2999-12-31, written as 2027-01-31)
}

func TestAddDays(t *testing.T) {
	for _, tt := range []struct {
		from string
		days int
		want string
	}{
		{"2027-01-31", -30, "2027-01-01"},
		{"2028-03-01", -1, "2028-02-29"},
		{"2027-03-01", -1, "2027-02-28"},
		{"2026-12-31", 1, "2027-01-01"},
		{"2026-10-31", 90, "2027-01-29"},
		{"2100-02-28", 1, "2100-03-01"},
		{"2999-12-31", 1, "3000-01-01"},
		{"2027-01-01", 0, "2027-01-01"},
	} {
		from, err := civil.ParseDate(tt.from)
		if err != nil {
			t.Fatal(err)
		}
		got := from.AddDays(tt.days)
		if got.String() != tt.want {
			t.Errorf("%s %+d days = %s, want %s", tt.from, tt.days, got, tt.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{
		"", "2027-02-29", "2027-1-31", "31/01/2027", "2027-01-31T00:00:00Z",
		"12027-01-31", "1969-12-31", "3000-01-01", "0001-01-01",
	} {
		if d, err := civil.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", s, d)
		}
	}
	for _, s := range []string{"1970-01-01", "2028-02-29", "2999-12-31"} {
		if d, err := civil.ParseDate(s); err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %s, %v", s, d, err)
		}
	}
}
