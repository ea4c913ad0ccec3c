//go:build unix

package buildcache

import (
	"io"
	"os"
)

// contents returns the file itself, which stays readable after Save replaces it.
func contents(f *os.File) (io.ReaderAt, error) { return f, nil }

// temporary returns a new file that disappears when the program ends, or nil if it cannot be created.
func temporary() *os.File {
	f, err := os.CreateTemp("", "helpcenter-*")
	if err != nil {
		return nil
	}
	os.Remove(f.Name())
	return f
}
