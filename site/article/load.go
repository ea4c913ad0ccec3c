package article

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"io/fs"
	"path"
	"sync"

	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
)

// buffers hold the bytes of articles while they are parsed. Articles keep only copies.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Load reads an article; file is its name below content/. With a cache, the article is parsed only if it has
// changed, and its content stays in the cache (see [Article.Read]). Articles with findings are not cached, so that
// every run reports them. An article that equals known, which may be nil, shares its texts.
func Load(fsys fs.FS, file string, cache *buildcache.Cache, known *Article) (*Article, []diag.Finding) {
	data := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(data)
	data.Reset()
	name := path.Join("content", file)
	if f := Read(fsys, file, maxArticle, data); f != nil {
		a, _ := Place(name)
		found := []diag.Finding{*f}
		a.content.noteErrors(found)
		return a, found
	}
	if cache == nil {
		a, found := Parse(name, data.Bytes())
		return a.Article, found
	}
	sum := sumOf(name, data.Bytes())
	key := string(sum[:])
	if value, ok := cache.Find(key); ok {
		if known != nil && known.Sum == sum && known.content == nil {
			same := *known
			same.kept = value // so that the file of an earlier cache is not kept open
			return &same, nil
		}
		if a, err := decodeArticle(name, value); err == nil {
			a.Sum = sum
			return a, nil
		}
	}
	a, found := Parse(name, data.Bytes())
	a.Sum, a.Listed = sum, a.sumListed()
	if len(found) > 0 {
		return a.Article, found
	}
	e := encoders.Get().(*encoder)
	defer encoders.Put(e)
	value := e.encode(a)
	if kept, err := decodeHead(name, value, cache.Put(key, value)); err == nil {
		kept.Sum = sum
		return kept, nil
	}
	return a.Article, nil
}

// headSize is as long as the heads of most articles.
const headSize = 1 << 10

// decodeArticle decodes an article as written by encode, but leaves its content in the cache.
func decodeArticle(file string, value buildcache.Value) (*Article, error) {
	data, err := value.Read(0, headSize)
	if err != nil {
		return nil, err
	}
	if _, head, _, err := parts(data); err == nil && head > len(data) {
		if data, err = value.Read(0, head); err != nil {
			return nil, err
		}
	}
	return decodeHead(file, data, value)
}

// decodeHead is decodeArticle for a value that begins with data.
func decodeHead(file string, data []byte, value buildcache.Value) (*Article, error) {
	lengths, head, rest, err := parts(data)
	if err != nil || head > len(data) {
		return nil, cmp.Or(err, errFormat)
	}
	a, _ := Place(file)
	a.content, a.kept = nil, value
	c := buildcache.NewReader(bytes.Clone(data[lengths:head])) // so that the rest of data is not kept
	if a.code(c); c.Err() == nil && rest+a.Size != value.Len() {
		return nil, errFormat
	}
	return a, c.Err()
}

// Read appends a file below content/ to a buffer. If the file cannot be read or has more than limit bytes, it
// returns a finding.
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

// sumListed returns the fingerprint of what pages that list the article depend on: its file name, front matter and
// links.
func (a *Content) sumListed() Sum {
	var c buildcache.Codec
	c.Text(&a.front)
	for i := range a.Links {
		c.Text(&a.Links[i].Ref)
	}
	return sumOf(a.File, c.Bytes())
}
