package ruleset

import (
	"math/rand/v2"
	"testing"
)

// checkRows checks that every case is in exactly one row, with its verdict, and that no two rows can be merged.
func checkRows(t *testing.T, r *Ruleset) {
	t.Helper()
	rows := r.Rows()
	for a := range cases(r) {
		v, _ := r.eval(a)
		in := 0
		for _, row := range rows {
			if r.inside(a, row.When) {
				in++
				if row.Outcome != v.Outcome || row.Reasons != v.Hits {
					t.Errorf("%v is in a row of another verdict", r.Segments(a))
				}
			}
		}
		if in != 1 {
			t.Errorf("%v is in %d rows", r.Segments(a), in)
		}
	}
	ids := map[string]bool{}
	for i, x := range rows {
		if ids[x.ID] {
			t.Errorf("two rows are called %q", x.ID)
		}
		ids[x.ID] = true
		for _, y := range rows[:i] {
			differ := 0
			for f := range x.When {
				if x.When[f] != y.When[f] {
					differ++
				}
			}
			if x.Reasons == y.Reasons && differ <= 1 {
				t.Errorf("rows %q and %q could be one", x.ID, y.ID)
			}
		}
	}
}

func TestRowsCoverAllCasesOnce(t *testing.T) {
	r := shipped(t)
	checkRows(t, r)
	if n := len(r.Rows()); n != 10 {
		t.Errorf("%d rows", n)
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		checkRows(t, randomRules(rnd))
	}
}

func TestRowsAreTheSameEachTime(t *testing.T) {
	for range 20 {
		rows, again := shipped(t).Rows(), shipped(t).Rows()
		for i := range rows {
			w := words{shipped(t)}
			if rows[i].ID != again[i].ID || w.boxWords(rows[i].When) != w.boxWords(again[i].When) {
				t.Fatalf("row %d: %q, then %q", i, rows[i].ID, again[i].ID)
			}
		}
	}
}
