package site

import (
	"crypto/sha256"
	"io"
	"os"

	"helpcenter"
)

// A Record says what a build has written and what it was made of, so that the
// next one into the same folder makes again only what has changed. It is kept
// apart from the site. A file of the site that is no longer as the record has it
// (by size and time) is made again. It belongs to one program: what another
// version has written is not taken, nor is anything that is damaged.
type Record struct {
	path    string
	program Key
	parts   map[string]partRecord
	changed bool // since it was read
}

// partRecord is a part as it was made.
type partRecord struct {
	Key   Key
	Files []fileRecord
}

type fileRecord struct {
	Path    string
	Lang    string
	Sum     [sha256.Size]byte
	Size    int64
	ModTime int64 // in nanoseconds
	Twin    bool  // the file before it, compressed
}

// OpenRecord reads a record, for a program of that key. Whatever is the matter
// with it, the worst is an empty one.
func OpenRecord(path string, program Key) *Record {
	r := &Record{path: path, program: program}
	if data, err := os.ReadFile(path); err == nil {
		r.parts = decodeParts(data, program)
	}
	return r
}

// Save keeps the record for the next build; a nil record keeps nothing. One that
// can't be kept costs time, not truth.
func (r *Record) Save() error {
	if r == nil || !r.changed {
		return nil
	}
	return helpcenter.ReplaceFile(r.path, func(w io.Writer) error {
		_, err := w.Write(encodeParts(r.parts, r.program))
		return err
	})
}

// part returns the part of that name as it was last made, if it was made of the
// same.
func (r *Record) part(name string, key Key) (partRecord, bool) {
	if r == nil || key == (Key{}) {
		return partRecord{}, false
	}
	old, ok := r.parts[name]
	return old, ok && old.Key == key
}

// files returns the files of a part as they were last made, of whatever.
func (r *Record) files(name string) map[string]fileRecord {
	files := map[string]fileRecord{}
	if r != nil {
		for _, f := range r.parts[name].Files {
			files[f.Path] = f
		}
	}
	return files
}

func (r *Record) replace(parts map[string]partRecord) {
	if r != nil {
		r.parts, r.changed = parts, true
	}
}
