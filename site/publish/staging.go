package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"helpcenter/site/parallel"
)

// A staging is the temporary folder beside the target. New files are written to it and unchanged files are linked
// into it; then all is flushed to disk and the two folders are swapped.
//
// Most builds change little or nothing, so links wait until the first file is written. From then on they are made
// at once, while another processor is busy with a search index.
type staging struct {
	dir, temp string
	lock      *os.File
	timed     bool               // whether the modification times of new files are needed
	old       map[string]oldFile // the files of the target, by path below it
	written   atomic.Int64
	reused    atomic.Int64
	made      sync.Map // folders of temp that exist

	mu      sync.Mutex
	waiting []string // to be linked
}

// An oldFile identifies a file of the target: if none of this has changed, neither has the file.
type oldFile struct {
	size, modTime int64
	mode          fs.FileMode
}

func oldFileOf(info fs.FileInfo) oldFile {
	return oldFile{info.Size(), info.ModTime().UnixNano(), info.Mode()}
}

// openStaging prepares to publish in dir. It waits for other builds in the same parent folder, removes what a
// killed build left, and refuses to replace files that no build wrote.
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

// unchanged reports whether all these files are still as their states describe them.
func (s *staging) unchanged(files ...fileState) bool {
	for _, f := range files {
		old, ok := s.old[f.path]
		if !ok || !old.mode.IsRegular() || old.size != f.size || old.modTime != f.modTime {
			return false
		}
	}
	return true
}

// reuse carries a file of the target over to the new site.
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

// write writes a file unless the target already has it with the same bytes. It returns the modification time in
// nanoseconds, or 0 if the file is new and such times are not needed.
func (s *staging) write(name string, data []byte) (modTime int64, err error) {
	if old, ok := s.old[name]; ok && s.same(name, old, data) {
		return old.modTime, s.reuse(name)
	}
	s.written.Add(1)
	path, err := s.place(name)
	if err != nil {
		return 0, err
	}
	modTime, err = createFile(path, data, s.timed)
	return modTime, s.failed(err)
}

// failed adds to an error of a full disk what to do about it.
func (s *staging) failed(err error) error {
	if err == nil || !diskFull(err) {
		return err
	}
	return fmt.Errorf("not enough disk space to write the new site beside %s, which is unchanged: "+
		"free some space, or choose a folder on another disk with --out (%w)", s.dir, err)
}

// same reports whether a file of the target holds exactly data.
func (s *staging) same(name string, old oldFile, data []byte) bool {
	if !old.mode.IsRegular() || old.size != int64(len(data)) {
		return false
	}
	held, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	return err == nil && bytes.Equal(held, data)
}

// place returns the path of a file in the staging after creating its folder.
func (s *staging) place(name string) (string, error) {
	path := filepath.Join(s.temp, filepath.FromSlash(name))
	folder := filepath.Dir(path)
	if _, ok := s.made.Load(folder); ok {
		return path, nil
	}
	err := os.Mkdir(folder, 0o755) // usually its parent exists
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		err = os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return "", s.failed(err)
	}
	s.made.Store(folder, true)
	return path, nil
}

// publish completes the staging and swaps it with the target, unless nothing has changed. It returns the
// modification time of the manifest.
func (s *staging) publish(manifest []byte) (modTime int64, err error) {
	if modTime, err = s.write(manifestName, manifest); err != nil {
		return 0, err
	}
	if s.written.Load() == 0 && s.reused.Load() == int64(len(s.old)) {
		return modTime, nil
	}
	return modTime, s.swap()
}

// swap links the unchanged files and swaps the staging with the target.
func (s *staging) swap() error {
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
	return s.checkOld()
}

// checkOld reverts the swap if files have been added to the old site in the meantime, since discard would delete
// them.
func (s *staging) checkOld() error {
	var late []string
	var mu sync.Mutex
	err := eachFile(os.DirFS(s.temp), func(name string, _ fs.DirEntry) error {
		if _, ok := s.old[name]; !ok {
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

// linkWaiting links the files that were reused before anything was written.
func (s *staging) linkWaiting() error {
	return parallel.ForEach(context.Background(), slices.Values(s.waiting), s.link)
}

// link adds an unchanged file to the staging.
func (s *staging) link(name string) error {
	path, err := s.place(name)
	if err != nil {
		return err
	}
	return s.failed(linkOrCopy(filepath.Join(s.dir, filepath.FromSlash(name)), path, s.old[name]))
}

// linkOrCopy makes path a link to the file old. On file systems without links it copies the file and its time.
func linkOrCopy(old, path string, is oldFile) error {
	if err := os.Link(old, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err // writing to an existing link would change old
	}
	data, err := os.ReadFile(old)
	if err == nil {
		err = os.WriteFile(path, data, is.mode.Perm())
	}
	if err == nil {
		err = os.Chtimes(path, time.Unix(0, is.modTime), time.Unix(0, is.modTime))
	}
	return err
}

// discard removes the temporary folder, which holds the old site after a swap, or the unfinished one after an
// error.
func (s *staging) discard() {
	removeFolder(s.temp)
	s.lock.Close()
}
