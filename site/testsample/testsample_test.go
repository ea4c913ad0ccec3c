package testsample_test

import (
	"slices"
	"testing"

	"helpcenter/site/testsample"
)

func TestOf(t *testing.T) {
	list := []int{0, 1, 2, 3, 4, 5, 6}
	for _, test := range []struct {
		ci   string
		n    int
		want []int
	}{
		{"", 1, []int{0}}, {"", 3, []int{0, 2, 4}}, {"", 7, list}, {"", 9, list}, {"true", 1, list},
	} {
		t.Setenv("CI", test.ci)
		if got := testsample.Of(list, test.n); !slices.Equal(got, test.want) {
			t.Errorf("CI=%s: %d of seven are %v, want %v", test.ci, test.n, got, test.want)
		}
	}
}

func TestSkip(t *testing.T) {
	for ci, want := range map[string]bool{"": true, "true": false} {
		t.Setenv("CI", ci)
		skipped := false
		t.Run("CI="+ci, func(t *testing.T) {
			defer func() { skipped = t.Skipped() }()
			testsample.Skip(t)
		})
		if skipped != want || testsample.Times(6, 2) == 6 == want {
			t.Errorf("CI=%s: skipped is %t", ci, skipped)
		}
	}
}
