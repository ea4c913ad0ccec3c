package server

import (
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// requestID is the header by which a request is known in the logs of all that it
// passes.
const requestID = "X-Request-Id"

// maxRequestID is how long an id may be that comes with a request.
const maxRequestID = 64

// A recorder notes what becomes of a request.
type recorder struct {
	http.ResponseWriter
	id     string
	route  *routeMetrics // what counts it; nil until known
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 || r.status < 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// ReadFrom lets net/http copy in its own way.
func (r *recorder) ReadFrom(src io.Reader) (int64, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := io.Copy(r.ResponseWriter, src)
	r.bytes += n
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// count says what counts a request.
func count(w http.ResponseWriter, route *routeMetrics) {
	if r, ok := w.(*recorder); ok {
		r.route = route
	}
}

// ids makes request ids: a random start and a count.
type ids struct {
	start string
	count atomic.Uint64
}

func newIDs() *ids { return &ids{start: strconv.FormatUint(rand.Uint64(), 36) + "-"} }

// of returns the id that a proxy has given a request, if it is one that can be
// logged, or a new one.
func (i *ids) of(r *http.Request) string {
	id := r.Header.Get(requestID)
	if id == "" || len(id) > maxRequestID || strings.ContainsFunc(id, notInID) {
		return i.start + strconv.FormatUint(i.count.Add(1), 36)
	}
	return id
}

func notInID(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' || r == '.')
}

// log writes the line of a request that ended at a moment. Neither the query nor
// answers in the path are in it. It goes to the log's handler at once: a Logger
// would look for the line of code that it is called from, which here is always
// this one and takes as long as all the rest.
func (r *recorder) log(to slog.Handler, req *http.Request, ended time.Time, took time.Duration) {
	if !to.Enabled(req.Context(), slog.LevelInfo) {
		return
	}
	line := slog.NewRecord(ended, slog.LevelInfo, "request", 0)
	line.AddAttrs(
		slog.String("id", r.id),
		slog.String("method", req.Method),
		slog.String("path", withoutAnswers(req.URL.Path)),
		slog.Int("status", r.status),
		slog.Int64("bytes", r.bytes),
		slog.Duration("took", took))
	to.Handle(req.Context(), line)
}

// withoutAnswers cuts a path before its first answer, which is a segment such as
// role=other.
func withoutAnswers(path string) string {
	if i := strings.IndexByte(path, '='); i >= 0 {
		return path[:strings.LastIndexByte(path[:i], '/')+1] + "…"
	}
	return path
}
