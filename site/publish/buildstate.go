package publish

import (
	"crypto/sha256"

	"helpcenter/site"
	"helpcenter/site/buildcache"
)

// partState describes a part of the site as published. The next build into the same folder makes only the parts
// whose key has changed, or any of whose files differ in size or time.
type partState struct {
	Key   site.Key
	files []fileState
}

type fileState struct {
	path    string
	lang    string
	sum     [sha256.Size]byte
	size    int64
	modTime int64 // in nanoseconds since 1970

	precompressed bool
}

// readState returns the state of a part in the last build, or an empty one.
func readState(cache *buildcache.Cache, name string) partState {
	value := cache.Get(name)
	if value == nil {
		return partState{}
	}
	var p partState
	c := buildcache.NewReader(value)
	if p.code(c); c.Err() != nil {
		return partState{}
	}
	return p
}

// keep saves the state of a part for the next build.
func (p *partState) keep(cache *buildcache.Cache, name string) {
	if cache == nil {
		return
	}
	var c buildcache.Codec
	p.code(&c)
	cache.Put(name, c.Bytes())
}

// code writes or reads the state.
func (p *partState) code(c *buildcache.Codec) {
	c.Fixed(p.Key[:])
	buildcache.List(c, &p.files, func(f *fileState) {
		c.Text(&f.path, &f.lang)
		c.Fixed(f.sum[:])
		buildcache.Int(c, &f.size, &f.modTime)
		c.Bool(&f.precompressed)
	})
}

// file returns the state of a file of the part, or an empty one.
func (p *partState) file(path string) fileState {
	for _, f := range p.files {
		if f.path == path {
			return f
		}
	}
	return fileState{}
}
