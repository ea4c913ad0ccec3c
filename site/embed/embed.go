// Package embed makes the script with which pages of other sites show a checker:
//
//	<script src="https://help.example.com/embed.js" async></script>
//	<help-checker checker="cancel-online" lang="it"></help-checker>
//
// The element is a frame around the pages of the checker. These load frame.js of
// site/assets there, which shows the checker alone, tells the element how high it is
// and what was decided, and opens what leads elsewhere in a new tab. Both sides check
// from which window and origin a message comes. The script needs no permission of a
// policy but to be loaded and to frame the help center: it has no style and no inline
// script.
package embed

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"strings"
)

//go:embed embed.js
var source string

// comments are lines of the source; what is indented means the same without.
var comments = regexp.MustCompile(`(?m)^\s*(//.*\n)?`)

// Script returns the script for some checkers: their titles by language, by id. The
// first language by its tag is that of texts in another one.
func Script(checkers map[string]map[string]string) string {
	list, err := json.Marshal(checkers) // sorted, and escaped for a script in HTML too
	if err != nil {
		panic("embed: " + err.Error()) // strings cannot fail
	}
	return strings.Replace(comments.ReplaceAllString(source, ""), "checkers = {}", "checkers = "+string(list), 1)
}
