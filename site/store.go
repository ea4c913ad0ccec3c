package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A store holds every file in memory, text by gzip alone: that takes a third of
// the time that brotli does, for eight bytes in a hundred more. Other forms are
// made when they are asked for, in less than half a millisecond for a page, and
// those made last are kept. Zstandard is not among them: its pages are larger
// than with gzip, and clients that take it take brotli too.
type store map[string]*entryBytes // by path below the site's prefix, as in an address

type entryBytes struct {
	header [][2]string
	etag   string                 // of the plain bytes, without quotes
	length int                    // of the plain bytes
	plain  []byte                 // nil where gzip stands for it
	gzip   []byte                 // nil until it is made, as of an entry for one request
	br     atomic.Pointer[[]byte] // nil until it is made, and again when recent forgets it
	recent *recent                // where what is made is kept; nil keeps nothing
}

func (st store) get(path string) *entryBytes { return st[path] }

func (s *Site) store() (store, error) {
	st, kept := store{}, new(recent)
	var mu sync.Mutex
	err := s.Each(func(f File, data []byte) error {
		e := newEntry(f, data)
		if e.varies() {
			e.plain, e.gzip, e.recent = nil, asGzip.encode(data), kept
			if onEveryPage(f) {
				most := asBrotli.encodeFile(f, data)
				e.br.Store(&most)
			}
		} else {
			e.plain = slices.Clone(data)
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

// newEntry returns a file as it goes over the network; data becomes its own.
func newEntry(f File, data []byte) *entryBytes {
	sum := sha256.Sum256(data)
	return &entryBytes{
		header: headerOf(f), etag: base64.RawURLEncoding.EncodeToString(sum[:12]), length: len(data), plain: data,
	}
}

// headersMade are the headers of files, by type and whether they may change:
// there are few, and each stands for thousands of files.
var headersMade sync.Map

func headerOf(f File) [][2]string {
	type kind struct {
		mediaType string
		immutable bool
	}
	k := kind{f.Type, f.Immutable}
	if made, ok := headersMade.Load(k); ok {
		return made.([][2]string)
	}
	cache := cacheRevalidate
	if f.Immutable {
		cache = cacheForever
	}
	header := [][2]string{{"Content-Type", f.Type}, {"Cache-Control", cache}}
	if compressible(f.Type) {
		header = append(header, [2]string{"Vary", "Accept-Encoding"})
	}
	made, _ := headersMade.LoadOrStore(k, header)
	return made.([][2]string)
}

// varies reports whether the entry has more than one form.
func (e *entryBytes) varies() bool { return len(e.header) > 2 }

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
	if !e.varies() {
		return e.plain, ""
	}
	switch coding = accepted(r.Header.Get("Accept-Encoding")); coding {
	case asBrotli.name:
		return e.brotli(), coding
	case asGzip.name:
		return e.gzipped(), coding
	}
	return e.expanded(), ""
}

func (e *entryBytes) brotli() []byte {
	if br := e.br.Load(); br != nil {
		return *br
	}
	br := asBrotli.encode(e.expanded())
	if e.recent != nil {
		e.recent.keep(e, br)
	}
	return br
}

func (e *entryBytes) gzipped() []byte {
	if e.gzip == nil {
		return asGzip.encode(e.plain)
	}
	return e.gzip
}

// expanded returns the bytes without compression.
func (e *entryBytes) expanded() []byte {
	if e.plain != nil {
		return e.plain
	}
	body := bytes.NewBuffer(make([]byte, 0, e.length+bytes.MinRead))
	z, err := gzip.NewReader(bytes.NewReader(e.gzip))
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

// recent keeps the brotli forms that were made last.
type recent struct {
	mu     sync.Mutex
	kept   []*entryBytes // in the order in which they were made
	length int           // of all their forms
}

// keep keeps the form of an entry, and forgets the oldest where there are too
// many.
func (k *recent) keep(e *entryBytes, br []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e.br.Load() != nil {
		return
	}
	e.br.Store(&br)
	k.kept, k.length = append(k.kept, e), k.length+len(br)
	for k.length > recentBytes {
		oldest := k.kept[0]
		k.kept = k.kept[1:]
		k.length -= len(*oldest.br.Swap(nil))
	}
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
