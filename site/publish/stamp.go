package publish

import (
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"sync"
	"time"
)

// A Stamp is a fingerprint of the names, sizes and times of all files of a folder.
type Stamp [4]uint64

// StampOf returns the stamp of a folder, with timeOf giving the time of a file: its [fs.FileInfo.ModTime] or its
// [LastChange]. A file that changes after settled is certain to get another time, so the stamp will differ.
func StampOf(fsys fs.FS, timeOf func(fs.FileInfo) time.Time) (s Stamp, settled time.Time, err error) {
	var mu sync.Mutex
	err = eachFile(fsys, func(name string, d fs.DirEntry) error {
		info, err := d.Info()
		if err == nil && d.Type()&fs.ModeSymlink != 0 {
			info, err = fs.Stat(fsys, name)
			name += " is a link"
		}
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		at := timeOf(info)
		s.add(name, info.Size(), at.UnixNano())
		if at = at.Add(tick(at)); at.After(settled) {
			settled = at
		}
		return nil
	})
	return s, settled, err
}

// tick returns the resolution of file times, judged by one of them. Linux has ticks of up to 10 ms; a time in whole
// milliseconds may come from a file system that counts in steps of one or two seconds.
func tick(at time.Time) time.Duration {
	if at.Nanosecond()%int(time.Millisecond) == 0 {
		return 2 * time.Second
	}
	return 20 * time.Millisecond
}

// add adds a file. The stamp is a sum, so the order of the files does not matter.
func (s *Stamp) add(name string, size, modTime int64) {
	item := binary.AppendVarint(append(make([]byte, 0, 256), name...), size)
	sum := sha256.Sum256(binary.AppendVarint(item, modTime))
	for i := range s {
		s[i] += binary.LittleEndian.Uint64(sum[8*i:])
	}
}
