package encoded

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
type Form struct {
	*Kind
	Body        []byte
	Coding      *Coding // nil for none
	Tag, length [1]string
}

// NewForm returns the form of a body that is in a coding, nil for none. The tag is
// that of the plain body; each coding has one of its own, since its bytes are others.
func NewForm(k *Kind, body []byte, tag string, c *Coding) *Form {
	if c != nil {
		tag += "-" + c.name
	}
	return &Form{Kind: k, Body: body, Coding: c, Tag: [1]string{`"` + tag + `"`}, length: [1]string{strconv.Itoa(len(body))}}
}

// Send answers with the form.
func (f *Form) Send(w http.ResponseWriter, r *http.Request, status int) {
	f.header.Set(w)
	h := w.Header()
	if f.Coding != nil {
		h["Content-Encoding"] = f.Coding.header[:]
	}
	if status == http.StatusOK && ReadOnly(r) {
		h["Etag"] = f.Tag[:]
		if conditional(r) {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.Body))
			return
		}
	}
	h["Content-Length"] = f.length[:]
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(f.Body)
	}
}

// MaxRanges is how many parts of a body a request may ask for. Each is sent with
// headers of its own, so many small ones make a long answer of a short request;
// who asks for more gets the whole (RFC 9110, 14.2).
const MaxRanges = 8

// conditional reports whether a request asks for the body on a condition, or for
// parts of it. There are no times of change, so only tags are conditions.
func conditional(r *http.Request) bool {
	if strings.Count(r.Header.Get("Range"), ",") >= MaxRanges {
		r.Header.Del("Range")
	}
	return r.Header["If-None-Match"] != nil || r.Header["Range"] != nil || r.Header["If-Match"] != nil
}

// What a body is offered in, the best first; nil is no coding. Brotli is the
// smallest, and zstd is larger than gzip here. What is made for one request is
// compressed in the quickest way or not at all.
var (
	InAll   = []*Coding{AsBrotli, AsGzip, AsZstd, nil}
	InQuick = []*Coding{AsGzip, nil}
	InNone  = []*Coding{nil}
)

// Preferred returns the index of the coding offered that the lines of an
// Accept-Encoding give the greatest weight (RFC 9110, 12.5.3), the first where
// several have it. Where they allow none, it is the last: no coding, as if
// nothing had been asked.
func Preferred(lines []string, offered []*Coding) int {
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
func weightOf(lines []string, c *Coding) float64 {
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
