package server_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// A service is also a handler. Options.Load usually reads folders.
func ExampleService() {
	in := sitetest.ParkingInput(new(testing.B))
	service, found := server.New(server.Options{
		Load: func(now time.Time) (*site.Site, []diag.Finding) {
			in.Now = now
			return site.New(in)
		},
		Now: func() time.Time { return sitetest.ParkingDay },
	})
	if diag.HasErrors(found) {
		fmt.Println(found)
		return
	}
	w := httptest.NewRecorder()
	service.ServeHTTP(w, httptest.NewRequest("GET", "/base/readyz", nil))
	fmt.Print(w.Code, " ", w.Body)
	// Output: 200 {"status":"ready","findings":[]}
}
