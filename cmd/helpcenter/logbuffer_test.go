package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// Lines of many at once arrive whole, and all of them before Close returns.
func TestLogBuffer(t *testing.T) {
	var out bytes.Buffer
	b := newLogBuffer(&out)
	var writers sync.WaitGroup
	for i := range 8 {
		writers.Go(func() {
			for j := range 100 {
				fmt.Fprintf(b, "writer %d, line %d\n", i, j)
			}
		})
	}
	writers.Wait()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 800 {
		t.Errorf("%d lines have arrived, want 800", len(lines))
	}
	for _, line := range lines {
		var i, j int
		if _, err := fmt.Sscanf(line, "writer %d, line %d", &i, &j); err != nil {
			t.Fatalf("%q is no whole line", line)
		}
	}
}
