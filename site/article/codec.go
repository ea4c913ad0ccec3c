package article

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"helpcenter/site/buildcache"
	"helpcenter/site/civil"
)

// encode returns the article as a value of a cache: its data without the HTML, preceded by their length, and
// the HTML.
func (a *Article) encode() []byte {
	var c buildcache.Codec
	a.code(&c)
	return slices.Concat(binary.AppendUvarint(nil, uint64(len(c.Bytes()))), c.Bytes(), a.Body.HTML)
}

// decodeArticle reads what encode wrote. The HTML aliases value.
func decodeArticle(value []byte) (*Article, error) {
	size, n := binary.Uvarint(value)
	if n <= 0 || size > uint64(len(value)-n) {
		return nil, errors.New("not an article")
	}
	html := n + int(size)
	c, a := buildcache.NewReader(value[n:html]), new(Article)
	a.code(c)
	a.Body.HTML = value[html:len(value):len(value)]
	return a, c.Err()
}

// code writes or reads the article without its HTML and its fingerprint.
func (a *Article) code(c *buildcache.Codec) {
	c.Text(&a.Lang, &a.Path, &a.Product, &a.Category, &a.File, &a.Title, &a.Description, &a.Slug,
		(*string)(&a.Kind), &a.Checker, &a.front)
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
	buildcache.List(c, &a.Silences, func(s *Silence) {
		c.Text(&s.Rule, &s.Reason)
		buildcache.Int(c, &s.Line)
	})
	buildcache.List(c, &a.Body.Placeholders, func(p *Placeholder) { p.code(c, a.File) })
	buildcache.List(c, &a.Assets, func(u *AssetUse) {
		c.Text(&u.Asset)
		c.Bool(&u.Image)
		buildcache.Int(c, &u.Pos.Line, &u.Pos.Column)
	})
}

// code writes or reads a placeholder of an article in that file.
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
