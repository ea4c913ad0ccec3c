package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"helpcenter/rules"
)

// A reply is the body of an answer, ready to be sent any number of times.
type reply struct {
	mediaType []string
	plain     form
	zip       func() form
	dated     bool               // it holds dates, counted from a day of asking
	count     prometheus.Counter // of decisions like it; nil where it is none
}

// A form is a body as it goes over the network, and the headers that tell about
// it. The values of headers are kept as net/http wants them: to make them anew
// for each request would take longer than to send the body.
type form struct {
	body        []byte
	tag, length []string
}

func newForm(body []byte, tag string) form {
	return form{body, []string{`"` + tag + `"`}, []string{strconv.Itoa(len(body))}}
}

const jsonType = "application/json"

var gzipCoding = []string{"gzip"}

// newReply makes a reply whose ETag is a hash of the body.
func newReply(mediaType string, body []byte) *reply {
	sum := sha256.Sum256(body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	return &reply{
		mediaType: []string{mediaType},
		plain:     newForm(body, tag),
		zip: sync.OnceValue(func() form {
			return newForm(asGzip.encode(body), tag+"-gzip")
		}),
	}
}

// encode writes a value as JSON on one line. What it is given can be written.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("site: " + err.Error())
	}
	return b.Bytes()
}

// serve sends the reply, compressed where that pays and the client takes it, or
// only says that the client has it already.
func (a *reply) serve(w http.ResponseWriter, r *http.Request) {
	h, body := w.Header(), a.plain
	h["Content-Type"] = a.mediaType
	if len(body.body) >= worthCompressing {
		if _, gz := codings(r.Header.Get("Accept-Encoding")); gz {
			body = a.zip()
			h["Content-Encoding"] = gzipCoding
		}
	}
	h["Etag"] = body.tag
	if readOnly(r) && hasTag(r.Header.Get("If-None-Match"), body.tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Length"] = body.length
	w.Write(body.body)
}

// hasTag reports whether an If-None-Match names the tag, by weak comparison
// (RFC 9110, 13.1.2).
func hasTag(header, tag string) bool {
	if header == "" {
		return false
	}
	for item := range strings.SplitSeq(header, ",") {
		if item = strings.TrimSpace(item); item == "*" || strings.TrimPrefix(item, "W/") == tag {
			return true
		}
	}
	return false
}

// maxReplies is how many decisions are kept: some 3 KB each.
const maxReplies = 4096

// replies keeps the decisions that were asked for, since most of those who ask
// are in one of a few cases. Decisions with dates are not kept: there is one for
// each day.
type replies struct {
	mu   sync.RWMutex
	kept map[asked]*reply
}

// asked is what a decision without dates depends on.
type asked struct {
	set     *rules.Ruleset
	lang    *language
	answers rules.Answers
}

// get returns the reply that is kept, or nil.
func (k *replies) get(q asked) *reply {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.kept[q]
}

// keep keeps a reply. Where there are too many, any other is forgotten.
func (k *replies) keep(q asked, a *reply) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[asked]*reply{}
	}
	if len(k.kept) >= maxReplies {
		for other := range k.kept {
			delete(k.kept, other)
			break
		}
	}
	k.kept[q] = a
}
