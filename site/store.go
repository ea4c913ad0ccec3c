package site

import (
	"bytes"
	"strings"
	"sync"

	"github.com/klauspost/compress/s2"

	"helpcenter"
)

// A store holds every file in memory, text in an archive. The forms in which it is
// sent (by brotli, gzip, zstd, or as it is) are made when they are asked for, in a
// quarter of a millisecond for a page, and those made last are kept.
type store map[string]*entryBytes // by path below the site's prefix, a folder's index by that of the folder

func (st store) get(path string) *entryBytes { return st[withoutIndex(path)] }

// withoutIndex returns the path of a folder instead of that of its index.
func withoutIndex(path string) string {
	if dir, ok := strings.CutSuffix(path, "index.html"); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		return dir
	}
	return path
}

func (s *Site) store() (store, error) {
	k := keeper{archive: newArchive(s.sample())}
	if err := s.Each(k.take); err != nil {
		return nil, err
	}
	return k.store(), nil
}

// sample returns the beginnings of pages from all over the site, one after the
// other: text that is like that of the others.
func (s *Site) sample() []byte {
	const number, longest = 4, s2.MaxDictSize / 4
	var all, page bytes.Buffer
	for i := range number {
		data := s.pages[(2*i+1)*len(s.pages)/(2*number)].File(s).Bytes(&page)
		all.Write(data[:min(len(data), longest)])
	}
	return all.Bytes()
}

// A keeper takes the files of a store from many goroutines. What it keeps lies
// together, since it is made among much else that goes.
type keeper struct {
	*archive
	mu      sync.Mutex
	paths   []string
	entries []*entryBytes // in the order of paths
	free    []entryBytes
}

// take keeps a file.
func (k *keeper) take(f File, data []byte) error {
	e := k.add(f.Path)
	e.kind, e.tag, e.length = kindOf(f, inAll), tagOf(data), len(data)
	if !e.varies() {
		e.hold(nil, k.bodies.keep(data))
		return nil
	}
	e.archive, e.packed = k.archive, k.pack(data)
	if onEveryPage(f) {
		e.hold(asBrotli, asBrotli.encodeFile(f, data))
	}
	return nil
}

// add returns an empty entry for a path.
func (k *keeper) add(path string) *entryBytes {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.free) == 0 {
		k.free = make([]entryBytes, 1024)
	}
	e := &k.free[0]
	k.free = k.free[1:]
	k.paths, k.entries = append(k.paths, withoutIndex(path)), append(k.entries, e)
	return e
}

func (k *keeper) store() store {
	texts := make([]*string, 0, 2*len(k.entries))
	for i, e := range k.entries {
		texts = append(texts, &k.paths[i], &e.tag)
	}
	helpcenter.Pack(texts...)
	st := make(store, len(k.entries))
	for i, e := range k.entries {
		st[k.paths[i]] = e
	}
	return st
}
