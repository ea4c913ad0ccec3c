package content

import (
	"io/fs"
	"time"
)

// A stamp is a Sum of what the file system says of a file: its name, device and
// inode, its size, and when its bytes and its inode were last changed, to the
// nanosecond. Where a file has the stamp that it had when it was read, it holds
// what it held then. That is the proof by which git tells that a file of its index
// has not changed, and its two limits are minded in the same way:
//
// The time of the last change can be set to any other, the time of the change of
// the inode cannot: who writes other bytes of the same number and sets the time
// back changes the stamp all the same.
//
// A file that is changed twice within one tick of the clock that the times come
// from has the same times after the first and after the second. So a file is given
// a stamp only when it was let alone for [settled]: what is changed after it was
// looked at has another time then (https://git-scm.com/docs/racy-git).
//
// The file is looked at before it is read. If it changes in between, the stamp is
// that of a state that it will not have again.

// settled is longer than the tick of any file system's clock: FAT counts in two
// seconds. It also bears with a file server whose clock is a little late.
const settled = 3 * time.Second

// A source is the file of an article, by its path below content/.
type source struct {
	name string
	info fs.FileInfo // of the file itself, as it was before it is read; nil where that is not known
}
