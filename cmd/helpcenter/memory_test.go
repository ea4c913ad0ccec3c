package main

import (
	"runtime/debug"
	"testing"
)

// collectedAt returns the percentage at which garbage is collected.
func collectedAt() int {
	percent := debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	return percent
}

func TestMemory(t *testing.T) {
	before := collectedAt()
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "")
	held := make([]byte, 8*headroom)
	giveBack := makeRoom()
	if percent := collectedAt(); percent != 100 {
		t.Errorf("while a site is made garbage is collected at %d %%", percent)
	}
	giveBack()
	if percent := collectedAt(); percent < 1 || percent > 100/8 {
		t.Errorf("beside eight times as much as the headroom it is collected at %d %%", percent)
	}
	clear(held)
	t.Setenv("GOGC", "70")
	debug.SetGCPercent(70)
	makeRoom()()
	if percent := collectedAt(); percent != 70 {
		t.Errorf("with GOGC=70 it is collected at %d %%", percent)
	}
}

func TestLimitMemory(t *testing.T) {
	percent, limit := collectedAt(), debug.SetMemoryLimit(-1)
	defer func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) }()
	for _, tt := range []struct {
		gogc, memlimit string // as the environment has them
		percent        int
		limit          int64
	}{
		{"", "", 300, buildMemory},
		{"70", "", 70, buildMemory},
		{"", "1GiB", 300, 1 << 30},
	} {
		t.Setenv("GOGC", tt.gogc)
		t.Setenv("GOMEMLIMIT", tt.memlimit)
		debug.SetGCPercent(70)
		debug.SetMemoryLimit(1 << 30)
		lift := limitMemory()
		if p, l := collectedAt(), debug.SetMemoryLimit(-1); p != tt.percent || l != tt.limit {
			t.Errorf("GOGC=%s GOMEMLIMIT=%s: collected at %d %% within %d, want %d and %d", tt.gogc, tt.memlimit, p, l, tt.percent, tt.limit)
		}
		lift()
		if l := debug.SetMemoryLimit(-1); l != 1<<30 {
			t.Errorf("GOGC=%s GOMEMLIMIT=%s: afterwards the limit is %d", tt.gogc, tt.memlimit, l)
		}
	}
}
