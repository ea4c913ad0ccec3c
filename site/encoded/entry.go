package encoded

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"sync/atomic"

	"helpcenter/site/headers"
)

// EntryBytes is a body in the codings that it is offered in, each made when it is
// asked for.
type EntryBytes struct {
	*Kind
	tag   string // of the body, without quotes
	body  []byte
	forms [4]atomic.Pointer[Form] // by the index in offered; nil until made
}

// A kind is what is sent with every body of a kind, and the codings that it is
// offered in.
type Kind struct {
	header  Headers
	offered []*Coding // one of inAll, inQuick, inNone
}

// KindOf returns the kind of a file of a media type; an immutable one has a name that
// holds a hash of its bytes.
func KindOf(mediaType string, immutable bool, offered []*Coding) *Kind {
	cache := headers.CacheRevalidate
	if immutable {
		cache = headers.CacheForever
	}
	third := [2]string{"Accept-Ranges", "bytes"} // pages are not asked for in parts, though they may be
	if len(offered) > 1 {
		third = [2]string{"Vary", "Accept-Encoding"}
	}
	return NewKind(offered, [2]string{"Content-Type", mediaType}, [2]string{"Cache-Control", cache}, third)
}

// NewKind returns the kind of the bodies that are sent with some headers.
func NewKind(offered []*Coding, pairs ...[2]string) *Kind { return &Kind{prepare(pairs), offered} }

// NewEntry returns plain bytes as they go over the network.
func NewEntry(k *Kind, body []byte) *EntryBytes {
	return &EntryBytes{Kind: k, tag: TagOf(body), body: body}
}

// TagOf returns a hash of data, short enough for a header.
func TagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// ServeHTTP answers with the entry, in the best form that the client takes.
func (e *EntryBytes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.form(Preferred(r.Header["Accept-Encoding"], e.offered)).Send(w, r, http.StatusOK)
}

// form returns the form by its index in offered.
func (e *EntryBytes) form(i int) *Form {
	if f := e.forms[i].Load(); f != nil {
		return f
	}
	c := e.offered[i]
	f := NewForm(e.Kind, c.encode(e.body), e.tag, c)
	e.forms[i].Store(f)
	return f
}

// Plain returns the bytes without coding.
func (e *EntryBytes) Plain() []byte { return e.body }
