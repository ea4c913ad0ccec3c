//go:build !unix

package buildcache

import (
	"io"
	"os"
)

// contents reads the file.
func contents(f *os.File, _ int) ([]byte, error) { return io.ReadAll(f) }
