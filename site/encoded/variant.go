// Package encoded holds bodies ready to be sent: compressed, with their headers and an ETag. A [Variant] is a body
// in one coding. A [Body] is all variants of one body, each made when a client first asks for it. [Negotiate] picks
// the coding that a client prefers. Header values are kept in the form that net/http wants, since making them for
// each request would take longer than sending the body.
//
// Precompressed files are published in the same codings, so static hosts send the same bytes as the service.
package encoded

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// A Variant is a body in one coding, with all headers that describe it.
type Variant struct {
	Body         []byte
	coding       *Coding // nil for none
	headers      http.Header
	etag, length []string
}

// NewVariant compresses a body of a media type and returns it with its headers and an ETag, which consists of a
// hash of the plain bytes and the name of the coding.
func NewVariant(h http.Header, mediaType string, plain []byte, c *Coding) *Variant {
	sum := sha256.Sum256(plain)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	if c != nil {
		tag += "-" + c.name
	}
	v := &Variant{Body: c.Encode(mediaType, plain), coding: c, headers: h, etag: []string{`"` + tag + `"`}}
	v.length = []string{strconv.Itoa(len(v.Body))}
	return v
}

// Send answers a request. An answer to GET or HEAD with status 200 may become 304, 206, 412 or 416, as the
// conditions and ranges of the request demand.
func (v *Variant) Send(w http.ResponseWriter, r *http.Request, status int) {
	SetHeaders(w, v.headers)
	h := w.Header()
	if v.coding != nil {
		h["Content-Encoding"] = v.coding.header
	}
	if status == http.StatusOK && ReadOnly(r) {
		h["Etag"] = v.etag
		if conditional(r) {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(v.Body))
			return
		}
	}
	h["Content-Length"] = v.length
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(v.Body)
	}
}

// MaxRanges is how many ranges of a body a request may ask for. Each is sent with headers of its own, so many small
// ones would make a long answer to a short request. A request for more gets the whole body (RFC 9110, 14.2).
const MaxRanges = 8

// conditional reports whether a request has a condition or asks for ranges. It ignores conditions on the
// modification time, since a body has none.
func conditional(r *http.Request) bool {
	if strings.Count(r.Header.Get("Range"), ",") >= MaxRanges {
		r.Header.Del("Range")
	}
	return r.Header["If-None-Match"] != nil || r.Header["Range"] != nil || r.Header["If-Match"] != nil
}

// A Body is a body that is sent many times. If it is long enough, it is offered in [FastCodings].
type Body struct {
	mediaType string
	plain     []byte
	headers   http.Header
	offered   []*Coding
	variants  [2]atomic.Pointer[Variant] // by the index in offered; nil until made
}

// NewBody returns a body of a media type. The caller decides how long it may be cached.
func NewBody(mediaType string, plain []byte) *Body {
	b := &Body{mediaType: mediaType, plain: plain, offered: FastCodings}
	if len(plain) < MinSize {
		b.offered = NoCodings
	}
	b.headers = newHeaders([2]string{"Content-Type", mediaType}, [2]string{"Vary", "Accept-Encoding"})
	return b
}

// Plain returns the bytes that NewBody was given.
func (b *Body) Plain() []byte { return b.plain }

// ServeHTTP answers with the body in the coding that the client prefers.
func (b *Body) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := Negotiate(r.Header["Accept-Encoding"], b.offered)
	made := &b.variants[slices.Index(b.offered, c)]
	v := made.Load()
	if v == nil {
		v = NewVariant(b.headers, b.mediaType, b.plain, c)
		made.Store(v)
	}
	v.Send(w, r, http.StatusOK)
}
