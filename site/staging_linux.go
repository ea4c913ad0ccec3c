package site

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFolder waits until no other process holds the folder. The lock is on the
// folder itself, so nothing is left behind, and ends with the process.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// exchange swaps two folders at once, so that a reader sees either all of the
// old site or all of the new. It can't swap a mount point: publish in a folder
// below it.
func exchange(a, b string) error {
	if err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE); err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}
