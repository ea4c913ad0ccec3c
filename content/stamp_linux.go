package content

import (
	"encoding/binary"
	"syscall"
	"time"
)

// stampOf returns the stamp of a file that was looked at after a moment, or zero
// where it has none: of a file that is not on a disk, nothing is known.
func stampOf(f source, after time.Time) Sum {
	if f.info == nil {
		return Sum{}
	}
	s, ok := f.info.Sys().(*syscall.Stat_t)
	if !ok || !time.Unix(s.Ctim.Unix()).Before(after.Add(-settled)) {
		return Sum{}
	}
	var b []byte
	for _, n := range []uint64{uint64(s.Dev), s.Ino, uint64(s.Size), uint64(s.Mtim.Nano()), uint64(s.Ctim.Nano())} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return sumOf(f.name, b)
}
