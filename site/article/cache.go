package article

import (
	"crypto/sha256"
	"encoding/binary"

	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
)

// A Sum is the fingerprint of an article: a hash of its file's name and bytes.
type Sum [16]byte

func sumOf(file string, data []byte) (sum Sum) {
	h := sha256.New()
	h.Write(binary.AppendUvarint(nil, uint64(len(file))))
	h.Write([]byte(file))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}

// sumListed returns a fingerprint of the article without its text: its name, its
// front matter and where its links lead. Pages that only list the article depend
// on no more.
func (a *Article) sumListed() Sum {
	var c buildcache.Codec
	c.Text(&a.front)
	for i := range a.Links {
		c.Text(&a.Links[i].Ref)
	}
	return sumOf(a.File, c.Bytes())
}

// ParseCached is Parse for an article that the cache may have. Articles with
// findings are not kept, so that every run reports them.
func ParseCached(file string, data []byte, cache *buildcache.Cache) (*Article, []diag.Finding) {
	if cache == nil {
		return Parse(file, data)
	}
	sum := sumOf(file, data)
	key := string(sum[:])
	if value := cache.Get(key); value != nil {
		if a, err := decodeArticle(value); err == nil {
			a.Sum = sum
			return a, nil
		}
	}
	a, found := Parse(file, data)
	a.Sum, a.Listed = sum, a.sumListed()
	if len(found) == 0 {
		cache.Put(key, a.encode())
	}
	return a, found
}
