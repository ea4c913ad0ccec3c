package api_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/api"
	"helpcenter/site/diag"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// BenchmarkDecision compares a bare handler that sends the same bytes, the handler of a site, and the whole service.
func BenchmarkDecision(b *testing.B) {
	const address = "/api/v1/checkers/cancel-online/decision" +
		"?product=goto-meeting&contract=monthly&role=billing-admin&balance=clear&lang=it"
	in := sitetest.Input(b)
	svc, found := server.New(server.Options{
		Load: func(time.Time) (*site.Site, []diag.Finding) { return site.New(in) },
		Log:  slog.New(slog.NewJSONHandler(discard{}, nil)),
	})
	sitetest.FailOnFindings(b, found)
	body := sitetest.Ask(svc, "GET", address, "").Body.Bytes()
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", api.JSONType)
		w.Write(body)
	})
	for _, bench := range []struct {
		name, address string
		handler       http.Handler
	}{
		{"bare", address, bare},
		{"handler", address, server.Handler(svc.Site())},
		{"service", address, svc},
		{"service-dated", address + "&renewal=2027-01-31", svc},
	} {
		b.Run(bench.name, func(b *testing.B) {
			r := httptest.NewRequest("GET", bench.address, nil)
			b.ReportAllocs()
			for b.Loop() {
				bench.handler.ServeHTTP(&sink{header: http.Header{}}, r)
			}
		})
	}
}

// A sink is an [http.ResponseWriter] that discards the answer.
type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(int)             {}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
