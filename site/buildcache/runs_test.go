package buildcache_test

import (
	"fmt"
	"slices"
	"testing"

	"helpcenter/site/buildcache"
)

func TestRuns(t *testing.T) {
	seven := func(n int) bool { return n%7 == 0 }
	for _, test := range []struct {
		items []int
		want  string
	}{
		{nil, "[]"},
		{[]int{1}, "[[1]]"},
		{[]int{1, 7, 2}, "[[1 7] [2]]"},
		{[]int{1, 2, 3, 4, 5, 7, 14}, "[[1 2 3 4] [5 7] [14]]"},
		{[]int{1, 2, 3, 4, 7, 5, 6, 7}, "[[1 2 3 4] [7] [5 6 7]]"},
		{[]int{1, 2, 3, 7, 4, 5, 6, 8}, "[[1 2 3 7] [4 5 6 8]]"},
	} {
		if got := fmt.Sprint(slices.Collect(buildcache.Runs(test.items, 4, seven))); got != test.want {
			t.Errorf("%v is %s, want %s", test.items, got, test.want)
		}
	}
}
