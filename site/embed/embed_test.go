package embed_test

import (
	"strings"
	"testing"

	"helpcenter/site/embed"
)

// Titles cannot end the script, and are listed in it as they are.
func TestScript(t *testing.T) {
	script := embed.Script(map[string]map[string]string{"a": {"en": "</script>\u2028\"", "it": "$1 \\"}})
	const list = `checkers = {"a":{"en":"\u003c/script\u003e\u2028\"","it":"$1 \\"}}`
	if !strings.Contains(script, list) {
		t.Errorf("the script lists other checkers:\n%s", script[:min(len(script), 400)])
	}
	if strings.Contains(script, "//") || strings.Contains(script, "\n ") {
		t.Error("comments or indentation are left in it")
	}
}
