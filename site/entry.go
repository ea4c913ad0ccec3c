package site

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
)

// entryBytes is a body in the forms that it is offered in.
type entryBytes struct {
	*kind
	tag     string                  // of the plain bytes, without quotes
	length  int                     // of the plain bytes
	forms   [4]atomic.Pointer[form] // by the index in offered; nil until made, and again when it is forgotten
	archive *archive                // has the plain bytes, and decides which forms are kept; nil where the plain form is held, and all are
	packed  []byte                  // the plain bytes as the archive has them
}

// A kind is what files have in common. There are few kinds, and most stand for
// thousands of files.
type kind struct {
	header  headers
	offered []*coding // one of inAll, inQuick, inNone
}

// kinds are those of files, by what they depend on.
var kinds sync.Map

// kindOf returns the kind of a file. What compression does not make smaller is
// offered in no coding.
func kindOf(f File, offered []*coding) *kind {
	if !compressible(f.Type) {
		offered = inNone
	}
	type like struct {
		mediaType string
		immutable bool
		forms     int
	}
	of := like{f.Type, f.Immutable, len(offered)}
	if made, ok := kinds.Load(of); ok {
		return made.(*kind)
	}
	cache := cacheRevalidate
	if f.Immutable {
		cache = cacheForever
	}
	third := [2]string{"Accept-Ranges", "bytes"} // pages are not asked for in parts, though they may be
	if len(offered) > 1 {
		third = [2]string{"Vary", "Accept-Encoding"}
	}
	made, _ := kinds.LoadOrStore(of, &kind{prepare([][2]string{{"Content-Type", f.Type}, {"Cache-Control", cache}, third}), offered})
	return made.(*kind)
}

// varies reports whether files of the kind have more than one form.
func (k *kind) varies() bool { return len(k.offered) > 1 }

// newEntry returns plain bytes as they go over the network.
func newEntry(k *kind, body []byte) *entryBytes {
	e := &entryBytes{kind: k, tag: tagOf(body), length: len(body)}
	e.hold(nil, body)
	return e
}

// tagOf returns a hash of data, short enough for a header.
func tagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

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
	if e.archive != nil {
		return e.archive.recent.keep(&e.forms[i], f)
	}
	e.forms[i].Store(f)
	return f
}

// plain returns the bytes without coding.
func (e *entryBytes) plain() []byte {
	if f := e.forms[len(e.offered)-1].Load(); f != nil {
		return f.body
	}
	return e.archive.unpack(e.packed, e.length)
}
