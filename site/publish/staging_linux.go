package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// lockFolder waits for the lock on a folder until the context ends. The lock needs no file of its own and is
// released when the process ends.
func lockFolder(ctx context.Context, dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, unix.EWOULDBLOCK) {
			f.Close()
			return nil, &os.PathError{Op: "lock", Path: dir, Err: err}
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, context.Cause(ctx)
		case <-time.After(lockPoll):
		}
	}
}

// lockPoll is how often lockFolder tries to take the lock.
const lockPoll = 50 * time.Millisecond

// syncFolder flushes the file system that holds the folder. That is faster than flushing each file, and some file
// systems report certain errors only then.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return os.NewSyscallError("syncfs", unix.Syncfs(int(f.Fd())))
}

// exchange swaps two folders atomically. It fails for mount points and on some file systems, such as network file
// systems.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch err {
	case nil:
		return nil
	case unix.EBUSY, unix.EXDEV:
		return fmt.Errorf("%s is a mount point, which cannot be replaced atomically: "+
			"use a folder below it, such as --out %s (%w)", b, filepath.Join(b, "site"), err)
	case unix.EINVAL, unix.ENOSYS:
		return fmt.Errorf("the file system of %s cannot swap two folders atomically: "+
			"choose a folder on another disk with --out (%w)", b, err)
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// diskFull reports whether an error means that the disk is full, or that a quota or a limit of the process has been
// exceeded.
func diskFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG)
}

// createFile writes a new file and, if timed, returns its modification time in nanoseconds. It makes the system
// calls itself because a build writes tens of thousands of files, each of which package os would also try to poll.
func createFile(path string, data []byte, timed bool) (modTime int64, err error) {
	var info unix.Stat_t
	var fd, n int
	err = again(func() (err error) {
		fd, err = unix.Open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o644)
		return err
	})
	if err != nil {
		return 0, &os.PathError{Op: "open", Path: path, Err: err}
	}
	for len(data) > 0 && err == nil {
		err = again(func() (err error) {
			n, err = unix.Write(fd, data)
			return err
		})
		data = data[max(n, 0):]
	}
	if timed && err == nil {
		err = again(func() error { return unix.Fstat(fd, &info) })
	}
	if err = cmp.Or(err, unix.Close(fd)); err != nil {
		return 0, &os.PathError{Op: "write", Path: path, Err: err}
	}
	return info.Mtim.Nano(), nil
}

// again repeats a system call until no signal interrupts it.
func again(call func() error) error {
	for {
		if err := call(); err != unix.EINTR {
			return err
		}
	}
}

// LastChange returns when a file was last changed. Unlike the modification time, a program cannot set it. Files
// that are built in have only a modification time.
func LastChange(info fs.FileInfo) time.Time {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(stat.Ctim.Unix())
	}
	return info.ModTime()
}
