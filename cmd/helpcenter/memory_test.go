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
