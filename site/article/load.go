package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"io/fs"
	"path"
	"sync"

	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
)

// buffers hold articles' bytes while they are parsed. Articles keep copies only.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Load reads an article, file being its name below content/. With a cache it is not parsed again unless it
// has changed. Articles with findings are not cached, so that every run reports them.
func Load(fsys fs.FS, file string, cache *buildcache.Cache) (*Article, []diag.Finding) {
	data := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(data)
	data.Reset()
	name := path.Join("content", file)
	if f := Read(fsys, file, maxArticle, data); f != nil {
		a, _ := Place(name)
		found := []diag.Finding{*f}
		a.noteErrors(found)
		return a, found
	}
	if cache == nil {
		return Parse(name, data.Bytes())
	}
	sum := sumOf(name, data.Bytes())
	key := string(sum[:])
	if a, err := decodeArticle(cache.Get(key)); err == nil {
		a.Sum = sum
		return a, nil
	}
	a, found := Parse(name, data.Bytes())
	a.Sum, a.Listed = sum, a.sumListed()
	if len(found) > 0 {
		return a, found
	}
	value := a.encode()
	cache.Put(key, value)
	if kept, err := decodeArticle(value); err == nil { // the cache holds the value: one copy is enough
		kept.Sum = sum
		return kept, nil
	}
	return a, nil
}

// Read appends a file below content/ to a buffer. It returns an error as a finding if the file cannot be read
// or has more than limit bytes.
func Read(fsys fs.FS, file string, limit int, into *bytes.Buffer) *diag.Finding {
	f, err := fsys.Open(file)
	if err == nil {
		defer f.Close()
		_, err = into.ReadFrom(io.LimitReader(f, int64(limit)+1))
	}
	if err == nil && into.Len() <= limit {
		return nil
	}
	at := diag.Position{File: path.Join("content", file)}
	found := tooLarge(at, "bytes", limit)
	if err != nil {
		found = diag.Errorf(at, "layout", "the file cannot be read: %v", err)
	}
	return &found
}

func sumOf(file string, data []byte) (sum Sum) {
	h := sha256.New()
	h.Write(binary.AppendUvarint(nil, uint64(len(file))))
	h.Write([]byte(file))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}

// sumListed returns the fingerprint of what pages that list the article depend on: its file's name, its front
// matter and its links.
func (a *Article) sumListed() Sum {
	var c buildcache.Codec
	c.Text(&a.front)
	for i := range a.Links {
		c.Text(&a.Links[i].Ref)
	}
	return sumOf(a.File, c.Bytes())
}
