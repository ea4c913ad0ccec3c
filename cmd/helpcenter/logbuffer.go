package main

import (
	"bufio"
	"io"
	"sync"
	"time"
)

// A logBuffer gathers lines and writes them a moment later, many at a time: one
// write a request costs as much as the request. Close writes the rest.
type logBuffer struct {
	mu   sync.Mutex
	w    *bufio.Writer
	stop chan struct{}
}

// logDelay is how long a line may wait.
const logDelay = 100 * time.Millisecond

func newLogBuffer(w io.Writer) *logBuffer {
	b := &logBuffer{w: bufio.NewWriterSize(w, 64<<10), stop: make(chan struct{})}
	go b.flushing()
	return b
}

// Write takes whole lines.
func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.w.Write(line)
}

func (b *logBuffer) flushing() {
	tick := time.NewTicker(logDelay)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			b.flush()
		case <-b.stop:
			return
		}
	}
}

func (b *logBuffer) flush() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.w.Flush()
}

// Close ends the buffer.
func (b *logBuffer) Close() error {
	close(b.stop)
	return b.flush()
}
