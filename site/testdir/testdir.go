// Package testdir has the folder in which the tests of builds publish. It is for
// tests only, those of site and of the program.
package testdir

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// InMemory is t.TempDir in memory, if the system has space for it: a build
// waits for the disk, and a test need not.
func InMemory(t testing.TB) string {
	t.Helper()
	const memory, enough = "/dev/shm", 1 << 30
	var disk unix.Statfs_t
	if unix.Statfs(memory, &disk) != nil || int64(disk.Bavail)*int64(disk.Bsize) < enough {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "helpcenter")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
