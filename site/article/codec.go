package article

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"sync"

	"helpcenter/site/buildcache"
	"helpcenter/site/civil"
)

// An encoder holds the buffers in which articles are encoded.
type encoder struct {
	head, rest buildcache.Codec
	value      []byte
}

var encoders = sync.Pool{New: func() any { return new(encoder) }}

// encode returns the article as a cache value: the lengths of the next two parts, what others need to know of the
// article, its content without the HTML, and the HTML. The value is valid until the encoder is used again.
func (e *encoder) encode(a *Content) []byte {
	e.head.Reset()
	e.rest.Reset()
	a.Article.code(&e.head)
	a.code(&e.rest)
	head, rest := e.head.Bytes(), e.rest.Bytes()
	e.value = binary.AppendUvarint(e.value[:0], uint64(len(head)))
	e.value = binary.AppendUvarint(e.value, uint64(len(rest)))
	e.value = append(append(append(e.value, head...), rest...), a.Body.HTML...)
	return e.value
}

var errFormat = errors.New("not an article")

// parts returns the offsets at which the first three parts of a value end. It needs only the beginning of the
// value.
func parts(value []byte) (lengths, head, rest int, err error) {
	size, n := binary.Uvarint(value)
	more, m := binary.Uvarint(value[max(0, n):])
	if n <= 0 || m <= 0 || size > math.MaxInt32 || more > math.MaxInt32 {
		return 0, 0, 0, errFormat
	}
	return n + m, n + m + int(size), n + m + int(size) + int(more), nil
}

// decodeContent decodes the content of an article, as written by encode. All of it aliases value.
func decodeContent(a *Article, value []byte) (*Content, error) {
	_, head, rest, err := parts(value)
	if err != nil || rest > len(value) {
		return nil, errFormat
	}
	c, read := buildcache.NewReader(value[head:rest]), &Content{Article: a}
	read.code(c)
	read.Body.HTML = value[rest:len(value):len(value)]
	return read, c.Err()
}

// code writes or reads the article without its place, content and fingerprint.
func (a *Article) code(c *buildcache.Codec) {
	c.Text(&a.Title, &a.Description, &a.Slug, (*string)(&a.Kind), &a.Checker)
	for _, day := range []*civil.Date{&a.Updated, &a.Publish, &a.Expires, &a.Review} {
		buildcache.Int(c, &day.Year, (*int)(&day.Month), &day.Day)
	}
	c.Bool(&a.Draft)
	c.Bool(&a.YAML)
	c.Fixed(a.Listed[:])
	text := func(s *string) { c.Text(s) }
	buildcache.List(c, &a.Aliases, text)
	buildcache.List(c, &a.Related, text)
	buildcache.List(c, &a.Products, text)
	buildcache.List(c, &a.Keywords, text)
	keys := slices.Sorted(maps.Keys(a.Extra))
	buildcache.List(c, &keys, func(key *string) {
		value := a.Extra[*key]
		if c.Text(key, &value); a.Extra == nil {
			a.Extra = map[string]string{}
		}
		a.Extra[*key] = value
	})
	buildcache.List(c, &a.Leads, text)
	buildcache.List(c, &a.Shows, text)
	c.Bool(&a.Values)
	c.Bool(&a.Refers)
	buildcache.List(c, &a.Silences, func(s *Silence) {
		c.Text(&s.Rule, &s.Reason)
		buildcache.Int(c, &s.Line)
	})
	buildcache.Int(c, &a.Size)
}

// code writes or reads the content without the HTML.
func (a *Content) code(c *buildcache.Codec) {
	c.Text(&a.front)
	buildcache.List(c, &a.Sections, func(s *Section) {
		c.Text(&s.ID, &s.Title)
		buildcache.Int(c, &s.Level, &s.Line, &s.at, &s.from, &s.to)
	})
	buildcache.List(c, &a.Blocks, func(b *Block) {
		buildcache.Int(c, &b.Kind)
		buildcache.Int(c, &b.Section)
		buildcache.Int(c, &b.Line, &b.from, &b.to)
	})
	buildcache.List(c, &a.Links, func(l *Link) {
		c.Text(&l.Dest, &l.Ref, &l.Anchor, &l.Site)
		c.Bool(&l.Shows)
		buildcache.Int(c, &l.Pos.Line, &l.Pos.Column, &l.from, &l.to)
	})
	buildcache.List(c, &a.Body.Placeholders, func(p *Placeholder) { p.code(c, a.File) })
	buildcache.List(c, &a.Assets, func(u *AssetUse) {
		c.Text(&u.Asset)
		c.Bool(&u.Image)
		buildcache.Int(c, &u.Pos.Line, &u.Pos.Column)
	})
}

// code writes or reads a placeholder of an article in the given file.
func (p *Placeholder) code(c *buildcache.Codec, file string) {
	buildcache.Int(c, &p.At)
	buildcache.Int(c, &p.Kind)
	c.Text(&p.Ref, &p.Anchor)
	hasValues := p.Values != nil
	if c.Bool(&hasValues); !hasValues {
		return
	}
	if p.Values == nil {
		p.Values = &Values{}
		p.Values.Pos.File = file
	}
	c.Text(&p.Values.Checker, &p.Values.Fact, &p.Values.Outcome)
	buildcache.Int(c, &p.Values.Pos.Line, &p.Values.Pos.Column)
}
