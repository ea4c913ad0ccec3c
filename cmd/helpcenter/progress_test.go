package main

import (
	"testing"
	"time"

	"helpcenter"
)

func TestProgressLine(t *testing.T) {
	for _, tt := range []struct {
		done, total int
		want        string
	}{
		{0, 0, "render and write"},
		{0, 1000, "render and write"},
		{90, 1000, "render and write: 90 of 1000, 45 a second"},
		{100, 1000, "render and write: 100 of 1000, 50 a second, 18s left"},
		{1000, 1000, "render and write: 1000 of 1000, 500 a second, 0s left"},
	} {
		stage := helpcenter.Stage{Name: "render and write", Took: 2 * time.Second, Done: tt.done, Total: tt.total}
		if got := progressLine(stage); got != tt.want {
			t.Errorf("%d of %d: %q, want %q", tt.done, tt.total, got, tt.want)
		}
	}
}
