package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/parallel"
)

// A Key says what files are made of: equal keys, equal files. The zero Key says
// nothing.
type Key = article.Sum

// A recipe lists what files are made of, each item set off from the next: equal
// recipes, equal files.
type recipe []byte

func (r recipe) text(s string) recipe { return append(binary.AppendUvarint(r, uint64(len(s))), s...) }
func (r recipe) with(k Key) recipe    { return append(r, k[:]...) }

// key is a hash of the recipe.
func (r recipe) key() (k Key) {
	sum := sha256.Sum256(r)
	copy(k[:], sum[:])
	return k
}

// A part is some files of the site that are made together, and what they are
// made of.
type part struct {
	name  string
	key   func() Key // zero where that is not known; hashed by whoever makes the part
	files iter.Seq[File]
	page  bool
}

// keys are what parts are made of, by what changes together.
type keys struct {
	frame Key            // all but articles: words, rules, templates, site.toml, the program, the moment
	lists Key            // frame and what lists show of all articles
	lang  map[string]Key // frame and the articles of a language

	text, listed map[string]Key // an article in all its languages: the whole, and what lists show of it
}

// makeKeys returns the keys of the site, or nil where it is not known what it is
// made of.
func (s *Site) makeKeys() *keys {
	frame := s.frameKey()
	if frame == (Key{}) {
		return nil
	}
	k := &keys{frame: frame, lang: map[string]Key{}, text: map[string]Key{}, listed: map[string]Key{}}
	lists, lang, text, listed := recipe{}.with(k.frame), map[string]recipe{}, recipe{}, recipe{}
	articles := s.Library.Articles
	for i, a := range articles { // their sums are of their names too
		lists = lists.with(a.Listed)
		lang[a.Lang] = lang[a.Lang].with(a.Sum)
		text, listed = text.with(a.Sum), listed.with(a.Listed)
		if i+1 == len(articles) || articles[i+1].Path != a.Path {
			k.text[a.Path], k.listed[a.Path] = text.key(), listed.key()
			text, listed = text[:0], listed[:0]
		}
	}
	k.lists = lists.key()
	for _, l := range s.langs { // also one without an article of its own
		k.lang[l.Tag] = lang[l.Tag].with(k.frame).key()
	}
	return k
}

// frameKey returns the key of all that the site is made of but articles, or zero
// where that is not known.
func (s *Site) frameKey() Key {
	if s.Key == nil {
		return Key{}
	}
	read := s.Key()
	if read == (Key{}) {
		return Key{}
	}
	r := recipe{}.with(read).text(s.base.String())
	for _, n := range s.Library.Site.Notices {
		r = r.text(stage(n, s.Now)).text(n.From.UTC().String()).text(n.Until.UTC().String()) // the time zone may have changed
	}
	for _, c := range s.checkers {
		r = r.text(c.id).text(c.set.Version())
	}
	for _, f := range s.assets.files {
		r = r.text(f.Path)
	}
	for _, a := range s.Library.Assets { // which of them is whose
		r = r.text(a.File).text(a.Name)
	}
	return r.key()
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
func (k *keys) page(s *Site, p *pageFile) Key {
	if k == nil || p.listed == nil {
		return k.rest()
	}
	paths := p.listed(s)
	r := append(make(recipe, 0, (2+len(p.text)+len(paths))*len(Key{})), k.frame[:]...).text(p.lang.Tag)
	for _, path := range p.text {
		r = r.with(k.text[path])
	}
	for _, path := range paths {
		r = r.with(k.listed[path])
	}
	return r.key()
}

// rest returns the key of what shows the text of no article, and may list any.
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

// parts returns the site in parts, always in the same order. What takes longest
// comes first, the sitemap and the indexes: so there is work beside it. The index
// of a language comes before its pages, so that one is made at a time.
func (s *Site) parts() iter.Seq[part] {
	return func(yield func(part) bool) {
		k := s.makeKeys()
		for _, f := range s.otherFiles() {
			if !yield(part{name: f.Path, key: k.rest, files: one(f)}) {
				return
			}
		}
		for _, l := range s.langs {
			if !yield(part{name: indexFolder + l.Tag, key: func() Key { return k.index(l.Tag) }, files: s.indexFiles(l)}) {
				return
			}
			for i := range s.pages {
				p := &s.pages[i]
				if p.lang == l && !yield(part{name: p.file, key: func() Key { return k.page(s, p) }, files: one(p.File(s)), page: true}) {
					return
				}
			}
		}
	}
}

func one(f File) iter.Seq[File] { return slices.Values([]File{f}) }

// Each calls visit with every file and its bytes, from as many goroutines as
// there are processors, and in no order; data is visit's until it returns. It
// stops at the first error.
func (s *Site) Each(visit func(f File, data []byte) error) error {
	return s.eachPart(context.Background(), func(p part, buf *bytes.Buffer) error {
		for f := range p.files {
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

// eachPart calls visit with every part, several at once, each with a buffer of its own. It stops at the first
// error, and at the end of the context.
func (s *Site) eachPart(ctx context.Context, visit func(part, *bytes.Buffer) error) error {
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	return parallel.ForEach(ctx, s.parts(), func(p part) error {
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		return visit(p, buf)
	})
}

// Try makes every file and returns what is wrong with the templates, sorted.
func (s *Site) Try() []diag.Finding {
	var mu sync.Mutex
	var found []diag.Finding
	s.eachPart(context.Background(), func(p part, buf *bytes.Buffer) error {
		for f := range p.files {
			var failed templateError
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
