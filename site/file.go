package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"helpcenter/site/library"
)

// A File is one file of the published site. Its bytes are made on demand.
type File struct {
	Path      string // below the site's root, with slashes
	Type      string // media type
	Immutable bool   // whether its name contains a hash of its bytes
	Lang      string // of a page, otherwise ""
	Article   string // path of the article that the page shows, or ""
	Write     func(b *bytes.Buffer) error
}

// PageType is the media type of pages.
const PageType = "text/html; charset=utf-8"

// Bytes returns the content of the file, which is valid until b is next used. An error comes from a template.
func (f File) Bytes(b *bytes.Buffer) ([]byte, error) {
	b.Reset()
	if err := f.Write(b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// BytesFile returns a file of existing bytes.
func BytesFile(path, mediaType string, data []byte) File {
	return plainFile(path, mediaType, func(b *bytes.Buffer) { b.Write(data) })
}

// plainFile returns a file that no template makes, so writing it cannot fail.
func plainFile(path, mediaType string, write func(b *bytes.Buffer)) File {
	return File{Path: path, Type: mediaType, Write: func(b *bytes.Buffer) error {
		write(b)
		return nil
	}}
}

// A Recipe lists what files are made of, with each item delimited from the next.
type Recipe []byte

// Text adds a string to the recipe.
func (r Recipe) Text(s string) Recipe { return append(binary.AppendUvarint(r, uint64(len(s))), s...) }

func (r Recipe) with(k Key) Recipe { return append(r, k[:]...) }

// Key returns a hash of the recipe.
func (r Recipe) Key() (k Key) {
	sum := sha256.Sum256(r)
	copy(k[:], sum[:])
	return k
}

// frameKey returns the key of everything except articles, or the zero key if it is unknown. It is another one once
// more files have been read.
func frameKey(s *Site) Key {
	if s.Key == nil {
		return Key{}
	}
	read := s.Key()
	if read == (Key{}) {
		return Key{}
	}
	r := Recipe{}.with(read).Text(s.base.String()).Text(fmt.Sprint(s.PagesOnly, s.Feedback))
	for _, n := range s.Library.Site.Notices { // the moments too: the rules of the time zone may have changed
		r = r.Text(stage(n, s.Now)).Text(n.From.UTC().String()).Text(n.Until.UTC().String())
	}
	for _, c := range s.checkers {
		r = r.Text(c.ID).Text(c.Version()).Text(strconv.FormatBool(c.InForce(s.today)))
	}
	for _, f := range s.assets.files {
		r = r.Text(f.Path)
	}
	for _, a := range s.Library.Assets {
		r = r.Text(a.File).Text(a.Name)
	}
	return r.Key()
}

// stage says whether a notice is to come, shown or over.
func stage(n library.Notice, now time.Time) string {
	switch {
	case now.Before(n.From):
		return "to come"
	case now.Before(n.Until):
		return "shown"
	}
	return "over"
}
