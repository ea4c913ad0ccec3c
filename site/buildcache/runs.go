package buildcache

import "iter"

// Runs divides items, in order, into runs, each of which becomes one value. A run ends with an item for which ends
// is true, or when it has most items. As long as ends looks only at the item itself, adding or removing an item
// changes the run it is in and few others.
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
