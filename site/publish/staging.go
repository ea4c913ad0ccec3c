package publish

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"helpcenter/site/parallel"
)

// A staging is a site on its way into a folder: what is new is written beside
// it, under a name that only a build uses; what has not changed is linked from
// the folder; all of it is brought to the disk; and then the two are swapped.
//
// Most builds of a site that has been built before change little or nothing. So
// links wait until something is written, which is known soon; from then on they
// are made by the way, while a search index keeps one processor busy.
type staging struct {
	dir, temp string
	lock      *os.File
	old       map[string]fs.FileInfo // what the folder holds, by path below it
	written   atomic.Int64
	reused    atomic.Int64
	made      sync.Map // folders of temp that are known to exist

	mu      sync.Mutex
	waiting []string // to be linked
}

// openStaging prepares to publish in dir. It waits for another build of a
// folder beside it, clears what a killed one left, and refuses to replace files
// that no build wrote.
func openStaging(ctx context.Context, dir string) (*staging, error) {
	dir, err := target(dir)
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	s := &staging{dir: dir, temp: filepath.Join(parent, "."+filepath.Base(dir)+".helpcenter-build")}
	if s.lock, err = lockFolder(ctx, parent); err != nil {
		return nil, err
	}
	if s.old, err = published(dir); err == nil {
		err = removeFolder(s.temp)
	}
	if err != nil {
		s.lock.Close()
		return nil, err
	}
	return s, nil
}

// unchanged reports whether the folder holds all these files as the state has them.
func (s *staging) unchanged(files ...fileState) bool {
	for _, f := range files {
		info := s.old[f.path]
		if info == nil || !info.Mode().IsRegular() || info.Size() != f.size || info.ModTime().UnixNano() != f.modTime {
			return false
		}
	}
	return true
}

// reuse keeps a file as the folder holds it.
func (s *staging) reuse(name string) error {
	s.reused.Add(1)
	if s.written.Load() > 0 {
		return s.link(name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(s.waiting, name)
	return nil
}

// Write writes a file, unless the folder holds it with the same bytes, and
// returns its time in nanoseconds.
func (s *staging) Write(name string, data []byte) (modTime int64, err error) {
	if info := s.old[name]; info != nil && s.same(name, info, data) {
		return info.ModTime().UnixNano(), s.reuse(name)
	}
	s.written.Add(1)
	path, err := s.place(name)
	if err != nil {
		return 0, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, s.failed(err)
	}
	_, err = f.Write(data)
	info, statErr := f.Stat()
	if err := cmp.Or(err, statErr, f.Close()); err != nil {
		return 0, s.failed(err)
	}
	return info.ModTime().UnixNano(), nil
}

// failed says what to do where the disk has no room, and that nothing is lost.
func (s *staging) failed(err error) error {
	if err == nil || !noRoom(err) {
		return err
	}
	return fmt.Errorf("no room to write the new site beside the one in %s, which stays as it is: "+
		"free some space, or choose a folder on another disk with --out (%w)", s.dir, err)
}

// same reports whether a file of the folder holds data.
func (s *staging) same(name string, info fs.FileInfo, data []byte) bool {
	if !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	held, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	return err == nil && bytes.Equal(held, data)
}

// place returns the path of a file in the staging, whose folder exists then.
func (s *staging) place(name string) (string, error) {
	path := filepath.Join(s.temp, filepath.FromSlash(name))
	folder := filepath.Dir(path)
	if _, ok := s.made.Load(folder); ok {
		return path, nil
	}
	err := os.Mkdir(folder, 0o755) // most often the one around it is there
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		err = os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return "", s.failed(err)
	}
	s.made.Store(folder, true)
	return path, nil
}

// Publish makes the staging whole and swaps it in. Where nothing was written and
// nothing is gone, the folder stays as it is.
func (s *staging) Publish(manifest []byte) error {
	if _, err := s.Write(manifestName, manifest); err != nil {
		return err
	}
	if s.written.Load() == 0 && s.reused.Load() == int64(len(s.old)) {
		return nil
	}
	if err := s.linkWaiting(); err != nil {
		return err
	}
	if err := syncFolder(s.temp); err != nil {
		return s.failed(err)
	}
	if s.old == nil {
		return os.Rename(s.temp, s.dir)
	}
	if err := exchange(s.temp, s.dir); err != nil {
		return err
	}
	return s.judgeOld() // what was in dir is in temp now, for discard
}

// judgeOld takes the swap back where files have come into the old site while the
// new one was made: they would be lost with it.
func (s *staging) judgeOld() error {
	var late []string
	var mu sync.Mutex
	err := eachFile(s.temp, func(name string, _ fs.DirEntry) error {
		if s.old[name] == nil {
			mu.Lock()
			defer mu.Unlock()
			late = append(late, name)
		}
		return nil
	})
	if err == nil && len(late) > 0 {
		err = foreignFiles(s.dir, late)
	}
	if err != nil {
		return errors.Join(err, exchange(s.temp, s.dir))
	}
	return nil
}

// linkWaiting links what was reused before anything was written.
func (s *staging) linkWaiting() error {
	return parallel.ForEach(context.Background(), slices.Values(s.waiting), s.link)
}

// link brings a file that has not changed into the staging.
func (s *staging) link(name string) error {
	path, err := s.place(name)
	if err != nil {
		return err
	}
	return s.failed(linkOrCopy(filepath.Join(s.dir, filepath.FromSlash(name)), path, s.old[name]))
}

// linkOrCopy makes the file at old stand at path too, with its time; on file
// systems without links it is copied.
func linkOrCopy(old, path string, info fs.FileInfo) error {
	if err := os.Link(old, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err // what is there may be a link already: to write to it would be to write to old
	}
	data, err := os.ReadFile(old)
	if err == nil {
		err = os.WriteFile(path, data, info.Mode().Perm())
	}
	if err == nil {
		err = os.Chtimes(path, info.ModTime(), info.ModTime())
	}
	return err
}

// Discard removes what is left beside the folder: the old site after a swap,
// the unfinished one after a failure.
func (s *staging) Discard() {
	removeFolder(s.temp)
	s.lock.Close()
}
