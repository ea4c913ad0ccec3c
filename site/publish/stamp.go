package publish

import (
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"sync"
	"time"
)

// A Stamp stands for the names, sizes and times of all files of a folder.
type Stamp [4]uint64

// StampOf returns the stamp of a folder, and the latest time of a file, which is its [fs.FileInfo.ModTime] or its
// [LastChange].
func StampOf(fsys fs.FS, timeOf func(fs.FileInfo) time.Time) (s Stamp, latest time.Time, err error) {
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
		if at.After(latest) {
			latest = at
		}
		return nil
	})
	return s, latest, err
}

// add adds a file. The stamp is a sum, since files come in any order.
func (s *Stamp) add(name string, size, modTime int64) {
	item := binary.AppendVarint(append(make([]byte, 0, 256), name...), size)
	sum := sha256.Sum256(binary.AppendVarint(item, modTime))
	for i := range s {
		s[i] += binary.LittleEndian.Uint64(sum[8*i:])
	}
}
