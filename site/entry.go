package site

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"sync/atomic"
)

// entryBytes is a body in the codings that it is offered in, each made when it is
// asked for.
type entryBytes struct {
	*kind
	tag   string // of the body, without quotes
	body  []byte
	forms [4]atomic.Pointer[form] // by the index in offered; nil until made
}

// A kind is what is sent with every body of a kind, and the codings that it is
// offered in.
type kind struct {
	header  headers
	offered []*coding // one of inAll, inQuick, inNone
}

// kindOf returns the kind of a file of a media type; an immutable one has a name that
// holds a hash of its bytes.
func kindOf(mediaType string, immutable bool, offered []*coding) *kind {
	cache := cacheRevalidate
	if immutable {
		cache = cacheForever
	}
	third := [2]string{"Accept-Ranges", "bytes"} // pages are not asked for in parts, though they may be
	if len(offered) > 1 {
		third = [2]string{"Vary", "Accept-Encoding"}
	}
	return &kind{prepare([][2]string{{"Content-Type", mediaType}, {"Cache-Control", cache}, third}), offered}
}

// newEntry returns plain bytes as they go over the network.
func newEntry(k *kind, body []byte) *entryBytes {
	return &entryBytes{kind: k, tag: tagOf(body), body: body}
}

// tagOf returns a hash of data, short enough for a header.
func tagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// ServeHTTP answers with the entry, in the best form that the client takes.
func (e *entryBytes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.form(preferred(r.Header["Accept-Encoding"], e.offered)).send(w, r, http.StatusOK)
}

// form returns the form by its index in offered.
func (e *entryBytes) form(i int) *form {
	if f := e.forms[i].Load(); f != nil {
		return f
	}
	c := e.offered[i]
	f := newForm(e.kind, c.encode(e.body), e.tag, c)
	e.forms[i].Store(f)
	return f
}

// plain returns the bytes without coding.
func (e *entryBytes) plain() []byte { return e.body }
