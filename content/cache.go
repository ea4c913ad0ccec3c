package content

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"helpcenter"
)

// A Sum is a hash of an article's file, its name included: equal sums, equal
// records.
type Sum [16]byte

func sumOf(file string, data []byte) (sum Sum) {
	h := sha256.New()
	h.Write(binary.AppendUvarint(nil, uint64(len(file))))
	h.Write([]byte(file))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}

// A Cache keeps the records of articles from one run to the next, by the sums of
// their files, so that only what has changed is parsed. It belongs to one
// program: what another version has written is not taken, nor is anything that
// is damaged. Articles with findings are never kept.
//
// The file begins with the program's version; records follow, each with its sum,
// its lengths and a checksum. New ones are appended, and when more than half of
// the file is of no use any more it is written anew.
type Cache struct {
	path    string
	version Sum
	data    []byte
	at      map[Sum]cached
	mu      sync.Mutex
	used    map[Sum]bool
	new     *os.File // what comes in this run, with the version before it; nil as long as nothing has
	w       *bufio.Writer
	damaged bool
}

// cached is where a record stands in the file.
type cached struct{ from, to, html int }

// cacheHead is what stands before each record: sum, length, length of its HTML,
// checksum.
const cacheHead = len(Sum{}) + 3*4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// OpenCache reads the cache in a file, for a program of that version; whatever
// is the matter with it, the worst is an empty cache.
func OpenCache(path string, version Sum) *Cache {
	c := &Cache{path: path, version: version, at: map[Sum]cached{}, used: map[Sum]bool{}}
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(data, version[:]) {
		c.damaged = true
		return c
	}
	c.data = data
	for pos := len(version); pos < len(data); {
		if len(data)-pos < cacheHead {
			c.damaged = true
			break
		}
		var sum Sum
		copy(sum[:], data[pos:])
		head := data[pos+len(sum):]
		length, html := int(binary.LittleEndian.Uint32(head)), int(binary.LittleEndian.Uint32(head[4:]))
		pos += cacheHead
		if length > len(data)-pos {
			c.damaged = true
			break
		}
		c.at[sum] = cached{pos, pos + length, html}
		pos += length
	}
	return c
}

// get returns the article of that sum, or nil.
func (c *Cache) get(sum Sum) *Article {
	at, ok := c.at[sum]
	if !ok {
		return nil
	}
	record := c.data[at.from:at.to:at.to]
	a, err := decodeArticle(record, at.html)
	intact := crc32.Checksum(record, castagnoli) == binary.LittleEndian.Uint32(c.data[at.from-4:])
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil || !intact {
		c.damaged = true
		return nil
	}
	c.used[sum] = true
	return a
}

// put keeps an article for the next run, in a file of its own until [Cache.Save].
func (c *Cache) put(sum Sum, a *Article) {
	record := a.encode(nil)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.new == nil && c.begin() != nil {
		return
	}
	c.w.Write(head(sum, record, len(a.Body.HTML)))
	c.w.Write(record)
}

// begin makes the file for what is new.
func (c *Cache) begin() error {
	err := os.MkdirAll(filepath.Dir(c.path), 0o755)
	if err == nil {
		c.new, err = os.CreateTemp(filepath.Dir(c.path), filepath.Base(c.path)+".*")
	}
	if err == nil {
		c.w = bufio.NewWriterSize(c.new, 1<<20)
		c.w.Write(c.version[:])
	}
	return err
}

func head(sum Sum, record []byte, html int) []byte {
	b := binary.LittleEndian.AppendUint32(slices.Clone(sum[:]), uint32(len(record)))
	b = binary.LittleEndian.AppendUint32(b, uint32(html))
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(record, castagnoli))
}

// Save writes what has come since the cache was opened; a nil cache keeps
// nothing. One that can't be written costs time, not truth, so callers may
// ignore the error.
func (c *Cache) Save() error {
	if c == nil {
		return nil
	}
	anew := c.damaged || 2*len(c.used) < len(c.at)
	if c.new == nil && !anew {
		return nil
	}
	if c.new == nil {
		if err := c.begin(); err != nil {
			return err
		}
	}
	defer os.Remove(c.new.Name())
	defer c.new.Close()
	if !anew {
		return c.extend()
	}
	for sum, at := range c.at {
		if c.used[sum] {
			c.w.Write(c.data[at.from-cacheHead : at.to])
		}
	}
	if err := c.w.Flush(); err != nil {
		return err
	}
	return os.Rename(c.new.Name(), c.path)
}

// extend appends what is new to the cache's file.
func (c *Cache) extend() error {
	if err := c.w.Flush(); err != nil {
		return err
	}
	if _, err := c.new.Seek(int64(len(c.version)), io.SeekStart); err != nil {
		return err
	}
	f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, c.new)
	return errors.Join(err, f.Close())
}

// parse is Parse, by the cache where it can be.
func (c *Cache) parse(file string, data []byte) (*Article, []helpcenter.Finding) {
	if c == nil {
		return Parse(file, data)
	}
	sum := sumOf(file, data)
	if a := c.get(sum); a != nil {
		a.Sum = sum
		return a, nil
	}
	a, found := Parse(file, data)
	a.Sum = sum
	if len(found) == 0 {
		c.put(sum, a)
	}
	return a, found
}
