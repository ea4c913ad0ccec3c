// Package buildcache keeps results that are expensive to compute for the next run of the program: parsed articles,
// what the search has read of them, the state of the published site, and which parts of a served one were tried.
//
// A [Cache] is one file of keys and values. Values stay in the file until they are needed; only the keys are held
// in memory. Values put during a run go to a temporary file, and [Cache.Save] replaces the file atomically, so
// concurrent runs cannot damage it: the last to save wins. The file begins with the version of the program that
// wrote it and ends with a checksum. A file that is of another version, damaged or cut short counts as empty. A
// failed Save only makes the next run slower.
//
// A large file is not rewritten for a small change. What was put since goes to a second file, which names the
// checksum of the first because it is valid only with that one.
//
// A cache never decides whether a value is still right. The key of an entry, or a fingerprint in its value, says
// what the value was made from, and callers compare that with what they have read.
//
// A [Codec] turns a value into bytes and back, and [Runs] divides a list into parts that are each kept as one
// value.
package buildcache

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
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

// maxSize is the size limit of the file in bytes, enough for some 600,000 articles. Entries that do not fit are not
// kept.
const maxSize = 4 << 30

// A Cache holds the entries of one file. It is safe for concurrent use. A nil Cache is always empty and keeps
// nothing.
type Cache struct {
	path    string
	version string
	main    file // the main file, without what was put since

	mu      sync.Mutex
	entries map[string]entry
	changed bool     // an entry was put
	size    int64    // of the entries used in this run, in bytes
	temp    *os.File // what was put in this run; nil if that is held in memory
	end     int64    // the size of temp
	once    sync.Once
}

type entry struct {
	Value
	used bool // in this run
}

// A Value is the place of a value in a file; the bytes are read only when needed. It stays valid until the program
// ends.
type Value struct {
	in   io.ReaderAt
	at   int64
	size int
}

// Read returns the bytes of the value from offset from up to offset to, or up to its end if that comes first.
func (v Value) Read(from, to int) ([]byte, error) {
	data := make([]byte, max(0, min(to, v.size)-from))
	_, err := v.in.ReadAt(data, v.at+int64(from))
	if len(data) == 0 || err == io.EOF { // ReadAt returns an error with a short read
		err = nil
	}
	return data, err
}

// Len returns the length of the value in bytes.
func (v Value) Len() int { return v.size }

// Open reads the cache in a file. The version identifies the program and everything else that values depend on
// besides their keys. A file that is missing, damaged or of another version counts as empty.
func Open(path, version string) *Cache {
	c := &Cache{path: path, version: version}
	var err error
	if c.entries, c.main, err = readFile(path, version); err != nil {
		c.entries = map[string]entry{}
		return c
	}
	since, _, _ := readFile(path+since, c.main.version(version))
	maps.Copy(c.entries, since)
	return c
}

// since is the suffix of the file that holds what was put since the main file was written.
const since = "-since"

// A file is a cache file that has been read.
type file struct {
	in   io.ReaderAt
	size int64
	sum  uint32
}

// version returns the version of the file of what was put since f was written.
func (f file) version(version string) string { return fmt.Sprintf("%s since %08x", version, f.sum) }

// Temporary returns a cache that is never saved. It only keeps values out of memory while the program runs: they
// are read through the [Value] that Put returns.
func Temporary() *Cache { return &Cache{entries: map[string]entry{}} }

// Get returns the value of a key, or nil.
func (c *Cache) Get(key string) []byte {
	v, ok := c.Find(key)
	if !ok {
		return nil
	}
	data, err := v.Read(0, v.size)
	if err != nil {
		return nil
	}
	return data
}

