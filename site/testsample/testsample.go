// Package testsample has tests look at some of what is alike, so that go test ./... takes two fifths of the time.
// With CI=true, which decides what lands, they look at all of it, and fail if something is missing. It is for tests
// only.
package testsample

import (
	"os"
	"testing"
)

// All reports whether tests look at all there is.
func All() bool { return os.Getenv("CI") == "true" }

// Of returns n of a list, evenly spread and in order, or all of it if tests look at all there is.
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

// Times returns how often to try what chance decides: all times, or only some.
func Times(all, some int) int {
	if All() {
		return all
	}
	return some
}

// Skip ends a test that shows at length, or together, what other tests show one by one.
func Skip(t testing.TB) {
	t.Helper()
	if !All() {
		t.Skip("only CI=true go test runs it")
	}
}

// Missing skips a test that lacks something, or fails it where all tests have to run.
func Missing(t testing.TB, advice string) {
	t.Helper()
	if All() {
		t.Fatal(advice)
	}
	t.Skip(advice)
}
