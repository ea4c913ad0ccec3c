package site

import (
	"encoding/gob"
	"errors"
	"os"
	"path/filepath"
)

// A Record says what a build has written and what it was made of, so that the
// next one into the same folder makes again only what has changed. It is kept
// apart from the site. A file of the site that is no longer as the record has it
// (by size and time) is made again.
type Record struct {
	path  string
	parts map[string]partRecord
}

// partRecord is a part as it was made.
type partRecord struct {
	Key   Key
	Files []fileRecord
}

type fileRecord struct {
	Path    string
	Lang    string
	Sum     [32]byte
	Size    int64
	ModTime int64 // in nanoseconds
}

// OpenRecord reads a record. Whatever is the matter with it, the worst is an
// empty one.
func OpenRecord(path string) *Record {
	r := &Record{path: path}
	f, err := os.Open(path)
	if err != nil {
		return r
	}
	defer f.Close()
	var parts map[string]partRecord
	if gob.NewDecoder(f).Decode(&parts) == nil {
		r.parts = parts
	}
	return r
}

// Save keeps the record for the next build; a nil record keeps nothing. One that
// can't be kept costs time, not truth.
func (r *Record) Save() error {
	if r == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(r.path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(r.path), filepath.Base(r.path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(gob.NewEncoder(f).Encode(r.parts), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), r.path)
}

// part returns the part as it was last made, if it was made of the same.
func (r *Record) part(p part) (partRecord, bool) {
	if r == nil || p.key == (Key{}) {
		return partRecord{}, false
	}
	old, ok := r.parts[p.name]
	return old, ok && old.Key == p.key
}

func (r *Record) replace(parts map[string]partRecord) {
	if r != nil {
		r.parts = parts
	}
}
