package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/sys/unix"

	"helpcenter/site"
)

// The disk has space for one and a half sites, so the second version does not fit beside the first.
func TestBuildOnAFullDisk(t *testing.T) {
	p := newPublisher(t)
	blocks := int64(0)
	err := siteOf(t, p.versions[0]).Each(func(_ site.File, data []byte) error {
		atomic.AddInt64(&blocks, int64(len(data)+4095)/4096)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	disk := filepath.Dir(p.public)
	err = unix.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d", blocks*4096*3/2))
	if errors.Is(err, unix.EPERM) {
		t.Skip("only root may mount a small disk; TestBuildWithALimit needs no rights")
	} else if err != nil {
		t.Skip("a small disk cannot be mounted here: ", err)
	}
	t.Cleanup(func() { unix.Unmount(disk, 0) })
	p.mustBuild(0)
	p.refused(p.build(1, "--no-cache"))
	p.mustBuild(0)
}

// A limit on the size of a file also ends a build halfway.
func TestBuildWithALimit(t *testing.T) {
	p := newPublisher(t)
	p.mustBuild(0)
	build := p.build(1, "--no-cache")
	limited := exec.Command("sh", append([]string{"-c", `ulimit -f 16; exec "$0" "$@"`}, build.Args...)...)
	limited.Env = build.Env
	p.refused(limited)
	p.mustBuild(1)
}

// refused checks that a build without space fails and says why and what to do, that version 0 is still published,
// and that nothing is left behind.
func (p *publisher) refused(cmd *exec.Cmd) {
	p.Helper()
	var said bytes.Buffer
	cmd.Stderr = &said
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFindings {
		p.Errorf("it ended with %v: %s", err, &said)
	}
	for _, words := range []string{p.public, "disk space", "is unchanged", "--out"} {
		if !strings.Contains(said.String(), words) {
			p.Errorf("it does not say %q: %s", words, &said)
		}
	}
	if got := p.whole(); got != 0 {
		p.Errorf("there stands version %d", got)
	}
	p.alone()
	if _, err := os.Lstat(p.staging()); err == nil {
		p.Error("what it had begun is still there")
	}
}
