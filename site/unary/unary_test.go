package unary_test

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/unary"
)

func ExampleDomain_Cut() {
	d, _ := unary.New("1", "10000", "")
	small, _ := d.Test("< 10")
	middle, _ := d.Test("[10..50)")
	for _, cell := range d.Cut([]unary.Interval{small, middle}) {
		fmt.Println(d.Name(cell))
	}
	// Output:
	// 1..9
	// 10..49
	// 50..10000
}

// Each test holds for exactly the numbers that it should, tried on every number.
func TestTests(t *testing.T) {
	d, err := unary.New("-2", "3", "0.5")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"< 0": "-2 -1.5 -1 -0.5", "<=-1.5": "-2 -1.5", "> 2": "2.5 3", ">= 2.5": "2.5 3", "0.5": "0.5", " 1.0 ": "1",
		"[0..1]": "0 0.5 1", "(0..1]": "0.5 1", "[0..1)": "0 0.5", "(0..1)": "0.5",
		"[-2..3]": "-2 -1.5 -1 -0.5 0 0.5 1 1.5 2 2.5 3",
	} {
		i, err := d.Test(text)
		var got []string
		for n := i.Low; n <= i.High && err == nil; n += d.Step {
			got = append(got, strings.TrimSuffix(d.Format(n), ".0"))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "<", "< x", "< -2", "> 3", "(1..1]", "[2..1]", "[1..2", "[1]", "4", "-3", "0.25", "0.333", "1e3", "1,5", "=1",
		"[1...2]", "--1", "1.",
		"99999999999999999999",
	} {
		if i, err := d.Test(text); err == nil {
			t.Errorf("%q is read as %s", text, d.Name(i))
		}
	}
}

func TestDomains(t *testing.T) {
	for _, bad := range [][3]string{
		{"1", "1", ""}, {"2", "1", ""}, {"0", "1", "0"}, {"0", "1", "-1"}, {"0", "1", "0.3"}, {"a", "1", ""}, {"", "1", ""},
	} {
		if d, err := unary.New(bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("%v: %v", bad, d)
		}
	}
}

// Every number is in exactly one cell, and no test divides a cell.
func FuzzCut(f *testing.F) {
	f.Add("< 10", "[3..7)", "(12..20]")
	f.Add("0", "> 19", ">= 5")
	f.Fuzz(func(t *testing.T, x, y, z string) {
		d, _ := unary.New("0", "20", "")
		var tests []unary.Interval
		for _, text := range []string{x, y, z} {
			if i, err := d.Test(text); err == nil {
				tests = append(tests, i)
			}
		}
		next := d.Min
		for _, cell := range d.Cut(tests) {
			back, err := d.ParseName(d.Name(cell))
			if cell.Low != next || cell.High < cell.Low || err != nil || back != cell {
				t.Fatalf("%v comes where %d is next", cell, next)
			}
			next = cell.High + d.Step
			for _, test := range tests {
				if !cell.Within(test) && cell.Low <= test.High && test.Low <= cell.High {
					t.Errorf("%v parts %v", test, cell)
				}
			}
		}
		if next != d.Max+1 {
			t.Errorf("the cells end before %d", next)
		}
	})
}
