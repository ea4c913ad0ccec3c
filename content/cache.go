package content

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

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

// sumListed returns a hash of what is known of the article where its text is not:
// its name, its front matter and where its links lead. Pages that only list the
// article, or rank it, are made of no more.
func (a *Article) sumListed() Sum {
	e := &encoder{}
	e.text(a.front)
	for _, l := range a.Links {
		e.text(l.Ref)
	}
	return sumOf(a.File, e.b)
}

// A Cache keeps the records of articles from one run to the next, by the sums of
// their files, so that only what has changed is parsed; and by the stamps of their
// files, so that only what may have changed is read (see [stampOf]). It belongs to
// one program: what another version has written is not taken, nor is anything that
// is damaged. Articles with findings are never kept.
//
// One file holds the records, one after the other, and an index beside it tells
// where they stand. What is new is appended, and then the index replaced: after a
// run that was killed it knows nothing of that. When more than half of the records
// are of no use any more, the others are written anew. Each record is proven by a
// checksum when it is read, so that runs that get in each other's way lose time
// only.
type Cache struct {
	path    string
	version Sum
	opened  time.Time // before it is asked for any article
	records *os.File  // of earlier runs; nil for none
	known   index     // of earlier runs

	mu      sync.Mutex
	used    map[Sum]entry // of this run, by sum
	changed bool          // the index is
	out     *os.File      // takes the records of this run; nil as long as there are none
	w       *bufio.Writer // to out
	end     int64         // where the next record goes
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// OpenCache opens the cache in a file, for a program of that version; whatever is
// the matter with it, the worst is an empty cache.
func OpenCache(path string, version Sum) *Cache {
	c := &Cache{path: path, version: version, opened: time.Now(), used: map[Sum]entry{}}
	known, err := readIndex(indexOf(path), version)
	if err == nil {
		c.records, err = os.Open(path)
	}
	if err == nil {
		c.known = known
	}
	return c
}

// load reads an article: its file is read only where its stamp is new, and parsed
// only where its bytes are.
func (c *Cache) load(fsys fs.FS, f source) (*Article, []helpcenter.Finding) {
	if c == nil {
		return loadArticle(fsys, f.name, nil)
	}
	stamp := stampOf(f, c.opened)
	if sum, ok := c.known.stamps[stamp]; ok {
		if a := c.get(sum); a != nil {
			return a, nil
		}
	}
	a, found := loadArticle(fsys, f.name, c)
	c.stamp(a.Sum, stamp)
	return a, found
}

// parse is Parse, by the cache where it can be.
func (c *Cache) parse(file string, data []byte) (*Article, []helpcenter.Finding) {
	if c == nil {
		return Parse(file, data)
	}
	sum := sumOf(file, data)
	if a := c.get(sum); a != nil {
		return a, nil
	}
	a, found := Parse(file, data)
	a.Sum, a.Listed = sum, a.sumListed()
	if len(found) == 0 {
		c.put(a)
	}
	return a, found
}

// get returns the article of that sum, or nil.
func (c *Cache) get(sum Sum) *Article {
	e, ok := c.known.entries[sum]
	if !ok {
		return nil
	}
	buf := sources.Get().(*bytes.Buffer)
	defer sources.Put(buf)
	record, err := c.read(e, buf)
	if err != nil {
		return nil
	}
	a, err := decodeArticle(record)
	if err != nil {
		return nil
	}
	a.Sum = sum
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used[sum] = e
	return a
}

// read reads a record into a buffer.
func (c *Cache) read(e entry, buf *bytes.Buffer) ([]byte, error) {
	buf.Reset()
	buf.Grow(int(e.size))
	record := buf.AvailableBuffer()[:e.size]
	if _, err := c.records.ReadAt(record, e.at); err != nil {
		return nil, err
	}
	if crc32.Checksum(record, castagnoli) != e.check {
		return nil, errRecord
	}
	return record, nil
}

// put keeps an article for the next run.
func (c *Cache) put(a *Article) {
	record := a.encode(nil)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out == nil && c.begin() != nil {
		return
	}
	c.w.Write(record)
	c.used[a.Sum] = entry{sum: a.Sum, at: c.end, size: uint32(len(record)), check: crc32.Checksum(record, castagnoli)}
	c.end += int64(len(record))
	c.changed = true
}

// begin opens the file for the records of this run, after those of earlier ones.
func (c *Cache) begin() error {
	if err := os.MkdirAll(filepath.Dir(c.path), 0o755); err != nil {
		return err
	}
	flags := os.O_WRONLY | os.O_CREATE
	if c.records == nil {
		flags |= os.O_TRUNC
	}
	out, err := os.OpenFile(c.path, flags, 0o600)
	if err != nil {
		return err
	}
	c.end, err = out.Seek(0, io.SeekEnd)
	c.out, c.w = out, bufio.NewWriterSize(out, 1<<20)
	return err
}

// stamp notes by what stamp the file of an article is known the next time.
func (c *Cache) stamp(sum, stamp Sum) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.used[sum]; ok && stamp != (Sum{}) && e.stamp != stamp {
		e.stamp = stamp
		c.used[sum], c.changed = e, true
	}
}

// Save keeps for the next run what has come in this one, and closes the cache; a
// nil cache keeps nothing. One that can't be written costs time, not truth, so
// callers may ignore the error.
func (c *Cache) Save() error {
	if c == nil {
		return nil
	}
	defer c.records.Close() // no matter whether there are any
	if !c.changed {
		return nil
	}
	if c.out != nil {
		if err := cmp.Or(c.w.Flush(), c.out.Close()); err != nil {
			return err
		}
	}
	next := maps.Clone(c.used)
	if c.wasteful() {
		if err := c.rewrite(next); err != nil {
			return err
		}
	} else {
		for sum, e := range c.known.entries {
			if _, used := next[sum]; !used {
				next[sum] = e
			}
		}
	}
	return writeIndex(indexOf(c.path), c.version, next)
}

// wasteful reports whether more than half of the records are of no use any more.
func (c *Cache) wasteful() bool {
	var useful int64
	for _, e := range c.used {
		useful += int64(e.size)
	}
	return c.records != nil && 2*useful < c.end
}

// rewrite writes the records of these entries into a new file, and notes where.
func (c *Cache) rewrite(entries map[Sum]entry) error {
	return helpcenter.ReplaceFile(c.path, func(w io.Writer) error {
		var buf bytes.Buffer
		var at int64
		for sum, e := range entries {
			record, err := c.read(e, &buf)
			if err != nil {
				return err
			}
			if _, err := w.Write(record); err != nil {
				return err
			}
			e.at = at
			entries[sum] = e
			at += int64(e.size)
		}
		return nil
	})
}
