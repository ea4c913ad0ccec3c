package site

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// manifestName is the list of all files of a published site, in the form that
// sha256sum -c reads. It tells a later build which files are its own to replace.
const manifestName = "manifest.sha256"

// A staging is a site on its way into a folder: written beside it, under a name
// that only a build uses, and swapped in whole.
type staging struct {
	dir, temp string
	old       bool // dir holds an earlier site
	lock      *os.File
	made      sync.Map // folders that are known to exist
}

// openStaging prepares to publish in dir. It waits for another build of a
// folder beside it, clears what a killed one left, and refuses to replace files
// that no build wrote.
func openStaging(dir string) (*staging, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	s := &staging{dir: dir, temp: filepath.Join(parent, "."+filepath.Base(dir)+".helpcenter-build")}
	if s.lock, err = lockFolder(parent); err != nil {
		return nil, fmt.Errorf("lock %s: %w", parent, err)
	}
	if s.old, err = ours(dir); err == nil {
		if err = os.RemoveAll(s.temp); err == nil {
			err = os.Mkdir(s.temp, 0o755)
		}
	}
	if err != nil {
		s.lock.Close()
		return nil, err
	}
	return s, nil
}

// ours reports whether dir holds a site that a build may replace. A folder that
// is missing or empty holds none, and one with anything else is an error.
func ours(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0:
		return false, nil
	case err != nil:
		return false, err
	}
	known := map[string]bool{manifestName: true}
	if list, err := os.Open(filepath.Join(dir, manifestName)); err == nil {
		defer list.Close()
		for lines := bufio.NewScanner(list); lines.Scan(); {
			if _, name, ok := strings.Cut(lines.Text(), "  "); ok {
				known[name] = true
			}
		}
	}
	var foreign []string
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err == nil && !d.IsDir() && !known[filepath.ToSlash(name)] {
			foreign = append(foreign, name)
		}
		return err
	})
	if err == nil && len(foreign) > 0 {
		err = &ForeignFilesError{dir, foreign}
	}
	return true, err
}

// ForeignFilesError says that the folder to publish in holds files that no
// build wrote, and that would be lost.
type ForeignFilesError struct {
	Dir   string
	Files []string
}

func (e *ForeignFilesError) Error() string {
	const shown = 5
	list := strings.Join(e.Files[:min(shown, len(e.Files))], ", ")
	if n := len(e.Files) - shown; n > 0 {
		list += fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%s holds files that no build wrote: %s; move them or choose another folder with --out", e.Dir, list)
}

// write writes one file, or links the old site's where it holds the same bytes,
// and reports whether it had to write.
func (s *staging) write(name string, data []byte) (bool, error) {
	path := filepath.Join(s.temp, filepath.FromSlash(name))
	if folder := filepath.Dir(path); folder != s.temp {
		if _, ok := s.made.Load(folder); !ok {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return false, err
			}
			s.made.Store(folder, true)
		}
	}
	if old := filepath.Join(s.dir, filepath.FromSlash(name)); s.old && same(old, data) && os.Link(old, path) == nil {
		return false, nil
	}
	return true, os.WriteFile(path, data, 0o644)
}

// same reports whether the file holds data.
func same(path string, data []byte) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	held, err := os.ReadFile(path)
	return err == nil && bytes.Equal(held, data)
}

// publish swaps the new site in.
func (s *staging) publish(manifest []string) error {
	if _, err := s.write(manifestName, []byte(strings.Join(manifest, ""))); err != nil {
		return err
	}
	if _, err := os.Stat(s.dir); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(s.temp, s.dir)
	}
	return exchange(s.temp, s.dir) // what was in dir is in temp now, for discard
}

// discard removes what is left beside the folder: the old site after a swap,
// the unfinished one after a failure.
func (s *staging) discard() {
	os.RemoveAll(s.temp)
	s.lock.Close()
}
