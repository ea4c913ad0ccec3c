package source

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/article"
)

// A recorder hashes the files that are read, except for articles and the pictures
// beside them, which have fingerprints of their own. So a site's key is that of the
// very bytes it was made of, even if files are saved meanwhile.
type recorder struct {
	program article.Sum
	mu      sync.Mutex
	sums    map[string][sha256.Size]byte // by name
	mixed   bool                         // a file changed between two reads
}

// Record lets a recorder hash what is read of the rooms from now on.
func (r Folders) Record(program article.Sum) *recorder {
	rec := &recorder{program: program, sums: map[string][sha256.Size]byte{}}
	for folder, files := range r {
		r[folder] = recordedFS{files, folder, rec}
	}
	return rec
}

// Key returns the fingerprint of the program and all files read so far, or zero if
// there is none because a file changed between two reads.
func (r *recorder) Key() (key article.Sum) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.mixed {
		return key
	}
	h := sha256.New()
	h.Write(r.program[:])
	for _, name := range slices.Sorted(maps.Keys(r.sums)) {
		fmt.Fprintf(h, "%q %x\n", name, r.sums[name])
	}
	copy(key[:], h.Sum(nil))
	return key
}

func (r *recorder) add(name string, sum [sha256.Size]byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before, ok := r.sums[name]
	r.mixed = r.mixed || ok && before != sum
	r.sums[name] = sum
}

type recordedFS struct {
	fs.FS
	folder string
	*recorder
}

func (r recordedFS) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil || r.folder == "content" && strings.Contains(name, "/") {
		return f, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	return &recordedFile{File: f, fs: r, name: r.folder + "/" + name, hash: sha256.New()}, nil
}

type recordedFile struct {
	fs.File
	fs   recordedFS
	name string
	hash hash.Hash
	read bool
}

func (f *recordedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.hash.Write(p[:n])
	f.read = true
	return n, err
}

func (f *recordedFile) Close() error {
	if f.read {
		f.fs.add(f.name, [sha256.Size]byte(f.hash.Sum(nil)))
	}
	return f.File.Close()
}
