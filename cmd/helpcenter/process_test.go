package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A process runs serve as in production: as a process of its own, which gets signals and can die.
type process struct {
	*testing.T
	cmd   *exec.Cmd
	base  string // the address at which it answers
	log   lastLines
	ended chan struct{}
}

// startProcess runs serve with the given arguments and additional environment, and waits until it answers.
func startProcess(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	p := &process{T: t, ended: make(chan struct{})}
	p.cmd = exec.Command("helpcenter", append([]string{"serve"}, args...)...)
	p.cmd.Env = append(append(os.Environ(), fmt.Sprint(testTime, "=", moment), "XDG_CACHE_HOME="+t.TempDir()), env...)
	p.cmd.Stderr = &p.log
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	go func() {
		io.Copy(io.Discard, out)
		p.cmd.Wait()
		close(p.ended)
	}()
	if err != nil {
		<-p.ended
		t.Fatalf("serve ended: %s", p.log.text())
	}
	p.base = regexp.MustCompile(`http://\S+`).FindString(line)
	return p
}

// address returns the host and port of the process.
func (p *process) address() string {
	return strings.TrimSuffix(strings.TrimPrefix(p.base, "http://"), "/")
}

func (p *process) signal(s os.Signal) {
	p.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.Fatal(err)
	}
}

// kill ends the process immediately, if it still runs.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// stop ends the process as a service manager does, and checks that it ends well.
func (p *process) stop() {
	p.Helper()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		p.Fatal("serve does not stop")
	}
	if !p.cmd.ProcessState.Success() {
		p.Errorf("serve ended with %s: %s", p.cmd.ProcessState, p.log.text())
	}
}

// measures holds the metrics of a process, by name and labels.
type measures map[string]float64

func (p *process) measures() measures {
	p.Helper()
	values := measures{}
	for line := range strings.Lines(p.read("metrics")) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			values[name] = n
		}
	}
	return values
}

// read returns the response of the process for a path.
func (p *process) read(path string) string {
	p.Helper()
	answer, err := http.Get(p.base + path)
	if err != nil {
		p.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.Fatal(err)
	}
	return string(body)
}

// waitFor waits until a metric has reached a value.
func (p *process) waitFor(measure string, value float64) {
	p.Helper()
	for limit := time.Now().Add(2 * time.Minute); p.measures()[measure] < value; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(limit) {
			p.Fatalf("%s is %v, and not %v: %s", measure, p.measures()[measure], value, p.log.text())
		}
	}
}

// lastLines keeps the end of what is written to it.
type lastLines struct {
	mu  sync.Mutex
	end bytes.Buffer
}

func (l *lastLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.end.Len() > 64<<10 {
		l.end.Next(l.end.Len() / 2)
	}
	return l.end.Write(p)
}

func (l *lastLines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.end.String()
}
