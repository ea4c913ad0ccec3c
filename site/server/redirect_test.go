package server_test

import (
	"net/http"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// Addresses of an earlier site, whatever they look like, lead to those of this one and keep their queries.
func TestRedirects(t *testing.T) {
	articles, _ := sitetest.ParkingFiles()
	articles["redirects.toml"] = &fstest.MapFile{Data: []byte(`
		[[redirect]]
		from = "/hc/en-us/articles/360039299913-Rate-limits"
		to = "/en/city/parking/permits/#needed"
		[[redirect]]
		from = "/Straße/Größe.html"
		to = "/it/city/"
		[[redirect]]
		from = "/shop/"
		to = "https://shop.test/a?b=c"`)}
	in := sitetest.ParkingInput(t)
	in.Library, _ = library.Load(articles)
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	h := server.Handler(s)
	for address, want := range map[string]string{
		"/base/hc/en-us/articles/360039299913-Rate-limits":      "/base/en/city/parking/permits/#needed",
		"/base/hc/en-us/articles/360039299913-Rate-limits/?x=y": "/base/en/city/parking/permits/?x=y#needed",
		"/base/Stra%C3%9Fe/Gr%C3%B6%C3%9Fe.html":                "/base/it/city/",
		"/base/shop":                                            "https://shop.test/a?b=c",
	} {
		if w := sitetest.Ask(h, http.MethodGet, address, ""); w.Code != 301 || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", address, w.Code, w.Header().Get("Location"), want)
		}
	}
	for address, want := range map[string]int{
		"/base/hc/en-us/articles/360039299913-rate-limits": 404, "/base/hc/": 404,
		"/hc/en-us/articles/360039299913-Rate-limits": 404,
	} {
		if w := sitetest.Ask(h, http.MethodGet, address, ""); w.Code != want {
			t.Errorf("%s: %d, want %d", address, w.Code, want)
		}
	}
}
