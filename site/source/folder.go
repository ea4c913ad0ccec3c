package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

// A disk is an fs.FS that opens files without blocking. Opening a FIFO would otherwise wait for its writer.
type disk struct{ *os.Root }

func (d disk) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := d.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, syscall.ENXIO) { // a socket
		err = notRegular(name)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// A folder opens only directories and regular files of limited size. If it has a recorder, the files read are
// recorded.
type folder struct {
	fs.FS
	name string // such as rules
	*recorder
}

func (d folder) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	limit := maxSize(d.name, name)
	switch {
	case err != nil:
	case info.IsDir():
		return f, nil
	case !info.Mode().IsRegular():
		err = notRegular(name)
	case info.Size() > limit:
		err = tooLarge(name, limit)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	opened := &file{File: f, folder: d, name: name, left: limit}
	if d.recorder != nil && (d.name != "content" || !strings.Contains(name, "/")) {
		opened.hash = sha256.New()
	}
	return opened, nil
}

// maxSize returns how many bytes of a file may be read. The readers of articles, rules and words have lower limits
// and report their own findings; this one bounds what is read whole.
func maxSize(folder, name string) int64 {
	const mega = 1 << 20
	switch ext := path.Ext(name); {
	case folder == "content" && ext == ".toml":
		return 1024 * mega // the baselines of all translations into a language
	case ext == ".md", ext == ".toml", ext == ".html", ext == ".csv":
		return 2 * mega
	}
	return 32 * mega // pictures, fonts, scripts
}

func notRegular(name string) error {
	return &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
}

func tooLarge(name string, limit int64) error {
	return &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("larger than %d MiB", limit>>20)}
}

// A file is a regular file of a folder. It counts the bytes read, since it may grow while it is read.
type file struct {
	fs.File
	folder folder
	name   string
	left   int64     // bytes that may still be read
	hash   hash.Hash // nil unless the file is recorded
	read   bool
}

func (f *file) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if f.left -= int64(n); f.left < 0 {
		return 0, tooLarge(f.name, maxSize(f.folder.name, f.name))
	}
	if f.hash != nil {
		f.hash.Write(p[:n])
	}
	f.read = true
	return n, err
}

func (f *file) Close() error {
	if f.read && f.hash != nil {
		f.folder.add(f.folder.name+"/"+f.name, [sha256.Size]byte(f.hash.Sum(nil)))
	}
	return f.File.Close()
}
