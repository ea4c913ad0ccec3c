package headers_test

import (
	"strings"
	"testing"

	"helpcenter/site/headers"
)

// Every header has a name and a value on one line, and the policy sent includes that of the pages.
func TestSecurity(t *testing.T) {
	sent := map[string]string{}
	for _, h := range headers.Security("default-src 'none'") {
		if h[0] == "" || h[1] == "" || strings.ContainsAny(h[0]+h[1], "\r\n") || sent[h[0]] != "" {
			t.Errorf("header %q", h)
		}
		sent[h[0]] = h[1]
	}
	policy := sent["Content-Security-Policy"]
	if policy != "default-src 'none'; frame-ancestors 'none'" {
		t.Errorf("the policy is %q", policy)
	}
}
