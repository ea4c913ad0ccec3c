package lint

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// address matches what is made of letters but not of words: web and mail addresses, names of users, hosts and files,
// paths, options and names in programs.
var address = regexp.MustCompile(`(?i)` +
	`\b[a-z][a-z0-9+.-]*://[^\s<>"”»]*[^\s<>"”».,;:!?)\]]` +
	`|\bwww\.[^\s<>"”»]*[^\s<>"”».,;:!?)\]]` +
	`|[a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*` +
	`|\b(?:[a-z0-9-]+\.)+(?:` + endings + `)\b(?:/[^\s<>"”»]*[^\s<>"”».,;:!?)\]])?` +
	`|(?:^|[\s("“«])(?:~?/|\.{1,2}/|\.|--)[a-z0-9][a-z0-9._/-]*[a-z0-9/]?` +
	`|\b[a-z0-9]+(?:_[a-z0-9]+)+\b`)

// endings are those of hosts and files that are common in texts. Others are words of some language too.
const endings = `com|net|org|edu|gov|info|dev|app|eu|uk|us|de|fr|es|it|ch|at|nl|pt|io|sh|` +
	`html?|xml|json|ya?ml|toml|md|txt|csv|pdf|docx?|xlsx?|pptx?|zip|gz|exe|msi|dmg|pkg|` +
	`png|jpe?g|gif|svg|ico|ics|mp[34]|js|css|py|php|conf|log|key|pem|crt`

// maskAddresses adds addresses to the code of a text.
func maskAddresses(t *passage) {
	if !joins(t.text) { // as most texts
		return
	}
	for _, m := range address.FindAllStringIndex(t.text, -1) {
		from := m[0] + len(t.text[m[0]:m[1]]) - len(strings.TrimLeft(t.text[m[0]:m[1]], " \t\n(\"“«"))
		t.code = append(t.code, span{from, m[1]})
	}
	slices.SortFunc(t.code, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	t.code = slices.CompactFunc(t.code, func(next, last span) bool { return next.from < last.to })
}

// joins reports whether a text has a sign of an address before a letter, digit or another such sign.
func joins(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		switch text[i] {
		case '.', '/', '@', '_', '-':
			if next := text[i+1]; next == '/' || next == '-' || wordRune(rune(next)) {
				return true
			}
		}
	}
	return false
}
