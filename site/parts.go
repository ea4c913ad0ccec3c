package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/parallel"
	"helpcenter/site/search"
	"helpcenter/site/template"
)

// A Part is some files of the site that are made together.
type Part struct {
	Name  string
	Key   func() Key // of everything the files are made of; zero if unknown
	Files iter.Seq[File]

	alike bool // whether Try leaves it out, as one of very many of its kind
}

// parts returns the parts of the site, always in the same order. Those that take longest come first, the sitemap
// and the indexes, so other parts are made in the meantime. The index of a language comes right before its
// pages, since only one index is made at a time.
func (s *Site) parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		k, states := makeKeys(s), 0
		for _, f := range otherFiles(s) {
			if !yield(Part{Name: f.Path, Key: func() Key { return k.lists }, Files: one(f)}) {
				return
			}
		}
		for _, l := range s.langs {
			index := l.plan()
			terms := indexFiles(index.Terms)
			if !yield(Part{Name: IndexFolder + l.Tag, Key: func() Key { return k.lang[l.Tag] }, Files: terms}) {
				return
			}
			for p := range l.pageParts(k, &states) {
				if !yield(p) {
					return
				}
			}
			for i := range index.Parts() {
				key := func() Key { return k.documents(index, i) }
				files := indexFiles(func() iter.Seq[search.File] { return index.Documents(i) })
				if !yield(Part{Name: fmt.Sprintf("%s%s/%d", IndexFolder, l.Tag, i), Key: key, Files: files}) {
					return
				}
			}
		}
	}
}

// pageParts returns the pages of a language, with each llms-full.txt after those of its articles. It continues the
// count of states.
func (l *language) pageParts(k *keys, states *int) iter.Seq[Part] {
	return func(yield func(Part) bool) {
		texts := fullTexts(l)
		for i := range l.site.pages {
			p := &l.site.pages[i]
			if l.site.langs[p.lang] != l {
				continue
			}
			for len(texts) > 0 && texts[0].end() < p.path {
				if !yield(textPart(texts[0], k)) {
					return
				}
				texts = texts[1:]
			}
			var keep func(path string, markdown []byte)
			in := func(t *fullText) bool { return strings.HasPrefix(p.path, t.folder) }
			if i := slices.IndexFunc(texts, in); i >= 0 && p.article != "" {
				keep = texts[i].keep
			}
			key := func() Key { return k.page(l, p) }
			part := Part{Name: p.path, Key: key, Files: func(yield func(File) bool) { l.site.pageFiles(p, keep, yield) }}
			if p.decided {
				*states++
				part.alike = *states > mostTried && *states%(len(l.site.pages)/mostTried+1) != 0
			}
			if !yield(part) {
				return
			}
		}
		for _, t := range texts {
			if !yield(textPart(t, k)) {
				return
			}
		}
	}
}

// textPart returns llms-full.txt as a part.
func textPart(t *fullText, k *keys) Part {
	f := t.file()
	key := func() Key { return k.full(t.lang.site.Library, t.articles) }
	return Part{Name: f.Path, Key: key, Files: one(f)}
}

func one(f File) iter.Seq[File] { return slices.Values([]File{f}) }

// EachPart calls visit with every part, from several goroutines, each with a buffer of its own. It stops at the
// first error and when ctx is done. The files of a part are valid until visit returns; the site keeps nothing made
// for them.
func (s *Site) EachPart(ctx context.Context, visit func(Part, *bytes.Buffer) error) error {
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	return parallel.ForEach(ctx, s.parts(), func(p Part) error {
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		return visit(p, buf)
	})
}

// Each calls visit with every file and its bytes, from several goroutines and in no particular order. The bytes are
// valid until visit returns. Each stops at the first error.
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

// mostTried is how many states of checkers Try makes at first; beyond those it samples about as many again.
const mostTried = 1000

// Try makes every file, or only a sample if checkers have very many states, and returns the errors of templates,
// sorted.
func (s *Site) Try() []diag.Finding {
	_, found := try(s, false, tryPart)
	return found
}

// TryAll makes every file except those of search indexes and those that were made without an error before and have
// not changed since. Besides the errors of templates it returns a hash of all, which is equal for equal sites.
func (s *Site) TryAll() (sum string, found []diag.Finding) {
	known, keep := func(part string) []byte { return nil }, func(part string, value []byte) {}
	if s.Kept != nil {
		kept := s.Kept("tried")
		known, keep = kept.Get, func(part string, value []byte) { kept.Put(part, value) }
		defer kept.Save() // if this fails, the next run makes every file
	}
	return try(s, true, func(p Part, buf *bytes.Buffer) (sum Key, found []diag.Finding) {
		key := p.Key()
		if before := known(p.Name); key != (Key{}) && len(before) == 2*len(key) && bytes.HasPrefix(before, key[:]) {
			return Key(before[len(key):]), nil
		}
		sum, found = tryPart(p, buf)
		if len(found) == 0 && key != (Key{}) {
			keep(p.Name, append(key[:], sum[:]...))
		}
		return sum, found
	})
}

