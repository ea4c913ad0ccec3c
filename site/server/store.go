package server

import (
	"bytes"
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"helpcenter/site"
	"helpcenter/site/encoded"
)

// A Store makes and compresses files when they are first asked for (each takes some
// 0.2 ms for a page) and keeps those asked for last.
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

// keptBytes is how many bytes of bodies a store keeps: some 7,000 pages by brotli.
const keptBytes = 20 << 20

// NewStore returns an empty store. The bytes of every file pass through change, if it
// is not nil.
func NewStore(change func(site.File, []byte) []byte) *Store {
	s := &Store{change: change}
	// It fails only for a size below one.
	s.recent, _ = simplelru.NewLRU(math.MaxInt, func(_ storeKey, v *encoded.Variant) { s.length -= len(v.Body) })
	return s
}

// Variant returns a file in the best coding that the values of Accept-Encoding
// accept. A file without a path is made for one request and not kept. An error is
// that of the file's template.
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

// warm makes the variant of an immutable file by brotli, whose best level takes longer
// than a request may, or takes it from the store of the previous site: the file's name
// holds a hash, so its bytes are the same.
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

// put keeps a variant, and drops those that have not been asked for the longest.
func (s *Store) put(key storeKey, v *encoded.Variant) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.recent.Contains(key) { // another request has made it meanwhile
		return
	}
	s.recent.Add(key, v)
	s.length += len(v.Body)
	for s.length > keptBytes {
		s.recent.RemoveOldest()
	}
}
