package content

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"

	"helpcenter"
)

// An entry of a cache's index: one article.
type entry struct {
	sum   Sum
	stamp Sum    // of the file; zero where that tells nothing
	at    int64  // where the record stands
	size  uint32 // of the record
	check uint32 // its CRC-32C
}

// entrySize is how many bytes an entry has in the file.
const entrySize = 2*len(Sum{}) + 8 + 4 + 4

func (e entry) append(b []byte) []byte {
	b = append(append(b, e.sum[:]...), e.stamp[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(e.at))
	b = binary.LittleEndian.AppendUint32(b, e.size)
	return binary.LittleEndian.AppendUint32(b, e.check)
}

func decodeEntry(b []byte) (e entry) {
	b = b[copy(e.sum[:], b):]
	b = b[copy(e.stamp[:], b):]
	e.at = int64(binary.LittleEndian.Uint64(b))
	e.size = binary.LittleEndian.Uint32(b[8:])
	e.check = binary.LittleEndian.Uint32(b[12:])
	return e
}

// An index finds the entries of a cache by sum, and the sum of a file by its
// stamp. As a file it is the program's version, the entries and a checksum of all
// that.
type index struct {
	entries map[Sum]entry
	stamps  map[Sum]Sum
}

// indexOf is the file of the index of a cache.
func indexOf(cache string) string { return cache + ".index" }

var errIndex = errors.New("no index of this program's cache")

// readIndex reads the index that a program of that version has written.
func readIndex(path string, version Sum) (x index, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return x, err
	}
	size := len(data) - crc32.Size
	if size < len(version) || (size-len(version))%entrySize != 0 || !bytes.HasPrefix(data, version[:]) ||
		crc32.Checksum(data[:size], castagnoli) != binary.LittleEndian.Uint32(data[size:]) {
		return x, errIndex
	}
	count := size / entrySize
	x = index{make(map[Sum]entry, count), make(map[Sum]Sum, count)}
	for b := data[len(version):size]; len(b) > 0; b = b[entrySize:] {
		e := decodeEntry(b)
		x.entries[e.sum] = e
		if e.stamp != (Sum{}) {
			x.stamps[e.stamp] = e.sum
		}
	}
	return x, nil
}

// writeIndex replaces the index.
func writeIndex(path string, version Sum, entries map[Sum]entry) error {
	data := version[:]
	for _, e := range entries {
		data = e.append(data)
	}
	data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
	return helpcenter.ReplaceFile(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
