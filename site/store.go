package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// A store holds the bytes of every file in memory as they go over the network:
// compressed once, when the site is made. Text is kept only compressed; the few
// clients that accept no compression have it expanded for them.
type store map[string]*entryBytes // by path below the site's prefix, as in an address

type entryBytes struct {
	header    [][2]string
	etag      string // of the plain bytes, without quotes
	length    int    // of the plain bytes
	plain     []byte // nil where the compressed forms stand
	gzip, br  []byte
	immutable bool
}

// The levels at which brotli and gzip give most for their time on pages of
// this kind.
const (
	brotliLevel = 5
	gzipLevel   = gzip.DefaultCompression
)

func (st store) get(path string) *entryBytes { return st[path] }

func (s *Site) store() (store, error) {
	st := store{}
	var mu sync.Mutex
	err := s.Each(func(f File, data []byte) error {
		e := newEntry(f, data)
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

func newEntry(f File, data []byte) *entryBytes {
	sum := sha256.Sum256(data)
	e := &entryBytes{etag: base64.RawURLEncoding.EncodeToString(sum[:12]), length: len(data), immutable: f.Immutable}
	cache := cacheRevalidate
	if f.Immutable {
		cache = cacheForever
	}
	e.header = [][2]string{{"Content-Type", f.Type}, {"Cache-Control", cache}}
	if !compressible(f.Type) {
		e.plain = slices.Clone(data)
		return e
	}
	e.header = append(e.header, [2]string{"Vary", "Accept-Encoding"})
	e.gzip, e.br = compress(data)
	if strings.HasPrefix(f.Type, "text/css") || strings.HasPrefix(f.Type, "text/javascript") {
		e.br = compressMost(data)
	}
	return e
}

// compressible reports whether a media type gains from compression.
func compressible(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.Contains(mediaType, "xml") ||
		strings.Contains(mediaType, "json") || strings.Contains(mediaType, "javascript")
}

var (
	gzipWriters = sync.Pool{New: func() any {
		w, _ := gzip.NewWriterLevel(io.Discard, gzipLevel)
		return w
	}}
	brotliWriters = sync.Pool{New: func() any { return brotli.NewWriterLevel(io.Discard, brotliLevel) }}
)

func compress(data []byte) (gz, br []byte) {
	var b bytes.Buffer
	g := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(g)
	g.Reset(&b)
	g.Write(data) // a buffer takes everything
	g.Close()
	gz = slices.Clone(b.Bytes())

	b.Reset()
	w := brotliWriters.Get().(*brotli.Writer)
	defer brotliWriters.Put(w)
	w.Reset(&b)
	w.Write(data)
	w.Close()
	return gz, slices.Clone(b.Bytes())
}

// compressMost is for the few files that every page needs: they are a tenth
// smaller so, and it takes ten times as long.
func compressMost(data []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// ServeHTTP answers with the entry, in the best form that the client takes.
func (e *entryBytes) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.serve(w, r, http.StatusOK) }

func (e *entryBytes) serve(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	for _, kv := range e.header {
		h.Set(kv[0], kv[1])
	}
	body, coding := e.form(r)
	tag := `"` + e.etag + `"`
	if coding != "" {
		h.Set("Content-Encoding", coding)
		tag = `"` + e.etag + "-" + coding + `"`
	}
	if status != http.StatusOK {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			w.Write(body)
		}
		return
	}
	h.Set("ETag", tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// form returns the bytes to send and their content coding.
func (e *entryBytes) form(r *http.Request) (body []byte, coding string) {
	if e.plain != nil {
		return e.plain, ""
	}
	switch accepted(r.Header.Get("Accept-Encoding")) {
	case "br":
		return e.br, "br"
	case "gzip":
		return e.gzip, "gzip"
	}
	g, err := gzip.NewReader(bytes.NewReader(e.gzip))
	if err != nil {
		panic("site: " + err.Error())
	}
	body, err = io.ReadAll(g)
	if err != nil {
		panic("site: " + err.Error())
	}
	return body, ""
}

// accepted returns the better of br and gzip that an Accept-Encoding allows, or "".
func accepted(header string) string {
	switch br, gz := codings(header); {
	case br:
		return "br"
	case gz:
		return "gzip"
	}
	return ""
}

// codings reports which of brotli and gzip an Accept-Encoding allows (RFC 9110,
// 12.5.3). A weight of 0 forbids.
func codings(header string) (br, gz bool) {
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		if weight, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			if q, err := strconv.ParseFloat(weight, 64); err != nil || q == 0 {
				continue
			}
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "br":
			br = true
		case "gzip":
			gz = true
		}
	}
	return br, gz
}
