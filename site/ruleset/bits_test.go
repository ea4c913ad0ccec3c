package ruleset

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestBits(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		var a, b Bits
		inA, inB := map[int]bool{}, map[int]bool{}
		for range rnd.IntN(40) {
			i, j := rnd.IntN(256), rnd.IntN(256)
			a, b = a.with(i), b.with(j)
			inA[i], inB[j] = true, true
		}
		first := -1
		for i := range 256 {
			if a.Has(i) != inA[i] || a.and(b).Has(i) != (inA[i] && inB[i]) || a.or(b).Has(i) != (inA[i] || inB[i]) ||
				a.minus(b).Has(i) != (inA[i] && !inB[i]) || a.without(i).Has(i) || !a.with(i).Has(i) {
				t.Fatalf("%d in %v and %v", i, a, b)
			}
			if inA[i] && first < 0 {
				first = i
			}
		}
		all := slices.Collect(a.All())
		if len(all) != len(inA) || a.Len() != len(inA) || a.first() != first || !slices.IsSorted(all) ||
			a.Empty() != (len(inA) == 0) {
			t.Fatalf("%v: %v", a, all)
		}
		if !a.and(b).within(b) || a.within(b) != a.minus(b).Empty() {
			t.Fatalf("%v within %v", a, b)
		}
	}
	for _, n := range []int{0, 1, 63, 64, 65, 128, 255, 256} {
		if b := firstBits(n); b.Len() != n || n > 0 && (!b.Has(n-1) || b.Has(n%256) && n < 256) {
			t.Errorf("the first %d: %v", n, b)
		}
	}
}
