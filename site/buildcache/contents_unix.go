//go:build unix

package buildcache

import (
	"os"

	"golang.org/x/sys/unix"
)

// contents maps the file into memory until the program ends: copying 150 MB would
// take ten times as long. The mapping stays valid when Save replaces the file.
func contents(f *os.File, size int) ([]byte, error) {
	return unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ, unix.MAP_PRIVATE)
}
