// Package parallel does the same work for many items at once, in as many goroutines as there are processors.
// [ForEach] takes items one by one and stops at an error; [Map] maps a list to a list.
package parallel

import (
	"cmp"
	"context"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// queued is the most items that wait for a goroutine.
const queued = 64

// ForEach calls f for each item. One goroutine takes the items from the sequence, in order; calls end in any order.
// After the first error, or when ctx ends, no more items are taken; once all calls have returned, ForEach returns
// that error or the cause of ctx's end.
func ForEach[T any](ctx context.Context, items iter.Seq[T], f func(T) error) error {
	group, going := errgroup.WithContext(ctx)
	queue := make(chan T, queued)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for item := range queue {
				if err := f(item); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for item := range items {
		select {
		case queue <- item:
			continue
		case <-going.Done():
		}
		break
	}
	close(queue)
	return cmp.Or(group.Wait(), context.Cause(ctx))
}

// Map returns the results of f for each item, in the order of the items.
func Map[S, T any](items []S, f func(S) T) []T {
	made := make([]T, len(items))
	indexes := func(yield func(int) bool) {
		for i := range items {
			if !yield(i) {
				return
			}
		}
	}
	ForEach(context.Background(), indexes, func(i int) error {
		made[i] = f(items[i])
		return nil
	})
	return made
}
