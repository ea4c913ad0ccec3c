package site

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"helpcenter/site/diag"
	"helpcenter/site/parallel"
	"helpcenter/site/template"
)

// A Part is some files of the site that are made together.
type Part struct {
	Name  string
	Key   func() Key // of all that the files are made of; zero if unknown
	Files iter.Seq[File]
	Page  bool
}

// parts returns the site in parts, always in the same order. What takes longest
// comes first, the sitemap and the indexes, so that other parts are made
// meanwhile. The index of a language precedes its pages: one is made at a time.
func (s *Site) parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		k := makeKeys(s)
		for _, f := range otherFiles(s) {
			if !yield(Part{Name: f.Path, Key: k.rest, Files: one(f)}) {
				return
			}
		}
		for i, l := range s.langs {
			index := Part{Name: IndexFolder + l.Tag, Key: func() Key { return k.index(l.Tag) }, Files: indexFiles(l)}
			if !yield(index) {
				return
			}
			for j := range s.pages {
				p := &s.pages[j]
				if p.lang != i {
					continue
				}
				if !yield(Part{Name: p.path, Key: func() Key { return k.page(l, p) }, Files: one(s.page(p)), Page: true}) {
					return
				}
			}
		}
	}
}

func one(f File) iter.Seq[File] { return slices.Values([]File{f}) }

// EachPart calls visit with every part, from several goroutines, each with a
// buffer of its own. It stops at the first error and when ctx is done.
func (s *Site) EachPart(ctx context.Context, visit func(Part, *bytes.Buffer) error) error {
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	return parallel.ForEach(ctx, s.parts(), func(p Part) error {
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		return visit(p, buf)
	})
}

// Each calls visit with every file and its bytes, from several goroutines and in
// no particular order. The bytes are valid until visit returns. It stops at the
// first error.
func (s *Site) Each(visit func(f File, data []byte) error) error {
	return s.EachPart(context.Background(), func(p Part, buf *bytes.Buffer) error {
		for f := range p.Files {
			data, err := f.Bytes(buf)
			if err != nil {
				return err
			}
			if err := visit(f, data); err != nil {
				return err
			}
		}
		return nil
	})
}

// Try makes every file and returns the errors of templates, sorted.
func (s *Site) Try() []diag.Finding {
	var mu sync.Mutex
	var found []diag.Finding
	s.EachPart(context.Background(), func(p Part, buf *bytes.Buffer) error {
		for f := range p.Files {
			var failed template.Error
			if _, err := f.Bytes(buf); errors.As(err, &failed) {
				mu.Lock()
				found = append(found, failed.Finding)
				mu.Unlock()
			}
		}
		return nil
	})
	return diag.Sort(found)
}
