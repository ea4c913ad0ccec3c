package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"helpcenter/site/publish"
)

// hostLimits are what hosts of static files state for their free plans, as deploy/HOSTING.md lists it. Zero is none.
var hostLimits = []struct {
	host             string
	files, redirects int
	bytes, largest   int64
	redirectBytes    int
}{
	{host: "GitHub Pages", bytes: 1 << 30},
	{host: "GitLab Pages", redirects: 1000, redirectBytes: 64 << 10},
	{host: "Cloudflare Pages", files: 20_000, redirects: 2000, largest: 25 << 20},
	{host: "Vercel", files: 15_000},
}

// warnOfLimits says on w which hosts take less than what a build wrote.
func warnOfLimits(w io.Writer, out string, sum publish.Summary) {
	data, _ := os.ReadFile(filepath.Join(out, "_redirects"))
	redirects, files := bytes.Count(data, []byte("\n")), sum.Files+sum.Precompressed
	for _, l := range hostLimits {
		say := func(what string, is, most int64) {
			if most > 0 && is > most {
				fmt.Fprintf(w, "%s takes at most %d %s, and this site has %d\n", l.host, most, what, is)
			}
		}
		say("files", int64(files), int64(l.files))
		say("lines of _redirects", int64(redirects), int64(l.redirects))
		say("bytes", sum.Bytes+sum.PrecompressedBytes, l.bytes)
		say("bytes in one file", sum.Largest, l.largest)
		say("bytes of _redirects", int64(len(data)), int64(l.redirectBytes))
	}
}
