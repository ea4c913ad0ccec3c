package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
)

// A store holds every file in memory, text by gzip alone: that takes a third of
// the time that brotli does, for eight bytes in a hundred more. The other forms
// (brotli, zstd, none) are made when they are asked for, in less than half a
// millisecond for a page, and those made last are kept.
type store map[string]*entryBytes // by path below the site's prefix, as in an address

// entryBytes is a body in the forms that it is offered in.
type entryBytes struct {
	header  headers
	tag     string                  // of the plain bytes, without quotes
	length  int                     // of the plain bytes
	offered []*coding               // one of inAll, inQuick, inNone
	forms   [4]atomic.Pointer[form] // by the index in offered; nil until made, and again when recent forgets it
	recent  *recent                 // decides which of those made on demand are kept; nil keeps all
}

func (st store) get(path string) *entryBytes { return st[path] }

func (s *Site) store() (store, error) {
	st, kept := store{}, new(recent)
	var mu sync.Mutex
	err := s.Each(func(f File, data []byte) error {
		e := newEntry(f, data, inAll)
		if e.varies() {
			e.recent = kept
			e.hold(asGzip, asGzip.encode(data))
			if onEveryPage(f) {
				e.hold(asBrotli, asBrotli.encodeFile(f, data))
			}
		} else {
			e.hold(nil, slices.Clone(data))
		}
		mu.Lock()
		defer mu.Unlock()
		st[f.Path] = e
		if dir, ok := strings.CutSuffix(f.Path, "index.html"); ok {
			st[dir] = e
		}
		return nil
	})
	return st, err
}

// newEntry returns a file as it goes over the network, without any form yet.
// What compression does not make smaller is offered in no coding.
func newEntry(f File, data []byte, offered []*coding) *entryBytes {
	if !compressible(f.Type) {
		offered = inNone
	}
	return &entryBytes{header: headerOf(f, len(offered) > 1), tag: tagOf(data), length: len(data), offered: offered}
}

// tagOf returns a hash of data, short enough for a header.
func tagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// headersMade are the headers of files, by what they depend on: there are few,
// and each stands for thousands of files.
var headersMade sync.Map

func headerOf(f File, varies bool) headers {
	type kind struct {
		mediaType         string
		immutable, varies bool
	}
	k := kind{f.Type, f.Immutable, varies}
	if made, ok := headersMade.Load(k); ok {
		return made.(headers)
	}
	cache := cacheRevalidate
	if f.Immutable {
		cache = cacheForever
	}
	third := [2]string{"Accept-Ranges", "bytes"} // pages are not asked for in parts, though they may be
	if varies {
		third = [2]string{"Vary", "Accept-Encoding"}
	}
	made, _ := headersMade.LoadOrStore(k, prepare([][2]string{{"Content-Type", f.Type}, {"Cache-Control", cache}, third}))
	return made.(headers)
}

// varies reports whether the entry has more than one form.
func (e *entryBytes) varies() bool { return len(e.offered) > 1 }

// hold gives the entry its form in a coding, for good.
func (e *entryBytes) hold(c *coding, body []byte) {
	e.forms[slices.Index(e.offered, c)].Store(newForm(body, e.tag, c))
}

// ServeHTTP answers with the entry, in the best form that the client takes.
func (e *entryBytes) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.serve(w, r, http.StatusOK) }

func (e *entryBytes) serve(w http.ResponseWriter, r *http.Request, status int) {
	e.header.set(w)
	e.form(preferred(r.Header["Accept-Encoding"], e.offered)).send(w, r, status)
}

// form returns the form by its index in offered.
func (e *entryBytes) form(i int) *form {
	if f := e.forms[i].Load(); f != nil {
		return f
	}
	body, c := e.plain(), e.offered[i]
	if c != nil {
		body = c.encode(body)
	}
	f := newForm(body, e.tag, c)
	if e.recent == nil {
		e.forms[i].Store(f)
	} else {
		e.recent.keep(&e.forms[i], f)
	}
	return f
}

// in returns the bytes of the entry in a coding that it is offered in.
func (e *entryBytes) in(c *coding) []byte { return e.form(slices.Index(e.offered, c)).body }

// plain returns the bytes without coding, from gzip where they are not held.
func (e *entryBytes) plain() []byte {
	if f := e.forms[len(e.offered)-1].Load(); f != nil {
		return f.body
	}
	body := bytes.NewBuffer(make([]byte, 0, e.length+bytes.MinRead))
	z, err := gzip.NewReader(bytes.NewReader(e.in(asGzip)))
	if err == nil {
		_, err = io.Copy(body, z)
	}
	if err != nil {
		panic("site: " + err.Error())
	}
	return body.Bytes()
}

// recentBytes is how much is kept of what was made on demand: the brotli forms of
// some 8,000 pages, of which few are read often.
const recentBytes = 24 << 20

// recent keeps the forms that were made last.
type recent struct {
	mu     sync.Mutex
	kept   []*atomic.Pointer[form] // in the order in which they were made
	length int                     // of all their bodies
}

// keep keeps a form at its place, and forgets the oldest where there are too
// many.
func (k *recent) keep(at *atomic.Pointer[form], f *form) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !at.CompareAndSwap(nil, f) {
		return
	}
	k.kept, k.length = append(k.kept, at), k.length+len(f.body)
	for k.length > recentBytes {
		oldest := k.kept[0]
		k.kept = k.kept[1:]
		k.length -= len(oldest.Swap(nil).body)
	}
}
