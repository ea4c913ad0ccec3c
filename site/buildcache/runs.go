package buildcache

import "iter"

// Runs divides items, in order, among runs of which each makes one value. A run ends with an item of which ends is
// true, and has at most so many items. As long as ends looks at nothing but the item, an item more or less changes the
// run that it is in, and few others.
func Runs[T any](items []T, most int, ends func(T) bool) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		first := 0
		for i, item := range items {
			if next := i + 1; ends(item) || next-first == most || next == len(items) {
				if !yield(items[first:next]) {
					return
				}
				first = next
			}
		}
	}
}