// try makes the parts of the site with a function that returns a hash of their files and the errors.
func try(s *Site, everything bool, make func(Part, *bytes.Buffer) (Key, []diag.Finding)) (string, []diag.Finding) {
	var found []diag.Finding
	var mu sync.Mutex
	var sums []string
	s.EachPart(context.Background(), func(p Part, buf *bytes.Buffer) error {
		if p.alike && !everything {
			return nil
		}
		if strings.HasPrefix(p.Name, IndexFolder) {
			return nil // nothing in it can fail, and it has nothing that pages lack
		}
		sum, failed := make(p, buf)
		mu.Lock()
		defer mu.Unlock()
		sums, found = append(sums, p.Name+" "+string(sum[:])), append(found, failed...)
		return nil
	})
	slices.Sort(sums)
	all := sha256.Sum256([]byte(strings.Join(sums, "\n")))
	return hex.EncodeToString(all[:8]), diag.Sort(found)
}

// tryPart makes the files of a part, and returns a hash of them.
func tryPart(p Part, buf *bytes.Buffer) (sum Key, found []diag.Finding) {
	var all Recipe
	for f := range p.Files {
		data, err := f.Bytes(buf)
		if failed, ok := errors.AsType[template.Error](err); ok {
			found = append(found, explain(failed.Finding))
		}
		hash := sha256.Sum256(data)
		all = all.Text(f.Path).Text(string(hash[:]))
	}
	return all.Key(), found
}

// keys are hashes of what parts are made of, grouped by what changes together. All are zero if they cannot be known.
type keys struct {
	frame Key            // of everything except articles: words, rules, templates, site.toml, program, moment
	lists Key            // of frame and what lists show of all articles
	lang  map[string]Key // of frame and the articles of a language

	text, listed map[string]Key // of an article in all languages: of the whole, and of what lists show of it
}

// makeKeys returns the keys of the site.
func makeKeys(s *Site) *keys {
	frame := s.frame()
	if frame == (Key{}) {
		return &keys{}
	}
	k := &keys{frame: frame, lang: map[string]Key{}, text: map[string]Key{}, listed: map[string]Key{}}
	lists, lang, text, listed := Recipe{}.with(k.frame), map[string]Recipe{}, Recipe{}, Recipe{}
	articles := s.Library.Articles
	for i, a := range articles { // the sums cover their names
		if stage := s.Library.Stage(a); stage != article.Published { // only writers see it
			lists, text, listed = lists.Text(string(stage)), text.Text(string(stage)), listed.Text(string(stage))
		}
		lists = lists.with(a.Listed)
		lang[a.Lang] = lang[a.Lang].with(a.Sum)
		text, listed = text.with(a.Sum), listed.with(a.Listed)
		if i+1 == len(articles) || articles[i+1].Path != a.Path {
			k.text[a.Path], k.listed[a.Path] = text.Key(), listed.Key()
			text, listed = text[:0], listed[:0]
		}
	}
	k.lists = lists.Key()
	for _, l := range s.langs { // even those without articles
		k.lang[l.Tag] = lang[l.Tag].with(k.frame).Key()
	}
	return k
}

// page returns the key of a page.
func (k *keys) page(l *language, p *pageFile) Key {
	if k.frame == (Key{}) {
		return Key{}
	}
	r := Recipe{}.with(k.frame).Text(l.Tag)
	for _, path := range p.text {
		r = r.with(k.text[path])
	}
	if p.lists == nil {
		return r.with(k.lists).Key()
	}
	for _, path := range p.lists(l) {
		r = r.with(k.listed[path])
	}
	return r.Key()
}

// full returns the key of the full texts of some articles.
func (k *keys) full(l *library.Library, paths []string) Key {
	if k.frame == (Key{}) {
		return Key{}
	}
	r := Recipe{}.with(k.lists)
	for _, path := range l.WithShown(paths...) {
		r = r.with(k.text[path])
	}
	return r.Key()
}

// documents returns the key of one part of the documents of a search index.
func (k *keys) documents(index *search.Plan, part int) Key {
	if k.frame == (Key{}) {
		return Key{}
	}
	return Recipe{}.Text(index.Key(part)).Key()
}
