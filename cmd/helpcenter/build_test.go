package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helpcenter/site/publish"
)

// A build says which hosts accept less, and nothing about a site that all of them accept.
func TestHostLimits(t *testing.T) {
	for _, test := range []struct {
		sum       publish.Summary
		redirects int
		want      []string
	}{
		{publish.Summary{Files: 15_000, Bytes: 1 << 30, Largest: 25 << 20}, 1000, nil},
		{publish.Summary{Files: 15_001}, 0, []string{"Vercel"}},
		{publish.Summary{Files: 10_001, Precompressed: 10_000}, 0, []string{"Cloudflare", "Vercel"}},
		{publish.Summary{Bytes: 1<<30 + 1, Largest: 25<<20 + 1}, 1001, []string{"GitHub", "GitLab", "Cloudflare"}},
		{publish.Summary{}, 2001, []string{"GitLab", "Cloudflare"}},
	} {
		dir := t.TempDir()
		lines := strings.Repeat("/a /b 301\n", test.redirects)
		if err := os.WriteFile(filepath.Join(dir, "_redirects"), []byte(lines), 0o644); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		warnOfLimits(&b, dir, test.sum)
		got := strings.Split(strings.TrimSpace(b.String()), "\n")
		if got[0] == "" {
			got = nil
		}
		if len(got) != len(test.want) {
			t.Errorf("%+v: %q, want %q", test.sum, got, test.want)
			continue
		}
		for i, host := range test.want {
			if !strings.HasPrefix(got[i], host) {
				t.Errorf("%+v: %q, want %s", test.sum, got[i], host)
			}
		}
	}
}
