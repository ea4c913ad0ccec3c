package server

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are what the service counts of itself. Nothing is counted by what a
// reader asks or answers: labels are route patterns, classes of status, ids of
// checkers and of outcomes, all of which the site itself has.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	latency   *prometheus.HistogramVec
	decisions *prometheus.CounterVec
	reloads   *prometheus.CounterVec
	panics    prometheus.Counter
	loaded    prometheus.Gauge
}

// latencyBuckets end at whole numbers of milliseconds that people think in. Most
// answers come from memory, in well under the first.
var latencyBuckets = []float64{.0001, .0005, .001, .005, .025, .1, .5, 2.5}

// NewMetrics makes metrics that count from zero. The age of the site is counted
// from the last time loaded was set.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "helpcenter_requests_total", Help: "Requests answered, by route and class of status."}, []string{"route", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "helpcenter_request_seconds", Help: "Time to answer a request, by route.", Buckets: latencyBuckets}, []string{"route"}),
		decisions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "helpcenter_decisions_total", Help: "Decisions by the API, by checker and outcome; open where the answers leave several."}, []string{"checker", "outcome"}),
		reloads: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "helpcenter_reloads_total", Help: "Times that the site was made again, by result."}, []string{"result"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "helpcenter_panics_total", Help: "Requests that failed for a defect of the program."}),
		loaded: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "helpcenter_site_loaded_timestamp_seconds", Help: "When the site that is shown was made, in seconds since 1970."}),
	}
	m.registry.MustRegister(m.requests, m.latency, m.decisions, m.reloads, m.panics, m.loaded,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, result := range []string{reloadDone, reloadFailed} {
		m.reloads.WithLabelValues(result)
	}
	return m
}

// The results of making the site again.
const (
	reloadDone   = "done"
	reloadFailed = "failed"
)

// A routeMetrics counts the requests of one route.
type routeMetrics struct {
	latency prometheus.Observer
	status  [6]prometheus.Counter // by the first digit
}

// route returns what counts the requests of a route.
func (m *Metrics) route(pattern string) *routeMetrics {
	r := &routeMetrics{latency: m.latency.WithLabelValues(pattern)}
	for class := range r.status {
		if class > 0 {
			r.status[class] = m.requests.WithLabelValues(pattern, strconv.Itoa(class)+"xx")
		}
	}
	return r
}

// answered counts a request. A handler that sends nothing has answered with 200.
func (r *routeMetrics) answered(status int, took time.Duration) {
	r.status[min(max(status, http.StatusOK)/100, len(r.status)-1)].Inc()
	r.latency.Observe(took.Seconds())
}

// page answers with everything counted, as Prometheus reads it.
func (m *Metrics) page() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
