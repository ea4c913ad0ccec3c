//go:build !linux

package publish

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// lockFolder takes no lock: these systems cannot lock folders.
func lockFolder(_ context.Context, dir string) (*os.File, error) { return os.Open(dir) }

// syncFolder flushes each file of the folder.
func syncFolder(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// exchange swaps two folders by renaming three times, so b does not exist for a moment.
func exchange(a, b string) error {
	old := b + ".old"
	if err := os.Rename(b, old); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		os.Rename(old, b)
		return err
	}
	return os.Rename(old, a)
}

// diskFull reports whether an error means that the disk is full.
func diskFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

// createFile writes a new file and returns its modification time in nanoseconds.
func createFile(path string, data []byte, _ bool) (modTime int64, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	_, err = f.Write(data)
	info, statErr := f.Stat()
	if err := cmp.Or(err, statErr, f.Close()); err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

// LastChange returns when a file was last modified: other changes are not recorded here.
func LastChange(info fs.FileInfo) time.Time { return info.ModTime() }
