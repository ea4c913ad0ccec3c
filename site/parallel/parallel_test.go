package parallel_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"helpcenter/site/parallel"
)

func ExampleMap() {
	fmt.Println(parallel.Map([]string{"a", "b", "c"}, strings.ToUpper))
	// Output: [A B C]
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func TestMapKeepsTheOrder(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		got := parallel.Map(numbers(n), func(i int) int { return -i })
		if len(got) != n {
			t.Fatalf("%d results for %d items", len(got), n)
		}
		for i, v := range got {
			if v != -i {
				t.Errorf("result %d is %d, want %d", i, v, -i)
			}
		}
	}
}

func TestForEachStopsAtAnError(t *testing.T) {
	failed := errors.New("failed")
	const all = 100_000
	var calls atomic.Int64
	err := parallel.ForEach(t.Context(), slices.Values(numbers(all)), func(i int) error {
		calls.Add(1)
		return failed
	})
	if err != failed {
		t.Errorf("error %v, want %v", err, failed)
	}
	if n := calls.Load(); n == 0 || n == all {
		t.Errorf("%d calls of %d", n, all)
	}
}

func TestForEachStopsWithItsContext(t *testing.T) {
	stopped := errors.New("stopped")
	ctx, stop := context.WithCancelCause(t.Context())
	const all = 100_000
	var calls atomic.Int64
	err := parallel.ForEach(ctx, slices.Values(numbers(all)), func(int) error {
		calls.Add(1)
		stop(stopped)
		return nil
	})
	if err != stopped {
		t.Errorf("error %v, want %v", err, stopped)
	}
	if n := calls.Load(); n == 0 || n == all {
		t.Errorf("%d calls of %d", n, all)
	}
}
