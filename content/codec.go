package content

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"

	"helpcenter"
)

// The codec writes an article's record as bytes and reads it again, for the
// cache. Numbers are varints, texts have their length before them; there is no
// version, since a cache belongs to one program.

// encoder appends.
type encoder struct{ b []byte }

func (e *encoder) number(n int)     { e.b = binary.AppendVarint(e.b, int64(n)) }
func (e *encoder) small(n int32)    { e.number(int(n)) }
func (e *encoder) text(s string)    { e.number(len(s)); e.b = append(e.b, s...) }
func (e *encoder) flag(v bool)      { e.number(map[bool]int{true: 1}[v]) }
func (e *encoder) sum(s Sum)        { e.b = append(e.b, s[:]...) }
func (e *encoder) texts(s []string) { encodeAll(e, s, (*encoder).text) }

func (e *encoder) place(p Pos) {
	e.small(p.Line)
	e.small(p.Column)
}

func encodeAll[T any](e *encoder, list []T, one func(*encoder, T)) {
	e.number(len(list))
	for _, v := range list {
		one(e, v)
	}
}

// decoder takes from the front. After the first mistake it gives zeros, so that
// only the end of a record asks whether all went well.
type decoder struct {
	record string // the record: texts are parts of it
	pos    int
	file   string
	bad    bool
}

func (d *decoder) number() int {
	// binary.Varint wants bytes; a varint has at most ten.
	var v uint64
	for shift := uint(0); shift < 64; shift += 7 {
		if d.pos >= len(d.record) {
			break
		}
		c := d.record[d.pos]
		d.pos++
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			n := int64(v>>1) ^ -int64(v&1)
			if n > math.MaxInt32 || n < math.MinInt32 {
				break
			}
			return int(n)
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) text() string {
	n := d.number()
	if n < 0 || n > len(d.record)-d.pos {
		d.bad = true
		return ""
	}
	d.pos += n
	return d.record[d.pos-n : d.pos]
}

func (d *decoder) flag() bool      { return d.number() == 1 }
func (d *decoder) texts() []string { return decodeAll(d, (*decoder).text) }

func (d *decoder) sum() (sum Sum) {
	if d.bad = d.bad || len(d.record)-d.pos < len(sum); !d.bad {
		d.pos += copy(sum[:], d.record[d.pos:])
	}
	return sum
}

func (d *decoder) small() int32 { return int32(d.number()) } // in range: number says so
func (d *decoder) place() Pos   { return Pos{d.small(), d.small()} }

func decodeAll[T any](d *decoder, one func(*decoder) T) []T {
	n := d.number()
	if n <= 0 || n > len(d.record)-d.pos { // each item has a byte at least
		d.bad = d.bad || n != 0
		return nil
	}
	list := make([]T, n)
	for i := range list {
		list[i] = one(d)
	}
	return list
}

// errRecord says that bytes are no record of an article.
var errRecord = errors.New("no record of an article")

// encode appends the article's record: the length of its HTML, all else, and its
// HTML.
func (a *Article) encode(b []byte) []byte {
	e := &encoder{b}
	e.number(len(a.Body.HTML))
	for _, s := range []string{a.File, a.Title, a.Description, a.Updated.String(), a.Slug, string(a.Kind), a.Checker, a.front} {
		e.text(s)
	}
	e.texts(a.Aliases)
	e.texts(a.Related)
	e.flag(a.Draft)
	encodeAll(e, a.Sections, func(e *encoder, s Section) {
		e.text(s.ID)
		e.text(s.Title)
		for _, n := range []int32{s.Level, s.Line, s.at, s.from, s.to} {
			e.small(n)
		}
	})
	encodeAll(e, a.Blocks, func(e *encoder, b Block) {
		for _, n := range []int32{int32(b.Kind), int32(b.Section), b.Line, b.from, b.to} {
			e.small(n)
		}
	})
	encodeAll(e, a.Links, func(e *encoder, l Link) {
		for _, s := range []string{l.Dest, l.Ref, l.Anchor} {
			e.text(s)
		}
		e.place(l.Pos)
		e.small(l.from)
		e.small(l.to)
	})
	encodeAll(e, a.Silences, func(e *encoder, s Silence) {
		e.number(s.Line)
		e.text(s.Rule)
		e.text(s.Reason)
	})
	encodeAll(e, a.Body.Holes, encodeHole)
	e.sum(a.Listed)
	encodeAll(e, a.uses, func(e *encoder, u use) {
		e.text(u.asset)
		e.flag(u.picture)
		e.place(u.pos)
	})
	return append(e.b, a.Body.HTML...)
}

func encodeHole(e *encoder, h Hole) {
	e.small(h.At)
	e.number(int(h.Kind))
	e.text(h.Ref)
	e.text(h.Anchor)
	e.flag(h.Values != nil)
	if v := h.Values; v != nil {
		e.text(v.Checker)
		e.text(v.Fact)
		e.text(v.Outcome)
		e.number(v.Pos.Line)
		e.number(v.Pos.Column)
	}
}

// decodeArticle reads a record. Nothing of the article is a part of it.
func decodeArticle(record []byte) (*Article, error) {
	html, n := binary.Varint(record)
	if n <= 0 || html < 0 || html > int64(len(record)-n) {
		return nil, errRecord
	}
	end := len(record) - int(html)
	d := &decoder{record: string(record[n:end])}
	d.file = d.text()
	a, ok := place(d.file)
	if !ok {
		return nil, errRecord
	}
	a.Title, a.Description = d.text(), d.text()
	updated, err := helpcenter.ParseDate(d.text())
	a.Updated = updated
	a.Slug, a.Kind, a.Checker, a.front = d.text(), Kind(d.text()), d.text(), d.text()
	a.Aliases, a.Related, a.Draft = d.texts(), d.texts(), d.flag()
	a.Sections = decodeAll(d, func(d *decoder) Section {
		return Section{ID: d.text(), Title: d.text(), Level: d.small(), Line: d.small(), at: d.small(), from: d.small(), to: d.small()}
	})
	a.Blocks = decodeAll(d, func(d *decoder) Block {
		return Block{Kind: BlockKind(d.small()), Section: int16(d.small()), Line: d.small(), from: d.small(), to: d.small()}
	})
	a.Links = decodeAll(d, func(d *decoder) Link {
		return Link{Dest: d.text(), Ref: d.text(), Anchor: d.text(), Pos: d.place(), from: d.small(), to: d.small()}
	})
	a.Silences = decodeAll(d, func(d *decoder) Silence {
		return Silence{Line: d.number(), Rule: d.text(), Reason: d.text()}
	})
	a.Body.Holes = decodeAll(d, decodeHole)
	a.Listed = d.sum()
	a.uses = decodeAll(d, func(d *decoder) use {
		return use{asset: d.text(), picture: d.flag(), pos: d.place()}
	})
	if err != nil || d.bad || d.pos != len(d.record) {
		return nil, errRecord
	}
	a.Body.HTML = bytes.Clone(record[end:])
	return a, nil
}

func decodeHole(d *decoder) Hole {
	h := Hole{At: d.small(), Kind: HoleKind(d.number()), Ref: d.text(), Anchor: d.text()}
	if d.flag() {
		h.Values = &Values{Checker: d.text(), Fact: d.text(), Outcome: d.text(),
			Pos: helpcenter.Position{File: d.file, Line: d.number(), Column: d.number()}}
	}
	return h
}
