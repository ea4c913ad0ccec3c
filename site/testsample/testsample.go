// Package testsample lets tests look at only some of many similar things, so that go test ./... takes two fifths of
// the time. With CI=true, which decides what lands, they look at all of them, and fail if something is missing. It
// is only for tests.
package testsample

import (
	"os"
	"testing"
)

// All reports whether tests look at everything.
func All() bool { return os.Getenv("CI") == "true" }

// Of returns n items of a list, evenly spread and in order, or the whole list if tests look at everything.
func Of[T any](list []T, n int) []T {
	if All() || len(list) <= n {
		return list
	}
	some := make([]T, n)
	for i := range some {
		some[i] = list[i*len(list)/n]
	}
	return some
}

// Times returns how often to repeat a randomized test: all times, or only some.
func Times(all, some int) int {
	if All() {
		return all
	}
	return some
}

// Skip skips a test that shows at length, or in combination, what other tests show one by one.
func Skip(t testing.TB) {
	t.Helper()
	if !All() {
		t.Skip("only CI=true go test runs it")
	}
}

// Missing skips a test that lacks something, or fails it if all tests must run.
func Missing(t testing.TB, advice string) {
	t.Helper()
	if All() {
		t.Fatal(advice)
	}
	t.Skip(advice)
}
