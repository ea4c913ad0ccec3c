package source

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"helpcenter/site/library"
)

// A visible is a file system that hides the files that editors and systems leave behind: its folders list nothing
// that is [library.Ignored] or, if hidden files are visible, nothing that is [library.Junk].
type visible struct {
	fs.FS
	hidden bool
}

func (v visible) Open(name string) (fs.File, error) {
	f, err := v.FS.Open(name)
	if dir, ok := f.(fs.ReadDirFile); ok && err == nil {
		return visibleDir{dir, v.hidden}, nil
	}
	return f, err
}

type visibleDir struct {
	fs.ReadDirFile
	hidden bool
}

func (d visibleDir) ReadDir(n int) ([]fs.DirEntry, error) {
	for {
		list, err := d.ReadDirFile.ReadDir(n)
		list = slices.DeleteFunc(list, func(e fs.DirEntry) bool {
			return library.Junk(e.Name()) || !d.hidden && library.Ignored(e.Name())
		})
		if len(list) > 0 || err != nil || n <= 0 {
			return list, err
		}
	}
}

// refused explains why a folder of dir cannot be read. Usually it is a symbolic link that leads out of dir.
func refused(dir, folder string, err error) error {
	path := filepath.Join(dir, folder)
	if info, lerr := os.Lstat(path); lerr == nil && info.Mode()&fs.ModeSymlink != 0 {
		return fmt.Errorf("%s: a symbolic link must not lead out of %s; give --dir the directory that has the folder itself",
			path, dir)
	}
	return fmt.Errorf("%s: %w", path, Cause(err))
}
