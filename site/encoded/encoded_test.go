package encoded_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"helpcenter/site/encoded"
)

func ExampleBody() {
	body := encoded.NewBody("application/json", []byte(strings.Repeat(`"yes",`, 1000)))
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "br, gzip")
	w := httptest.NewRecorder()
	body.ServeHTTP(w, r)
	fmt.Println(w.Header().Get("Content-Encoding"), w.Header().Get("Vary"), w.Body.Len() < 100)
	// Output: gzip Accept-Encoding true
}

// Headers replace those of the same name, except Vary, to which they are added.
func TestVaryGrows(t *testing.T) {
	w := httptest.NewRecorder()
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Content-Type", "text/plain")
	h := encoded.FileHeaders("text/css", true, encoded.AllCodings)
	for range 2 { // the shared values must not change
		encoded.SetHeaders(w, h)
		if got := strings.Join(w.Header()["Vary"], ", "); !strings.HasPrefix(got, "Accept-Encoding, ") {
			t.Errorf("Vary is %q", got)
		}
	}
	other := httptest.NewRecorder()
	encoded.SetHeaders(other, h)
	if got := other.Header()["Vary"]; len(got) != 1 || w.Header().Get("Content-Type") != "text/css" {
		t.Errorf("Vary is %q", got)
	}
}