// Find returns the place of the value of a key. It reports false if there is none.
func (c *Cache) Find(key string) (v Value, ok bool) {
	if c == nil {
		return Value{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if ok && !e.used {
		c.use(key, e.Value)
	}
	return e.Value, ok
}

// Put keeps a value for the next run, replacing any earlier value of that key, and returns its place.
func (c *Cache) Put(key string, value []byte) Value {
	if c == nil {
		return Value{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changed = true
	v := c.keep(value)
	c.use(key, v)
	return v
}

func (c *Cache) use(key string, v Value) {
	if c.path == "" {
		return
	}
	c.size += int64(len(key) + v.size + 2*binary.MaxVarintLen32)
	c.entries[key] = entry{v, c.size <= maxSize-1<<10}
}

// keep writes a value to the temporary file, or keeps the bytes in memory if that fails.
func (c *Cache) keep(value []byte) Value {
	c.once.Do(func() { c.temp = temporary() })
	if c.temp != nil {
		if _, err := c.temp.WriteAt(value, c.end); err == nil {
			c.end += int64(len(value))
			return Value{c.temp, c.end - int64(len(value)), len(value)}
		}
	}
	return Value{bytes.NewReader(bytes.Clone(value)), 0, len(value)}
}

// Save replaces the file if anything was put, leaving out the entries that were neither put nor got. It must be the
// last call. Without it the file stays as it is.
func (c *Cache) Save() error {
	if c == nil || c.path == "" {
		return nil
	}
	entries, changed := c.entries, c.changed
	c.entries, c.changed = map[string]entry{}, false // callers may hold the cache longer
	if !changed {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(c.path), 0o700); err != nil {
		return err
	}
	c.removeLeftovers()
	maps.DeleteFunc(entries, func(_ string, e entry) bool { return !e.used })
	if fresh := c.since(entries); fresh != nil {
		version := c.main.version(c.version)
		return atomicfile.Replace(c.path+since, func(w io.Writer) error { return encode(w, version, fresh) })
	}
	err := atomicfile.Replace(c.path, func(w io.Writer) error { return encode(w, c.version, entries) })
	if err == nil {
		os.Remove(c.path + since)
	}
	return err
}

// Sizes of the main file.
const (
	leastKept  = 1 << 20 // in bytes; a smaller file is always rewritten
	shareSince = 8       // the file is rewritten once more than 1/shareSince of it is unused or was put since
)

// since returns the entries that are not in the main file, or nil if the main file should be rewritten.
func (c *Cache) since(entries map[string]entry) map[string]entry {
	share := c.main.size / shareSince
	if c.main.size < leastKept || c.size < c.main.size-share {
		return nil
	}
	fresh, size := map[string]entry{}, int64(0)
	for key, e := range entries {
		if e.in != c.main.in {
			fresh[key] = e
			size += int64(len(key) + e.size)
		}
	}
	if size > share {
		return nil
	}
	return fresh
}

// removeLeftovers removes the temporary files of killed runs.
func (c *Cache) removeLeftovers() {
	files, _ := filepath.Glob(c.path + ".*")
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && time.Since(info.ModTime()) > time.Hour {
			os.Remove(file)
		}
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encode writes a file: the version, then keys and values, each preceded by its length, and finally the CRC-32C of
// all that.
func encode(to io.Writer, version string, entries map[string]entry) error {
	sum := crc32.New(castagnoli)
	w := bufio.NewWriterSize(io.MultiWriter(to, sum), 1<<20)
	field := func(b []byte) {
		w.Write(binary.AppendUvarint(w.AvailableBuffer(), uint64(len(b))))
		w.Write(b)
	}
	field([]byte(version))
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		value, err := entries[key].Read(0, entries[key].size)
		if err != nil {
			return err
		}
		field([]byte(key))
		field(value)
	}
	if err := w.Flush(); err != nil { // or the error of any earlier Write
		return err
	}
	_, err := to.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	return err
}

var errFormat = errors.New("not a value of the build cache")

// readFile returns the places of the values in a file, or an error if the file is invalid. It reads the whole file
// but keeps only the keys.
func readFile(path, version string) (entries map[string]entry, read file, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, read, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil || info.Size() < crc32.Size || info.Size() > maxSize {
		return nil, read, errFormat
	}
	in, err := contents(f)
	if err != nil {
		return nil, read, err
	}
	sum, end := crc32.New(castagnoli), info.Size()-crc32.Size
	r := reader{bufio.NewReaderSize(io.TeeReader(io.NewSectionReader(in, 0, end), sum), 1<<18), 0, end}
	if entries, err = r.entries(in, version); err != nil {
		return nil, read, err
	}
	var stored [crc32.Size]byte
	if _, err := in.ReadAt(stored[:], end); err != nil || sum.Sum32() != binary.LittleEndian.Uint32(stored[:]) {
		return nil, read, errFormat
	}
	return entries, file{in, info.Size(), sum.Sum32()}, nil
}

// A reader reads the fields of a file and tracks their offsets.
type reader struct {
	*bufio.Reader
	at, end int64
}

// entries reads the version, which must equal the one given, and all keys. The values stay in the file.
func (r *reader) entries(in io.ReaderAt, version string) (map[string]entry, error) {
	if found, err := r.text(); err != nil || found != version {
		return nil, errFormat
	}
	entries := map[string]entry{}
	for r.at < r.end {
		key, err := r.text()
		if err != nil {
			return nil, err
		}
		size, err := r.length()
		if err != nil {
			return nil, err
		}
		entries[key] = entry{Value: Value{in, r.at, size}}
		if err := r.skip(size); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// length reads the length of a field, which must end within the file.
func (r *reader) length() (int, error) {
	size, err := binary.ReadUvarint(r)
	r.at += int64(len(binary.AppendUvarint(nil, size)))
	if err != nil || size > uint64(max(0, r.end-r.at)) {
		return 0, errFormat
	}
	return int(size), nil
}

func (r *reader) skip(n int) error {
	r.at += int64(n)
	_, err := r.Discard(n)
	return err
}

func (r *reader) text() (string, error) {
	n, err := r.length()
	if err != nil {
		return "", err
	}
	text := make([]byte, n)
	_, err = io.ReadFull(r, text)
	r.at += int64(n)
	return string(text), err
}
