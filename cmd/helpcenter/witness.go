package main

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"helpcenter/site"
)

// A witness hashes the files that are read from rooms, but for those that stand
// below a folder of content: articles and what stands beside them have sums of
// their own. So the key of a site is that of the very bytes that it was made of,
// whoever saves files meanwhile.
type witness struct {
	program site.Key
	mu      sync.Mutex
	sums    map[string][sha256.Size]byte // of files, by name
	torn    bool                         // a file was read twice and had changed
}

// witness puts a witness before the rooms, for a program of that key.
func (r rooms) witness(program site.Key) *witness {
	w := &witness{program: program, sums: map[string][sha256.Size]byte{}}
	for folder, room := range r {
		r[folder] = &witnessedRoom{room, folder, w}
	}
	return w
}

// key returns the key of all that was read so far, or zero where the same file
// was read as one and as another.
func (w *witness) key() (key site.Key) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.torn {
		return key
	}
	h := sha256.New()
	h.Write(w.program[:])
	for _, name := range slices.Sorted(maps.Keys(w.sums)) {
		fmt.Fprintf(h, "%q %x\n", name, w.sums[name])
	}
	copy(key[:], h.Sum(nil))
	return key
}

func (w *witness) note(name string, sum [sha256.Size]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if before, ok := w.sums[name]; ok && before != sum {
		w.torn = true
	}
	w.sums[name] = sum
}

// A witnessedRoom is one of the rooms.
type witnessedRoom struct {
	fs.FS
	folder string
	*witness
}

func (r *witnessedRoom) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil || r.folder == "content" && strings.Contains(name, "/") {
		return f, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	return &witnessedFile{f, sha256.New(), func(sum [sha256.Size]byte) { r.note(r.folder+"/"+name, sum) }, false}, nil
}

// A witnessedFile hashes what is read of it, and tells when it is closed.
type witnessedFile struct {
	fs.File
	hash hash.Hash
	note func([sha256.Size]byte)
	read bool
}

func (f *witnessedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.hash.Write(p[:n])
	f.read = true
	return n, err
}

func (f *witnessedFile) Close() error {
	if f.read {
		f.note([sha256.Size]byte(f.hash.Sum(nil)))
	}
	return f.File.Close()
}
