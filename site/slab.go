package site

import (
	"slices"
	"sync"
)

// A slab is memory for bodies that stay. They lie together in large pieces: each
// by itself, among all that comes and goes while a site is made, would hold on to
// the page of memory around it.
type slab struct {
	mu   sync.Mutex
	free []byte // the rest of the last piece
}

const (
	slabPiece = 1 << 20
	slabLong  = slabPiece / 16 // what is longer lies by itself
)

// keep returns a copy of data, in a piece that it shares with others unless it is
// long. A piece is given back when nothing in it is needed any more.
func (s *slab) keep(data []byte) []byte {
	if len(data) > slabLong {
		return slices.Clone(data)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(data) > len(s.free) {
		s.free = make([]byte, slabPiece)
	}
	kept := s.free[:len(data):len(data)]
	s.free = s.free[len(data):]
	copy(kept, data)
	return kept
}
