package search

import (
	_ "embed"
	"strings"
)

//go:embed search.js
var source string

// Script returns the page's script without its comments: an ES module that imports
// nothing. It reads the indexes from its own folder unless its function open is given another.
func Script() []byte {
	var out strings.Builder
	for line := range strings.Lines(source) {
		if code := strings.TrimSpace(line); code != "" && !strings.HasPrefix(code, "//") {
			out.WriteString(code + "\n")
		}
	}
	return []byte(out.String())
}
