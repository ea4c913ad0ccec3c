package content

import (
	"fmt"
	"strings"

	"helpcenter"
)

// list writes what there is, or is allowed, of a great many only some.
func list(words []string) string {
	const most = 30
	switch n := len(words); {
	case n == 0:
		return "none"
	case n > most:
		return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", n-most)
	}
	return strings.Join(words, ", ")
}

// meant suggests the candidate that a person who wrote word most probably
// meant; it is "" where none is near.
func meant(word string, candidates []string) string {
	if near := helpcenter.Nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}
