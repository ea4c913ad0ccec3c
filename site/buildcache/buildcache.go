// Package buildcache keeps what is expensive to make for the next run of the
// program: parsed articles, and the state of the published site.
//
// A [Cache] is one file of keys and values. [Open] maps it into memory and
// [Cache.Save] replaces it atomically, so concurrent runs cannot damage it: the last
// to save wins. The file begins with the version of the program that wrote it and
// ends with a checksum. A file of another version, or one that is damaged or cut
// short, counts as empty. A failed Save only makes the next run slower.
//
// A cache never decides whether a value is still right. The key of an entry, or a
// fingerprint in its value, says what the value was made of, and callers compare
// that with what they have read.
//
// A [Codec] turns a value into bytes and back.
package buildcache

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"helpcenter/site/atomicfile"
)

// maxSize is the largest file, in bytes: about 100,000 articles. Entries that do not
// fit are not kept.
const maxSize = 1 << 30

// A Cache holds the entries of one file. Its methods may be called by many
// goroutines at once. A nil Cache is always empty and keeps nothing.
type Cache struct {
	path    string
	version string
	old     map[string][]byte // in the file

	mu      sync.Mutex
	used    map[string][]byte // in this run
	changed bool              // an entry was put
	size    int               // of used, in bytes
}

// Open reads the cache in a file. The version is that of the program and of all
// that values depend on besides their keys. A file that is missing, damaged or of
// another version counts as empty.
func Open(path, version string) *Cache {
	c := &Cache{path: path, version: version, old: map[string][]byte{}, used: map[string][]byte{}}
	if data, err := readFile(path); err == nil {
		c.old = decode(data, version)
	}
	return c
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() > maxSize {
		return nil, errFormat
	}
	return contents(f, int(info.Size()))
}

// Get returns the value of a key, or nil. The bytes must not be changed.
func (c *Cache) Get(key string) []byte {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if value, ok := c.used[key]; ok {
		return value
	}
	value, ok := c.old[key]
	if ok {
		c.use(key, value)
	}
	return value
}

// Put keeps a value for the next run and replaces any other of that key. The bytes
// must not be changed afterwards.
func (c *Cache) Put(key string, value []byte) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changed = true
	c.use(key, value)
}

func (c *Cache) use(key string, value []byte) {
	c.size += len(key) + len(value) + 2*binary.MaxVarintLen32
	if c.size <= maxSize-1<<10 {
		c.used[key] = value
	}
}

// Save replaces the file if anything was put, without the entries that were neither
// put nor got. It must be the last call; without it the file stays as it is.
func (c *Cache) Save() error {
	if c == nil {
		return nil
	}
	entries := c.used
	c.old, c.used = nil, nil // callers may hold the cache for longer
	if !c.changed {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(c.path), 0o700); err != nil {
		return err
	}
	c.removeLeftovers()
	return atomicfile.Replace(c.path, func(w io.Writer) error { return encode(w, c.version, entries) })
}

// removeLeftovers removes the temporary files of runs that were killed.
func (c *Cache) removeLeftovers() {
	files, _ := filepath.Glob(c.path + ".*")
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && time.Since(info.ModTime()) > time.Hour {
			os.Remove(file)
		}
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encode writes a file: the version, then keys and values, each after its length,
// and the CRC-32C of all that.
func encode(to io.Writer, version string, entries map[string][]byte) error {
	sum := crc32.New(castagnoli)
	w := bufio.NewWriterSize(io.MultiWriter(to, sum), 1<<20)
	field := func(b []byte) {
		w.Write(binary.AppendUvarint(w.AvailableBuffer(), uint64(len(b))))
		w.Write(b)
	}
	field([]byte(version))
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		field([]byte(key))
		field(entries[key])
	}
	if err := w.Flush(); err != nil { // or of any Write before
		return err
	}
	_, err := to.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	return err
}

// decode returns the entries of a file, or none if it is invalid. Values are parts
// of data.
func decode(data []byte, version string) map[string][]byte {
	entries := map[string][]byte{}
	end := len(data) - crc32.Size
	if end < 0 || crc32.Checksum(data[:end], castagnoli) != binary.LittleEndian.Uint32(data[end:]) {
		return entries
	}
	found, rest, err := cut(data[:end])
	if err != nil || string(found) != version {
		return entries
	}
	for len(rest) > 0 {
		var key, value []byte
		if key, rest, err = cut(rest); err == nil {
			value, rest, err = cut(rest)
		}
		if err != nil {
			return map[string][]byte{}
		}
		entries[string(key)] = value
	}
	return entries
}

var errFormat = errors.New("not a value of the build cache")

// cut splits off the first field.
func cut(data []byte) (field, rest []byte, err error) {
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return nil, nil, errFormat
	}
	end := n + int(size)
	return data[n:end:end], data[end:], nil
}
