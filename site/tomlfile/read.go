package tomlfile

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
)

// maxSize is the most bytes of a file. No writer's file comes near it.
const maxSize = 1 << 20

// Read returns the content of a file, but not more than [Decode] needs to report that it is too large. A pipe is
// read like a file.
func Read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, cmp.Or(err, errors.New("not a regular file"))
	}
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}
