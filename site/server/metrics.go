package server

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"helpcenter/site/feedback"
)

// metrics counts what the service does. Labels are route patterns, classes of status, and ids of checkers and
// outcomes, never anything that a reader typed or answered.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	latency   *prometheus.HistogramVec
	decisions *prometheus.CounterVec
	feedback  *prometheus.CounterVec
	reloads   *prometheus.CounterVec
	site      *prometheus.GaugeVec
	failing   prometheus.Gauge
	panics    prometheus.Counter
	loaded    prometheus.Gauge
}

// latencyBuckets are upper bounds in seconds. Most answers come from memory, in well under the first.
var latencyBuckets = []float64{.0001, .0005, .001, .005, .025, .1, .5, 2.5}

func newMetrics(version string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("requests_total", "Requests answered, by route and class of status.", "route", "status"),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "helpcenter_request_seconds", Help: "Time to answer a request, by route.", Buckets: latencyBuckets,
		}, []string{"route"}),
		decisions: counters("decisions_total",
			"Decisions by the API, by checker and outcome; open if the answers leave several.", "checker", "outcome"),
		feedback: counters("feedback_total", "Answers of readers to whether a page helped, by answer.", "answer"),
		reloads:  counters("reloads_total", "Reloads of the site, by result.", "result"),
		site:     gauges("site_info", "The site that is served: sum is a hash of all its files.", "sum"),
		failing:  gauges("reload_failing", "1 if the last reload failed, else 0.").WithLabelValues(),
		panics:   counters("panics_total", "Requests that met a defect of the program.").WithLabelValues(),
		loaded: gauges("site_loaded_timestamp_seconds",
			"When the site that is served was loaded, in seconds since 1970.").WithLabelValues(),
	}
	build := gauges("build_info", "The program.", "version", "goversion")
	build.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(m.requests, m.latency, m.decisions, m.feedback, m.reloads, m.site, m.failing, m.panics,
		m.loaded, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, result := range []string{reloadDone, reloadFailed} {
		m.reloads.WithLabelValues(result)
	}
	for _, answer := range []string{feedback.Yes, feedback.No} {
		m.feedback.WithLabelValues(answer)
	}
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "helpcenter_" + name, Help: help}, labels)
}

func gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "helpcenter_" + name, Help: help}, labels)
}

// The results of a reload.
const (
	reloadDone   = "done"
	reloadFailed = "failed"
)

// A routeMetrics counts the requests of one route.
type routeMetrics struct {
	name    string
	latency prometheus.Observer
	status  [6]prometheus.Counter // by first digit
}

// route returns the counters of a route.
func (m *metrics) route(name string) *routeMetrics {
	r := &routeMetrics{name: name, latency: m.latency.WithLabelValues(name)}
	for class := range r.status {
		if class > 0 {
			r.status[class] = m.requests.WithLabelValues(name, strconv.Itoa(class)+"xx")
		}
	}
	return r
}

// answered counts a request. Status 0 means that the handler sent nothing, for which net/http answers with 200.
func (r *routeMetrics) answered(status int, took time.Duration) {
	r.status[min(max(status, http.StatusOK)/100, len(r.status)-1)].Inc()
	r.latency.Observe(took.Seconds())
}
