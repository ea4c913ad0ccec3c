package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
)

// headroom is how many bytes of garbage may gather while a service answers: those
// of some ten thousand requests.
const headroom = 16 << 20

// makeRoom readies the garbage collector for the making of a site, which takes a
// lot of memory for some seconds. What it returns gives that back, and readies it
// for the time in which the site is served: what is held hardly changes then and is
// mostly bytes, in which there is nothing to look for. So it can run often, and as
// much garbage as there is to hold need not gather. Where GOGC is set it holds at
// all times, as GOMEMLIMIT does.
func makeRoom() (giveBack func()) {
	collectAt(100)
	return func() {
		debug.FreeOSMemory()
		collectAt(int(100 * headroom / max(liveHeap(), headroom)))
	}
}

// buildMemory is what a build keeps within, in bytes, where that is enough: some
// 20,000 articles.
const buildMemory = 470 << 20

// limitMemory sets that limit, and lets a build use what is below it: garbage is
// collected seldom until the limit is near, which saves some 3 % of the CPU, and
// often in the short time in which an index is made. What it returns takes all
// that back. Where GOMEMLIMIT or GOGC is set, that holds.
func limitMemory() (lift func()) {
	before := debug.SetMemoryLimit(-1)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(buildMemory)
	}
	collectAt(300)
	return func() {
		debug.SetMemoryLimit(before)
		collectAt(100)
	}
}

// fits reports whether the rest of a build will find room within the limit beside
// what has been read. If it did not, it would collect garbage most of the time.
func fits() bool { return liveHeap() < 3*buildMemory/4 }

// collectAt makes the garbage collector run when there is so much garbage, in
// percent of what is held.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// liveHeap returns how many bytes were in use when garbage was last collected.
func liveHeap() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return live[0].Value.Uint64()
}
