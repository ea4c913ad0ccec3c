package ruleset

import (
	"strings"
	"testing"
)

// Whatever a file holds, loading returns, and its findings point into the file.
func FuzzLoad(f *testing.F) {
	f.Add(source(f))
	f.Add(parking)
	f.Add("")
	f.Add("id = 7")
	f.Add("[[rule]]\nwhen = { a = [[]] }")
	f.Add("id = \"a\"\nhit_policy = \"output order\"\n[[fact]]\nid = \"b\"\nvalues = [\"c\", \"d\"]\n[[outcome]]\n" +
		"id = \"e\"\n[[rule]]\nid = \"f\"\nwhen = { b = \"c\" }\nthen = \"e\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		set, found := Load(oneFile(text))
		lines := strings.Split(text, "\n")
		for _, finding := range found {
			p := finding.Position
			inside := p.File == "rules/x.toml" && p.Line >= 1 && p.Line <= len(lines)
			if inside && finding.Rule != "toml" { // the columns of these are those of the TOML library
				inside = p.Column <= len(lines[p.Line-1])+1
			}
			if !inside {
				t.Errorf("%q: outside of the file: %s", text, finding)
			}
		}
		for _, id := range set.IDs() {
			r := set.Versions(id)[0]
			for a := range r.States() {
				if r.Decide(a).Possible.Empty() {
					t.Errorf("%q: a state of no outcome", text)
				}
				break
			}
		}
	})
}
