package site

import (
	"bytes"
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// A store gives files in the codings that they are asked for in. It makes a file
// when it is asked for (a page takes a fifth of a millisecond, and its compression
// a quarter) and keeps what was asked for last.
type store struct {
	finish func(f File, data []byte) []byte // changes what is sent; may be nil
	mu     sync.Mutex
	recent *simplelru.LRU[variant, *form]
	length int // bytes of the bodies in recent
}

// A variant is a file in a coding, nil for none.
type variant struct {
	path   string
	coding *coding
}

// keptBytes is how many bytes a store keeps: some 7,000 pages by brotli.
const keptBytes = 20 << 20

func newStore(finish func(File, []byte) []byte) *store {
	s := &store{finish: finish}
	// It fails only for a size below one.
	s.recent, _ = simplelru.NewLRU(math.MaxInt, func(_ variant, f *form) { s.length -= len(f.body) })
	return s
}

// form returns a file in the best coding that the lines of an Accept-Encoding take.
// A file without a path is made for one request and not kept.
func (s *store) form(f File, accept []string) (*form, error) {
	offered := inNone
	switch {
	case !compressible(f.Type):
	case f.Path == "":
		offered = inQuick
	default:
		offered = inAll
	}
	v := variant{f.Path, offered[preferred(accept, offered)]}
	if kept := s.get(v); kept != nil {
		return kept, nil
	}
	var b bytes.Buffer
	body, err := f.Bytes(&b)
	if err != nil {
		return nil, err
	}
	if s.finish != nil {
		body = s.finish(f, body)
	}
	made := newForm(kindOf(f.Type, f.Immutable, offered), v.coding.encodeFile(f.Type, body), tagOf(body), v.coding)
	if f.Path != "" {
		s.keep(v, made)
	}
	return made, nil
}

func (s *store) get(v variant) *form {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, _ := s.recent.Get(v)
	return kept
}

// keep keeps a form, and forgets those that have not been asked for the longest.
func (s *store) keep(v variant, f *form) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.recent.Contains(v) { // another request has made it meanwhile
		return
	}
	s.recent.Add(v, f)
	s.length += len(f.body)
	for s.length > keptBytes {
		s.recent.RemoveOldest()
	}
}
