package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
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
