package search

import (
	_ "embed"
	"strings"
)

//go:embed search.js
var source string

// Script returns the page's script, an ES module without dependencies, without
// its comments. It looks for the indexes in its own folder unless told otherwise.
func Script() []byte {
	var out strings.Builder
	for line := range strings.Lines(source) {
		if code := strings.TrimSpace(line); code != "" && !strings.HasPrefix(code, "//") {
			out.WriteString(code + "\n")
		}
	}
	return []byte(out.String())
}
