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

// requestID is the header that identifies a request in the logs of both proxy and service.
const requestID = "X-Request-Id"

// maxRequestID is the maximum length of a request id from a proxy, in bytes.
const maxRequestID = 64

// slowRequest is how long a request may take before it is logged as a warning.
const slowRequest = 500 * time.Millisecond

// A recorder records how a request is answered.
type recorder struct {
	http.ResponseWriter
	id     string
	route  *routeMetrics // nil until known
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

// Unwrap is for [http.ResponseController].
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// count sets the route under which a request is counted.
func count(w http.ResponseWriter, route *routeMetrics) {
	if r, ok := w.(*recorder); ok {
		r.route = route
	}
}

// ids makes request ids: a random prefix and a number.
type ids struct {
	start string
	count atomic.Uint64
}

func newIDs() *ids { return &ids{start: strconv.FormatUint(rand.Uint64(), 36) + "-"} }

// of returns the id that a proxy gave a request if it is safe to log, and otherwise a new one.
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

// log writes the log line of a request, without its query and without the answers in its path. It calls the log
// handler directly: a Logger would look up the caller's line of code, which takes as long as all the rest.
func (r *recorder) log(to slog.Handler, req *http.Request, route string, ended time.Time, took time.Duration) {
	level := slog.LevelInfo
	if took >= slowRequest {
		level = slog.LevelWarn
	}
	if !to.Enabled(req.Context(), level) {
		return
	}
	line := slog.NewRecord(ended, level, "request", 0)
	line.AddAttrs(
		slog.String("id", r.id),
		slog.String("method", req.Method),
		slog.String("path", withoutAnswers(req.URL.Path)),
		slog.String("route", route),
		slog.Int("status", r.status),
		slog.Int64("bytes", r.bytes),
		slog.Float64("seconds", took.Seconds()))
	to.Handle(req.Context(), line)
}

// withoutAnswers cuts a path before its first answer, a segment such as role=other.
func withoutAnswers(path string) string {
	if i := strings.IndexByte(path, '='); i >= 0 {
		return path[:strings.LastIndexByte(path[:i], '/')+1] + "…"
	}
	return path
}
