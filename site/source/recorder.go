package source

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"sync"

	"helpcenter/site/article"
)

// A recorder hashes the files that are read, except articles and the pictures beside them, which have fingerprints
// of their own. It hashes the bytes actually read, even if files are saved in the meantime.
type recorder struct {
	program article.Sum
	mu      sync.Mutex
	sums    map[string][sha256.Size]byte // by name
	mixed   bool                         // whether a file changed between two reads
}

// Record records what is read from the folders from now on. The returned function returns the fingerprint of the
// program and of all files read so far, or zero if a file changed between two reads.
func (r Folders) Record(program article.Sum) (key func() article.Sum) {
	rec := &recorder{program: program, sums: map[string][sha256.Size]byte{}}
	for name, files := range r {
		if guarded, ok := files.(folder); ok {
			files = guarded.FS
		}
		r[name] = folder{files, name, rec}
	}
	return rec.key
}

func (r *recorder) key() (key article.Sum) {
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
