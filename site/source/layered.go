package source

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// shared maps folders to patterns of built-in files that show through where a directory has none of the same name:
// the words of the interface, and all templates and assets.
var shared = map[string]string{"locales": "interface.*.toml", "site/templates": "*", "site/assets": "*"}

// A layered is a file system whose files take precedence over those of another that match a pattern.
type layered struct {
	top, base fs.FS
	pattern   string // of path.Match
}

// Open implements fs.FS.
func (l layered) Open(name string) (fs.File, error) {
	f, err := l.top.Open(name)
	if errors.Is(err, fs.ErrNotExist) && l.shares(name) {
		return l.base.Open(name)
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.IsDir() {
		return f, err
	}
	list, err := l.list(name)
	return &listing{f, list}, err
}

// Lent reports whether a file is not in the directory but shows through from those built in.
func (r Folders) Lent(name string) bool {
	for key, files := range r {
		below, ok := strings.CutPrefix(name, key+"/")
		if recorded, is := files.(folder); is {
			files = recorded.FS
		}
		if l, is := files.(layered); ok && is {
			_, err := fs.Stat(l.top, below)
			return errors.Is(err, fs.ErrNotExist)
		}
	}
	return false
}

func (l layered) shares(name string) bool {
	ok, _ := path.Match(l.pattern, name)
	return ok
}

// list merges the entries of a folder.
func (l layered) list(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(l.top, name)
	below, _ := fs.ReadDir(l.base, name)
	for _, entry := range below {
		same := func(e fs.DirEntry) bool { return e.Name() == entry.Name() }
		if l.shares(path.Join(name, entry.Name())) && !slices.ContainsFunc(list, same) {
			list = append(list, entry)
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// A listing is an open folder with other entries than its own.
type listing struct {
	fs.File
	left []fs.DirEntry
}

// ReadDir implements fs.ReadDirFile.
func (d *listing) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.left) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.left) {
		n = len(d.left)
	}
	list := d.left[:n]
	d.left = d.left[n:]
	return list, nil
}
