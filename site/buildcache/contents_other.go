//go:build !unix

package buildcache

import (
	"bytes"
	"io"
	"os"
)

// contents reads the whole file, because Save could not replace it while it is open.
func contents(f *os.File) (io.ReaderAt, error) {
	defer f.Close()
	data, err := io.ReadAll(f)
	return bytes.NewReader(data), err
}

// temporary returns nil, since an open file could not be removed.
func temporary() *os.File { return nil }
