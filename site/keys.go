package site

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// A Key says what files are made of: equal keys, equal files. The zero Key means
// that it is not known.
type Key = article.Sum

// A Recipe lists what files are made of, each item delimited from the next.
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

// keys are what parts are made of, by what changes together. The methods of nil
// return zero keys.
type keys struct {
	frame Key            // everything except articles: words, rules, templates, site.toml, program, moment
	lists Key            // frame and what lists show of all articles
	lang  map[string]Key // frame and the articles of a language

	text, listed map[string]Key // an article in all languages: the whole, and what lists show of it
}

// makeKeys returns the keys of the site, or nil if they are not known.
func makeKeys(s *Site) *keys {
	frame := frameKey(s)
	if frame == (Key{}) {
		return nil
	}
	k := &keys{frame: frame, lang: map[string]Key{}, text: map[string]Key{}, listed: map[string]Key{}}
	lists, lang, text, listed := Recipe{}.with(k.frame), map[string]Recipe{}, Recipe{}, Recipe{}
	articles := s.Library.Articles
	for i, a := range articles { // their sums include their names
		lists = lists.with(a.Listed)
		lang[a.Lang] = lang[a.Lang].with(a.Sum)
		text, listed = text.with(a.Sum), listed.with(a.Listed)
		if i+1 == len(articles) || articles[i+1].Path != a.Path {
			k.text[a.Path], k.listed[a.Path] = text.Key(), listed.Key()
			text, listed = text[:0], listed[:0]
		}
	}
	k.lists = lists.Key()
	for _, l := range s.langs { // also those without articles
		k.lang[l.Tag] = lang[l.Tag].with(k.frame).Key()
	}
	return k
}

// frameKey returns the key of everything except articles, or zero.
func frameKey(s *Site) Key {
	if s.Key == nil {
		return Key{}
	}
	read := s.Key()
	if read == (Key{}) {
		return Key{}
	}
	r := Recipe{}.with(read).Text(s.base.String())
	for _, n := range s.Library.Site.Notices { // the rules of the time zone may have changed
		r = r.Text(stage(n, s.Now)).Text(n.From.UTC().String()).Text(n.Until.UTC().String())
	}
	for _, c := range s.checkers {
		r = r.Text(c.ID).Text(c.Version())
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

// page returns the key of a page.
func (k *keys) page(l *language, p *pageFile) Key {
	if k == nil || p.lists == nil {
		return k.rest()
	}
	paths := p.lists(l)
	r := append(make(Recipe, 0, (2+len(p.text)+len(paths))*len(Key{})), k.frame[:]...).Text(l.Tag)
	for _, path := range p.text {
		r = r.with(k.text[path])
	}
	for _, path := range paths {
		r = r.with(k.listed[path])
	}
	return r.Key()
}

// rest returns the key of what shows the text of no article, but may list any.
func (k *keys) rest() Key {
	if k == nil {
		return Key{}
	}
	return k.lists
}

// index returns the key of the search index of a language.
func (k *keys) index(lang string) Key {
	if k == nil {
		return Key{}
	}
	return k.lang[lang]
}
