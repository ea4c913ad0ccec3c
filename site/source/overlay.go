package source

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"helpcenter/site/textedit"
)

// With returns the folders as they would be after the changes. It writes nothing.
func (r Folders) With(changes []textedit.Change) Folders {
	edited := Folders{}
	for folder, base := range r {
		files := map[string][]byte{}
		for _, change := range changes {
			if below, ok := strings.CutPrefix(change.File, folder+"/"); ok {
				files[below] = change.Is
			}
		}
		edited[folder] = overlay{base, files}
	}
	return edited
}

// An overlay is a file system in which some files are replaced, or removed if their data is nil.
type overlay struct {
	base  fs.FS
	files map[string][]byte
}

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	data, ok := o.files[name]
	switch {
	case !ok:
		return o.base.Open(name)
	case data == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memoryFile{bytes.NewReader(data), entry{path.Base(name), int64(len(data)), 0}}, nil
}

// ReadDir implements fs.ReadDirFS.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.base, name)
	list = slices.DeleteFunc(list, func(e fs.DirEntry) bool {
		_, ok := o.files[path.Join(name, e.Name())]
		return ok
	})
	for file, data := range o.files {
		below, ok := strings.CutPrefix(file, name+"/")
		if name == "." {
			below, ok = file, true
		}
		if first, _, deeper := strings.Cut(below, "/"); ok && data != nil {
			list = append(list, newEntry(first, len(data), deeper))
		}
	}
	if len(list) > 0 && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(list, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), err
}

// A memoryFile is an open file of an overlay.
type memoryFile struct {
	*bytes.Reader
	entry
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *memoryFile) Close() error               { return nil }

// Size returns the size of the whole file. The method of the Reader would return what is left to read.
func (f *memoryFile) Size() int64 { return f.entry.Size() }

// An entry describes a file or folder of an overlay.
type entry struct {
	name string
	size int64
	mode fs.FileMode
}

func newEntry(name string, size int, folder bool) fs.DirEntry {
	if folder {
		return fs.FileInfoToDirEntry(entry{name, 0, fs.ModeDir})
	}
	return fs.FileInfoToDirEntry(entry{name, int64(size), 0})
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) Mode() fs.FileMode  { return e.mode }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.mode.IsDir() }
func (e entry) Sys() any           { return nil }
