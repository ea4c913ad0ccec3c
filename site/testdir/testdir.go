// Package testdir provides the folder in which tests of builds publish. It is only for tests, those of package site
// and of the program.
package testdir

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// InMemory is like t.TempDir, but in memory if the system has enough space there: builds wait for the disk, and
// tests need not.
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
