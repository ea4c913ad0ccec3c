package main

import (
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"sync"
	"text/tabwriter"
	"time"

	"helpcenter"
)

// progress is a terminal whose last line says how far work has come. What is
// written to it stands above that line.
type progress struct {
	terminal *os.File
	meter    *helpcenter.Meter
	mu       sync.Mutex
	shown    bool
	done     chan struct{}
}

// How often the line is written, and from when on: what is over sooner needs none.
const (
	progressEvery = 200 * time.Millisecond
	eraseLine     = "\r\x1b[K"
)

// showProgress returns what to write to instead of w, and what ends it. Where w is
// no terminal it stays as it is.
func showProgress(w io.Writer, meter *helpcenter.Meter) (io.Writer, func()) {
	terminal, ok := w.(*os.File)
	if !ok || columns(terminal) == 0 {
		return w, func() {}
	}
	p := &progress{terminal: terminal, meter: meter, done: make(chan struct{})}
	go p.run()
	return p, sync.OnceFunc(func() {
		close(p.done)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.erase()
	})
}

func (p *progress) run() {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.done:
			return
		case <-tick.C:
			p.show()
		}
	}
}

// show writes the line, cut where the terminal would go on in the next row: only
// one is erased.
func (p *progress) show() {
	stages, _ := p.meter.Stages()
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.done: // its end has erased the line
		return
	default:
	}
	p.erase()
	if n := len(stages); n > 0 {
		line, room := progressLine(stages[n-1]), max(0, columns(p.terminal)-1)
		io.WriteString(p.terminal, line[:min(len(line), room)])
		p.shown = true
	}
}

func (p *progress) erase() {
	if p.shown {
		io.WriteString(p.terminal, eraseLine)
		p.shown = false
	}
}

func (p *progress) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	return p.terminal.Write(data)
}

// progressLine says what is done of a stage, how fast, and how long the rest will
// take, as soon as a tenth tells: stages begin slowly.
func progressLine(s helpcenter.Stage) string {
	if s.Total == 0 || s.Done == 0 {
		return s.Name
	}
	rate := float64(s.Done) / s.Took.Seconds()
	line := fmt.Sprintf("%s: %d of %d, %.0f a second", s.Name, s.Done, s.Total, rate)
	if s.Done < s.Total/10 {
		return line
	}
	left := time.Duration(float64(s.Total-s.Done) / rate * float64(time.Second))
	return line + fmt.Sprintf(", %s left", left.Round(time.Second))
}

// printTimings writes where the time went. Tasks ran within the stages.
func printTimings(w io.Writer, meter *helpcenter.Meter) {
	stages, tasks := meter.Stages()
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(name string, took time.Duration) {
		fmt.Fprintf(t, "%.3f s\t  %s\n", took.Seconds(), name)
	}
	for _, s := range stages {
		line(s.Name, s.Took)
	}
	for _, s := range tasks {
		line(s.Name+" (meanwhile)", s.Took)
	}
	t.Flush()
}

// startProfile writes a profile of all that happens until stop; "" is none.
func startProfile(file string) (stop func(), err error) {
	if file == "" {
		return func() {}, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}
