package article

import (
	"fmt"

	"helpcenter/site/diag"
)

// Meant suggests the candidate that a person who wrote word most probably
// meant; it is "" where none is near.
func Meant(word string, candidates []string) string {
	if near := diag.Nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}
