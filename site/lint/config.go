package lint

import (
	"fmt"
	"maps"
	"slices"

	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// readabilityRule is the rule that has a threshold.
const readabilityRule = "readability"

// Configure applies the table [lint] of site.toml to the findings of all packages: it removes warnings of the rules
// that are off, makes errors of those that are, and reports what the table has wrong. Errors stay errors.
func Configure(site *library.Site, found []diag.Finding) []diag.Finding {
	severities := map[string]string{}
	rules := ruleIDs()
	for _, id := range slices.Sorted(maps.Keys(site.Lint)) {
		at := site.Locator.Value("lint", id)
		severity, isText := site.Lint[id].(string)
		_, isNumber := site.Lint[id].(int64)
		switch near := diag.Nearest(id, rules); {
		case !slices.Contains(rules, id) && near != "":
			found = append(found, diag.Errorf(at, "site", "unknown rule %q", id).Suggest("did you mean %q?", near))
		case !slices.Contains(rules, id):
			found = append(found, diag.Errorf(at, "site", "unknown rule %q", id).Suggest("helpcenter lint --rules lists them"))
		case isNumber && id == readabilityRule:
		case isText && slices.Contains([]string{"off", "warning", "error"}, severity):
			severities[id] = severity
		default:
			allowed := "off, warning, error"
			if id == readabilityRule {
				allowed += ", a whole number"
			}
			found = append(found, diag.Errorf(at, "site", "invalid value %q for the rule %s (allowed: %s)",
				fmt.Sprint(site.Lint[id]), id, allowed))
		}
	}
	found = slices.DeleteFunc(found, func(f diag.Finding) bool {
		return f.Severity == diag.Warning && severities[f.Rule] == "off"
	})
	for i, f := range found {
		if severities[f.Rule] == "error" {
			found[i].Severity = diag.Error
		}
	}
	return diag.Sort(found)
}

// leastEase is the threshold of the rule readability.
func (l *Linter) leastEase() float64 {
	if n, ok := l.Library.Site.Lint[readabilityRule].(int64); ok {
		return float64(n)
	}
	return usualEase
}
