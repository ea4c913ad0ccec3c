// Package embed makes the script with which pages of other sites show a checker:
//
//	<script src="https://help.example.com/embed.js" async></script>
//	<help-checker checker="cancel-online" lang="it"></help-checker>
//
// The element is a frame around the pages of the checker. In a frame, these load frame.js of site/assets, which
// shows only the checker, tells the element how high it is and what was decided, and opens links that lead
// elsewhere in a new tab. Both sides check from which window and origin a message comes. The script has no style
// and no inline script, so the policy of a page need only allow loading it and framing the help center.
package embed

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"strings"
)

//go:embed embed.js
var source string

// comments matches lines with comments, and indentation.
var comments = regexp.MustCompile(`(?m)^\s*(//.*\n)?`)

// Script returns the script for some checkers, given as titles by id and language. Texts in another language get
// the language whose tag comes first.
func Script(checkers map[string]map[string]string) string {
	list, err := json.Marshal(checkers) // sorted, and escaped for a script within HTML
	if err != nil {
		panic("embed: " + err.Error()) // strings can always be encoded
	}
	return strings.Replace(comments.ReplaceAllString(source, ""), "checkers = {}", "checkers = "+string(list), 1)
}
