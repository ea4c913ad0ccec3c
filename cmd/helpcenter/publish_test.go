package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"helpcenter/site/testsample"
)

var kills = flag.Int("kills", testsample.Times(6, 2), "how many builds TestKilledBuilds kills")

// TestKilledBuilds kills builds at random moments: half of them between start and end, half after everything is
// written, while the site is swapped and the old one removed. After each kill the site is complete, either the old
// one or the new one, and the next build removes what the killed one left. To run many:
//
//	go test ./cmd/helpcenter -run TestKilledBuilds -kills 200 -timeout 30m -v
func TestKilledBuilds(t *testing.T) {
	p := newPublisher(t)
	p.mustBuild(0)
	written, all := p.duration(1)
	landed := map[string]int{}
	killed := 0
	for try := 0; killed < *kills; try++ {
		version := try % 2
		wait := time.Duration(rand.Float64() * float64(all))
		if try/2%2 == 1 { // the swap comes soon after the last file
			wait = -time.Duration(math.Pow(rand.Float64(), 3) * float64(all-written))
		}
		if phase := p.kill(version, wait); phase != tooLate {
			killed++
			landed[phase]++
		}
		p.whole()
		p.mustBuild(version)
	}
	for _, phase := range phases {
		t.Logf("%3d of %d killed %s", landed[phase], killed, phase)
	}
}

// duration returns how long a build takes until everything is written, and until its end.
func (p *publisher) duration(version int) (written, all time.Duration) {
	p.Helper()
	cmd, began := p.build(version), time.Now()
	ended := p.start(cmd)
	p.waitForManifest(ended)
	written = time.Since(began)
	<-ended
	return written, time.Since(began)
}

// start runs a process; ended is closed when it has ended.
func (p *publisher) start(cmd *exec.Cmd) (ended chan struct{}) {
	p.Helper()
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	ended = make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	return ended
}

// waitForManifest waits until a build has written its last file.
func (p *publisher) waitForManifest(ended chan struct{}) {
	for {
		if _, err := os.Lstat(filepath.Join(p.staging(), manifestName)); err == nil {
			return
		}
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Microsecond):
		}
	}
}

// The phases of a build in which it can be killed.
var phases = []string{"before it wrote", "while it wrote", "between writing and the swap",
	"while it removed the old site", "after that"}

// tooLate means that the build had already ended.
const tooLate = "too late"

// kill kills a build some time after its start or, if wait is negative, that long after everything is written. It
// tells the phase from what is left.
func (p *publisher) kill(version int, wait time.Duration) (phase string) {
	p.Helper()
	before, err := os.Stat(p.public)
	if err != nil {
		p.Fatal(err)
	}
	cmd := p.build(version)
	ended := p.start(cmd)
	if wait < 0 {
		p.waitForManifest(ended)
	}
	time.Sleep(max(wait, -wait))
	cmd.Process.Kill()
	<-ended
	after, err := os.Stat(p.public)
	if err != nil {
		p.Fatalf("there is no site: %v", err)
	}
	_, unfinished := os.Lstat(p.staging())
	_, written := os.Lstat(filepath.Join(p.staging(), manifestName))
	switch old := os.SameFile(before, after); {
	case cmd.ProcessState.Success():
		return tooLate
	case old && unfinished != nil:
		return phases[0]
	case old && written != nil:
		return phases[1]
	case old:
		return phases[2]
	case unfinished == nil:
		return phases[3]
	}
	return phases[4]
}

// Two builds of the same folder at the same time run one after the other.
func TestTwoBuildsAtOnce(t *testing.T) {
	p := newPublisher(t)
	for range 2 {
		var both [2]*exec.Cmd
		var said [2]bytes.Buffer
		for v := range both {
			both[v] = p.build(v)
			both[v].Stderr = &said[v]
			if err := both[v].Start(); err != nil {
				t.Fatal(err)
			}
		}
		for v, cmd := range both {
			if err := cmd.Wait(); err != nil {
				t.Errorf("version %d: %v: %s", v, err, &said[v])
			}
		}
		p.whole()
		p.alone()
	}
}

// A build that is interrupted, even while it waits for another, ends at the first signal and leaves everything as
// it was.
func TestInterruptedBuild(t *testing.T) {
	p := newPublisher(t)
	p.mustBuild(0)
	begun := func(*exec.Cmd) bool { _, err := os.Stat(p.staging()); return err == nil }
	for tries := 10; !p.interrupt(begun); tries-- {
		if tries == 1 {
			t.Fatal("interrupted builds say that all is well")
		}
		p.mustBuild(0)
	}

	parent, err := os.Open(filepath.Dir(p.public))
	if err == nil {
		err = syscall.Flock(int(parent.Fd()), syscall.LOCK_EX)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer parent.Close()
	from := time.Now()
	waits := func(build *exec.Cmd) bool { // it has opened the folder whose lock it waits for
		open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", build.Process.Pid))
		return len(open) == 0 && time.Since(from) > time.Second ||
			slices.ContainsFunc(open, func(fd string) bool { to, _ := os.Readlink(fd); return to == parent.Name() })
	}
	if !p.interrupt(waits) {
		t.Error("a build has not waited for another")
	}
}

// interrupt interrupts a build of version 1 once it has begun, and checks that version 0 is still published. It
// returns false if the build has succeeded: on a busy machine, the interruption may come too late.
func (p *publisher) interrupt(begun func(*exec.Cmd) bool) (inTime bool) {
	p.Helper()
	cmd := p.build(1)
	ended := p.start(cmd)
	for waiting := true; waiting && !begun(cmd); {
		select {
		case <-ended:
			waiting = false
		case <-time.After(time.Millisecond):
		}
	}
	cmd.Process.Signal(os.Interrupt)
	select {
	case <-ended:
	case <-time.After(time.Minute):
		cmd.Process.Kill()
		p.Fatal("one interruption was not enough")
	}
	if cmd.ProcessState.Success() {
		return false
	}
	if got := p.whole(); got != 0 {
		p.Errorf("version %d is published", got)
	}
	p.alone()
	return true
}

// Files that are the same in two versions of the shipped site keep their times, and the usual tool can read the
// manifest.
func TestPublishedFiles(t *testing.T) {
	testsample.Skip(t)
	p := newPublisherOf(t, "goto-meeting/billing", func(dir string) { copyFolders(t, dir) })
	p.mustBuild(0)
	times, bodies := map[string]time.Time{}, map[string]string{}
	p.eachFile(func(name string, info fs.FileInfo) { times[name], bodies[name] = info.ModTime(), p.read(name) })
	p.mustBuild(1)
	same := 0
	p.eachFile(func(name string, info fs.FileInfo) {
		if body, ok := bodies[name]; ok && body == p.read(name) {
			same++
			if !info.ModTime().Equal(times[name]) {
				t.Errorf("%s has not changed, and its time has", name)
			}
		}
	})
	if same == 0 {
		t.Error("the versions have no file in common")
	}
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("there is no sha256sum (apt-get install coreutils)")
	}
	cmd := exec.Command("sha256sum", "--check", "--strict", "--quiet", manifestName)
	cmd.Dir = p.public
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("sha256sum: %v: %s", err, said)
	}
}
