package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// lockFolder waits until no other process holds the folder, or the context ends.
// The lock is on the folder itself, so nothing is left behind, and ends with the
// process.
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

// lockPoll is how often a build looks whether another has ended.
const lockPoll = 50 * time.Millisecond

// syncFolder waits until everything on the folder's disk is on the disk. That is
// one call, where a file at a time would be a wait for each; and it reports what
// could not be written, which on some disks turns out only then.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return os.NewSyscallError("syncfs", unix.Syncfs(int(f.Fd())))
}

// exchange swaps two folders at once, so that a reader sees either all of the
// old site or all of the new. It can't swap a mount point, and there are file
// systems, of networks above all, that swap nothing.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch err {
	case nil:
		return nil
	case unix.EBUSY, unix.EXDEV:
		return fmt.Errorf("%s is a mount point, in whose place no other folder can be put in one step: publish in a folder below it, such as --out %s (%w)",
			b, filepath.Join(b, "site"), err)
	case unix.EINVAL, unix.ENOSYS:
		return fmt.Errorf("the disk that holds %s cannot swap two folders in one step: choose a folder on another disk with --out (%w)", b, err)
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// noRoom reports whether an error says that the disk is full, that a quota is
// used up, or that a file would be longer than the process may write.
func noRoom(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG)
}
