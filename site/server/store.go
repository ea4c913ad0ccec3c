package server

import (
	"bytes"
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"helpcenter/site"
	"helpcenter/site/encoded"
)

// A Store makes and compresses files when they are first asked for, which takes some 0.2 ms for a page, and keeps
// the most recently used.
type Store struct {
	change func(f site.File, data []byte) []byte // may be nil
	mu     sync.Mutex
	recent *simplelru.LRU[storeKey, *encoded.Variant]
	length int // bytes of the bodies in recent
}

type storeKey struct {
	path   string
	coding *encoded.Coding
}

// keptBytes is how many bytes of bodies a store keeps, some 7,000 pages in brotli.
const keptBytes = 20 << 20

// NewStore returns an empty store. Every file is passed through change unless that is nil.
func NewStore(change func(site.File, []byte) []byte) *Store {
	s := &Store{change: change}
	// NewLRU fails only for a size below one.
	s.recent, _ = simplelru.NewLRU(math.MaxInt, func(_ storeKey, v *encoded.Variant) { s.length -= len(v.Body) })
	return s
}

// Variant returns a file in the coding that the values of Accept-Encoding prefer. A file without a path was made
// for one request and is not kept. An error comes from the template of the file.
func (s *Store) Variant(f site.File, accept []string) (*encoded.Variant, error) {
	offered := encoded.AllCodings
	switch {
	case !encoded.Compressible(f.Type):
		offered = encoded.NoCodings
	case f.Path == "":
		offered = encoded.FastCodings
	}
	key := storeKey{f.Path, encoded.Negotiate(accept, offered)}
	if kept := s.get(key); kept != nil {
		return kept, nil
	}
	var b bytes.Buffer
	body, err := f.Bytes(&b)
	if err != nil {
		return nil, err
	}
	if s.change != nil {
		body = s.change(f, body)
	}
	made := encoded.NewVariant(encoded.FileHeaders(f.Type, f.Immutable, offered), f.Type, body, key.coding)
	if f.Path != "" {
		s.put(key, made)
	}
	return made, nil
}

// warm makes the brotli variant of an immutable file, since the best level takes longer than a request may. It
// reuses the variant of the previous site's store if there is one: the file's name holds a hash, so its bytes are
// the same.
func (s *Store) warm(f site.File, previous *Store) {
	key := storeKey{f.Path, encoded.Brotli}
	if v := previous.get(key); v != nil {
		s.put(key, v)
		return
	}
	s.Variant(f, []string{"br"}) // load has shown that the file can be made
}

func (s *Store) get(key storeKey) *encoded.Variant {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, _ := s.recent.Get(key)
	return kept
}

// put keeps a variant and drops the least recently used ones.
func (s *Store) put(key storeKey, v *encoded.Variant) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.recent.Contains(key) { // another request has made it in the meantime
		return
	}
	s.recent.Add(key, v)
	s.length += len(v.Body)
	for s.length > keptBytes {
		s.recent.RemoveOldest()
	}
}
