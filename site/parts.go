package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/parallel"
	"helpcenter/site/template"
)

// A Key says what files are made of: equal keys, equal files. The zero Key says
// nothing.
type Key = article.Sum

// A recipe lists what files are made of, each item set off from the next: equal
// recipes, equal files.
type Recipe []byte

func (r Recipe) Text(s string) Recipe { return append(binary.AppendUvarint(r, uint64(len(s))), s...) }
func (r Recipe) with(k Key) Recipe    { return append(r, k[:]...) }

// Key is a hash of the recipe.
func (r Recipe) Key() (k Key) {
	sum := sha256.Sum256(r)
	copy(k[:], sum[:])
	return k
}

// A part is some files of the site that are made together, and what they are
// made of.
type Part struct {
	Name  string
	Key   func() Key // zero where that is not known; hashed by whoever makes the part
	Files iter.Seq[File]
	Page  bool
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
	lists, lang, text, listed := Recipe{}.with(k.frame), map[string]Recipe{}, Recipe{}, Recipe{}
	articles := s.Library.Articles
	for i, a := range articles { // their sums are of their names too
		lists = lists.with(a.Listed)
		lang[a.Lang] = lang[a.Lang].with(a.Sum)
		text, listed = text.with(a.Sum), listed.with(a.Listed)
		if i+1 == len(articles) || articles[i+1].Path != a.Path {
			k.text[a.Path], k.listed[a.Path] = text.Key(), listed.Key()
			text, listed = text[:0], listed[:0]
		}
	}
	k.lists = lists.Key()
	for _, l := range s.Langs { // also one without an article of its own
		k.lang[l.Tag] = lang[l.Tag].with(k.frame).Key()
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
	r := Recipe{}.with(read).Text(s.base.String())
	for _, n := range s.Library.Site.Notices {
		r = r.Text(stage(n, s.Now)).Text(n.From.UTC().String()).Text(n.Until.UTC().String()) // the time zone may have changed
	}
	for _, c := range s.Checkers {
		r = r.Text(c.ID).Text(c.Set.Version())
	}
	for _, f := range s.AssetFiles.Files {
		r = r.Text(f.Path)
	}
	for _, a := range s.Library.Assets { // which of them is whose
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
func (k *keys) page(s *Site, p *pageFile) Key {
	if k == nil || p.Listed == nil {
		return k.rest()
	}
	paths := p.Listed(s)
	r := append(make(Recipe, 0, (2+len(p.text)+len(paths))*len(Key{})), k.frame[:]...).Text(p.lang.Tag)
	for _, path := range p.text {
		r = r.with(k.text[path])
	}
	for _, path := range paths {
		r = r.with(k.listed[path])
	}
	return r.Key()
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
func (s *Site) parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		k := s.makeKeys()
		for _, f := range s.otherFiles() {
			if !yield(Part{Name: f.Path, Key: k.rest, Files: one(f)}) {
				return
			}
		}
		for _, l := range s.Langs {
			if !yield(Part{Name: IndexFolder + l.Tag, Key: func() Key { return k.index(l.Tag) }, Files: s.IndexFiles(l)}) {
				return
			}
			for i := range s.PageFiles {
				p := &s.PageFiles[i]
				if p.lang == l && !yield(Part{Name: p.FileName, Key: func() Key { return k.page(s, p) }, Files: one(p.File(s)), Page: true}) {
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

// EachPart calls visit with every part, several at once, each with a buffer of its own. It stops at the first
// error, and at the end of the context.
func (s *Site) EachPart(ctx context.Context, visit func(Part, *bytes.Buffer) error) error {
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	return parallel.ForEach(ctx, s.parts(), func(p Part) error {
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		return visit(p, buf)
	})
}

// Try makes every file and returns what is wrong with the templates, sorted.
func (s *Site) Try() []diag.Finding {
	_, found := s.TryAll()
	return found
}

// TryAll is Try, and also returns a hash of all files, which is equal for equal sites.
func (s *Site) TryAll() (sum string, found []diag.Finding) {
	var mu sync.Mutex
	var sums []string
	s.EachPart(context.Background(), func(p Part, buf *bytes.Buffer) error {
		for f := range p.Files {
			data, err := f.Bytes(buf)
			hash := fmt.Sprintf("%s %x\n", f.Path, sha256.Sum256(data))
			mu.Lock()
			sums = append(sums, hash)
			if failed, ok := errors.AsType[template.TemplateError](err); ok {
				found = append(found, failed.Finding)
			}
			mu.Unlock()
		}
		return nil
	})
	slices.Sort(sums)
	all := sha256.Sum256([]byte(strings.Join(sums, "")))
	return hex.EncodeToString(all[:8]), diag.Sort(found)
}
