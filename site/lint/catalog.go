package lint

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// A Rule is a rule that findings name.
type Rule struct {
	ID       string        `toml:"id"`
	Severity diag.Severity `toml:"severity"` // of most of its findings
	Summary  string        `toml:"summary"`  // what it requires, in one sentence
	Bad      string        `toml:"bad"`      // an example of what it finds
	Good     string        `toml:"good"`     // the example corrected; "" if the correction is to delete it

	// Off says, by language, why the rule is off there unless [lint] of site.toml turns it on: fewer than nine of
	// ten findings in judged articles were right.
	Off map[string]string `toml:"off"`
}

//go:embed rules.toml
var rulesFile []byte

// ruleGroups returns the rules, grouped by the part of the program that applies them.
var ruleGroups = sync.OnceValue(func() map[string][]Rule {
	var groups map[string][]Rule
	tomlfile.Decode("rules.toml", rulesFile, 1, &groups) // a test checks its findings
	return groups
})

// Rules returns every rule of the program, sorted by id.
func Rules() (all []Rule) {
	for _, group := range ruleGroups() {
		all = append(all, group...)
	}
	for i := range all {
		if all[i].Severity == "" {
			all[i].Severity = diag.Error
		}
	}
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// isOff reports whether a rule is off in a language by default and not set in site.toml.
func (l *Linter) isOff(rule, lang string) bool {
	if _, set := l.Library.Site.Lint[rule]; set {
		return false
	}
	rules := ruleGroups()["language"]
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == rule })
	return i >= 0 && rules[i].Off[lang] != ""
}

func ruleIDs() (ids []string) {
	for _, r := range Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}
