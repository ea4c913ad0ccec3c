package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"helpcenter"
)

// openTerminal returns a terminal of a width, and what shows on it.
func openTerminal(t *testing.T, width int) (terminal, screen *os.File) {
	t.Helper()
	open := func(name string) *os.File {
		f, err := os.OpenFile(name, os.O_RDWR|unix.O_NOCTTY, 0)
		if err != nil {
			t.Skipf("there are no terminals here: %v", err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	screen = open("/dev/ptmx")
	fd := int(screen.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(width)})
	}
	if err != nil {
		t.Fatal(err)
	}
	return open(fmt.Sprint("/dev/pts/", number)), screen
}

// The line stays in one row of the terminal, which is what erasing it erases.
func TestProgressFitsTheTerminal(t *testing.T) {
	const stage = "render and write and do more than fits into a narrow row, be it ever so true of the work"
	for _, tt := range []struct {
		width int
		want  string
	}{
		{0, stage[:79]}, // unknown
		{1, ""},
		{30, stage[:29]},
		{200, stage},
	} {
		terminal, screen := openTerminal(t, tt.width)
		meter := new(helpcenter.Meter)
		meter.Begin(stage, 0)
		_, end := showProgress(terminal, meter)
		got := readUntil(t, screen, eraseLine)
		end()
		if got != tt.want {
			t.Errorf("a terminal of %d columns shows %q, want %q", tt.width, got, tt.want)
		}
	}
}

// A terminal may be closed while the work goes on.
func TestProgressWithoutItsTerminal(t *testing.T) {
	terminal, screen := openTerminal(t, 80)
	p := &progress{terminal: terminal, meter: new(helpcenter.Meter), done: make(chan struct{})}
	p.meter.Begin("render and write", 0)
	screen.Close()
	p.show()
	p.erase()
}

// readUntil returns what comes before a text.
func readUntil(t *testing.T, r io.Reader, text string) string {
	t.Helper()
	var all []byte
	for buf := make([]byte, 1024); ; {
		n, err := r.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, buf[:n]...)
		if before, _, ok := bytes.Cut(all, []byte(text)); ok {
			return string(before)
		}
	}
}

// What is no terminal is written to as it is.
func TestNoProgressWithoutTerminal(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, w := range []io.Writer{null, new(strings.Builder)} {
		got, end := showProgress(w, new(helpcenter.Meter))
		end()
		if got != w {
			t.Errorf("%T %v is taken for a terminal", w, w)
		}
	}
}
