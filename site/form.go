package site

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A form is a body as it goes over the network, in one coding, and the headers
// that tell about it. Their values are kept as net/http wants them: to make them
// anew for each request would take longer than to send the body.
type form struct {
	*kind
	body        []byte
	coding      *coding // nil for none
	tag, length [1]string
}

// newForm returns the form of a body that is in a coding, nil for none. The tag is
// that of the plain body; each coding has one of its own, since its bytes are others.
func newForm(k *kind, body []byte, tag string, c *coding) *form {
	if c != nil {
		tag += "-" + c.name
	}
	return &form{kind: k, body: body, coding: c, tag: [1]string{`"` + tag + `"`}, length: [1]string{strconv.Itoa(len(body))}}
}

// send answers with the form.
func (f *form) send(w http.ResponseWriter, r *http.Request, status int) {
	f.header.set(w)
	h := w.Header()
	if f.coding != nil {
		h["Content-Encoding"] = f.coding.header[:]
	}
	if status == http.StatusOK && readOnly(r) {
		h["Etag"] = f.tag[:]
		if conditional(r) {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
			return
		}
	}
	h["Content-Length"] = f.length[:]
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(f.body)
	}
}

// maxRanges is how many parts of a body a request may ask for. Each is sent with
// headers of its own, so many small ones make a long answer of a short request;
// who asks for more gets the whole (RFC 9110, 14.2).
const maxRanges = 8

// conditional reports whether a request asks for the body on a condition, or for
// parts of it. There are no times of change, so only tags are conditions.
func conditional(r *http.Request) bool {
	if strings.Count(r.Header.Get("Range"), ",") >= maxRanges {
		r.Header.Del("Range")
	}
	return r.Header["If-None-Match"] != nil || r.Header["Range"] != nil || r.Header["If-Match"] != nil
}

// What a body is offered in, the best first; nil is no coding. Brotli is the
// smallest, and zstd is larger than gzip here. What is made for one request is
// compressed in the quickest way or not at all.
var (
	inAll   = []*coding{asBrotli, asGzip, asZstd, nil}
	inQuick = []*coding{asGzip, nil}
	inNone  = []*coding{nil}
)

// preferred returns the index of the coding offered that the lines of an
// Accept-Encoding give the greatest weight (RFC 9110, 12.5.3), the first where
// several have it. Where they allow none, it is the last: no coding, as if
// nothing had been asked.
func preferred(lines []string, offered []*coding) int {
	best, weight := len(offered)-1, 0.0
	if len(lines) == 0 {
		return best
	}
	for i, c := range offered {
		if q := weightOf(lines, c); q > weight {
			best, weight = i, q
		}
	}
	return best
}

// unweighed is the weight of no coding where nothing is said of it: it may be
// sent, but what is asked for comes first.
const unweighed = 0.0001

// weightOf returns the weight that is given to a coding by its name or by *.
func weightOf(lines []string, c *coding) float64 {
	name, other := "identity", unweighed
	if c != nil {
		name, other = c.name, 0
	}
	for _, line := range lines {
		for rest, more := line, true; more; {
			var item string
			item, rest, more = strings.Cut(rest, ",")
			given, params, _ := strings.Cut(item, ";")
			switch given = strings.TrimSpace(given); {
			case strings.EqualFold(given, name):
				return quality(params)
			case given == "*":
				other = quality(params)
			}
		}
	}
	return other
}

// quality reads a weight (RFC 9110, 12.4.2); none is 1, and what is no weight 0.
func quality(params string) float64 {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1
	}
	name, value, _ := strings.Cut(params, "=")
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || !strings.EqualFold(name, "q") || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
