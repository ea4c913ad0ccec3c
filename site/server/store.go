package server

import (
	"bytes"
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"helpcenter/site"
	"helpcenter/site/encoded"
)

// A store gives files in the codings that they are asked for in. It makes a file
// when it is asked for (a page takes a fifth of a millisecond, and its compression
// a quarter) and keeps what was asked for last.
type store struct {
	finish func(f site.File, data []byte) []byte // changes what is sent; may be nil
	mu     sync.Mutex
	recent *simplelru.LRU[variant, *encoded.Form]
	length int // bytes of the bodies in recent
}

// A variant is a file in a coding, nil for none.
type variant struct {
	path   string
	coding *encoded.Coding
}

// keptBytes is how many bytes a store keeps: some 7,000 pages by brotli.
const keptBytes = 20 << 20

func NewStore(finish func(site.File, []byte) []byte) *store {
	s := &store{finish: finish}
	// It fails only for a size below one.
	s.recent, _ = simplelru.NewLRU(math.MaxInt, func(_ variant, f *encoded.Form) { s.length -= len(f.Body) })
	return s
}

// Form returns a file in the best coding that the lines of an Accept-Encoding take.
// A file without a path is made for one request and not kept.
func (s *store) Form(f site.File, accept []string) (*encoded.Form, error) {
	offered := encoded.InNone
	switch {
	case !encoded.Compressible(f.Type):
	case f.Path == "":
		offered = encoded.InQuick
	default:
		offered = encoded.InAll
	}
	v := variant{f.Path, offered[encoded.Preferred(accept, offered)]}
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
	made := encoded.NewForm(encoded.KindOf(f.Type, f.Immutable, offered), v.coding.EncodeFile(f.Type, body), encoded.TagOf(body), v.coding)
	if f.Path != "" {
		s.keep(v, made)
	}
	return made, nil
}

func (s *store) get(v variant) *encoded.Form {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, _ := s.recent.Get(v)
	return kept
}

// keep keeps a form, and forgets those that have not been asked for the longest.
func (s *store) keep(v variant, f *encoded.Form) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.recent.Contains(v) { // another request has made it meanwhile
		return
	}
	s.recent.Add(v, f)
	s.length += len(f.Body)
	for s.length > keptBytes {
		s.recent.RemoveOldest()
	}
}
